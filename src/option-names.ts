/**
 * The names of the library's options, for callers without types: `dryrun: true` would otherwise be a run
 * that writes. The compiler holds the list equal to the interface.
 */
import { closestMatch } from "leven";
import { usageError } from "./base/errors.ts";
import type { PrepareOptions } from "./prepare/options.ts";

const PREPARE: Readonly<Record<keyof PrepareOptions, true>> = {
  asOf: true,
  assumeTime: true,
  columns: true,
  consentValues: true,
  contacts: true,
  conversions: true,
  country: true,
  currency: true,
  dateFormat: true,
  dateOrder: true,
  decimal: true,
  dryRun: true,
  dst: true,
  force: true,
  goal: true,
  goalMap: true,
  key: true,
  layout: true,
  manifest: true,
  maxRefused: true,
  names: true,
  onConflict: true,
  onProgress: true,
  output: true,
  read: true,
  reference: true,
  signal: true,
  template: true,
  threads: true,
  timeZone: true,
  to: true,
};

/** @throws FirsthashError "usage" for an option that there is not, with the nearest one that there is */
export function checkPrepareNames(options: PrepareOptions): void {
  if (typeof options !== "object" || options === null) {
    throw usageError("prepare takes an object of options", "see the example in its documentation");
  }
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(PREPARE, name)) continue;
    const near = closestMatch(name, Object.keys(PREPARE), { maxDistance: 4 });
    throw usageError(
      `prepare has no option ${/^[A-Za-z-]{1,30}$/.test(name) ? `"${name}"` : "of this name"}`,
      near === undefined ? `options: ${Object.keys(PREPARE).join(", ")}` : `did you mean ${near}?`,
    );
  }
}
