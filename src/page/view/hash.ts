/** The one setting of `hash`. */
import { html, type Markup } from "../../report/html/markup.ts";
import { grouped } from "../../report/html/numbers.ts";
import { lookedAt } from "../missing.ts";
import { phonesWithoutCountry } from "../needs.ts";
import type { State } from "../state.ts";
import { fill } from "../texts.ts";

export function hashSettings(state: State, step: number): Markup {
  const { texts, values } = state;
  const looked = lookedAt(state.files.people);
  const without = looked === undefined ? 0 : phonesWithoutCountry(looked);
  const why = without > 0 ? fill(texts.countryWhy, { count: grouped(without) }) : texts.countryFree;
  return html`<h2><span class="step">${step}</span> ${texts.settings}</h2>
<div class="field"><label for="set-country">${texts.country}</label><input type="text" id="set-country" data-set="country" value="${values.country ?? ""}" autocomplete="off" spellcheck="false" aria-describedby="set-country-why"><p class="soft" id="set-country-why">${why}</p></div>
<p class="soft">${texts.keyColumnWhy}</p>`;
}
