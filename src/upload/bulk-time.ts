/** Times of Bulk files as instants. Results come with U+202F before AM and PM, and with or without zeros. */

const MONTH_FIRST =
  /^(\d{1,2})\/(\d{1,2})\/(\d{4})[ \u00a0\u202f]+(\d{1,2}):(\d\d):(\d\d)(?:[ \u00a0\u202f]*(AM|PM))?$/i;
const ISO = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:\.0+)?Z?$/;

/** Seconds since 1970 of a time in UTC; undefined where it is in no form of these files. */
export function instantOf(text: string): number | undefined {
  const us = MONTH_FIRST.exec(text);
  if (us !== null) {
    const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = us
      .slice(1, 7)
      .map(Number);
    const half = us[7]?.toUpperCase();
    const hours = half === undefined ? hour : (hour % 12) + (half === "PM" ? 12 : 0);
    return Date.UTC(year, month - 1, day, hours, minute, second) / 1000;
  }
  const iso = ISO.exec(text);
  if (iso === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = iso.slice(1).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
}
