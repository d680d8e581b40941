/** What a time cell says, before it is decided what it means. */

/** Bits of the orders in which the numbers of a date can be read. */
export const YMD = 1;
export const MDY = 2;
export const DMY = 4;

export class TimeText {
  /** The three numbers of the date as they stand; two-digit years are not yet completed. */
  a = 0;
  b = 0;
  c = 0;
  /** The year has two digits, wherever it stands. */
  shortYear = false;
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

  clear(): void {
    this.a = 0;
    this.b = 0;
    this.c = 0;
    this.shortYear = false;
    this.orders = 0;
    this.orderKnown = false;
    this.dotted = false;
    this.hasTime = false;
    this.secondOfDay = 0;
    this.offset = Number.NaN;
    this.zoneName = "";
    this.unix = Number.NaN;
  }
}

/** Two-digit years are 2000 to 2099: an upload takes only the last 90 days. */
export function fullYear(twoDigits: number): number {
  return 2000 + twoDigits;
}

/** A place in a short text, for the readers of times. */

export const SPACE = 32;
export const COMMA = 44;
export const MINUS = 45;
export const DOT = 46;
export const SLASH = 47;
export const COLON = 58;

const DIGIT_0 = 48;

export function isDigit(code: number): boolean {
  return code >= DIGIT_0 && code <= 57;
}

/** ASCII letters. */
export function isLetter(code: number): boolean {
  const lower = code | 32;
  return lower >= 97 && lower <= 122;
}

/** Latin-1 and Latin Extended-A. */
export function isAccented(code: number): boolean {
  return code >= 0xc0 && code <= 0x17f;
}

export class Cursor {
  text = "";
  at = 0;

  /** Code of the character `ahead` of here, -1 behind the end. */
  code(ahead = 0): number {
    const at = this.at + ahead;
    return at < this.text.length ? this.text.charCodeAt(at) : -1;
  }

  digitsAhead(): number {
    let count = 0;
    while (isDigit(this.code(count))) count++;
    return count;
  }

  lettersAhead(): number {
    let count = 0;
    while (isLetter(this.code(count))) count++;
    return count;
  }

  /** Letters of European languages, accents included. */
  wordAhead(): number {
    let count = 0;
    while (isLetter(this.code(count)) || isAccented(this.code(count))) count++;
    return count;
  }

  /** Takes `count` digits; the caller has seen that they are there. */
  number(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) value = value * 10 + (this.code(i) - DIGIT_0);
    this.at += count;
    return value;
  }

  /** Takes spaces; how many there were. */
  skipSpaces(): number {
    const from = this.at;
    while (this.code() === SPACE) this.at++;
    return this.at - from;
  }

  /** Takes a whole word, any case, if it stands here. */
  word(word: string): boolean {
    if (this.wordAhead() !== word.length) return false;
    if (this.text.slice(this.at, this.at + word.length).toLowerCase() !== word) return false;
    this.at += word.length;
    return true;
  }
}
