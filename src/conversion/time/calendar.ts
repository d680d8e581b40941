/** Arithmetic of the proleptic Gregorian calendar on plain integers, without `Date` and its two-digit years. */

export const SECONDS_PER_DAY = 86_400;

const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334] as const;

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Whether the calendar has this day. Year 0 to 9999. */
export function isCalendarDay(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** Days from 1970-01-01 to a day that `isCalendarDay` accepts. */
export function daysSinceEpoch(year: number, month: number, day: number): number {
  const y = year - 1;
  const leapDays = Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
  const beforeMonth = (DAYS_BEFORE_MONTH[month - 1] ?? 0) + (month > 2 && isLeapYear(year) ? 1 : 0);
  // 719162 is the number of days from 0001-01-01 to 1970-01-01.
  return y * 365 + leapDays + beforeMonth + day - 1 - 719_162;
}

/** English names of months and days, whole or three letters, as exports and toString write them. */

const MONTHS = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
] as const;

const MONTH_BY_NAME: ReadonlyMap<string, number> = new Map([
  ...MONTHS.flatMap((name, index): [string, number][] => [
    [name, index + 1],
    [name.slice(0, 3), index + 1],
  ]),
  ["sept", 9],
]);

/** 1 to 12 for an English month name or its three letters, any case; 0 for anything else. */
export function monthByName(name: string): number {
  return MONTH_BY_NAME.get(name.toLowerCase()) ?? 0;
}

const WEEKDAYS: ReadonlySet<string> = new Set(
  ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"].flatMap((name) => [
    name,
    name.slice(0, 3),
  ]),
);

/** Whether a word names a day of the week, any case. */
export function isWeekday(word: string): boolean {
  return WEEKDAYS.has(word.toLowerCase());
}
