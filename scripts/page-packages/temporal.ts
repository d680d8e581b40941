/**
 * As much of Temporal as `conversion/time/zone.ts` uses, from `Intl.DateTimeFormat`: temporal-polyfill is a
 * twentieth of the page. test/page/temporal.long.test.ts holds it to the package in all zones.
 */

const SECOND = 1000;
const DAY = 86_400 * SECOND;
/** No zone changes its offset twice within half a day. */
const STEP = DAY / 2;
/** `zone.ts` looks at a year and a few days at a time. Later changes are not found. */
const HORIZON = 400 * DAY;

/** The offset of a zone at an instant, both in milliseconds. */
type OffsetAt = (instant: number) => number;

/** @throws RangeError where there is no such zone */
function offsetsOf(timeZone: string): OffsetAt {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  return (instant) => {
    const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
    for (const { type, value } of format.formatToParts(instant)) parts[type] = Number(value);
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) - instant;
  };
}

class Zoned {
  readonly epochMilliseconds: number;
  readonly #offsetAt: OffsetAt;

  constructor(epochMilliseconds: number, offsetAt: OffsetAt) {
    this.epochMilliseconds = epochMilliseconds;
    this.#offsetAt = offsetAt;
  }

  get offsetNanoseconds(): number {
    return this.#offsetAt(this.epochMilliseconds) * 1e6;
  }

  getTimeZoneTransition(_direction: "next"): Zoned | null {
    const offsetAt = this.#offsetAt;
    const before = offsetAt(this.epochMilliseconds);
    const end = this.epochMilliseconds + HORIZON;
    for (let from = this.epochMilliseconds; from < end; from += STEP) {
      if (offsetAt(from + STEP) !== before) {
        return new Zoned(firstChange(offsetAt, from, from + STEP), offsetAt);
      }
    }
    return null;
  }
}

/** The second of the change between two instants of whole seconds, by halves. */
function firstChange(offsetAt: OffsetAt, from: number, to: number): number {
  const before = offsetAt(from);
  let old = from;
  let changed = to;
  while (changed - old > SECOND) {
    const middle = old + Math.floor((changed - old) / 2 / SECOND) * SECOND;
    if (offsetAt(middle) === before) old = middle;
    else changed = middle;
  }
  return changed;
}

const Instant = {
  fromEpochMilliseconds: (milliseconds: number) => ({
    toZonedDateTimeISO: (id: string) => new Zoned(milliseconds, offsetsOf(id)),
  }),
};

export const Temporal = { Instant };
