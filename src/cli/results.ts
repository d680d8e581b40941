/** `firsthash results`: what was attributed, by goal and day, and by row where Microsoft tells. */
import { EXIT, usageError } from "../base/errors.ts";
import { renderResults } from "../upload/render.ts";
import { type ResultsReport, type RowResult, resultsWith } from "../upload/results.ts";
import { checkFile } from "../write/check.ts";
import { csvLine } from "../write/csv.ts";
import { writeTextFile } from "../write/data-file.ts";
import type { CommandContext, Flags } from "./command.ts";
import { listFlag, textFlag } from "./flags.ts";
import { serviceOptions } from "./service.ts";

/** @returns the exit code: 1 where something was not attributed. */
export async function resultsCommand(flags: Flags, context: CommandContext): Promise<number> {
  const { options, internals } = serviceOptions(flags, context);
  const of = textFlag(flags, "of");
  const output = textFlag(flags, "output");
  if (output !== undefined && of === undefined) {
    throw usageError("--output writes the rows of an upload", "name the upload with --of");
  }
  const rules = { force: flags.force === true, inputs: of === undefined ? [] : [of] };
  if (output !== undefined) await checkFile(output, rules);
  const report = await resultsWith(
    {
      ...options,
      goals: listFlag(flags, "goal"),
      from: textFlag(flags, "from"),
      to: textFlag(flags, "to"),
      of,
    },
    internals,
  );
  if (output !== undefined) await writeTextFile(output, rowsCsv(report.rows ?? []), rules);
  if (flags.json === true) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else if (flags.csv === true) process.stdout.write(csvOf(report));
  else context.terminal.printReport(renderResults(report), process.stdout);
  return report.ok ? EXIT.done : EXIT.findings;
}

function rowsCsv(rows: readonly RowResult[]): string {
  const header = ["line", "client id", "status", "text"];
  const lines = rows.map(({ line, clientId, status, text }) => [
    String(line),
    clientId,
    status,
    text,
  ]);
  return [header, ...lines].map((row) => csvLine(row, ",")).join("");
}

/** A line for each goal, day and reason; those that were attributed have none. */
function csvOf(report: ResultsReport): string {
  const header = ["goal", "upload date", "outcome", "count", "reason", "advice"];
  const rows = report.goals.flatMap(({ goal, days }) =>
    days.flatMap(({ date, attributed, reasons }) => [
      [goal, date, "attributed", String(attributed), "", ""],
      ...reasons.map(({ reason, count, advice = "" }) => [
        goal,
        date,
        "unattributed",
        String(count),
        reason,
        advice,
      ]),
    ]),
  );
  return [header, ...rows].map((row) => csvLine(row, ",")).join("");
}
