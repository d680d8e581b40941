/** The report of a run for people: one HTML file that opens anywhere, prints, and can be mailed. */
import { reportDocument } from "./html/document.ts";
import { runBody } from "./html/run.ts";
import { JOBS } from "./html/texts.ts";
import type { AnyReport } from "./names.ts";
import type { JoinedReport } from "./reports.ts";

/**
 * The report as a file. It is made of the report alone, so the same report gives the same bytes.
 *
 * @param report what `prepare`, `adjust` or `hashContacts` returned, or what `joinReports` did
 * @returns one HTML document, without a script and with a policy under which nothing can be fetched
 *
 * @example
 * ```ts
 * import { writeFile } from "node:fs/promises";
 * import { prepare, renderHtml } from "firsthash";
 *
 * const report = await prepare({
 *   contacts: "samples/contacts.csv",
 *   conversions: "samples/conversions.csv",
 *   key: "Contact ID",
 *   country: "US",
 *   timeZone: "America/New_York",
 *   asOf: "2026-11-20T12:00:00Z",
 *   dryRun: true,
 * });
 * await writeFile("report.html", renderHtml(report));
 * ```
 */
export function renderHtml(report: AnyReport | JoinedReport): string {
  const { run, answers } = "run" in report ? report : { run: report, answers: [] };
  return reportDocument(`${JOBS[run.schema]}: firsthash report`, runBody(run, answers));
}
