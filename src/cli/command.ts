import type { AnyOptionTable, FlagOption } from "../base/options.ts";
import type { Terminal } from "./terminal.ts";

/** What a command gets besides its own options. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

/** Options as commander read them, by their flags in camel case; those of a configuration file among them. */
export type Flags = Readonly<Record<string, unknown>>;

/** @returns the exit code. `argument` is the file of a command that takes one, `files` are those of one that takes several. */
export type RunCommand = (
  flags: Flags,
  context: CommandContext,
  argument: string | undefined,
  files: readonly string[],
) => Promise<number>;

export interface CommandSpec {
  readonly name: string;
  /** For the list of commands. */
  readonly summary: string;
  /** For the command's own help. */
  readonly description: string;
  readonly argument?: { readonly name: string; readonly help: string };
  /** What to say to a value that was given as an argument; it is not printed again. */
  readonly strayHint?: string;
  /**
   * The options of its job, from the job's room, and those of the command line. Imported when the command is
   * typed: a list of all commands needs none of them.
   */
  readonly options: () => Promise<AnyOptionTable>;
  /** Imported when the command runs, so that `--help` loads neither phone metadata nor a parser. */
  readonly load: () => Promise<RunCommand>;
}

/** A table of options that no job of the library has. */
type CommandLineTable = Readonly<Record<string, FlagOption & { readonly commandLineOnly: true }>>;

/** What the user hears of a run, for every command. */
export const OUTPUT_OPTIONS = {
  quiet: { flag: "quiet", group: "Run", help: "print errors only", commandLineOnly: true },
  verbose: {
    flag: "verbose",
    group: "Run",
    help: "print all reasons and the columns that were found",
    commandLineOnly: true,
  },
  color: { flag: "no-color", group: "Run", help: "no colors", commandLineOnly: true },
} as const satisfies CommandLineTable;

/** Another kind of run of `hash`. */
export const STREAM_OPTION = {
  stream: {
    flag: "stream",
    group: "Stream",
    help: "a line out for each line in, at once and in order, without a header",
    commandLineOnly: true,
  },
} as const satisfies CommandLineTable;

export const JSON_OPTION = {
  json: {
    flag: "json",
    group: "Run",
    help: "print the report as JSON to stdout",
    commandLineOnly: true,
  },
} as const satisfies CommandLineTable;

/** The report of a run that writes something. */
export const REPORT_OPTIONS = {
  report: {
    flag: "report",
    ofOneRun: true,
    group: "Files",
    value: "<file>",
    file: "written",
    repeatable: true,
    help: "save the summary as .json or as a page, .html; repeat for both. It holds no personal data",
  },
  json: {
    ...JSON_OPTION.json,
    help: "print the summary as JSON (to stdout, or to stderr when data goes to stdout)",
  },
} as const satisfies Readonly<Record<string, FlagOption>>;

/** What to mend, of the runs that read people. */
export const REJECTS_OPTION = {
  rejects: {
    flag: "rejects",
    ofOneRun: true,
    group: "Files",
    value: "<file>",
    file: "written",
    help: "save a line for each row that was left out and each cell that was refused, as .csv, .xlsx or .jsonl: file, line, column, code, advice; no value",
  },
} as const satisfies Readonly<Record<string, FlagOption>>;

export const CONFIG_OPTION = {
  config: {
    flag: "config",
    group: "Run",
    value: "<file.json>",
    file: "json",
    help: "take options from a file, whose paths start from its folder; flags win",
    commandLineOnly: true,
  },
} as const satisfies CommandLineTable;

export const SAVE_CONFIG_OPTION = {
  saveConfig: {
    flag: "save-config",
    group: "Run",
    value: "<file.json>",
    file: "written",
    help: "save the options of this run, if it works, for --config",
    commandLineOnly: true,
  },
} as const satisfies CommandLineTable;
