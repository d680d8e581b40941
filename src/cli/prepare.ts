/** `firsthash prepare`: flags in, summary out. The work is the library's. */
import { usageError } from "../base/errors.ts";
import type { PrepareOptions } from "../prepare/options.ts";
import { prepare } from "../prepare/prepare.ts";
import type { CommandContext, Flags } from "./command.ts";
import { renderConfig, withConfig } from "./config.ts";
import { inputFlags, runCommand, runOptions } from "./finish.ts";
import { listFlag, parseColumns, textFlag } from "./flags.ts";

const INPUTS = ["contacts", "conversions"] as const;

/** @returns the exit code. */
export async function prepareCommand(given: Flags, context: CommandContext): Promise<number> {
  const flags = await withConfig(given);
  const options = await toOptions(flags, context);
  const configPath = textFlag(given, "saveConfig");
  return runCommand(
    {
      options,
      inputs: [...INPUTS, "template", "goalMap"],
      ...(configPath !== undefined && {
        extra: {
          flag: "--save-config",
          path: configPath,
          content: () => renderConfig(flags, configPath),
        },
      }),
      run: () => prepare(options),
    },
    flags,
    context,
  );
}

async function toOptions(flags: Flags, context: CommandContext): Promise<PrepareOptions> {
  const { sources, names } = inputFlags(flags, INPUTS);
  const { conversions, contacts } = sources;
  if (conversions === undefined) {
    throw usageError(
      "--conversions is missing",
      'name the file of conversions, or "-" for standard input',
    );
  }
  return {
    ...(await runOptions(flags, INPUTS, context)),
    conversions,
    contacts,
    names,
    columns: parseColumns(listFlag(flags, "column")),
    template: textFlag(flags, "template"),
    manifest: textFlag(flags, "manifest"),
  };
}
