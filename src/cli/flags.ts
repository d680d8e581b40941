/** Flags as text become options of the library once, here, by the table of the job. Every fault is a usage error. */
import { optionError } from "../base/errors.ts";
import type {
  AnyOptionTable,
  FileUse,
  FlagOption,
  FlagTable,
  OptionTable,
} from "../base/options.ts";
import { flagsOf } from "../base/options.ts";
import { readJsonObject } from "../read/source.ts";
import type { CommandContext, Flags } from "./command.ts";
import { inputFiles } from "./input-files.ts";

/** The name under which commander stores a flag: `time-zone` is `timeZone`, `no-color` is `color`. */
export function flagKey({ flag }: FlagOption): string {
  return flag.replace(/^no-/, "").replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/**
 * The options that the flags give, `-` being a standard stream.
 *
 * @throws FirsthashError "usage" for a value that the option does not take
 */
export async function optionsFrom<Options>(
  table: OptionTable<Options> & AnyOptionTable,
  flags: Flags,
  { terminal, signal }: CommandContext,
): Promise<Partial<Options>> {
  oneFromStdin(table, flags);
  const options: Record<string, unknown> = {
    onProgress: (progress: Parameters<typeof terminal.progress>[0]) => terminal.progress(progress),
    signal,
  };
  for (const [name, option] of Object.entries<AnyOptionTable[string]>(table)) {
    if ("parts" in option) {
      const parts: Record<string, unknown> = {};
      for (const [part, flag] of Object.entries(option.parts)) {
        parts[part] = await givenValue(`${name}.${part}`, flag, flags);
      }
      options[name] = option.join(parts);
    } else if (option.flag !== undefined) options[name] = await givenValue(name, option, flags);
    if (options[name] === undefined) delete options[name];
  }
  return options as Partial<Options>;
}

async function givenValue(name: string, option: FlagOption, flags: Flags): Promise<unknown> {
  const key = flagKey(option);
  if (option.value === undefined) return flags[key] === true;
  if (option.repeatable) {
    const texts = listFlag(flags, key);
    if (texts.length === 0) return undefined;
    // What is no path, standard input, goes through the same function: it only puts them together.
    const given = option.file === "input" ? ((await inputFiles(texts, name)) as string[]) : texts;
    return option.parseAll === undefined ? given : option.parseAll(given, name);
  }
  const text = textFlag(flags, key);
  if (text === undefined) return undefined;
  if (option.parse !== undefined) return option.parse(text, name);
  if (option.file === "json") return readJsonObject(text);
  if (text === "-" && option.file === "input") return process.stdin;
  if (text === "-" && option.file === "output") return process.stdout;
  return text;
}

/** The input that is standard input: one at most. @throws FirsthashError "usage" */
function oneFromStdin(table: AnyOptionTable, flags: Flags): string | undefined {
  const [first, second] = pathsGiven(flagsOf(table), flags, "input").filter(
    ({ path }) => path === "-",
  );
  if (second !== undefined) {
    throw optionError(
      second.name,
      `and \`${first?.name}\` cannot both be standard input`,
      "give one of them as a file",
    );
  }
  return first?.name;
}

/** What to call inputs that are not paths. */
export function namesOf(table: AnyOptionTable, flags: Flags): Readonly<Record<string, string>> {
  const fromStdin = oneFromStdin(table, flags);
  return fromStdin === undefined ? {} : { [fromStdin]: "stdin" };
}

/** The files that the flags name, by what they are for. */
export function pathsGiven(
  table: FlagTable,
  flags: Flags,
  ...uses: readonly FileUse[]
): { readonly name: string; readonly flag: string; readonly path: string }[] {
  return Object.entries(table).flatMap(([name, option]) => {
    if (option.file === undefined || !uses.includes(option.file)) return [];
    const paths = listFlag(flags, flagKey(option));
    return paths.map((path) => ({ name, flag: `--${option.flag}`, path }));
  });
}

export function textFlag(flags: Flags, key: string): string | undefined {
  const value = flags[key];
  return typeof value === "string" ? value : undefined;
}

export function listFlag(flags: Flags, key: string): readonly string[] {
  const value = flags[key];
  return Array.isArray(value) ? value.map(String) : typeof value === "string" ? [value] : [];
}
