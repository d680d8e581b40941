/** `firsthash goals`: the offline goals of an account, and whether the names of a file are among them. */
import { EXIT } from "../base/errors.ts";
import { findingTexts, type GoalsReport, goalsWith } from "../upload/goals-report.ts";
import { renderGoals } from "../upload/render.ts";
import { csvLine } from "../write/csv.ts";
import type { CommandContext, Flags } from "./command.ts";
import { serviceOptions } from "./service.ts";

/** @returns the exit code: 1 where a name of the file would be of no use. */
export async function goalsCommand(
  flags: Flags,
  context: CommandContext,
  file: string | undefined,
): Promise<number> {
  const { options, internals } = serviceOptions(flags, context);
  const report = await goalsWith({ ...options, file }, internals);
  if (flags.json === true) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else if (flags.csv === true) process.stdout.write(csvOf(report));
  else context.terminal.printReport(renderGoals(report), process.stdout);
  return report.ok ? EXIT.done : EXIT.findings;
}

/** The names of the file where there is one, else the goals. */
function csvOf({ goals, names }: GoalsReport): string {
  const header = ["goal", "status", "enhanced", "counts", "window days", "value"];
  const cells = (goal: GoalsReport["goals"][number] | undefined) => [
    goal?.status ?? "",
    goal?.enhanced === undefined ? "" : goal.enhanced ? "yes" : "no",
    goal?.countType ?? "",
    String(goal?.windowDays ?? ""),
    goal?.valueType ?? "",
  ];
  const rows =
    names === undefined
      ? [header, ...goals.map((goal) => [goal.name, ...cells(goal)])]
      : [
          ["name", "rows", "rows without click id", ...header.slice(1), "findings"],
          ...names.map((name) => [
            name.name,
            String(name.rows),
            String(name.hashOnly),
            ...cells(name.goal),
            findingTexts(name).join("; "),
          ]),
        ];
  return rows.map((row) => csvLine(row, ",")).join("");
}
