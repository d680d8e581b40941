/** Turns the options of `adjust` into what its stages take. */
import { optionError, usageError } from "../base/errors.ts";
import { checkOptions } from "../base/options.ts";
import { type Plan, planRun } from "../prepare/plan.ts";
import { ADJUST_OPTIONS, type AdjustOptions } from "./options.ts";

/** @throws FirsthashError "usage", naming the option */
export function planAdjust(options: AdjustOptions): Plan {
  checkOptions("adjust", options, ADJUST_OPTIONS);
  const { contacts, conversions, corrections, key, original, layout } = options;
  if (corrections === undefined) {
    throw optionError("corrections", "is missing", "name the file that says what has changed");
  }
  if (original === undefined && conversions === undefined) {
    throw usageError(
      "the conversions that are corrected are missing",
      "give the upload that was written then with `original`, or `conversions` (and `contacts`) as for prepare",
    );
  }
  if (original !== undefined && (conversions ?? contacts ?? key) !== undefined) {
    throw optionError(
      "original",
      "excludes `conversions`, `contacts` and `key`",
      "an upload already has the names, times and digests that were sent; leave the others out",
    );
  }
  return planRun(options, { layout, adjustments: true }, [
    corrections,
    original,
    contacts,
    conversions,
  ]);
}
