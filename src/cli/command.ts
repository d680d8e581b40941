import type { Terminal } from "./terminal.ts";

/** What a command gets besides its own options. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

/** Options as commander read them, by their names in camel case. */
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
  /** Imported when the command is typed: a list of all commands needs none of them. */
  readonly options: () => Promise<readonly OptionSpec[]>;
  /** Imported when the command runs, so that `--help` loads neither phone metadata nor a parser. */
  readonly load: () => Promise<RunCommand>;
}

/** One option of a command: its flag, and its key in a configuration file. */
export interface OptionSpec {
  /** The flag without its dashes, and the key in a configuration file. */
  readonly name: string;
  readonly short?: string;
  /** Placeholder of the value; a switch has none. */
  readonly value?: string;
  readonly repeatable?: true;
  readonly choices?: readonly string[];
  /** The value names a file; in a configuration file, relative to that file's folder. */
  readonly path?: true;
  /** A configuration file may write the value as a number. */
  readonly number?: true;
  readonly help: string;
  /** Heading in the help; "Options" where there is none. */
  readonly group?: string;
  /** Only on the command line, not in a configuration file. */
  readonly commandLineOnly?: true;
}

/** Options that every command with a summary has. */
export const OUTPUT_OPTIONS: readonly OptionSpec[] = [
  { name: "quiet", group: "Run", help: "print errors only", commandLineOnly: true },
  {
    name: "verbose",
    group: "Run",
    help: "print all reasons and the columns that were found",
    commandLineOnly: true,
  },
  { name: "no-color", group: "Run", help: "no colors", commandLineOnly: true },
];
