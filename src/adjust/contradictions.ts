/** Corrections of one conversion that cannot stand together. */
import { adjustmentKey } from "../join/duplicates.ts";
import type { Correction } from "./corrections.ts";
import { conversionKey } from "./originals.ts";

type Good = Extract<Correction, { readonly ok: true }>;

/**
 * Refuses, of the corrections of one conversion, those at one time that say different things (which
 * of them holds, the file does not tell), and those after a Retract (`ConversionAlreadyRetracted`:
 * Microsoft adjusts nothing that is retracted). Restates at different times follow each other, and equal
 * corrections are duplicates, which is seen when they are written.
 */
export function withoutContradictions(corrections: readonly Correction[]): Correction[] {
  const groups = new Map<string, Good[]>();
  for (const correction of corrections) {
    if (!correction.ok) continue;
    const key = conversionKey(correction.original);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [correction]);
    else group.push(correction);
  }
  const refused = new Map<Correction, "adjustment-contradicted" | "adjustment-after-retract">();
  for (const group of groups.values()) {
    if (group.length < 2) continue;
    for (const correction of contradicted(group))
      refused.set(correction, "adjustment-contradicted");
    for (const correction of late(group)) refused.set(correction, "adjustment-after-retract");
  }
  return corrections.map((correction) => {
    const reason = refused.get(correction);
    return reason === undefined ? correction : { ok: false, line: correction.line, reason };
  });
}

/** Corrections that another one at the same time differs from. */
function contradicted(group: readonly Good[]): Good[] {
  const saying = new Map<number, Set<string>>();
  for (const { adjustment } of group) {
    const said = saying.get(adjustment.time) ?? new Set();
    saying.set(adjustment.time, said.add(adjustmentKey(adjustment)));
  }
  return group.filter(({ adjustment }) => (saying.get(adjustment.time)?.size ?? 0) > 1);
}

/** Corrections that are later than the first Retract. */
function late(group: readonly Good[]): Good[] {
  const retracts = group.filter(({ adjustment }) => adjustment.type === "Retract");
  const first = Math.min(...retracts.map(({ adjustment }) => adjustment.time));
  return group.filter(({ adjustment }) => adjustment.time > first);
}
