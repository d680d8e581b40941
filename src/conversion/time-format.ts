/**
 * The forms in which exports write a time, read by hand: no regular expression, one pass, no object a
 * cell. The reader says what is written (a date and in which orders it can be read, a time of day, an
 * offset or a zone); what that means as an instant is decided in `time.ts`.
 *
 *     [weekday] date [T | space | comma | at] [H:mm[:ss[.fraction]] [AM|PM]] [zone]
 *
 * date  2026-11-19  2026/11/19  11/19/2026  19-11-2026  19.11.2026  11/19/26
 *       Nov 19, 2026  November 19 2026  19 Nov 2026  19-Nov-26  20261119T130500 (with its time only)
 * zone  Z  UTC  GMT  +01  +0100  +01:00  GMT+1  Europe/Berlin  EasternTimeUSCanada
 * alone 1795093500 (Unix seconds)  1795093500.25  1795093500000 (milliseconds)
 *
 * Read as no time, on purpose:
 * - `24:00`: ISO 8601 had it as the end of the day, but code that formats midnight with a 24-hour clock
 *   writes it for the beginning. A day's difference is not guessed.
 * - second 60: no such instant in Unix time, and no leap second since 2016.
 * - `13:05 PM`, `0:05 AM`: a 12-hour time has hours 1 to 12.
 * - zone abbreviations (EST, CST, IST): several zones share them.
 */
import { isCalendarDay } from "./calendar.ts";

/** Bits of the orders in which the numbers of a date can be read. */
export const YMD = 1;
export const MDY = 2;
export const DMY = 4;

const DIGIT_0 = 48;
const DIGIT_9 = 57;
const SPACE = 32;
const COMMA = 44;
const MINUS = 45;
const DOT = 46;
const SLASH = 47;
const COLON = 58;

/** Longest text worth looking at: the longest form with the longest zone name. */
const MAX_LENGTH = 120;

export class TimeText {
  /** The three numbers of the date as they stand; two-digit years are not yet completed. */
  a = 0;
  b = 0;
  c = 0;
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

  #text = "";
  #at = 0;

