/** The time of day behind a date. The forms are listed in `time-format.ts`. */
import { COLON, COMMA, type Cursor, DOT, isDigit, isLetter, type TimeText } from "./text.ts";

/** What stands between date and time: `T`, spaces, a comma, ` at `. */
export function skipGap(cursor: Cursor): boolean {
  const code = cursor.code();
  if (code === 84 || code === 116) {
    cursor.at++;
    return true;
  }
  if (code === COMMA) cursor.at++;
  const spaces = cursor.skipSpaces();
  if (spaces > 0 && cursor.word("at")) cursor.skipSpaces();
  return spaces > 0 || code === COMMA;
}

/**
 * A time of day. False with `hasTime` unset when none begins here; false with `hasTime` set when one
 * begins and is wrong.
 */
export function readTimeOfDay(cursor: Cursor, out: TimeText): boolean {
  const digits = cursor.digitsAhead();
  if (digits === 0) return false;
  out.hasTime = true;
  let hour: number;
  let minute = 0;
  let second = 0;
  let hourOnly = false;
  let hasSecond = false;
  // 1305 without a colon is a time only behind ISO 8601's T; elsewhere it may be a year.
  if ((digits === 4 || digits === 6) && isLetter(cursor.code(-1))) {
    hour = cursor.number(2);
    minute = cursor.number(2);
    hasSecond = digits === 6;
    if (hasSecond) second = cursor.number(2);
  } else if (digits <= 2) {
    hour = cursor.number(digits);
    hourOnly = !colonAndTwoDigits(cursor);
    if (!hourOnly) {
      minute = cursor.number(2);
      hasSecond = colonAndTwoDigits(cursor);
      if (hasSecond) second = cursor.number(2);
    }
  } else return false;
  if (hasSecond && !fraction(cursor)) return false;
  const half = dayHalf(cursor);
  if (half === "" ? hourOnly || hour > 23 : hour < 1 || hour > 12) return false;
  if (minute > 59 || second > 59) return false;
  if (half !== "") hour = (hour % 12) + (half === "p" ? 12 : 0);
  out.secondOfDay = hour * 3600 + minute * 60 + second;
  return true;
}

function colonAndTwoDigits(cursor: Cursor): boolean {
  if (cursor.code() !== COLON || !isDigit(cursor.code(1)) || !isDigit(cursor.code(2))) return false;
  if (isDigit(cursor.code(3))) return false;
  cursor.at++;
  return true;
}

/** Digits behind the seconds are cut. (A fraction of minutes or hours is in no known form.) */
function fraction(cursor: Cursor): boolean {
  const mark = cursor.code();
  if (mark !== DOT && mark !== COMMA) return true;
  cursor.at++;
  const digits = cursor.digitsAhead();
  cursor.at += digits;
  return digits > 0;
}

/** `AM`, `p.m.`: "a" or "p", and "" where there is none. */
function dayHalf(cursor: Cursor): "a" | "p" | "" {
  const before = cursor.at;
  cursor.skipSpaces();
  const letter = cursor.code() | 32;
  if (letter === 97 || letter === 112) {
    cursor.at++;
    if (cursor.code() === DOT) cursor.at++;
    if ((cursor.code() | 32) === 109 && !isLetter(cursor.code(1))) {
      cursor.at++;
      if (cursor.code() === DOT) cursor.at++;
      return letter === 97 ? "a" : "p";
    }
  }
  cursor.at = before;
  return "";
}
