/** Turns the options of `adjust` into what its stages take. */
import { optionError, usageError } from "../base/errors.ts";
import { checkOptions } from "../base/options.ts";
import { type Plan, planRun } from "../prepare/plan.ts";
import { ADJUST_OPTIONS, type AdjustOptions } from "./options.ts";

/** The plan of `adjust`. */
export interface AdjustPlan extends Plan {
  readonly corrections: AdjustOptions["corrections"];
  readonly original: AdjustOptions["original"];
  readonly conversions: AdjustOptions["conversions"];
  /** Name of the column that tells which conversion is meant. */
  readonly id: string | undefined;
  readonly columns: NonNullable<AdjustOptions["columns"]>;
}

/** @throws FirsthashError "usage", naming the option */
export function planAdjust(options: AdjustOptions): AdjustPlan {
  checkOptions("adjust", options, ADJUST_OPTIONS);
  const { contacts, conversions, corrections, key, original, layout, id, columns = {} } = options;
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
  const inputs = [corrections, original, contacts, conversions];
  const plan = planRun(options, { layout, adjustments: true }, inputs);
  return { ...plan, corrections, original, conversions, id, columns };
}