  /** Reads a cell; false when it is in no known form. The fields then mean nothing. */
  parse(cell: string): boolean {
    const text = cleanTimeText(cell);
    this.clear();
    if (text.length === 0 || text.length > MAX_LENGTH) return false;
    this.#text = text;
    this.#at = 0;
    if (this.#unixTime()) return true;
    if (!this.#date()) return false;
    const afterDate = this.#at;
    if (this.#gap() && this.#timeOfDay()) return this.#zone();
    if (this.hasTime) return false;
    this.#at = afterDate;
    return this.#zone();
  }

  clear(): void {
    this.a = 0;
    this.b = 0;
    this.c = 0;
    this.orders = 0;
    this.orderKnown = false;
    this.dotted = false;
    this.hasTime = false;
    this.secondOfDay = 0;
    this.offset = Number.NaN;
    this.zoneName = "";
    this.unix = Number.NaN;
  }

  #code(ahead = 0): number {
    const at = this.#at + ahead;
    return at < this.#text.length ? this.#text.charCodeAt(at) : -1;
  }

  #digitsAhead(): number {
    let count = 0;
    while (isDigit(this.#code(count))) count++;
    return count;
  }

  /** Takes `count` digits; the caller has seen that they are there. */
  #number(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) value = value * 10 + (this.#code(i) - DIGIT_0);
    this.#at += count;
    return value;
  }

  #skipSpaces(): number {
    const from = this.#at;
    while (this.#code() === SPACE) this.#at++;
    return this.#at - from;
  }

  #unixTime(): boolean {
    const digits = this.#digitsAhead();
    if (digits !== 10 && digits !== 13) return false;
    const length = this.#text.length;
    if (digits < length) {
      if (digits !== 10 || this.#code(10) !== DOT || length === 11) return false;
      for (let i = 11; i < length; i++) if (!isDigit(this.#code(i))) return false;
    }
    const value = this.#number(digits);
    this.unix = digits === 10 ? value : Math.floor(value / 1000);
    return true;
  }

  #date(): boolean {
    if (isLetter(this.#code())) {
      this.#weekday();
      if (isLetter(this.#code())) return this.#monthFirst();
    }
    const digits = this.#digitsAhead();
    if (digits === 8) return this.#basicDate();
    if (digits !== 1 && digits !== 2 && digits !== 4) return false;
    const first = this.#number(digits);
    const separator = this.#code();
    if (digits < 3 && (separator === SPACE || isLetter(this.#code(1))))
      return this.#monthInside(first);
    if (separator !== SLASH && separator !== MINUS && separator !== DOT) return false;
    this.#at++;
    const secondDigits = this.#digitsAhead();
    if (secondDigits !== 1 && secondDigits !== 2) return false;
    const second = this.#number(secondDigits);
    if (this.#code() !== separator) return false;
    this.#at++;
    const thirdDigits = this.#digitsAhead();
    this.a = first;
    this.b = second;
    if (digits === 4) {
      if (thirdDigits !== 1 && thirdDigits !== 2) return false;
      this.c = this.#number(thirdDigits);
      return this.#known(first, second, this.c);
    }
    if (thirdDigits !== 1 && thirdDigits !== 2 && thirdDigits !== 4) return false;
    this.c = this.#number(thirdDigits);
    this.orders = possibleOrders(first, second, this.c, digits, thirdDigits);
    this.dotted = separator === DOT;
    return this.orders !== 0;
  }

  #known(year: number, month: number, day: number): boolean {
    this.a = year;
    this.b = month;
    this.c = day;
    this.orders = YMD;
    this.orderKnown = true;
    return isCalendarDay(year, month, day);
  }

  /** `20261119T1305`, ISO 8601 basic. Eight digits alone could be any number: not read. */
  #basicDate(): boolean {
    const mark = this.#code(8);
    if (mark !== 84 && mark !== 116) return false;
    const year = this.#number(4);
    const month = this.#number(2);
    const day = this.#number(2);
    return this.#known(year, month, day);
  }

  #weekday(): void {
    const length = this.#lettersAhead();
    if (!WEEKDAYS.has(this.#text.slice(this.#at, this.#at + length).toLowerCase())) return;
    this.#at += length;
    if (this.#code() === DOT) this.#at++;
    if (this.#code() === COMMA) this.#at++;
    this.#skipSpaces();
  }

  #lettersAhead(): number {
    let count = 0;
    while (isLetter(this.#code(count))) count++;
    return count;
  }

  #monthName(): number {
    const length = this.#lettersAhead();
    const month = monthByName(this.#text.slice(this.#at, this.#at + length));
    if (month === 0) return 0;
    this.#at += length;
    if (this.#code() === DOT) this.#at++;
    return month;
  }

  /** `Nov 19, 2026`, `November 19 2026`, `Jun 01,2017`. */
  #monthFirst(): boolean {
    const month = this.#monthName();
    if (month === 0 || this.#skipSpaces() === 0) return false;
    const dayDigits = this.#digitsAhead();
    if (dayDigits !== 1 && dayDigits !== 2) return false;
    const day = this.#number(dayDigits);
    const comma = this.#code() === COMMA;
    if (comma) this.#at++;
    if (this.#skipSpaces() === 0 && !comma) return false;
    if (this.#digitsAhead() !== 4) return false;
    return this.#known(this.#number(4), month, day);
  }

  /** `19 Nov 2026`, `19-Nov-26`, `19/Nov/2026`; the day is read already. */
  #monthInside(day: number): boolean {
    const separator = this.#code();
    if (separator !== SPACE && separator !== MINUS && separator !== SLASH) return false;
    this.#at++;
    this.#skipSpaces();
    const month = this.#monthName();
    if (month === 0) return false;
    if (this.#code() === COMMA) this.#at++;
    else if (this.#code() !== separator) return false;
    else this.#at++;
    this.#skipSpaces();
    const digits = this.#digitsAhead();
    if (digits !== 2 && digits !== 4) return false;
    const year = this.#number(digits);
    return this.#known(digits === 2 ? fullYear(year) : year, month, day);
  }

  /** What stands between date and time: `T`, spaces, a comma, ` at `. */
  #gap(): boolean {
    const code = this.#code();
    if (code === 84 || code === 116) {
      this.#at++;
      return true;
    }
    if (code === COMMA) this.#at++;
    const spaces = this.#skipSpaces();
    if (spaces > 0 && this.#word("at")) this.#skipSpaces();
    return spaces > 0 || code === COMMA;
  }

  #word(word: string): boolean {
    if (this.#lettersAhead() !== word.length) return false;
    if (this.#text.slice(this.#at, this.#at + word.length).toLowerCase() !== word) return false;
    this.#at += word.length;
    return true;
  }

  /**
   * A time of day. False with `hasTime` unset when none begins here; false with `hasTime` set when one
   * begins and is wrong.
   */
  #timeOfDay(): boolean {
    const digits = this.#digitsAhead();
    if (digits === 0) return false;
    this.hasTime = true;
    let hour: number;
    let minute = 0;
    let second = 0;
    let hourOnly = false;
    let hasSecond = false;
    if (digits === 4 || digits === 6) {
      hour = this.#number(2);
      minute = this.#number(2);
      hasSecond = digits === 6;
      if (hasSecond) second = this.#number(2);
    } else if (digits <= 2) {
      hour = this.#number(digits);
      hourOnly = !this.#colonAndTwoDigits();
      if (!hourOnly) {
        minute = this.#number(2);
        hasSecond = this.#colonAndTwoDigits();
        if (hasSecond) second = this.#number(2);
      }
    } else return false;
    if (hasSecond && !this.#fraction()) return false;
    const half = this.#dayHalf();
    if (half === "" ? hourOnly || hour > 23 : hour < 1 || hour > 12) return false;
    if (minute > 59 || second > 59) return false;
    if (half !== "") hour = (hour % 12) + (half === "p" ? 12 : 0);
    this.secondOfDay = hour * 3600 + minute * 60 + second;
    return true;
  }

  #colonAndTwoDigits(): boolean {
    if (this.#code() !== COLON || !isDigit(this.#code(1)) || !isDigit(this.#code(2))) return false;
    if (isDigit(this.#code(3))) return false;
    this.#at++;
    return true;
  }

  /** Digits behind the seconds are cut. (A fraction of minutes or hours is in no known form.) */
  #fraction(): boolean {
    const mark = this.#code();
    if (mark !== DOT && mark !== COMMA) return true;
    this.#at++;
    const digits = this.#digitsAhead();
    this.#at += digits;
    return digits > 0;
  }

  /** `AM`, `p.m.`: "a" or "p", and "" where there is none. */
  #dayHalf(): "a" | "p" | "" {
    const before = this.#at;
    this.#skipSpaces();
    const letter = this.#code() | 32;
    if (letter === 97 || letter === 112) {
      this.#at++;
      if (this.#code() === DOT) this.#at++;
      if ((this.#code() | 32) === 109 && !isLetter(this.#code(1))) {
        this.#at++;
        if (this.#code() === DOT) this.#at++;
        return letter === 97 ? "a" : "p";
      }
    }
    this.#at = before;
    return "";
  }

  /** Zone or nothing, then the end of the text. */
  #zone(): boolean {
    this.#skipSpaces();
    if (this.#code() === -1) return true;
    if (isLetter(this.#code()) && !this.#letterZone()) return false;
    if (this.zoneName !== "") return this.#code() === -1;
    this.#offset();
    if (Number.isNaN(this.offset)) return false;
    this.#bracketedName();
    return this.#code() === -1;
  }

  /** `Z`, `UTC`, `GMT`, `UT` give offset 0, which a following offset replaces; else a zone's name. */
  #letterZone(): boolean {
    const rest = this.#text.slice(this.#at);
    const letters = this.#lettersAhead();
    const word = rest.slice(0, letters).toLowerCase();
    const next = this.#code(letters);
    if (word === "z" || ((word === "utc" || word === "gmt" || word === "ut") && next !== SLASH)) {
      this.offset = 0;
      this.#at += letters;
      return word !== "z" || next === -1 || next === 91;
    }
    if (letters < 4 && next !== SLASH) return false;
    for (let i = 0; i < rest.length; i++) if (!isZoneNameCode(rest.charCodeAt(i))) return false;
    this.zoneName = rest;
    this.#at = this.#text.length;
    return true;
  }

  /** `+01`, `+0100`, `+01:00`; behind UTC or GMT also `+1`. At most 14 hours, as far as zones reach. */
  #offset(): void {
    const sign = this.#code();
    if (sign !== 43 && sign !== MINUS) return;
    const afterWord = this.offset === 0;
    this.offset = Number.NaN;
    this.#at++;
    const digits = this.#digitsAhead();
    let hours: number;
    let minutes = 0;
    if (digits === 4) {
      hours = this.#number(2);
      minutes = this.#number(2);
    } else if (digits === 2 || (digits === 1 && afterWord)) {
      hours = this.#number(digits);
      if (this.#code() === COLON) {
        this.#at++;
        if (this.#digitsAhead() !== 2) return;
        minutes = this.#number(2);
      }
    } else return;
    const seconds = hours * 3600 + minutes * 60;
    if (minutes > 59 || seconds > 14 * 3600) return;
    this.offset = sign === MINUS ? 0 - seconds : seconds;
  }

  /** Java's `2026-11-19T13:05-05:00[America/New_York]`: the offset decides, the name is passed over. */
  #bracketedName(): void {
    if (this.#code() !== 91 || !this.#text.endsWith("]")) return;
    const last = this.#text.length - 1;
    for (let i = this.#at + 1; i < last; i++) {
      if (!isZoneNameCode(this.#text.charCodeAt(i))) return;
    }
    this.#at = this.#text.length;
  }
}

/** Two-digit years are 2000 to 2099: an upload takes only the last 90 days. */
export function fullYear(twoDigits: number): number {
  return 2000 + twoDigits;
}

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

function isDigit(code: number): boolean {
  return code >= DIGIT_0 && code <= DIGIT_9;
}

function isLetter(code: number): boolean {
  const lower = code | 32;
  return lower >= 97 && lower <= 122;
}

/** Letters, digits, `/`, `_`, `-`, `+`. */
function isZoneNameCode(code: number): boolean {
  return (
    isLetter(code) ||
    isDigit(code) ||
    code === SLASH ||
    code === 95 ||
    code === MINUS ||
    code === 43
  );
}

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
