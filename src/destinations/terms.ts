/** What a destination takes of a conversion that was read: how old, how large, how exact, in which currency. */
import type { RowReason, Warning } from "../base/reasons.ts";
import type { Conversion } from "../conversion/types.ts";
import type { Destination } from "./types.ts";

const DAY = 86_400;

type Dated = Pick<Conversion, "time" | "clickId">;

/** Seconds that a conversion may be old. */
export function oldest({ window }: Pick<Destination, "window">, clickId?: string): number {
  const { days, daysWithClickId = days } = window;
  return (clickId === undefined ? days : daysWithClickId) * DAY;
}

/** Why the destination does not take the conversion, if so. Exactly as old as allowed is taken. */
export function conversionFault(
  destination: Destination,
  { time, clickId, value }: Dated & Pick<Conversion, "value">,
  asOf: number,
): RowReason | undefined {
  if (asOf - time > oldest(destination, clickId)) return "time-too-old";
  return value === undefined ? undefined : valueFault(destination, value);
}

/** @param value the shortest exact decimal */
export function valueFault(
  { money: { largest, decimals } }: Pick<Destination, "money">,
  value: string,
): "value-too-large" | "value-too-precise" | undefined {
  const point = value.indexOf(".");
  const whole = point === -1 ? value : value.slice(0, point);
  if (whole.length > largest.length) return "value-too-large";
  // Equally many digits compare as texts do; a fraction makes an equal whole part the larger one.
  if (whole.length === largest.length && (point === -1 ? whole > largest : whole >= largest)) {
    return "value-too-large";
  }
  return point !== -1 && value.length - point - 1 > decimals ? "value-too-precise" : undefined;
}

/** What is worth saying about a conversion that is taken. */
export function conversionWarnings(
  destination: Destination,
  { time, clickId, currency }: Dated & Pick<Conversion, "currency">,
  asOf: number,
): readonly Warning[] {
  const near = isNearLimit(destination, { time, clickId }, asOf);
  const unlisted = currency !== undefined && !isListed(destination, currency);
  if (!near && !unlisted) return NONE;
  return [...(near ? (["time-near-limit"] as const) : []), ...(unlisted ? UNLISTED : [])];
}

const NONE: readonly Warning[] = [];
const UNLISTED = ["currency-not-listed"] as const;

/** Less than a day is left to upload it. */
export function isNearLimit(
  destination: Pick<Destination, "window">,
  { time, clickId }: { readonly time: number; readonly clickId?: string | undefined },
  asOf: number,
): boolean {
  return oldest(destination, clickId) - (asOf - time) < DAY;
}

/** A code outside of a destination's list is no refusal: the lists of vendors are older than their systems. */
export function isListed({ money }: Pick<Destination, "money">, currency: string): boolean {
  return money.currencies?.has(currency) !== false;
}
