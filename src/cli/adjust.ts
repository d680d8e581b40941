/** `firsthash adjust`: flags in, summary out. The work is the library's. */
import { adjust } from "../adjust/adjust.ts";
import { ADJUST_OPTIONS, type AdjustOptions } from "../adjust/options.ts";
import type { CommandContext, Flags } from "./command.ts";
import { configOptions, withConfig } from "./config.ts";
import { runCommand } from "./finish.ts";
import { flagKey, namesOf, optionsFrom } from "./flags.ts";

/** @returns the exit code. */
export async function adjustCommand(given: Flags, context: CommandContext): Promise<number> {
  const flags = await withReading(given);
  const options = {
    ...(await optionsFrom<AdjustOptions>(ADJUST_OPTIONS, flags, context)),
    names: namesOf(ADJUST_OPTIONS, flags),
    // What is known of the file later, an answer of Microsoft's, is joined to the report by it.
    digest: flags.report !== undefined,
  } as AdjustOptions;
  return runCommand(
    {
      table: ADJUST_OPTIONS,
      options,
      name: "adjust",
      run: (watched) => adjust({ ...options, ...watched }),
    },
    flags,
    context,
  );
}

/**
 * What of a configuration of `prepare` holds here too: how its inputs are read. Where that run wrote, and
 * how far it might go, is not what this one may do; the table says which options those are.
 */
async function withReading(given: Flags): Promise<Flags> {
  const flags: Record<string, unknown> = { ...(await withConfig(given, ADJUST_OPTIONS)) };
  for (const option of configOptions()) {
    const key = flagKey(option);
    if (option.ofOneRun && given[key] === undefined) delete flags[key];
  }
  return flags;
}
