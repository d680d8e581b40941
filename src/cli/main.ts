/**
 * The command line: commands, signals and exit codes. Each command's work is imported in its action,
 * so that `--help` loads neither phone metadata nor a parser.
 */

import { Command, CommanderError, Option } from "commander";
import {
  EXIT,
  EXIT_TEXTS,
  FirsthashError,
  interruptedError,
  optionError,
  systemCode,
} from "../base/errors.ts";
import { type AnyOptionTable, type FlagOption, flagsOf } from "../base/options.ts";
import { cannotWrite } from "../base/system.ts";
import { VERSION } from "../base/version.ts";
import { PREPARE_OPTIONS } from "../prepare/options.ts";
import type { CommandContext, Flags } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import { Terminal } from "./terminal.ts";
import { usageFault } from "./usage.ts";

/** Runs the command line and sets the exit code. Never throws. */
export async function main(argv: readonly string[]): Promise<void> {
  const { env, stderr } = process;
  const wants = (flag: string) => argv.includes(flag);
  const terminal = new Terminal({
    stream: stderr,
    env,
    color: !wants("--no-color"),
    quiet: wants("--quiet"),
  });
  const controller = new AbortController();
  const stop = onSignals(controller, terminal);
  if (env.FIRSTHASH_STEP_OF_RUN !== undefined) {
    // `firsthash run` has started this; where it is gone, nobody waits for the result, and another may begin.
    process.channel?.unref();
    process.once("disconnect", () => controller.abort(interruptedError()));
  }
  process.stdout.on("error", (error) => {
    // Who writes data says himself how much of it went out.
    if (terminal.dataGoesOut) return;
    // The reader of a text may leave when it has seen enough.
    if (systemCode(error) === "EPIPE") process.exit(EXIT.done);
    // A full disk: what was asked for is cut short.
    process.exit(report(cannotWrite("standard output", error), terminal));
  });
  let unsaid = false;
  stderr.on("error", (error) => {
    if (systemCode(error) !== "EPIPE") unsaid = true;
    endUnsaid();
  });
  // The work is done all the same; but nobody was told of it. An error of its own says more.
  const endUnsaid = () => {
    if (unsaid && isDone(process.exitCode)) process.exitCode = EXIT.output;
  };
  process.on("uncaughtException", (error) => {
    terminal.crash(error);
    process.exit(EXIT.bug);
  });
  try {
    const context = { terminal, signal: controller.signal };
    const exitCode = await Promise.race([run(argv, context), stop]);
    process.exitCode = exitCode;
  } catch (error) {
    process.exitCode = report(error, terminal);
  }
  endUnsaid();
}

function isDone(exitCode: unknown): boolean {
  return exitCode === EXIT.done || exitCode === EXIT.findings;
}

async function run(argv: readonly string[], context: CommandContext): Promise<number> {
  // Asked here too, because a standard input is a stream before anything is opened.
  if (process.env.NODE_DEBUG !== undefined) (await import("#host")).refuseDebugOutput();
  let exitCode: number = EXIT.done;
  const typed = (name: string) => argv.includes(name) || argv.includes("help");
  const program = await buildProgram(typed, context, (code) => {
    exitCode = code;
  });
  if (argv.length <= 2) {
    program.outputHelp();
    return EXIT.done;
  }
  try {
    await program.parseAsync(argv as string[]);
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return EXIT.done;
    throw await usageFault(error.code, argv.slice(2));
  }
}

/**
 * The command line, also for the reference in docs/, which is made from its help.
 *
 * @param wanted the commands whose options are needed: they are loaded for those alone
 */
