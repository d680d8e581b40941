/** Refusals as values, one shared object each: millions of rows make none anew. */
import type { CellReason, Repair } from "../base/reasons.ts";

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
