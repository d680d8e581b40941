/** What a destination takes of a conversion that was read: how old, how large, how exact, in which currency. */
import type { RowReason, Warning } from "../base/reasons.ts";
import type { Conversion } from "../conversion/types.ts";
import type { Destination } from "./types.ts";

const DAY = 86_400;

type Clicked = Pick<Conversion, "clickId" | "gclid" | "gbraid" | "wbraid">;
type Dated = Clicked & Pick<Conversion, "time">;

/** The click that a row names, where it is one of those that the destination takes. */
export function clickOf(
  { clickIds }: Pick<Destination, "clickIds">,
  row: Clicked,
): string | undefined {
  for (const kind of clickIds) {
    const id = kind === "msclkid" ? row.clickId : row[kind];
    if (id !== undefined) return id;
  }
  return undefined;
}

/** Seconds that a conversion may be old. @param clickId the click that it names, if any */
export function oldest({ window }: Pick<Destination, "window">, clickId?: string): number {
  const { days, daysWithClickId = days } = window;
  return (clickId === undefined ? days : daysWithClickId) * DAY;
}

/** Why the destination does not take the conversion, if so. Exactly as old as allowed is taken. */
export function conversionFault(
  destination: Destination,
  conversion: Dated & Pick<Conversion, "value">,
  asOf: number,
): RowReason | undefined {
  const { time, value } = conversion;
  if (asOf - time > oldest(destination, clickOf(destination, conversion))) return "time-too-old";
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
  conversion: Dated & Pick<Conversion, "currency">,
  asOf: number,
): readonly Warning[] {
  const { time, currency } = conversion;
  const near = isNearLimit(destination, { time, clickId: clickOf(destination, conversion) }, asOf);
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
