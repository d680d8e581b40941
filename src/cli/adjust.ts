/** `firsthash adjust`: flags in, summary out. The work is the library's. */
import { adjust } from "../adjust/adjust.ts";
import { usageError } from "../base/errors.ts";
import { ADJUST_FIELDS, FIELDS } from "../base/fields.ts";
import type { AdjustOptions } from "../prepare/options.ts";
import type { CommandContext, Flags } from "./command.ts";
import { withConfig } from "./config.ts";
import { inputFlags, runCommand, runOptions } from "./finish.ts";
import { listFlag, parseColumns, textFlag } from "./flags.ts";

const INPUTS = ["corrections", "contacts", "conversions"] as const;

/** @returns the exit code. */
export async function adjustCommand(given: Flags, context: CommandContext): Promise<number> {
  const flags = await withReading(given);
  const options = await toOptions(flags, context);
  return runCommand(
    { options, inputs: [...INPUTS, "original", "goalMap"], run: () => adjust(options) },
    flags,
    context,
  );
}

/**
 * What of a configuration of `prepare` holds here too: how its inputs are read. Where that run wrote, and
 * how far it might go, is not what this one may do.
 */
const OF_THE_OTHER_RUN = [
  "to",
  "output",
  "layout",
  "template",
  "report",
  "force",
  "dryRun",
] as const;
const REPLACED_BY_ORIGINAL = ["conversions", "contacts", "key"] as const;

async function withReading(given: Flags): Promise<Flags> {
  const flags: Record<string, unknown> = { ...(await withConfig(given)) };
  const dropped: readonly string[] =
    given.original === undefined
      ? [...OF_THE_OTHER_RUN, "maxRefused", "asOf"]
      : [...OF_THE_OTHER_RUN, "maxRefused", "asOf", ...REPLACED_BY_ORIGINAL];
  for (const key of dropped) {
    if (given[key] === undefined) delete flags[key];
  }
  return flags;
}

async function toOptions(flags: Flags, context: CommandContext): Promise<AdjustOptions> {
  const { sources, names } = inputFlags(flags, INPUTS);
  const { corrections, conversions, contacts } = sources;
  if (corrections === undefined) {
    throw usageError(
      "--corrections is missing",
      'name the file that says what has changed, or "-" for standard input',
    );
  }
  return {
    ...(await runOptions(flags, INPUTS, context)),
    corrections,
    conversions,
    contacts,
    original: textFlag(flags, "original"),
    names,
    id: textFlag(flags, "id"),
    columns: parseColumns(listFlag(flags, "column"), [...FIELDS, ...ADJUST_FIELDS]),
  };
}
