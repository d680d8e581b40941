/** The conversions that are corrected, as they were uploaded: found by an id, or by what they are. */

import type { RowReason } from "../base/reasons.ts";
import type { Identifiers } from "../base/types.ts";
import type { ClickId, CurrencyCode, EpochSeconds, GoalName } from "../conversion/types.ts";
import { oldest } from "../destinations/terms.ts";
import type { KeyTable } from "../join/keys.ts";
import type { Plan } from "../prepare/plan.ts";

/** What an adjustment must repeat exactly, and the currency that its new value most likely has. */
export interface Original extends Identifiers {
  readonly name: GoalName;
  readonly time: EpochSeconds;
  readonly clickId?: ClickId;
  readonly currency?: CurrencyCode;
}

/** Why there is no original to correct. */
export type OriginalReason = Extract<RowReason, `original-${string}`> | "no-consent";

export type FoundOriginal =
  | { readonly ok: true; readonly original: Original }
  | { readonly ok: false; readonly reason: OriginalReason };

export class Originals {
  readonly #keys: KeyTable;
  readonly #bySlot: (Original | OriginalReason | undefined)[] = [];

  constructor(keys: KeyTable) {
    this.#keys = keys;
  }

  /** Enters a conversion under a slot of the key table, or why that conversion is none to correct. */
  add(slot: number, original: Original | OriginalReason): void {
    if (slot < 0) return;
    const known = this.#bySlot[slot];
    this.#bySlot[slot] =
      known === undefined || isSame(known, original) ? original : "original-ambiguous";
  }

  /** The one conversion that all keys of a correction which are known lead to. */
  find(keys: readonly string[]): FoundOriginal {
    let found: Original | OriginalReason | undefined;
    let named = false;
    for (const key of keys) {
      if (key.trim() === "") continue;
      named = true;
      const entry = this.#bySlot[this.#keys.find(key)];
      if (entry === undefined) continue;
      found = found === undefined || isSame(found, entry) ? entry : "original-ambiguous";
    }
    if (!named) return { ok: false, reason: "original-unnamed" };
    if (found === undefined) return { ok: false, reason: "original-not-found" };
    return typeof found === "string" ? { ok: false, reason: found } : { ok: true, original: found };
  }
}

/** Whether Microsoft takes the two for one conversion (rules.md 7), or both are left out for one reason. */
function isSame(a: Original | OriginalReason, b: Original | OriginalReason): boolean {
  if (typeof a === "string" || typeof b === "string") return a === b;
  return conversionKey(a) === conversionKey(b);
}

/** What Microsoft tells conversions apart by. The name comes last: it alone could hold the separator. */
export function conversionKey({ clickId, time, email, phone, name }: Original): string {
  return `${clickId ?? ""}|${time}|${email ?? ""}|${phone ?? ""}|${name}`;
}

/**
 * Names of a conversion where there is no id: its time and name, with each thing that identifies the
 * person. Time and name alone will not do: a conversion that was left out of the upload may share both
 * with one that is in it, of somebody else.
 */
export function contentKeys({ clickId, time, email, phone, name }: Original): string[] {
  const keys: string[] = [];
  if (clickId !== undefined) keys.push(`click ${clickId} ${time} ${name}`);
  if (email !== undefined) keys.push(`email ${email} ${time} ${name}`);
  if (phone !== undefined) keys.push(`phone ${phone} ${time} ${name}`);
  return keys;
}

/** The present of a run and where it writes to. */
export type RunTerms = Pick<Plan, "uploads" | "asOf">;

/** Whether no destination of the run still takes a conversion of this time. */
export function isTooOld(
  { uploads, asOf }: RunTerms,
  { time, clickId }: Pick<Original, "time" | "clickId">,
): boolean {
  return uploads.every(({ destination }) => asOf - time > oldest(destination, clickId));
}
