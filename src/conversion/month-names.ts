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
