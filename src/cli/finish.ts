/** The end of a run of the commands that write something. */
import { resolve } from "node:path";
import { butWritten, EXIT, usageError } from "../base/errors.ts";
import { type AnyOptionTable, flagsOf } from "../base/options.ts";
import type { OnRow } from "../base/row-events.ts";
import { renderHash } from "../hash/report.ts";
import { renderHtml } from "../report/html.ts";
import { mailable } from "../report/names.ts";
import { renderSummary } from "../report/render.ts";
import {
  type AdjustReport,
  destinationsOf,
  type HashReport,
  type PrepareReport,
  publishedFiles,
} from "../report/summary.ts";
import { checkFile, refuseInputs, type TargetRules } from "../write/check.ts";
import { writeTextFile } from "../write/data-file.ts";
import {
  CONFIG_OPTION,
  type CommandContext,
  type Flags,
  REJECTS_OPTION,
  REPORT_OPTIONS,
  SAVE_CONFIG_OPTION,
} from "./command.ts";
import { listFlag, pathsGiven, textFlag } from "./flags.ts";
import { RejectsFile } from "./rejects.ts";
import { withTexts } from "./speak.ts";

/** Files of the command line itself. */
const BESIDE = {
  ...CONFIG_OPTION,
  ...REPORT_OPTIONS,
  ...REJECTS_OPTION,
  ...SAVE_CONFIG_OPTION,
};

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
  /** The job, which tells of its rows where they are asked for. */
  run(watched: { readonly onRow?: OnRow }): Promise<Report>;
  /** Its name. */
  readonly name: string;
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
  const table = flagsOf({ ...command.table, ...BESIDE });
  // The files beside the output are checked with it, before any input is read.
  const written = pathsGiven(table, flags, "output", "written").filter(({ path }) => path !== "-");
  needDifferent(written);
  const inputs = pathsGiven(table, flags, "input", "read", "json");
  const rulesOf = (kept: typeof inputs): TargetRules => ({
    force: options.force,
    inputs: [...kept.map(({ path }) => path), command.argument ?? "-"].filter(
      (path) => path !== "-",
    ),
  });
  const rules = rulesOf(inputs);
  // A configuration that was read may be saved again, with what the flags changed.
  const savingRules = rulesOf(inputs.filter(({ flag }) => flag !== "--config"));
  for (const { path, flag } of written) {
    await refuseInputs([path], flag === "--save-config" ? savingRules : rules);
  }
  for (const { path } of reports) await checkFile(path, rules);
  if (extra !== undefined) await checkFile(extra.path, savingRules);

  terminal.dataGoesOut = options.output === process.stdout;
  const rejectsPath = textFlag(flags, "rejects");
  const rejects =
    rejectsPath === undefined
      ? undefined
      : await RejectsFile.open(rejectsPath, { command: command.name, rules, spoken });
  const report = await runWith(rejects, command);

  terminal.clear();
  const mailed = mailable(report);
  const lost: unknown[] = [];
  await rejects?.commit().catch((error) => lost.push(error));
  const save = (path: string, text: string, target = rules) =>
    writeTextFile(path, text, target).catch((error) => lost.push(error));
  for (const { path, isPage } of reports) {
    await save(path, isPage ? renderHtml(withTexts(mailed, spoken)) : toJson(mailed));
  }
  if (flags.json === true) {
    const stream = options.output === process.stdout ? process.stderr : process.stdout;
    stream.write(toJson(mailed));
  } else terminal.sayReport(renderReport(report, flags.verbose === true));
  if (report.ok && extra !== undefined) await save(extra.path, extra.content(), savingRules);
  for (const problem of report.problems) terminal.fail(problem);
  // What went wrong beside the upload does not undo it.
  if (lost.length > 0) throw butWritten(lost[0], publishedFiles(destinationsOf(report)));
  return report.ok ? EXIT.done : EXIT.findings;
}

/** Where the job throws, nothing is left of what it told. */
async function runWith(rejects: RejectsFile | undefined, command: CommandRun): Promise<Report> {
  try {
    return await command.run(rejects === undefined ? {} : { onRow: rejects.onRow });
  } catch (error) {
    await rejects?.discard();
    throw error;
  }
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
