/** The settings: those that the files ask for are open, the others stand under "more". */
import { html, type Markup } from "../../report/html/markup.ts";
import { grouped } from "../../report/html/numbers.ts";
import { settingsOfState } from "../missing.ts";
import { SETTINGS, type Setting, type SettingText } from "../needs.ts";
import { targetOf } from "../settings.ts";
import type { State } from "../state.ts";
import { fill } from "../texts.ts";

export function settingsCard(state: State, step: number): Markup {
  const { texts } = state;
  const settings = settingsOfState(state);
  return html`<h2 id="settings-title"><span class="step">${step}</span> ${texts.settings}</h2>
${targetField(state)}
${
  settings === undefined
    ? html`<p class="soft">${texts.settingsFirst}</p>`
    : html`${settings.open.map((setting) => field(state, setting))}
${settings.open.length === 0 && html`<p class="soft">${texts.settingsNone}</p>`}
<details id="more"><summary>${texts.more}</summary>${settings.more.map((setting) => field(state, setting))}${templateField(state)}</details>`
}
<div class="row"><input type="file" id="settings-file" data-file="settings" accept=".json" class="unseen"><label for="settings-file" class="button quiet">${texts.settingsLoad}</label><span role="status" class="soft">${state.settingsSaid}</span></div>`;
}

function targetField({ texts, destinations, values }: State): Markup {
  const { to, format } = targetOf(values.to);
  const options = destinations.map(
    ({ id, title, formats }) =>
      html`<optgroup label="${title}">${formats.map((each) => html`<option value="${id}/${each}"${id === to && each === format && html` selected`}>${id}, .${each}</option>`)}</optgroup>`,
  );
  return html`<div class="field"><label for="set-to">${texts.to}</label><select id="set-to" data-set="to">${options}</select></div>`;
}

function field(state: State, { name, isNeeded, why, count }: Setting): Markup {
  const { texts, values, destinations } = state;
  const id = `set-${name}`;
  const { label, choices }: SettingText = SETTINGS[name];
  const value = values[name] ?? "";
  const layouts = destinations.find((each) => each.id === targetOf(values.to).to)?.layouts ?? [];
  const help =
    why && fill(texts[why], { count: grouped(count), layouts: layouts.slice(1).join(", ") });
  const described = help === undefined ? "" : html` aria-describedby="${id}-why"`;
  const common = html`id="${id}" data-set="${name}"${described === "" ? undefined : described}${isNeeded && html` aria-required="true"`}`;
  const control =
    choices === undefined
      ? html`<input type="text" ${common} value="${value}" autocomplete="off" spellcheck="false"${name === "timeZone" && html` list="zones"`}>`
      : html`<select ${common}><option value="">${texts.choose}</option>${Object.entries(choices).map(([each, text]) => html`<option value="${each}"${each === value && html` selected`}>${texts[text]}</option>`)}</select>`;
  return html`<div class="field"><label for="${id}">${texts[label]}${isNeeded && html` <span class="tag needed">${texts.needed}</span>`}</label>${control}${help !== undefined && html`<p class="soft" id="${id}-why">${help}</p>`}</div>`;
}

function templateField({ texts, template, destinations, values }: State): Markup | undefined {
  const destination = destinations.find((each) => each.id === targetOf(values.to).to);
  if (destination?.takes.includes("template") !== true) return undefined;
  return html`<div class="field"><span id="template-label">${texts.template}</span><div class="row"><input type="file" id="set-template" data-file="template" class="unseen" aria-describedby="template-why"><label for="set-template" class="button quiet">${template === undefined ? texts.choose1 : texts.another}<span class="unseen">: ${texts.template}</span></label><span>${template?.name ?? ""}</span></div><p class="soft" id="template-why">${texts.templateWhy}</p></div>`;
}
