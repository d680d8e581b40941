/**
 * What an option of a job is, in one place. The command line, its help, the configuration file and its
 * schema, the manifest and the check of names are made from tables of these; a table stands in the room of
 * its job, beside the interface that the library takes, and the compiler holds the two equal.
 */
import { closestMatch } from "leven";
import { usageError } from "./errors.ts";

/** What a value that names a file is for; "-" is a standard stream for an input and an output alone. */
export type FileUse = "input" | "output" | "read" | "written" | "json";

/** An option that the command line can give. */
export interface FlagOption {
  /** Without its dashes; in a configuration file, the key. */
  readonly flag: string;
  readonly short?: string;
  /** Placeholder of the value; a switch has none. */
  readonly value?: string | undefined;
  readonly help: string;
  /** Heading in the help; "Options" where there is none. */
  readonly group?: string;
  readonly choices?: readonly string[];
  /** The value names a file; in a configuration file, relative to that file's folder. */
  readonly file?: FileUse;
  /** May be given more than once. */
  readonly repeatable?: true;
  /** A configuration file may write the value as a number. */
  readonly number?: true;
  /** Names of what a value is for: `--column <field>=<header>`. */
  readonly fields?: readonly string[];
  /** Options that this one replaces where they come from a configuration file. */
  readonly excludes?: readonly string[];
  /** It says where one run writes and how far it may go; another job takes it from no configuration file. */
  readonly ofOneRun?: true;
  /** Only on the command line, not in a configuration file. */
  readonly commandLineOnly?: true;
  /** A configuration file may have it, but none is written with it. */
  readonly unsaved?: true;
  /** It changes the result, so a manifest says how it was given. */
  readonly recorded?: true;
  /** From the text to what the library takes; the text itself without it. @throws FirsthashError "usage" */
  readonly parse?: (text: string, option: string) => unknown;
  /** The same for an option that may be repeated. */
  readonly parseAll?: (texts: readonly string[], option: string) => unknown;
}

/** One option of the library that is several flags: `read` is `--encoding`, `--delimiter` and `--sheet`. */
export interface PartedOption<Value = unknown> {
  readonly parts: Readonly<Record<string, FlagOption>>;
  readonly join: (parts: Readonly<Record<string, unknown>>) => Value;
  readonly recorded?: true;
}

/** An option that only a program can give: a function, a signal. */
export interface LibraryOption {
  readonly flag?: undefined;
}

export const LIBRARY_ONLY: LibraryOption = {};

export type AnyOption = FlagOption | PartedOption | LibraryOption;

/** The options of a job by their names in the library. */
export type AnyOptionTable = Readonly<Record<string, AnyOption>>;

/** The flags of a command by their names: those of its job, and what the command line alone has. */
export type FlagTable = Readonly<Record<string, FlagOption>>;

type Valued<Value> = FlagOption & { readonly value: string } & ([string] extends [Value]
    ? unknown
    : [Value] extends [string]
      ? { readonly choices: readonly Value[] }
      :
          | { readonly parse: (text: string, option: string) => Value }
          | { readonly parseAll: (texts: readonly string[], option: string) => Value }
          | { readonly file: "json" });

type OptionOf<Value> =
  | LibraryOption
  | PartedOption<Value>
  | ([boolean] extends [Value] ? FlagOption & { readonly value?: undefined } : Valued<Value>);

/**
 * The table of a job: one entry for each option of its interface, and for nothing else. The interface is
 * written out, and not inferred from the table, because its comments are the documentation that an editor
 * shows and that `.d.ts` files carry; an inferred type shows literal types and help texts instead. A name
 * too many, too few or with a value of another kind does not compile.
 */
export type OptionTable<Options> = {
  readonly [Name in keyof Options]-?: OptionOf<NonNullable<Options[Name]>>;
};

/** The flags of a table, by the option of the library that they give: `timeZone`, `read.encoding`. */
export function flagsOf(table: AnyOptionTable): FlagTable {
  const flags: Record<string, FlagOption> = {};
  for (const [name, option] of Object.entries(table)) {
    if ("parts" in option) {
      for (const [part, flag] of Object.entries(option.parts)) flags[`${name}.${part}`] = flag;
    } else if (option.flag !== undefined) flags[name] = option;
  }
  return flags;
}

/** Some entries of a table, for a job that takes them too. */
export function pick<Table extends AnyOptionTable, Name extends keyof Table>(
  table: Table,
  ...names: readonly Name[]
): Pick<Table, Name> {
  return Object.fromEntries(names.map((name) => [name, table[name]])) as Pick<Table, Name>;
}

/** The candidate that is nearest to what was typed, if one is near. */
export function nearest(typed: string, candidates: readonly string[]): string | undefined {
  return closestMatch(typed.toLowerCase(), candidates, {
    maxDistance: Math.max(2, Math.floor(typed.length / 3)),
  });
}

/**
 * Refuses what is no option of the job, for callers without types: `dryrun: true` would otherwise be a run
 * that writes.
 *
 * @param job the function's name
 * @throws FirsthashError "usage", with the nearest option that there is
 */
export function checkOptions(job: string, options: unknown, table: AnyOptionTable): void {
  if (typeof options !== "object" || options === null) {
    throw usageError(`${job} takes an object of options`, "see the example in its documentation");
  }
  const names = Object.keys(table);
  for (const [index, [name, value]] of Object.entries(options).entries()) {
    const option = Object.hasOwn(table, name) ? table[name] : undefined;
    if (option === undefined) throw unknownOption(job, name, index + 1, names);
    if (value !== undefined && "help" in option) checkValue(job, name, option, value);
  }
}

/** The name is not printed: where it is not one of ours, it may be anything. */
function unknownOption(job: string, name: string, at: number, names: readonly string[]): Error {
  const near = closestMatch(name, names, { maxDistance: 4 });
  return usageError(
    `unknown option, number ${at} of those given to ${job}`,
    near === undefined ? `options: ${names.join(", ")}` : `did you mean \`${near}\`?`,
  );
}

function checkValue(job: string, name: string, option: FlagOption, value: unknown): void {
  const { choices } = option;
  if (option.value === undefined && typeof value !== "boolean") {
    throw usageError(`\`${name}\` of ${job} takes true or false`);
  }
  if (choices !== undefined && !choices.some((choice) => choice === value)) {
    throw usageError(
      `\`${name}\` of ${job} does not take this value`,
      `use one of ${choices.join(", ")}`,
    );
  }
}

/** The options that were given and change the result, as a manifest records them: in the order of the table. */
export function recordedOptions(
  options: Readonly<Record<string, unknown>>,
  table: AnyOptionTable,
): Readonly<Record<string, unknown>> {
  const given: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(table)) {
    if (!("recorded" in option)) continue;
    const value = withoutEmpty(options[name]);
    if (value !== undefined) given[name] = value;
  }
  return given;
}

/** `{ contacts: { encoding: undefined } }` says nothing. */
function withoutEmpty(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value)
    .map(([key, item]) => [key, withoutEmpty(item)] as const)
    .filter(([, item]) => item !== undefined);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
