/** The types that keep plaintext inside `read/` and `identity/`. */
import type { CellReason, Repair } from "../base/reasons.ts";
import type { CountryCode, Sha256Hex } from "../base/types.ts";

/** The outcome for one identifier cell: a digest, or the reason why there is none. Never the text. */
export type DigestResult =
  | { readonly ok: true; readonly digest: Sha256Hex; readonly repaired: readonly Repair[] }
  | { readonly ok: false; readonly reason: CellReason };

/** A normalized text before hashing. It stays inside `identity/`. */
export type NormalizeResult =
  | { readonly ok: true; readonly text: string; readonly repaired: readonly Repair[] }
  | { readonly ok: false; readonly reason: CellReason };

/**
 * Called after each step of a rule with the step's name and the text so far. `explain` shows them on
 * the user's own screen; nothing else passes one.
 */
export type Trace = (step: string, text: string) => void;

/** What matters of the kinds of number that libphonenumber tells apart. */
export type PhoneKind =
  /** MOBILE, or FIXED_LINE_OR_MOBILE where the plan does not tell. */
  "mobile" | "fixed" | "other";

/** A number that is valid in its country. */
export interface PhoneReading {
  readonly e164: string;
  readonly kind: PhoneKind;
  /** Undefined for numbers of no country, such as +800. */
  readonly country: CountryCode | undefined;
  /** An extension stood behind it. */
  readonly extension: boolean;
}

/** A cell that gave nothing, and why. */
export interface Refusal {
  readonly ok: false;
  readonly reason: CellReason;
}

const refusals = new Map<CellReason, Refusal>();

/** The refusal for a reason: one shared object each, so that millions of rows make none anew. */
export function refuse(reason: CellReason): Refusal {
  let refusal = refusals.get(reason);
  if (refusal === undefined) {
    refusal = Object.freeze({ ok: false, reason });
    refusals.set(reason, refusal);
  }
  return refusal;
}

/** Nothing was mended. */
export const NO_REPAIRS: readonly Repair[] = Object.freeze([]);
