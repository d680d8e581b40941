/**
 * As much of Temporal as `conversion/time/zone.ts` uses, from the functions of temporal-polyfill instead of its
 * classes: a third of the bytes. Where the engine has Temporal, the functions call it, as the classes do.
 */
import { fromEpochMilliseconds, toZonedDateTimeISO } from "temporal-polyfill/fns/Instant";
import {
  getTimeZoneTransition,
  offsetNanoseconds,
  toInstant,
  type Record as ZonedRecord,
} from "temporal-polyfill/fns/ZonedDateTime";

class Zoned {
  readonly #record: ZonedRecord;

  constructor(record: ZonedRecord) {
    this.#record = record;
  }

  get epochMilliseconds(): number {
    return toInstant(this.#record).epochMilliseconds;
  }

  get offsetNanoseconds(): number {
    return offsetNanoseconds(this.#record);
  }

  getTimeZoneTransition(direction: "next"): Zoned | null {
    const found = getTimeZoneTransition(this.#record, direction);
    return found === null ? null : new Zoned(found);
  }
}

const Instant = {
  fromEpochMilliseconds: (milliseconds: number) => ({
    toZonedDateTimeISO: (id: string) =>
      new Zoned(toZonedDateTimeISO(fromEpochMilliseconds(milliseconds), id)),
  }),
};

export const Temporal = { Instant };
