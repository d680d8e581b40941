/** Single settings, from what was given to what the stages take. Shared by the plans of several jobs. */
import { optionError } from "../base/errors.ts";
import { DEFAULT_CONSENT_VALUES } from "../base/fields.ts";
import { parseInstant } from "../conversion/time/time.ts";
import type { EpochSeconds } from "../conversion/types.ts";
import type { PrepareOptions } from "./options.ts";

const DEFAULT_MAX_REFUSED = 10;

const MOST_THREADS = 64;

/** @throws FirsthashError "usage" */
export function maxRefusedOption(percent: number = DEFAULT_MAX_REFUSED): number {
  if (percent >= 0 && percent <= 100) return percent;
  throw optionError("maxRefused", "takes a percentage from 0 to 100");
}

export function checkThreads(threads = 1): void {
  if (Number.isInteger(threads) && threads >= 1 && threads <= MOST_THREADS) return;
  throw optionError("threads", `takes a whole number from 1 to ${MOST_THREADS}`);
}

/** @throws FirsthashError "usage" */
export function rowsAtMostOption(rows: number | undefined, least = 1): number | undefined {
  if (rows === undefined || (Number.isSafeInteger(rows) && rows >= least)) return rows;
  throw optionError("rowsAtMost", `takes a whole number of rows, ${least} or more`);
}

/** In lower case. @throws FirsthashError "usage" */
export function consentOption({
  consentValues,
  columns,
}: Pick<PrepareOptions, "consentValues" | "columns">): ReadonlySet<string> {
  // Without the column the values would change nothing, and who gives them believes that they do.
  if (consentValues !== undefined && (columns?.consent ?? []).length === 0) {
    throw optionError("consentValues", "needs a consent column", "name it with `columns.consent`");
  }
  const given = consentValues ?? DEFAULT_CONSENT_VALUES;
  const plain = given.map((value) => value.trim().toLowerCase()).filter((value) => value !== "");
  if (plain.length === 0) {
    throw optionError(
      "consentValues",
      "is empty",
      "give the values that mean yes, or leave it out",
    );
  }
  return new Set(plain);
}

export function planAsOf(asOf: string | Date | undefined): EpochSeconds {
  if (typeof asOf === "string") {
    const instant = parseInstant(asOf);
    if (instant !== undefined) return instant;
  } else {
    const seconds = Math.floor((asOf?.getTime() ?? Date.now()) / 1000);
    if (!Number.isNaN(seconds)) return seconds as EpochSeconds;
  }
  throw optionError(
    "asOf",
    "is not an instant",
    "write it with a zone: 2026-11-20T12:00:00Z, or 2026-11-20T07:00:00-05:00",
  );
}
