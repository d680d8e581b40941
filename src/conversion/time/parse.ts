/**
 * The forms in which exports write a time (`forms.ts`), read by hand: one pass, no object a cell. The reader says what is written (a date and in which orders it can be read, a time of day, an
 * offset or a zone); what that means as an instant is decided in `time.ts`.
 *
 *     [weekday] date [T | space | comma | at] [H:mm[:ss[.fraction]] [AM|PM]] [zone]
 *
 * Read as no time, on purpose:
 * - `24:00`: ISO 8601 had it as the end of the day, but code that formats midnight with a 24-hour clock
 *   writes it for the beginning. A day's difference is not guessed.
 * - second 60: no such instant in Unix time, and no leap second since 2016.
 * - `13:05 PM`, `0:05 AM`: a 12-hour time has hours 1 to 12.
 */
import { isCalendarDay } from "./calendar.ts";
import { readTimeOfDay, skipGap } from "./clock.ts";
import { readDate } from "./date.ts";
import { COLON, Cursor, DOT, isDigit, MINUS, SPACE, type TimeText, YMD } from "./text.ts";
import { readZone } from "./zone-text.ts";

/** Longest text worth looking at: the longest form with the longest zone name. */
const MAX_LENGTH = 120;

/** The one cursor: reading is synchronous, and a cell should not cost an object. */
const cursor = new Cursor();

/**
 * Reads a cell into `out`; false when it is in no known form. The fields then mean nothing.
 * `reference`: without the shortcut for ISO 8601; the result is the same.
 */
export function parseTime(cell: string, out: TimeText, reference = false): boolean {
  if (!reference && fastIsoTime(cell, out)) return true;
  const text = cleanTimeText(cell);
  out.clear();
  if (text.length === 0 || text.length > MAX_LENGTH) return false;
  cursor.text = text;
  cursor.at = 0;
  if (unixTime(cursor, out)) return true;
  if (!readDate(cursor, out)) return false;
  const afterDate = cursor.at;
  if (skipGap(cursor) && readTimeOfDay(cursor, out)) return readZone(cursor, out);
  if (out.hasTime) return false;
  cursor.at = afterDate;
  return readZone(cursor, out);
}

function unixTime(cursor: Cursor, out: TimeText): boolean {
  const digits = cursor.digitsAhead();
  if (digits !== 10 && digits !== 13) return false;
  const length = cursor.text.length;
  if (digits < length) {
    if (digits !== 10 || cursor.code(10) !== DOT || length === 11) return false;
    for (let i = 11; i < length; i++) if (!isDigit(cursor.code(i))) return false;
  }
  const value = cursor.number(digits);
  out.unix = digits === 10 ? value : Math.floor(value / 1000);
  return true;
}

/**
 * Trimmed; spaces that are not U+0020 (the U+202F that newer Intl versions put before AM) made plain;
 * direction marks (older .NET and Internet Explorer put them around dates) and zero-width ones dropped.
 */
export function cleanTimeText(cell: string): string {
  let plain = true;
  for (let i = 0; i < cell.length && i <= MAX_LENGTH; i++) {
    const code = cell.charCodeAt(i);
    if (code > 126 || code === 9) {
      plain = false;
      break;
    }
  }
  if (plain || cell.length > 2 * MAX_LENGTH) return cell.trim();
  return cell
    .replace(/[\t\u00a0\u2000-\u200a\u202f\u205f\u3000]/g, " ")
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g, "")
    .replace(/\u2212/g, "-")
    .trim();
}

/**
 * A shortcut beside `parseTime` for the form that most exports write: `2026-11-19T13:05:00`, with a
 * space for the T, and with a Z or nothing behind it. `test/conversion/time-fast.test.ts` holds the two
 * together.
 */

const LENGTH = "2026-11-19T13:05:00".length;
const T = 0x54;
const Z = 0x5a;

/** Reads a cell into `out` as `parseTime` does. False says nothing, and then `out` means nothing. */
export function fastIsoTime(cell: string, out: TimeText): boolean {
  const utc = cell.length === LENGTH + 1;
  if (utc ? cell.charCodeAt(LENGTH) !== Z : cell.length !== LENGTH) return false;
  const gap = cell.charCodeAt(10);
  if (
    cell.charCodeAt(4) !== MINUS ||
    cell.charCodeAt(7) !== MINUS ||
    (gap !== T && gap !== SPACE) ||
    cell.charCodeAt(13) !== COLON ||
    cell.charCodeAt(16) !== COLON
  ) {
    return false;
  }
  const year = 100 * two(cell, 0) + two(cell, 2);
  const month = two(cell, 5);
  const day = two(cell, 8);
  const hour = two(cell, 11);
  const minute = two(cell, 14);
  const second = two(cell, 17);
  // A comparison with NaN, which stands for what is no number, is false.
  if (!(hour <= 23 && minute <= 59 && second <= 59)) return false;
  if (Number.isNaN(year + month + day) || !isCalendarDay(year, month, day)) return false;
  out.clear();
  out.a = year;
  out.b = month;
  out.c = day;
  out.orders = YMD;
  out.orderKnown = true;
  out.hasTime = true;
  out.secondOfDay = hour * 3600 + minute * 60 + second;
  if (utc) out.offset = 0;
  return true;
}

/** Two digits as a number, or NaN. */
function two(text: string, at: number): number {
  const tens = text.charCodeAt(at);
  const ones = text.charCodeAt(at + 1);
  return isDigit(tens) && isDigit(ones) ? (tens - 48) * 10 + ones - 48 : Number.NaN;
}
