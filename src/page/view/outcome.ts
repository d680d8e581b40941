/** What came out: the report, and what can be saved; or what went wrong. */
import { html, type Markup } from "../../report/html/markup.ts";
import { byteCount, grouped } from "../../report/html/numbers.ts";
import { runBody } from "../../report/html/run.ts";
import { mailable } from "../../report/names.ts";
import { asLabels, withTexts } from "../speak.ts";
import type { Outcome, Saved, State } from "../state.ts";
import { fill, type Texts } from "../texts.ts";
import { faultBox } from "./fault.ts";
import { verifyBody } from "./verify.ts";

export function outcomeCard(state: State): Markup | undefined {
  const { outcome, texts } = state;
  if (outcome === undefined || outcome.job !== state.job) return undefined;
  const { fault, missing, made, verified } = outcome;
  if (missing !== undefined) return missingBox(missing, texts);
  if (fault !== undefined) return faultBox(fault, texts);
  if (verified !== undefined) return verifyBody(verified, texts);
  if (made === undefined) return undefined;
  const report = withTexts(mailable(made.report), (text) => asLabels(text, texts));
  return html`${saveBox(outcome, texts)}<article class="report">${runBody(report)}</article>`;
}

function missingBox(missing: NonNullable<Outcome["missing"]>, texts: Texts): Markup {
  return html`<div class="doubt"><p><strong>${texts.missingTitle}</strong></p><ul>${missing.map(({ text, target }) => html`<li><a href="#${target}" data-go="${target}">${text}</a></li>`)}</ul></div>`;
}

function saveBox({ saved, made }: Outcome, texts: Texts): Markup | undefined {
  if (saved.length === 0) return undefined;
  const rows = made === undefined ? undefined : rowsIn(made.report);
  const isMade = (made?.files.length ?? 0) > 0;
  return html`<div class="save"><h3>${texts.save}</h3><ul>${saved.map((one, index) => html`<li>${link(one, isMade && index === 0)}<span class="soft">${byteCount(one.size)}${isMade && index === 0 && rows !== undefined && `, ${fill(texts.rows, { rows: grouped(rows) })}`}${textOf(one, texts)}</span></li>`)}</ul></div>`;
}

function rowsIn(report: NonNullable<Outcome["made"]>["report"]): number | undefined {
  return "destinations" in report ? report.destinations[0]?.rows.written : report.rows.written;
}

function textOf({ name }: Saved, texts: Texts): string {
  const kinds: Readonly<Record<string, string>> = {
    "rows-to-mend.csv": texts.saveRejects,
    "report.html": texts.savePage,
    "report.json": texts.saveJson,
    "firsthash.json": texts.saveSettings,
  };
  const what = kinds[name];
  return what === undefined ? "" : `; ${what}`;
}

function link({ name, url }: Saved, isFirst: boolean): Markup {
  return html`<a class="button${isFirst ? "" : " quiet"}" href="${url}" download="${name}">${name}</a> `;
}
