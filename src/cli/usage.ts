/**
 * What is wrong with a command line that commander refused. Its messages say what was typed, so only its code
 * is taken, and the place of the fault is found in the tables of options.
 */
import { type FirsthashError, usageError } from "../base/errors.ts";
import { type FlagOption, flagsOf, nearest } from "../base/options.ts";
import type { CommandSpec } from "./command.ts";
import { COMMANDS } from "./commands.ts";

/**
 * @param code commander's
 * @param words the command line without the program
 */
export async function usageFault(code: string, words: readonly string[]): Promise<FirsthashError> {
  const command = COMMANDS.find(({ name }) => name === words[0]);
  const help = `run \`firsthash ${command === undefined ? "" : `${command.name} `}--help\``;
  switch (code) {
    case "commander.unknownCommand":
      return unknownCommand(words, help);
    case "commander.help":
      // `help` with a name that is no command's.
      return usageError("help for an unknown command", "run `firsthash --help` for the commands");
    case "commander.excessArguments":
      return usageError(
        "a value without a flag in front of it",
        command?.strayHint ?? nearCommand(words[0]) ?? help,
      );
    case "commander.missingArgument":
      return usageError(
        `${command?.name ?? "the command"} takes ${argumentOf(command)}, and none was given`,
        help,
      );
    case "commander.unknownOption":
      return unknownFlag(words, await flagsFor(command), help);
    case "commander.optionMissingArgument":
      return valueMissing(words, await flagsFor(command), help);
    default:
      return usageError("the command line cannot be read", help);
  }
}

/** "a file", "an engine" */
function argumentOf(command: CommandSpec | undefined): string {
  const name = command?.argument?.name.replace(/[^a-z]/g, "") ?? "argument";
  return `${/^[aeiou]/.test(name) ? "an" : "a"} ${name}`;
}

function unknownCommand(words: readonly string[], help: string): FirsthashError {
  return usageError("unknown command", nearCommand(words[0]) ?? help);
}

function nearCommand(word = ""): string | undefined {
  const near = nearest(
    word,
    COMMANDS.map(({ name }) => name),
  );
  return near === undefined || near === word ? undefined : `did you mean ${near}?`;
}

async function flagsFor(command: CommandSpec | undefined): Promise<readonly FlagOption[]> {
  return command === undefined ? [] : Object.values(flagsOf(await command.options()));
}

const isNamed = (word: string) => (option: FlagOption) =>
  word === `--${option.flag}` || word === `-${option.short}`;

/** The first word that begins as a flag does and is none. It is not printed: it may be anything. */
function unknownFlag(
  words: readonly string[],
  flags: readonly FlagOption[],
  help: string,
): FirsthashError {
  const at = positionOfUnknown(words, flags);
  const near = nearest(
    (words[at] ?? "").replace(/=.*/s, ""),
    flags.map(({ flag }) => `--${flag}`),
  );
  return usageError(
    at < 0 ? "unknown option" : `unknown option, word ${at + 1} after firsthash`,
    near === undefined ? help : `did you mean ${near}?`,
  );
}

function positionOfUnknown(words: readonly string[], flags: readonly FlagOption[]): number {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    if (!word.startsWith("-") || word === "-") continue;
    if (word === "--") return -1;
    const known = flags.find(isNamed(word.replace(/=.*/s, "")));
    if (known === undefined && !flags.some(({ short }) => short && word.startsWith(`-${short}`))) {
      return at;
    }
    if (known?.value !== undefined && !word.includes("=")) at++;
  }
  return -1;
}

/** Only the last word can lack its value: any other takes the word behind it. */
function valueMissing(
  words: readonly string[],
  flags: readonly FlagOption[],
  help: string,
): FirsthashError {
  const option = flags.find(isNamed(words.at(-1) ?? ""));
  return usageError(
    option === undefined ? "an option needs a value" : `--${option.flag} needs a value`,
    option?.value === undefined ? help : `--${option.flag} ${option.value}`,
  );
}
