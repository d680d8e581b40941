/** The types that keep plaintext inside `read/` and `identity/`. */
import type { CellReason, Repair } from "../base/reasons.ts";
import type { Sha256Hex } from "../base/types.ts";

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

/** Refusals as values, one shared object each: millions of rows make none anew. */

/** A cell that gave nothing, and why. */
export interface Refusal {
  readonly ok: false;
  readonly reason: CellReason;
}

const refusals = new Map<CellReason, Refusal>();

/** The refusal for a reason. */
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
