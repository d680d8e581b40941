/**
 * A shortcut beside `time-format.ts` for the form that most exports write: `2026-11-19T13:05:00`, with a
 * space for the T, and with a Z or nothing behind it. `test/conversion/time-fast.test.ts` holds the two
 * together.
 */

import { COLON, isDigit, MINUS, SPACE } from "./cursor.ts";
import { isCalendarDay } from "./time/calendar.ts";
import { type TimeText, YMD } from "./time/text.ts";

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
