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
