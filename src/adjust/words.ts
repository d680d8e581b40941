/** Words for the two kinds of adjustment, as shops and CRMs write them. A closed list. */
import type { Adjustment } from "../destinations/types.ts";
import { isAbsent } from "../identity/absent.ts";

const WORDS: Readonly<Record<Adjustment["type"], readonly string[]>> = {
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

const TYPES = new Map(
  (["Restate", "Retract"] as const).flatMap((type) =>
    WORDS[type].map((word) => [word, type] as const),
  ),
);

/** For the help. */
export const RETRACT_WORDS = WORDS.Retract;

/** The kind that a cell names; undefined where it is empty. */
export function adjustmentType(cell: string): Adjustment["type"] | "unknown" | undefined {
  if (isAbsent(cell)) return undefined;
  return (
    TYPES.get(
      cell
        .trim()
        .toLowerCase()
        .replace(/[\s_-]+/g, " "),
    ) ?? "unknown"
  );
}
