/** The date at the beginning of a time. The forms are listed in `forms.ts`. */

import { isCalendarDay } from "./calendar.ts";
import { isWeekday, monthByName } from "./names.ts";
import {
  COMMA,
  type Cursor,
  DMY,
  DOT,
  fullYear,
  isDigit,
  MDY,
  MINUS,
  SLASH,
  type TimeText,
  YMD,
} from "./text.ts";

/** A weekday before the date is passed over: it adds nothing that the date does not say. */
export function readDate(cursor: Cursor, out: TimeText): boolean {
  if (cursor.wordAhead() > 0) {
    weekday(cursor);
    if (cursor.wordAhead() > 0) return monthFirst(cursor, out);
  }
  const digits = cursor.digitsAhead();
  if (digits === 4 && cursor.code(4) === YEAR_SIGN) return japaneseDate(cursor, out);
  if (digits === 8) return basicDate(cursor, out);
  if (digits !== 1 && digits !== 2 && digits !== 4) return false;
  const first = cursor.number(digits);
  const separator = cursor.code();
  if (digits < 3 && isMonthAhead(cursor)) return monthInside(cursor, out, first);
  if (separator !== SLASH && separator !== MINUS && separator !== DOT) return false;
  return numericDate(cursor, out, first, digits);
}

const YEAR_SIGN = 0x5e74;
const MONTH_SIGN = 0x6708;
const DAY_SIGN = 0x65e5;

/** `2026年11月13日`, and the day of the week behind it. */
function japaneseDate(cursor: Cursor, out: TimeText): boolean {
  const year = cursor.number(4);
  cursor.at++;
  const month = smallNumber(cursor, MONTH_SIGN);
  const day = smallNumber(cursor, DAY_SIGN);
  if (!(month > 0 && day > 0)) return false;
  const weekday = /^ ?(?:[(（][月火水木金土日][)）]|[月火水木金土日]曜日)/.exec(
    cursor.text.slice(cursor.at),
  );
  if (weekday !== null) cursor.at += weekday[0].length;
  return known(out, year, month, day);
}

/** One or two digits and the sign behind them; 0 where they are not there. */
function smallNumber(cursor: Cursor, sign: number): number {
  const digits = cursor.digitsAhead();
  if ((digits !== 1 && digits !== 2) || cursor.code(digits) !== sign) return 0;
  const value = cursor.number(digits);
  cursor.at++;
  return value;
}

/** Behind the day: ` November`, `-Nov`, `. November`, `.Nov`, ` de noviembre`, `er novembre`. */
function isMonthAhead(cursor: Cursor): boolean {
  if (isDigit(cursor.code(1))) return false;
  return /^(?:er|[.°º])?[ /-]* ?(?:de )?[a-z\u00c0-\u017f]/i.test(
    cursor.text.slice(cursor.at, cursor.at + 8),
  );
}

/** `2026-11-19`, `11/19/2026`, `19.11.26`: the first number is read, a separator follows. */
function numericDate(cursor: Cursor, out: TimeText, first: number, firstDigits: number): boolean {
  const separator = cursor.code();
  cursor.at++;
  const secondDigits = cursor.digitsAhead();
  if (secondDigits !== 1 && secondDigits !== 2) return false;
  const second = cursor.number(secondDigits);
  if (cursor.code() !== separator) return false;
  cursor.at++;
  const thirdDigits = cursor.digitsAhead();
  if (thirdDigits !== 1 && thirdDigits !== 2 && thirdDigits !== 4) return false;
  const third = cursor.number(thirdDigits);
  if (firstDigits === 4) return thirdDigits !== 4 && known(out, first, second, third);
  out.a = first;
  out.b = second;
  out.c = third;
  out.shortYear = thirdDigits !== 4;
  out.dotted = separator === DOT;
  out.orders = possibleOrders(first, second, third, firstDigits, thirdDigits);
  return out.orders !== 0;
}

function known(out: TimeText, year: number, month: number, day: number): boolean {
  out.a = year;
  out.b = month;
  out.c = day;
  out.orders = YMD;
  out.orderKnown = true;
  return isCalendarDay(year, month, day);
}

