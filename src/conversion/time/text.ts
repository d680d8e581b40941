/** What a time cell says, before it is decided what it means. */

/** Bits of the orders in which the numbers of a date can be read. */
export const YMD = 1;
export const MDY = 2;
export const DMY = 4;

export class TimeText {
  /** The three numbers of the date as they stand; two-digit years are not yet completed. */
  a = 0;
  b = 0;
  c = 0;
  /** The year has two digits, wherever it stands. */
  shortYear = false;
  /** Orders in which they are a day of the calendar. */
  orders = 0;
  /** The form itself tells the order (year first with four digits, a month's name, a pattern). */
  orderKnown = false;
  /** `d.M.yyyy`: day first by custom; month first only where that is no date. */
  dotted = false;
  hasTime = false;
  /** Seconds since local midnight, fraction cut. */
  secondOfDay = 0;
  /** Seconds east of UTC, or NaN where none is written. */
  offset = Number.NaN;
  /** Zone name written behind the time, or "". */
  zoneName = "";
  /** Unix time in whole seconds, or NaN. Then nothing else is set. */
  unix = Number.NaN;

  clear(): void {
    this.a = 0;
    this.b = 0;
    this.c = 0;
    this.shortYear = false;
    this.orders = 0;
    this.orderKnown = false;
    this.dotted = false;
    this.hasTime = false;
    this.secondOfDay = 0;
    this.offset = Number.NaN;
    this.zoneName = "";
    this.unix = Number.NaN;
  }
}

/** Two-digit years are 2000 to 2099: an upload takes only the last 90 days. */
export function fullYear(twoDigits: number): number {
  return 2000 + twoDigits;
}