export async function buildProgram(
  wanted: (command: string) => boolean = () => true,
  context?: CommandContext,
  setExitCode: (code: number) => void = () => {},
): Promise<Command> {
  const program = new Command("firsthash")
    .description(
      "Makes the upload file for Microsoft Advertising enhanced conversions from a CRM export and a " +
        "list of conversions. E-mail addresses and phone numbers are normalized and hashed on this " +
        "machine; nothing else about a person is written.",
    )
    .version(VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand("help [command]", "print help for a command")
    .configureHelp({ subcommandTerm })
    .configureOutput({ outputError: () => {} })
    .exitOverride()
    .addHelpText("after", exitCodes());
  for (const spec of COMMANDS) {
    const command = program
      .command(spec.name)
      .summary(spec.summary)
      .description(spec.description)
      .exitOverride()
      .configureOutput({ outputError: () => {} });
    if (spec.argument !== undefined) command.argument(spec.argument.name, spec.argument.help);
    const table = wanted(spec.name) ? await spec.options() : {};
    addOptions(command, table);
    // What is said about another command's options, as `inspect` does, is about those of `prepare`.
    if (wanted(spec.name)) context?.terminal.useFlags(flagsOf({ ...PREPARE_OPTIONS, ...table }));
    command.action(async (...given: unknown[]) => {
      // Commander gives the argument, if there is one, then the flags, then itself.
      const flags = given.at(-2) as Flags;
      const argument = typeof given[0] === "string" ? given[0] : undefined;
      const files = Array.isArray(given[0]) ? given[0].map(String) : [];
      if (context === undefined) return;
      setExitCode(await (await spec.load())(flags, context, argument, files));
    });
  }
  return program;
}

/** The exit codes of all commands, for the help. */
export function exitCodes(): string {
  const lines = Object.entries(EXIT_TEXTS).map(
    ([name, text]) => `  ${String(EXIT[name as keyof typeof EXIT]).padEnd(4)} ${text}`,
  );
  return ["", "Exit codes:", ...lines].join("\n");
}

/** As commander has it, but whether there are options must not depend on whether they were loaded. */
function subcommandTerm(command: Command): string {
  const options = COMMANDS.some(({ name }) => name === command.name()) ? ["[options]"] : [];
  const names = command.registeredArguments.map((argument) => {
    const name = argument.variadic ? `${argument.name()}...` : argument.name();
    return argument.required ? `<${name}>` : `[${name}]`;
  });
  return [command.name(), ...options, ...names].join(" ");
}

/** Gives a command of commander the flags of a table. */
export function addOptions(command: Command, table: AnyOptionTable): void {
  for (const [name, spec] of Object.entries(flagsOf(table))) {
    const short = spec.short === undefined ? "" : `-${spec.short}, `;
    const value = spec.value === undefined ? "" : ` ${spec.value}`;
    const option = new Option(`${short}--${spec.flag}${value}`, spec.help);
    if (spec.choices) option.choices(spec.choices);
    if (spec.value !== undefined) option.argParser(valueReader(name, spec));
    if (spec.group) option.helpGroup(`${spec.group}:`);
    command.addOption(option);
  }
}

/** One value, or all values of an option that may be repeated; two of another would be one too many. */
function valueReader(name: string, { repeatable, choices }: FlagOption) {
  return (text: string, before: readonly string[] | string | undefined) => {
    if (repeatable) return [...(before ?? []), text];
    if (before !== undefined) {
      throw optionError(name, "is given twice", "give it once: the other value would be ignored");
    }
    if (choices !== undefined && !choices.includes(text)) {
      throw optionError(name, "does not take this value", `use one of ${choices.join(", ")}`);
    }
    return text;
  };
}

function onSignals(controller: AbortController, terminal: Terminal): Promise<never> {
  return new Promise((_, reject) => {
    const onSignal = () => {
      if (controller.signal.aborted) return endInterrupted();
      controller.abort(interruptedError());
      terminal.clear();
      // The work stops at its next step, cleans up and says what is left. Where it does not, the process ends
      // here, and knows no more than that a file gets its name when it is whole.
      const unknown = "a file under its final name is whole";
      setTimeout(() => reject(interruptedError(unknown)), 2000).unref();
    };
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, onSignal);
  });
}

/** How long calls to the system may take to come back before the process ends without them. */
const LAST_CALLS_MS = 300;

/**
 * Ends the process. Where a call waits in the system for what never comes, such as a device, `process.exit` would
 * wait with it: then the process ends by the signal, which a shell tells as 130, too.
 */
function endInterrupted(): void {
  const from = performance.now();
  const end = () => {
    const waits = process.getActiveResourcesInfo().some((name) => name.startsWith("FSReq"));
    if (!waits) process.exit(EXIT.interrupted);
    if (performance.now() - from < LAST_CALLS_MS) return void setTimeout(end, 10);
    process.removeAllListeners("SIGINT");
    process.kill(process.pid, "SIGINT");
  };
  end();
}

function report(error: unknown, terminal: Terminal): number {
  terminal.clear();
  if (error instanceof FirsthashError) {
    terminal.fail(error);
    if (error.code === "interrupted") endInterrupted();
    return error.exitCode;
  }
  terminal.crash(error);
  return EXIT.bug;
}