/** `20261119T1305`, ISO 8601 basic. Eight digits alone could be any number: not read. */
function basicDate(cursor: Cursor, out: TimeText): boolean {
  const mark = cursor.code(8);
  if (mark !== 84 && mark !== 116) return false;
  const year = cursor.number(4);
  const month = cursor.number(2);
  const day = cursor.number(2);
  return known(out, year, month, day);
}

/** Portuguese: `sexta-feira`. */
const FEIRA = "-feira";

function weekday(cursor: Cursor): void {
  const length = cursor.wordAhead();
  if (!isWeekday(cursor.text.slice(cursor.at, cursor.at + length))) return;
  cursor.at += length;
  if (cursor.code() === DOT) cursor.at++;
  if (
    cursor.code() === MINUS &&
    cursor.text.slice(cursor.at, cursor.at + 6).toLowerCase() === FEIRA
  ) {
    cursor.at += FEIRA.length;
  }
  if (cursor.code() === COMMA) cursor.at++;
  cursor.skipSpaces();
}

function monthName(cursor: Cursor): number {
  const length = cursor.wordAhead();
  const month = monthByName(cursor.text.slice(cursor.at, cursor.at + length));
  if (month === 0) return 0;
  cursor.at += length;
  if (cursor.code() === DOT) cursor.at++;
  return month;
}

/** `Nov 19, 2026`, `November 19 2026`, `Jun 01,2017`. */
function monthFirst(cursor: Cursor, out: TimeText): boolean {
  const month = monthName(cursor);
  if (month === 0 || cursor.skipSpaces() === 0) return false;
  const dayDigits = cursor.digitsAhead();
  if (dayDigits !== 1 && dayDigits !== 2) return false;
  const day = cursor.number(dayDigits);
  const comma = cursor.code() === COMMA;
  if (comma) cursor.at++;
  if (cursor.skipSpaces() === 0 && !comma) return false;
  if (cursor.digitsAhead() !== 4) return false;
  return known(out, cursor.number(4), month, day);
}

/**
 * `19 Nov 2026`, `19-Nov-26`, `19/Nov/2026`, `19. November 2026`, `19 de noviembre de 2026`; the day is read already.
 */
function monthInside(cursor: Cursor, out: TimeText, day: number): boolean {
  if (!cursor.word("er") && (cursor.code() === DOT || DEGREES.has(cursor.code()))) cursor.at++;
  const separator = cursor.code();
  if (separator === MINUS || separator === SLASH) cursor.at++;
  cursor.skipSpaces();
  if (cursor.word("de")) cursor.skipSpaces();
  const month = monthName(cursor);
  if (month === 0) return false;
  if (separator === MINUS || separator === SLASH) {
    if (cursor.code() !== separator) return false;
    cursor.at++;
  } else if (cursor.code() === COMMA) cursor.at++;
  else if (cursor.skipSpaces() === 0 && cursor.code(-1) !== DOT) return false;
  cursor.skipSpaces();
  if (cursor.word("de") || cursor.word("del")) cursor.skipSpaces();
  const digits = cursor.digitsAhead();
  if (digits !== 2 && digits !== 4) return false;
  const year = cursor.number(digits);
  return known(out, digits === 2 ? fullYear(year) : year, month, day);
}

/** `1°`, `1º`. */
const DEGREES: ReadonlySet<number> = new Set([0xb0, 0xba]);

/** Orders in which three written numbers are a day; years have two or four digits. */
function possibleOrders(
  a: number,
  b: number,
  c: number,
  firstDigits: number,
  thirdDigits: number,
): number {
  let orders = 0;
  if (thirdDigits !== 1) {
    const year = thirdDigits === 2 ? fullYear(c) : c;
    if (isCalendarDay(year, a, b)) orders |= MDY;
    if (isCalendarDay(year, b, a)) orders |= DMY;
  }
  if (firstDigits === 2 && thirdDigits !== 4 && isCalendarDay(fullYear(a), b, c)) orders |= YMD;
  return orders;
}
