/**
 * Words for the two kinds of adjustment, as shops and CRMs write them. A closed list, in a file of its own
 * because the help names them and must not load what reads corrections.
 */
import type { Adjustment } from "../destinations/types.ts";

export const ADJUSTMENT_WORDS: Readonly<Record<Adjustment["type"], readonly string[]>> = {
  Restate: [
    "restate",
    "restated",
    "restatement",
    "adjust",
    "adjusted",
    "change",
    "changed",
    "update",
    "updated",
    "partial refund",
    "partially refunded",
  ],
  Retract: [
    "retract",
    "retracted",
    "retraction",
    "cancel",
    "canceled",
    "cancelled",
    "cancellation",
    "refund",
    "refunded",
    "full refund",
    "void",
    "voided",
    "returned",
    "reversed",
    "chargeback",
  ],
};
