/** `firsthash prepare`: flags in, summary out. The work is the library's. */
import { resolve } from "node:path";
import { EXIT, usageError } from "../errors.ts";
import type { PrepareOptions } from "../options.ts";
import { prepare } from "../prepare.ts";
import { type JsonObject, readJsonObject } from "../read/json.ts";
import { renderSummary } from "../report/render.ts";
import type { PrepareReport } from "../report/summary.ts";
import { checkFile, type TargetRules } from "../write/check.ts";
import { writeTextFile } from "../write/text-file.ts";
import type { CommandContext, Flags } from "./commands.ts";
import { renderConfig, withConfig } from "./config.ts";
import {
  listFlag,
  parseColumns,
  parseList,
  parsePercent,
  parseReading,
  textFlag,
} from "./options.ts";

/** @returns the exit code. */
export async function prepareCommand(given: Flags, context: CommandContext): Promise<number> {
  const { terminal } = context;
  const flags = await withConfig(given);
  const options = await toOptions(flags, context);
  const reportPath = textFlag(flags, "report");
  const configPath = textFlag(given, "saveConfig");
  // The files beside the output are checked with it, before any input is read.
  needDifferent({
    "--output": textFlag(flags, "output"),
    "--report": reportPath,
    "--save-config": configPath,
  });
  const inputs = [...inputPaths(options), textFlag(flags, "template"), textFlag(flags, "goalMap")];
  const rules: TargetRules = {
    force: options.force,
    inputs: inputs.filter((path) => path !== undefined),
  };
  for (const path of [reportPath, configPath]) {
    if (path !== undefined) await checkFile(path, rules);
  }

  const report = await prepare(options);

  terminal.clear();
  if (reportPath !== undefined) await writeTextFile(reportPath, toJson(report), rules);
  if (flags.json === true) {
    const stream = options.output === process.stdout ? process.stderr : process.stdout;
    stream.write(toJson(report));
  } else {
    for (const line of renderSummary(report, { verbose: flags.verbose === true })) {
      terminal.say(line);
    }
  }
  if (report.ok && configPath !== undefined) {
    await writeTextFile(configPath, renderConfig(flags, configPath), rules);
  }
  for (const problem of report.problems) terminal.fail(problem);
  return report.ok ? EXIT.done : EXIT.findings;
}

/** With --force the second file would replace the first. */
function needDifferent(paths: Readonly<Record<string, string | undefined>>): void {
  const flagsByPath = new Map<string, string>();
  for (const [flag, path] of Object.entries(paths)) {
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

function toJson(report: PrepareReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** Everything that the flags alone can tell is checked here or in `planPrepare`, before a file is opened. */
async function toOptions(flags: Flags, context: CommandContext): Promise<PrepareOptions> {
  const conversions = textFlag(flags, "conversions");
  const contacts = textFlag(flags, "contacts");
  const output = textFlag(flags, "output");
  if (conversions === undefined) {
    throw usageError(
      "--conversions is missing",
      'name the file of conversions, or "-" for standard input',
    );
  }
  if (conversions === "-" && contacts === "-") {
    throw usageError(
      "--contacts and --conversions cannot both be standard input",
      "give one of them as a file",
    );
  }
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
  return {
    conversions: conversions === "-" ? process.stdin : conversions,
    contacts: contacts === "-" ? process.stdin : contacts,
    names: {
      ...(conversions === "-" && { conversions: "stdin" }),
      ...(contacts === "-" && { contacts: "stdin" }),
    },
    key: textFlag(flags, "key"),
    columns: parseColumns(listFlag(flags, "column")),
    to: to.length > 0 ? to : undefined,
    output: output === "-" ? process.stdout : output,
    layout: textFlag(flags, "layout"),
    template: textFlag(flags, "template"),
    force: flags.force === true,
    dryRun: flags.dryRun === true,
    goal: textFlag(flags, "goal"),
    // A small file of the user's own, read here so that the library takes an object.
    goalMap: goalMap === undefined ? undefined : asGoalMap(await readJsonObject(goalMap)),
    currency: textFlag(flags, "currency"),
    country: textFlag(flags, "country"),
    timeZone: textFlag(flags, "timeZone"),
    dateOrder: textFlag(flags, "dateOrder") as PrepareOptions["dateOrder"],
    dateFormat: textFlag(flags, "dateFormat"),
    assumeTime: textFlag(flags, "assumeTime"),
    dst: textFlag(flags, "dst") as PrepareOptions["dst"],
    decimal: textFlag(flags, "decimal") as PrepareOptions["decimal"],
    asOf: textFlag(flags, "asOf"),
    onConflict: textFlag(flags, "onConflict") as PrepareOptions["onConflict"],
    consentValues: consentValues === undefined ? undefined : parseList(consentValues),
    maxRefused: maxRefused === undefined ? undefined : parsePercent("--max-refused", maxRefused),
    read: parseReading({
      encoding: listFlag(flags, "encoding"),
      delimiter: listFlag(flags, "delimiter"),
      sheet: listFlag(flags, "sheet"),
    }),
    reference: flags.reference === true,
    onProgress: (progress) => context.terminal.progress(progress),
    signal: context.signal,
  };
}

/** `planPrepare` looks at the entries, and names a wrong one by its number. */
function asGoalMap(map: JsonObject): Record<string, string | null> {
  return map as Record<string, string | null>;
}

function inputPaths({ conversions, contacts }: PrepareOptions): string[] {
  return [conversions, contacts].filter((input) => typeof input === "string");
}
