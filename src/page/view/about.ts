/** What the browser was told, a button that tries to break it, and the published vectors. */
import { html, type Markup } from "../../report/html/markup.ts";
import type { State } from "../state.ts";
import { fill } from "../texts.ts";

export function aboutCard(
  { texts, version, attempt, selftest }: State,
  policies: readonly string[],
): Markup {
  return html`<h2>${texts.policyTitle}</h2>
<p>${texts.policyIntro}</p>
${policies.map((policy, index) => html`<pre tabindex="0" role="region" aria-label="${texts.policyLabel} ${index + 1}">${policy.split("; ").map((directive) => html`${directive};<br>`)}</pre>`)}
<div class="row"><button type="button" id="try" class="quiet" data-do="try">${texts.policyTry}</button><span role="status">${attempt}</span></div>
<p class="soft">${texts.policyRest}</p>
<div class="row"><input type="file" id="vectors-file" data-file="vectors" accept=".json" multiple class="unseen" aria-describedby="vectors-why"><label for="vectors-file" class="button quiet">${texts.selftest}</label><span role="status">${selftest}</span></div>
<p class="soft" id="vectors-why">${texts.selftestWhy}</p>
<p class="soft">${fill(texts.version, { version })}</p>`;
}
