/** The report of one run as sections of a page. */
import type { AnyReport } from "../names.ts";
import type { AnswerReport } from "../reports.ts";
import type { DayReport, DestinationReport, PeopleReport } from "../summary.ts";
import { answerSections } from "./answers.ts";
import { dayColumns } from "./charts.ts";
import { html, type Markup } from "./markup.ts";
import { daysBetween, grouped, instant } from "./numbers.ts";
import {
  countTable,
  fieldSection,
  filesTable,
  inputSection,
  type NamedShare,
  shares,
} from "./tables.ts";
import { IDENTIFIERS, JOBS, OUTCOMES, type Outcome, PRIVACY, VERDICTS } from "./texts.ts";

/** What `hash` writes has no destination, no warnings and no days. */
type Written = Pick<DestinationReport, "rows" | "identifiers" | "reasons" | "published" | "files"> &
  Partial<Pick<DestinationReport, "destination" | "layout" | "next" | "warnings" | "days">>;

/**
 * The body of the report, without the document around it.
 *
 * @param answers what became of the files that the run wrote, where that is known
 */
export function runBody(report: AnyReport, answers: readonly AnswerReport[] = []): Markup {
  const written: readonly Written[] = "destinations" in report ? report.destinations : [report];
  const asOf = "asOf" in report && `as of ${instant(report.asOf)}`;
  const kicker = [`firsthash ${report.version}`, asOf].filter((part) => part !== false).join(", ");
  return html`<header><p class="kicker">${JOBS[report.schema]}, ${kicker}</p>
${written.map((one) => headOf(one, report, answers.length > 0))}</header>
${answerSections(answers)}
${written.map((one) => outcomeSections(one, written.length > 1))}
${report.people !== undefined && peopleSection(report.people)}
<section><h2>What was read</h2>${report.inputs.map(inputSection)}</section>
${rulesSection(report, written)}
<footer><p>${PRIVACY}</p></footer>`;
}

function headOf(written: Written, report: AnyReport, isSent: boolean): Markup {
  const { rows, destination, published } = written;
  const to = destination === undefined ? "" : ` for ${destination}`;
  const reached = `${grouped(rows.written)} of ${grouped(rows.read)} ${rows.read === 1 ? "row" : "rows"}`;
  const verb = published ? VERDICTS.published : "could be written";
  return html`<h1>${reached} ${verb}${to}</h1>
${!published && html`<div class="doubt"><p><strong>${report.dryRun ? VERDICTS.dryRun : VERDICTS.nothing}</strong></p>${problemsOf(report, written)}</div>`}
${shares(outcomes(written), `What became of the ${rows.read === 1 ? "row" : "rows"}`)}
${published && !isSent && written.next !== undefined && html`<p class="next says">${written.next}</p>`}`;
}

/** A run with several destinations names each problem by its destination. */
function problemsOf({ problems }: AnyReport, { destination }: Written): Markup[] {
  return problems
    .filter(({ message }) => destination === undefined || message.startsWith(`${destination}: `))
    .map(
      ({ message, hint }) =>
        html`<p>${message}</p>${hint !== undefined && html`<p class="soft">${hint}</p>`}`,
    );
}

function outcomes({ rows }: Written): NamedShare[] {
  return (Object.keys(OUTCOMES) as Outcome[]).map((kind) => ({
    kind,
    name: OUTCOMES[kind],
    count: rows[kind],
  }));
}

function outcomeSections(written: Written, named: boolean): Markup {
  const { destination = "", reasons, warnings = [], days = [], rows, files } = written;
  const of = named ? ` (${destination})` : "";
  const left = reasons.map((row) => ({ ...row, kind: row.outcome, group: OUTCOMES[row.outcome] }));
  return html`${
    left.length > 0 &&
    html`<section><h2>Why rows were left out${of}</h2>${countTable(left, { caption: "Most frequent first, with the first lines of the file", of: "Reason" })}</section>`
  }
${
  warnings.length > 0 &&
  html`<section><h2>Written, with a warning${of}</h2>${countTable(
    warnings.map((row) => ({ ...row, kind: "warn" })),
    { caption: "A row can have several", of: "Warning" },
  )}</section>`
}
${rows.written > 0 && identifierSection(written, of)}
${days.length > 0 && daysSection(days, rows.read, of)}
${files.length > 0 && html`<section><h2>What was written${of}</h2>${filesTable(files)}</section>`}`;
}

