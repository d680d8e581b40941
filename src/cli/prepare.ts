/** `firsthash prepare`: flags in, summary out. The work is the library's. */
import { PREPARE_OPTIONS, type PrepareOptions } from "../prepare/options.ts";
import { prepare } from "../prepare/prepare.ts";
import type { CommandContext, Flags } from "./command.ts";
import { renderConfig, withConfig } from "./config.ts";
import { runCommand } from "./finish.ts";
import { namesOf, optionsFrom, textFlag } from "./flags.ts";

/** @returns the exit code. */
export async function prepareCommand(given: Flags, context: CommandContext): Promise<number> {
  const flags = await withConfig(given, PREPARE_OPTIONS);
  const options = {
    ...(await optionsFrom<PrepareOptions>(PREPARE_OPTIONS, flags, context)),
    names: namesOf(PREPARE_OPTIONS, flags),
    // What is known of the file later, an answer of Microsoft's, is joined to the report by it.
    digest: flags.report !== undefined,
  } as PrepareOptions;
  const configPath = textFlag(given, "saveConfig");
  return runCommand(
    {
      table: PREPARE_OPTIONS,
      options,
      ...(configPath !== undefined && {
        extra: { path: configPath, content: () => renderConfig(flags, configPath) },
      }),
      name: "prepare",
      run: (watched) => prepare({ ...options, ...watched }),
    },
    flags,
    context,
  );
}
