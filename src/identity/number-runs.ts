/**
 * Where in a text a number can stand. A run is digits with what stands between the digits of one number; it
 * may be longer than the number (`at 12 0171 1234567`), so its parts are candidates too where a blank
 * parts them from the rest. Linear in the text: a candidate has at most 17 digits.
 */
import { foldDigits, hasNonAscii, plainSpaces, removeInvisible } from "./clean.ts";

/** A part of a text that can be a number. */
export interface NumberCandidate {
  /** From its `+`, its bracket or its first digit to its last digit. */
  readonly text: string;
  readonly digits: string;
  /** The digits as they are parted. */
  readonly groups: readonly string[];
  readonly hasPlus: boolean;
}

/** Fewer digits are a date, a time or an id rather than a number that identifies somebody. */
export const LEAST_DIGITS = 7;

/** `00` and the 15 digits of E.164. */
const MOST_DIGITS = 17;

/** Hyphens and dashes of Unicode, and the vowel sign that Japanese data has for one. */
const DASHES = /[\u2010-\u2015\u2212\u30fc\ufe58\ufe63\uff70]/g;

/** Full-width and other scripts' digits as ASCII, dashes and blanks as one of each, nothing invisible. */
export function foldNumbers(text: string): string {
  if (!hasNonAscii(text)) return text;
  return plainSpaces(removeInvisible(foldDigits(text)).replace(DASHES, "-"));
}

/** Whether there are enough digits for a number; texts with other digits than 0 to 9 are looked at anyway. */
export function mayHoldNumber(text: string): boolean {
  let digits = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 0x7f) return true;
    if (code >= 0x30 && code <= 0x39) digits++;
  }
  return digits >= LEAST_DIGITS;
}

/**
 * Asks of each candidate in a text whether it is what is looked for.
 *
 * @param text folded by {@link foldNumbers}
 */
export function someNumber(text: string, test: (candidate: NumberCandidate) => boolean): boolean {
  for (let from = 0; from < text.length; ) {
    const run = runFrom(text, from);
    if (run === undefined) return false;
    if (run.digits >= LEAST_DIGITS && someOfRun(text, run, test)) return true;
    from = run.ends[run.ends.length - 1] as number;
  }
  return false;
}

/** Digits with at most three marks between two of them, by the places of their groups. */
interface Run {
  /** Where its plus, its bracket or its first digit stands. */
  readonly start: number;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly hasPlus: boolean;
  readonly digits: number;
}

const MOST_BETWEEN = 3;
const LEAD = /(?:\(? ?\+ ?\(?|\()$/;

function runFrom(text: string, from: number): Run | undefined {
  let at = from;
  while (at < text.length && !isDigit(text.charCodeAt(at))) at++;
  if (at === text.length) return undefined;
  const starts: number[] = [];
  const ends: number[] = [];
  let digits = 0;
  for (;;) {
    starts.push(at);
    while (isDigit(text.charCodeAt(at))) at++;
    digits += at - (starts[starts.length - 1] as number);
    ends.push(at);
    let next = at;
    while (next - at < MOST_BETWEEN && isBetween(text.charCodeAt(next))) next++;
    if (next === at || !isDigit(text.charCodeAt(next))) break;
    at = next;
  }
  const first = starts[0] as number;
  const lead = text.slice(Math.max(from, first - 4), first);
  const before = /[+(]/.test(lead) ? (LEAD.exec(lead)?.[0] ?? "") : "";
  return { start: first - before.length, starts, ends, hasPlus: before.includes("+"), digits };
}

/** Blank ( ) - . / */
function isBetween(code: number): boolean {
  return code === 0x20 || code === 0x28 || code === 0x29 || (code >= 0x2d && code <= 0x2f);
}

function someOfRun(text: string, run: Run, test: (candidate: NumberCandidate) => boolean): boolean {
  const { starts, ends, hasPlus } = run;
  const beginnings = hasPlus ? 1 : starts.length;
  for (let first = 0; first < beginnings; first++) {
    const start = first === 0 ? run.start : startOf(text, starts[first] as number);
    if (!hasPlus && !standsAloneBefore(text, start, first < starts.length - 1)) continue;
    let digits = 0;
    for (let last = first; last < starts.length; last++) {
      const end = ends[last] as number;
      digits += end - (starts[last] as number);
      if (digits > MOST_DIGITS) break;
      if (digits < LEAST_DIGITS) continue;
      if (!hasPlus && !standsAloneBehind(text, end, last > first)) continue;
      if (test(candidateOf(text, start, run, first, last))) return true;
    }
  }
  return false;
}

function candidateOf(
  text: string,
  start: number,
  { starts, ends, hasPlus }: Run,
  first: number,
  last: number,
): NumberCandidate {
  const groups: string[] = [];
  for (let at = first; at <= last; at++) groups.push(text.slice(starts[at], ends[at]));
  return { text: text.slice(start, ends[last]), digits: groups.join(""), groups, hasPlus };
}

/** With its own bracket. */
function startOf(text: string, start: number): number {
  return text[start - 1] === "(" ? start - 1 : start;
}

const LABEL = /(?:^|[^\p{L}])(?:tel|telefon|phone|fon|mobil|mobile|cell|handy|whatsapp)$/iu;

function standsAloneBefore(text: string, start: number, grouped: boolean): boolean {
  const code = text.charCodeAt(start - 1);
  if (code === COLON || code === DOT) return LABEL.test(text.slice(0, start - 1).slice(-20));
  return !touches(text, start - 1, grouped);
}

const EXTENSION = /^(?:x|ext)[. ]{0,2}\d{1,6}(?!\d)/i;

function standsAloneBehind(text: string, end: number, grouped: boolean): boolean {
  const code = text.charCodeAt(end);
  // The end of a sentence.
  if (code === COLON || code === DOT) return !touches(text, end + 1, false);
  if (!touches(text, end, grouped)) return true;
  return (code | 32) >= 0x65 && EXTENSION.test(text.slice(end, end + 12));
}

const COLON = 0x3a;
const DOT = 0x2e;

/** Scripts that put no blanks between words. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;
const WORD = /[\p{L}\p{N}]/u;

/** Whether what stands there belongs to an id rather than to a sentence: a letter, digit, `_ - # / : .`. */
function touches(text: string, at: number, grouped: boolean): boolean {
  if (at < 0 || at >= text.length) return false;
  const code = text.charCodeAt(at);
  if (code <= 0x7f) return TOUCHING[code] === 1;
  const low = code >= 0xdc00 && code <= 0xdfff;
  const character = low
    ? text.slice(at - 1, at + 1)
    : String.fromCodePoint(text.codePointAt(at) ?? 0);
  return WORD.test(character) && !(grouped && UNSPACED.test(character));
}

const TOUCHING = new Uint8Array(0x80);
for (const character of "_-#/:.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") {
  TOUCHING[character.charCodeAt(0)] = 1;
}

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
