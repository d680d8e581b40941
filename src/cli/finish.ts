/** What the commands that write uploads share: their flags as options, and the end of a run. */
import { resolve } from "node:path";
import { EXIT, usageError } from "../base/errors.ts";
import type { InputRole } from "../base/fields.ts";
import { renderHash } from "../hash/report.ts";
import type { RunOptions } from "../prepare/options.ts";
import { type JsonObject, readJsonObject } from "../read/source.ts";
import type { InputSource } from "../read/types.ts";
import { renderHtml } from "../report/html.ts";
import { mailable } from "../report/names.ts";
import { renderSummary } from "../report/render.ts";
import type { AdjustReport, HashReport, PrepareReport } from "../report/summary.ts";
import { checkFile, type TargetRules } from "../write/check.ts";
import { writeTextFile } from "../write/data-file.ts";
import type { CommandContext, Flags } from "./command.ts";
import { listFlag, parseList, parsePercent, parseReading, textFlag } from "./flags.ts";

type Report = PrepareReport | AdjustReport | HashReport;

/** One run of a command. */
export interface CommandRun {
  readonly options: Pick<RunOptions, "force" | "output">;
  /** Flags whose files are read, so that no output replaces one. */
  readonly inputs: readonly string[];
  /** Another file to be written when all went well: flag, path and content. */
  readonly extra?: { readonly flag: string; readonly path: string; readonly content: () => string };
  run(): Promise<Report>;
}

/** Checks the files beside the output, runs, and says what happened. @returns the exit code */
export async function runCommand(
  command: CommandRun,
  flags: Flags,
  { terminal }: CommandContext,
): Promise<number> {
  const { options, extra } = command;
  const reports = reportsOf(flags);
  // The files beside the output are checked with it, before any input is read.
  needDifferent([
    ["--output", textFlag(flags, "output")],
    ...reports.map(({ path }) => ["--report", path] as const),
    ["--manifest", textFlag(flags, "manifest")],
    ...(extra === undefined ? [] : [[extra.flag, extra.path] as const]),
  ]);
  const inputs = command.inputs.map((key) => textFlag(flags, key));
  const rules: TargetRules = {
    force: options.force,
    inputs: inputs.filter((path) => path !== undefined && path !== "-") as string[],
  };
  for (const path of [...reports.map(({ path }) => path), extra?.path]) {
    if (path !== undefined) await checkFile(path, rules);
  }

  const report = await command.run();

  terminal.clear();
  for (const { path, render } of reports) {
    await writeTextFile(path, render(mailable(report)), rules);
  }
  if (flags.json === true) {
    const stream = options.output === process.stdout ? process.stderr : process.stdout;
    stream.write(toJson(report));
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
    if (/\.json$/i.test(path)) return { path, render: toJson };
    if (/\.html?$/i.test(path)) return { path, render: renderHtml };
    throw usageError(
      "--report takes the name of a .json or .html file",
      "for example --report report.html",
    );
  });
}

/** With --force the second file would replace the first. */
function needDifferent(paths: readonly (readonly [string, string | undefined])[]): void {
  const flagsByPath = new Map<string, string>();
  for (const [flag, path] of paths) {
    if (path === undefined || path === "-") continue;
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

/** The inputs of a command by their flags, "-" being standard input, which only one of them can be. */
export function inputFlags<Name extends InputRole>(
  flags: Flags,
  names: readonly Name[],
): {
  readonly sources: Readonly<
    Partial<Record<Name, Extract<InputSource, string> | NodeJS.ReadStream>>
  >;
  readonly names: Readonly<Partial<Record<Name, string>>>;
} {
  const sources: Partial<Record<Name, string | NodeJS.ReadStream>> = {};
  const fromStdin: Partial<Record<Name, string>> = {};
  let first: Name | undefined;
  for (const name of names) {
    const path = textFlag(flags, name);
    if (path === undefined) continue;
    sources[name] = path === "-" ? process.stdin : path;
    if (path !== "-") continue;
    if (first !== undefined) {
      throw usageError(
        `--${name} and --${first} cannot both be standard input`,
        "give one of them as a file",
      );
    }
    first = name;
    fromStdin[name] = "stdin";
  }
  return { sources, names: fromStdin };
}

/**
 * The flags that every run has. Everything that the flags alone can tell is checked here or in `plan.ts`,
 * before a file is opened.
 */
export async function runOptions(
  flags: Flags,
  roles: readonly InputRole[],
  { terminal, signal }: CommandContext,
): Promise<Omit<RunOptions, "contacts" | "names">> {
  const output = textFlag(flags, "output");
  if (output === undefined && flags.dryRun !== true) {
    throw usageError(
      "--output is missing",
      'name the file to write with -o, "-" for standard output, or use --dry-run',
    );
  }
  const maxRefused = textFlag(flags, "maxRefused");
  const consentValues = textFlag(flags, "consentValues");
  const goalMap = textFlag(flags, "goalMap");
  const to = listFlag(flags, "to");
  const threads = textFlag(flags, "threads");
  return {
    key: textFlag(flags, "key"),
    to: to.length > 0 ? to : undefined,
    output: output === "-" ? process.stdout : output,
    layout: textFlag(flags, "layout"),
    force: flags.force === true,
    dryRun: flags.dryRun === true,
    goal: textFlag(flags, "goal"),
    // A small file of the user's own, read here so that the library takes an object.
    goalMap: goalMap === undefined ? undefined : asGoalMap(await readJsonObject(goalMap)),
    currency: textFlag(flags, "currency"),
    country: textFlag(flags, "country"),
    timeZone: textFlag(flags, "timeZone"),
    dateOrder: textFlag(flags, "dateOrder") as RunOptions["dateOrder"],
    dateFormat: textFlag(flags, "dateFormat"),
    assumeTime: textFlag(flags, "assumeTime"),
    dst: textFlag(flags, "dst") as RunOptions["dst"],
    decimal: textFlag(flags, "decimal") as RunOptions["decimal"],
    asOf: textFlag(flags, "asOf"),
    onConflict: textFlag(flags, "onConflict") as RunOptions["onConflict"],
    consentValues: consentValues === undefined ? undefined : parseList(consentValues),
    maxRefused: maxRefused === undefined ? undefined : parsePercent("--max-refused", maxRefused),
    read: parseReading(
      {
        encoding: listFlag(flags, "encoding"),
        delimiter: listFlag(flags, "delimiter"),
        sheet: listFlag(flags, "sheet"),
      },
      roles,
    ),
    reference: flags.reference === true,
    // What is known of the file later, an answer of Microsoft's, is joined to the report by it.
    digest: flags.report !== undefined,
    threads: threads === undefined ? undefined : Number(threads),
    onProgress: (progress) => terminal.progress(progress),
    signal,
  };
}

/** `plan.ts` looks at the entries, and names a wrong one by its number. */
function asGoalMap(map: JsonObject): Record<string, string | null> {
  return map as Record<string, string | null>;
}
