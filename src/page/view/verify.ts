/** What `verify` found: a verdict, and a table of findings. */
import { html, type Markup } from "../../report/html/markup.ts";
import { grouped } from "../../report/html/numbers.ts";
import type { VerifyReport } from "../../verify/report.ts";
import { asLabels } from "../speak.ts";
import { fill, type Texts } from "../texts.ts";

export function verifyBody(report: VerifyReport, texts: Texts): Markup {
  const { ok, recognized, rows, unreadable, findings } = report;
  const what = recognized.title ?? recognized.destination;
  const isKnown = what !== undefined;
  return html`<article class="report"><div class="${ok ? "next" : "doubt"}"><p><strong>${ok ? texts.verdictOk : texts.verdictBad}</strong></p>
<p>${isKnown ? fill(texts.recognized, { what, rows: grouped(rows) }) : texts.unrecognized}</p>
${unreadable !== undefined && html`<p>${asLabels(unreadable, texts)}</p>`}</div>
${findings.length > 0 && findingTable(findings, texts)}</article>`;
}

function findingTable(findings: VerifyReport["findings"], texts: Texts): Markup {
  const row = (finding: VerifyReport["findings"][number]) => {
    const { severity, text, count, advice, places } = finding;
    const where = places.map(({ line, column }) =>
      [line, column].filter((part) => part !== undefined).join(", "),
    );
    return html`<tr><td><span class="kind ${severity}">${texts[severity]}</span></td><td>${asLabels(text, texts)}${advice !== undefined && html`<small class="advice">${asLabels(advice.text, texts)}</small>`}</td><td class="count">${grouped(count)}</td><td>${where.join("; ")}</td></tr>`;
  };
  return html`<div class="scroll"><table><thead><tr><th scope="col">${texts.severity}</th><th scope="col">${texts.finding}</th><th scope="col" class="count">${texts.count}</th><th scope="col">${texts.places}</th></tr></thead><tbody>${findings.map(row)}</tbody></table></div>`;
}
