/** The end of a run of the commands that write something. */
import { resolve } from "node:path";
import { EXIT, usageError } from "../base/errors.ts";
import { type AnyOptionTable, flagsOf } from "../base/options.ts";
import { renderHash } from "../hash/report.ts";
import { renderHtml } from "../report/html.ts";
import { mailable } from "../report/names.ts";
import { renderSummary } from "../report/render.ts";
import type { AdjustReport, HashReport, PrepareReport } from "../report/summary.ts";
import { checkFile, type TargetRules } from "../write/check.ts";
import { writeTextFile } from "../write/data-file.ts";
import { type CommandContext, type Flags, REPORT_OPTIONS, SAVE_CONFIG_OPTION } from "./command.ts";
import { listFlag, pathsGiven } from "./flags.ts";
import { withTexts } from "./speak.ts";

type Report = PrepareReport | AdjustReport | HashReport;

/** One run of a command. */
export interface CommandRun {
  /** The options of the job. */
  readonly table: AnyOptionTable;
  readonly options: {
    readonly force?: boolean | undefined;
    readonly output?: string | object | undefined;
  };
  /** A path that is read and stands in no flag: the argument of the command. */
  readonly argument?: string;
  /** Another file to be written when all went well: path and content. */
  readonly extra?: { readonly path: string; readonly content: () => string };
  run(): Promise<Report>;
}

/** Checks the files beside the output, runs, and says what happened. @returns the exit code */
export async function runCommand(
  command: CommandRun,
  flags: Flags,
  { terminal }: CommandContext,
): Promise<number> {
  const { options, extra } = command;
  const spoken = (text: string) => terminal.asFlags(text);
  const reports = reportsOf(flags);
  const table = flagsOf({ ...command.table, ...REPORT_OPTIONS, ...SAVE_CONFIG_OPTION });
  // The files beside the output are checked with it, before any input is read.
  needDifferent(pathsGiven(table, flags, "output", "written"));
  const inputs = pathsGiven(table, flags, "input", "read", "json").map(({ path }) => path);
  const rules: TargetRules = {
    force: options.force,
    inputs: [...inputs, command.argument ?? "-"].filter((path) => path !== "-"),
  };
  for (const path of [...reports.map(({ path }) => path), extra?.path]) {
    if (path !== undefined) await checkFile(path, rules);
  }

  terminal.dataGoesOut = options.output === process.stdout;
  const report = await command.run();

  terminal.clear();
  const mailed = mailable(report);
  for (const { path, isPage } of reports) {
    const text = isPage ? renderHtml(withTexts(mailed, spoken)) : toJson(mailed);
    await writeTextFile(path, text, rules);
  }
  if (flags.json === true) {
    const stream = options.output === process.stdout ? process.stderr : process.stdout;
    stream.write(toJson(mailed));
  } else {
    for (const line of renderReport(report, flags.verbose === true)) terminal.say(line);
  }
  if (report.ok && extra !== undefined) await writeTextFile(extra.path, extra.content(), rules);
  for (const problem of report.problems) terminal.fail(problem);
  return report.ok ? EXIT.done : EXIT.findings;
}

/** Reports to save, in the form that each name's end says. @throws FirsthashError "usage" */
function reportsOf(flags: Flags) {
  return listFlag(flags, "report").map((path) => {
    const isPage = /\.html?$/i.test(path);
    if (isPage || /\.json$/i.test(path)) return { path, isPage };
    throw usageError(
      "--report takes the name of a .json or .html file",
      "for example --report report.html",
    );
  });
}

/** With --force the second file would replace the first. */
function needDifferent(files: ReturnType<typeof pathsGiven>): void {
  const flagsByPath = new Map<string, string>();
  for (const { flag, path } of files) {
    if (path === "-") continue;
    const other = flagsByPath.get(resolve(path));
    if (other !== undefined) {
      throw usageError(
        `${other} and ${flag} name the same file`,
        "write each to a file of its own",
      );
    }
    flagsByPath.set(resolve(path), flag);
  }
}

function renderReport(report: Report, verbose: boolean): string[] {
  return report.schema === "firsthash.hash/1"
    ? renderHash(report, { verbose })
    : renderSummary(report, { verbose });
}

function toJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