function identifierSection({ identifiers }: Written, of: string): Markup {
  const kinds = ["written", "unmatched", "excluded", "duplicate"] as const;
  const names = Object.keys(IDENTIFIERS) as (keyof typeof IDENTIFIERS)[];
  const parts = names.map((name, index) => ({
    kind: kinds[index] ?? "duplicate",
    name: IDENTIFIERS[name],
    count: identifiers[name],
  }));
  return html`<section><h2>What identifies the person${of}</h2>${shares(parts, "Written rows by what identifies the person")}</section>`;
}

function daysSection(days: readonly DayReport[], read: number, of: string): Markup {
  const first = days[0]?.day ?? "";
  const last = days.at(-1)?.day ?? "";
  const byDay = new Map(days.map((day) => [day.day, day]));
  const all = daysBetween(first, last).map(
    (day) => byDay.get(day) ?? { day, written: 0, leftOut: 0 },
  );
  const counted = days.reduce((sum, { written, leftOut }) => sum + written + leftOut, 0);
  const most = Math.max(...days.map(({ written, leftOut }) => written + leftOut));
  const name = `Rows by day from ${first} to ${last}, at most ${grouped(most)} a day; the table has the numbers`;
  return html`<section><h2>Rows by day of the conversion${of}</h2>
${all.length > 0 && dayColumns(all, name)}<div class="ends"><span>${first}</span><span>at most ${grouped(most)} a day</span><span>${last}</span></div>
<details><summary>As a table</summary><table><caption>Days in UTC</caption>
<thead><tr><th scope="col">Day</th><th scope="col" class="count">Written</th><th scope="col" class="count">Left out</th></tr></thead>
<tbody>${days.map(({ day, written, leftOut }) => html`<tr><th scope="row">${day}</th><td class="count">${grouped(written)}</td><td class="count">${grouped(leftOut)}</td></tr>`)}</tbody></table></details>
${counted < read && html`<p class="soft">${grouped(read - counted)} more were left out before their day was known, or are older than the window.</p>`}</section>`;
}

function peopleSection({
  from,
  rows,
  withoutConsent,
  malformed,
  email,
  phone,
}: PeopleReport): Markup {
  const whose = from === "contacts" ? "contacts that a conversion refers to" : "conversions";
  return html`<section><h2>E-mail addresses and phone numbers</h2>
<p class="soft">Looked at: ${grouped(rows)} ${whose}.${withoutConsent > 0 && ` Not looked at for want of consent: ${grouped(withoutConsent)}.`}</p>
${
  malformed.length > 0 &&
  countTable(
    malformed.map((row) => ({ ...row, kind: "refused" })),
    { caption: "Contacts that could not be read", of: "Reason" },
  )
}
${fieldSection("E-mail addresses", email)}
${fieldSection("Phone numbers", phone)}</section>`;
}

function rulesSection(report: AnyReport, written: readonly Written[]): Markup {
  const rules =
    "rules" in report ? report.rules : report.destinations.flatMap(({ rules }) => rules);
  const layouts = written.flatMap(({ destination, layout }) =>
    destination === undefined ? [] : [`${destination}, layout ${layout ?? ""}`],
  );
  const notes = "notes" in report ? report.notes : [];
  return html`<section><h2>Rules and version</h2><dl>
<dt>rules</dt><dd>${[...new Set(rules)].join(", ")}</dd>
${layouts.length > 0 && html`<dt>destination</dt><dd>${layouts.join("; ")}</dd>`}
${"asOf" in report && html`<dt>as of</dt><dd>${report.asOf}</dd>`}
<dt>firsthash</dt><dd>${report.version}</dd></dl>
${notes.map((note) => html`<p>${note}</p>`)}</section>`;
}
