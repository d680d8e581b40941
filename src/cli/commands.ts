/** The commands, one line each: what `--help` says of them, and where their work is. */
import { INSPECT_OPTIONS } from "./inspect-options.ts";
import type { OptionSpec } from "./option-spec.ts";
import { PREPARE_OPTIONS } from "./prepare-options.ts";
import { SELFTEST_OPTIONS } from "./selftest-options.ts";
import type { Terminal } from "./terminal.ts";

/** What a command gets besides its own options. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

/** Options as commander read them, by their names in camel case. */
export type Flags = Readonly<Record<string, unknown>>;

/** @returns the exit code. `argument` is the file of a command that takes one. */
export type RunCommand = (
  flags: Flags,
  context: CommandContext,
  argument: string | undefined,
) => Promise<number>;

export interface CommandSpec {
  readonly name: string;
  /** For the list of commands. */
  readonly summary: string;
  /** For the command's own help. */
  readonly description: string;
  readonly argument?: { readonly name: string; readonly help: string };
  readonly options: readonly OptionSpec[];
  /** Imported when the command runs, so that `--help` loads neither phone metadata nor a parser. */
  readonly load: () => Promise<RunCommand>;
}

export const COMMANDS: readonly CommandSpec[] = [
  {
    name: "prepare",
    summary: "contacts + conversions → upload file (the main job)",
    description:
      "Reads the conversions and the CRM export, hashes the e-mail addresses and phone numbers of the " +
      "people who converted, and writes the file to upload. A summary goes to stderr.",
    options: PREPARE_OPTIONS,
    load: async () => (await import("./prepare.ts")).prepareCommand,
  },
  {
    name: "inspect",
    summary: "what is in a file: encoding, columns, usable cells; no values",
    description:
      "Reads one export and tells how it would be read: encoding, delimiter, header, which columns hold " +
      "what, how many of their cells can be used and why the others cannot, how times and values are " +
      "written, and what `firsthash prepare` would ask for. It prints counts and headers, never a value.",
    argument: { name: "<file>", help: 'CSV, TSV or XLSX; "-" is standard input' },
    options: INSPECT_OPTIONS,
    load: async () => (await import("./inspect.ts")).inspectCommand,
  },
  {
    name: "selftest",
    summary: "recompute the published vectors on this machine",
    description:
      "Recomputes every published test vector with the code that prepare runs, hashes each text by three " +
      "implementations of SHA-256, and prints the versions that could matter. Exit code 0 when all hold, " +
      "1 when one does not; then the names of those vectors are printed.",
    options: SELFTEST_OPTIONS,
    load: async () => (await import("./selftest.ts")).selftestCommand,
  },
];
