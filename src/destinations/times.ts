/**
 * Instants as text, in UTC. By hand, never through `Intl` or `toLocaleString`: newer ICU data puts
 * U+202F before AM and PM (seen in a result file), and an upload must not depend on the runtime's ICU.
 */
import type { EpochSeconds } from "../conversion/types.ts";

const DAY = 86_400;

interface Day {
  readonly year: string;
  readonly month: number;
  readonly day: number;
}

/**
 * Year, month and day of a day number. Howard Hinnant's civil-from-days: years begin in March, so
 * that the leap day is the last one, and 400 years are one era.
 * https://howardhinnant.github.io/date_algorithms.html#civil_from_days
 */
function civil(days: number): Day {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return { year: String(year).padStart(4, "0"), month, day };
}

const TWO = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, "0"));

/** 0 to 59 as two digits. */
function two(n: number): string {
  return TWO[n] ?? "";
}

function clock24(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

function clock12(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const hour = Math.floor(minutes / 60);
  return `${hour % 12 || 12}:${two(minutes % 60)}:${two(seconds % 60)} ${hour < 12 ? "AM" : "PM"}`;
}

/** Joins a date and a clock. Conversions come in runs of a day, so the last date is kept. */
function timeForm(
  date: (day: Day) => string,
  between: string,
  clock: (secondOfDay: number) => string,
): (time: EpochSeconds) => string {
  let lastDays = Number.NaN;
  let lastDate = "";
  return (time) => {
    const days = Math.floor(time / DAY);
    if (days !== lastDays) {
      lastDays = days;
      lastDate = date(civil(days)) + between;
    }
    return lastDate + clock(time - days * DAY);
  };
}

const isoDate = ({ year, month, day }: Day) => `${year}-${two(month)}-${two(day)}`;

/** `8/1/2026 6:50:54 PM`: the form of Microsoft's Bulk example. */
export const monthFirst12 = timeForm((d) => `${d.month}/${d.day}/${d.year}`, " ", clock12);

/** `08/01/2026 18:50:54`: the form of Microsoft's Python and Java SDKs. */
export const monthFirst24 = timeForm(
  (d) => `${two(d.month)}/${two(d.day)}/${d.year}`,
  " ",
  clock24,
);

/** `2026-08-01 18:50:54`: under a `Parameters:TimeZone=+0000` row. */
export const isoSpaced = timeForm(isoDate, " ", clock24);

/** `2026-08-01T18:50:54Z`: in JSON. */
export const isoUtc = timeForm(isoDate, "T", (seconds) => `${clock24(seconds)}Z`);

const WRITTEN_ISO = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)Z?$/;
const WRITTEN_US = /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d\d):(\d\d)(?: (AM|PM))?$/;
const FORMS = [monthFirst12, monthFirst24, isoSpaced, isoUtc];

/**
 * Reads back a time that one of these forms wrote. Undefined for anything that none of them writes to
 * the letter: a file that was changed since cannot be trusted to hold the instant that was uploaded.
 */
export function readWritten(text: string): EpochSeconds | undefined {
  const time = isoTime(text) ?? monthFirstTime(text);
  return time !== undefined && FORMS.some((form) => form(time) === text) ? time : undefined;
}

function isoTime(text: string): EpochSeconds | undefined {
  const match = WRITTEN_ISO.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map(Number);
  return (Date.UTC(year, month - 1, day, hour, minute, second) / 1000) as EpochSeconds;
}

function monthFirstTime(text: string): EpochSeconds | undefined {
  const match = WRITTEN_US.exec(text);
  if (match === null) return undefined;
  const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map(Number);
  const half = match[7];
  const hour24 = half === undefined ? hour : (hour % 12) + (half === "PM" ? 12 : 0);
  return (Date.UTC(year, month - 1, day, hour24, minute, second) / 1000) as EpochSeconds;
}
