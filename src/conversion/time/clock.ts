/** The time of day behind a date. The forms are listed in `forms.ts`. */
import {
  COLON,
  COMMA,
  type Cursor,
  DOT,
  isDigit,
  isLetter,
  MINUS,
  SPACE,
  type TimeText,
} from "./text.ts";

/** What stands between date and time: `T`, spaces, a comma, ` at `. */
export function skipGap(cursor: Cursor): boolean {
  const code = cursor.code();
  if (code === 84 || code === 116) {
    cursor.at++;
    return true;
  }
  if (code === COMMA || (code === MINUS && cursor.code(1) === SPACE)) cursor.at++;
  const spaces = cursor.skipSpaces();
  if (spaces > 0) atTheHour(cursor);
  return spaces > 0 || code === COMMA || code === MINUS || isJapanese(cursor);
}

/** `at`, `um`, `à`, `alle ore`, `a las`, `às`, `om`: what languages put between a date and a time. */
function atTheHour(cursor: Cursor): void {
  if (isDigit(cursor.code())) return;
  const words = /^(?:at|um|à|a las|alle(?: ore)?|ore|às|as|om|-) +(?=\d)/i.exec(
    cursor.text.slice(cursor.at, cursor.at + 12),
  );
  if (words !== null) cursor.at += words[0].length;
}

/** The time follows the day's sign, or the day of the week in brackets, without a blank. */
function isJapanese(cursor: Cursor): boolean {
  return /[日)）]/.test(cursor.text.charAt(cursor.at - 1));
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
    const worded = wordedTime(cursor);
    if (worded !== undefined) {
      ({ minute, second } = worded);
    } else {
      const mark = cursor.code();
      hourOnly = !markAndTwoDigits(cursor, mark);
      if (!hourOnly) {
        minute = cursor.number(2);
        hasSecond = markAndTwoDigits(cursor, mark);
        if (hasSecond) second = cursor.number(2);
      }
    }
  } else return false;
  if (hasSecond && !fraction(cursor)) return false;
  if (CLOCK_WORDS.some((word) => skipWord(cursor, word))) hourOnly = false;
  const half = dayHalf(cursor);
  if (half === "" ? hourOnly || hour > 23 : hour < 1 || hour > 12) return false;
  if (minute > 59 || second > 59) return false;
  if (half !== "") hour = (hour % 12) + (half === "p" ? 12 : 0);
  out.secondOfDay = hour * 3600 + minute * 60 + second;
  return true;
}

/** `:15`, or `.15` as Oracle, Danes and Finns write it: the same mark through the whole time. */
function markAndTwoDigits(cursor: Cursor, mark: number): boolean {
  if (mark !== COLON && mark !== DOT) return false;
  if (cursor.code() !== mark || !isDigit(cursor.code(1)) || !isDigit(cursor.code(2))) return false;
  if (isDigit(cursor.code(3))) return false;
  cursor.at++;
  return true;
}

/** `14h15`, `14 h 15 min 30 s`, `14h`, `14時15分30秒`: what stands behind the hour. */
function wordedTime(cursor: Cursor): { minute: number; second: number } | undefined {
  const code = cursor.code();
  if (code !== HOUR_SIGN && code !== SPACE && (code | 32) !== 104) return undefined;
  const found = WORDED.exec(cursor.text.slice(cursor.at, cursor.at + 16));
  if (found === null) return undefined;
  const { m1 = "", s1 = "", m2 = "", s2 = "" } = found.groups ?? {};
  cursor.at += found[0].length;
  return { minute: Number(m1 || m2), second: Number(s1 || s2) };
}

const HOUR_SIGN = 0x6642;

const WORDED =
  /^(?: ?h(?: ?(?<m1>\d\d)(?: ?(?:min|m)(?: ?(?<s1>\d\d) ?s)?)?)?(?![a-z\d])|時(?:(?<m2>\d{1,2})分(?:(?<s2>\d{1,2})秒)?)?)/i;

/** Behind a time on a 24-hour clock: German, Dutch, Spanish and Portuguese, French, English. */
const CLOCK_WORDS = ["uhr", "uur", "h", "hs", "hrs"] as const;

function skipWord(cursor: Cursor, word: string): boolean {
  const before = cursor.at;
  cursor.skipSpaces();
  if (cursor.word(word)) return true;
  cursor.at = before;
  return false;
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

/** `AM`, `p.m.`, `p. m.`: "a" or "p", and "" where there is none. */
function dayHalf(cursor: Cursor): "a" | "p" | "" {
  const before = cursor.at;
  cursor.skipSpaces();
  const letter = cursor.code() | 32;
  if (letter === 97 || letter === 112) {
    cursor.at++;
    // Spanish has a blank inside: `p. m.`
    if (cursor.code() === DOT) {
      cursor.at++;
      cursor.skipSpaces();
    }
    if ((cursor.code() | 32) === 109 && !isLetter(cursor.code(1))) {
      cursor.at++;
      if (cursor.code() === DOT) cursor.at++;
      return letter === 97 ? "a" : "p";
    }
  }
  cursor.at = before;
  return "";
}
