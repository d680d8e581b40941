/** Keys that a spreadsheet has damaged, or that are none: they may be equal where their people are not (rules.md 6). */
import { asciiOf } from "#host";
import { isAbsent } from "../identity/absent.ts";

/** Why a cell is no key. */
export type KeyFault = "no-key" | "key-spreadsheet-damaged";

/** `1,23E+15`: digits are lost. `1E10` and `12E4` are keys. */
const SCIENTIFIC = /^(?:\d(?:[.,]\d+)?E\+\d{2,3}|\d[.,]\d{2,}E\d{1,3})$/i;

/** `#REF!`, `#N/A` and the like in any language. `#1001` is an order of a shop. */
const ERROR_CELL = /^#(?:.*[!?]|N\/A|NV|N\/D|N\/B|BRAK)?$/i;

/** `0`, `0.0`, `000`, and the empty GUID. */
const ONLY_ZEROS = /^\{?[0.,-]*0[0.,-]*\}?$/;

/** Half of a character, or what a decoder writes for bytes that are none: keys that differ become one. */
const BROKEN_CHARACTER = /[\p{Surrogate}\uFFFD]/u;

/** Why a key cell, trimmed, is no key, if so. */
export function keyFault(key: string): KeyFault | undefined {
  if (isAbsent(key) || ONLY_ZEROS.test(key) || ERROR_CELL.test(key)) return "no-key";
  if (SCIENTIFIC.test(key) || BROKEN_CHARACTER.test(key)) return "key-spreadsheet-damaged";
  return undefined;
}

/**
 * Whether `keyFault` has to look at a cell, by its bytes: those of nearly all keys cannot be at fault, and
 * need not become a string. Held to `keyFault` by test/join/damaged-keys.test.ts.
 */
export function mayBeFault(bytes: Uint8Array, start: number, end: number): boolean {
  const first = bytes[start] as number;
  const second = end - start > 1 ? (bytes[start + 1] as number) : 0;
  if (first > NINE) {
    // Of the markers, those that begin with a letter do with one of these.
    const letter = first | 0x20;
    if (letter < LETTER_A || letter > LETTER_Z) return true;
    if ((letter === LETTER_N || letter === LETTER_U) && end - start <= LONGEST_MARKER) return true;
  } else if (first === ZERO) {
    const last = bytes[end - 1] as number;
    if (last <= ZERO || last === CLOSING_BRACE || isOfScientific(second)) return true;
  } else if (first < ZERO || isOfScientific(second)) return true;
  for (let at = start + 1; at < end; at++) if ((bytes[at] as number) > 0x7e) return true;
  return false;
}

const ZERO = 0x30;
const NINE = 0x39;
const LETTER_A = 0x61;
const LETTER_N = 0x6e;
const LETTER_U = 0x75;
const LETTER_Z = 0x7a;
const CLOSING_BRACE = 0x7d;
/** `not provided` */
const LONGEST_MARKER = 12;

/** What stands behind the first digit of a number in scientific notation, or of `0.0`: `.` `,` `E`. */
function isOfScientific(byte: number): boolean {
  return byte === 0x2e || byte === 0x2c || (byte | 0x20) === 0x65;
}

/** Whether a key cell, trimmed, is an error of a spreadsheet's formula. */
export function isErrorCell(key: string): boolean {
  return key !== "" && ERROR_CELL.test(key);
}

const LEAST_CUT = 10;
const CUT_SHARE = 0.9;

/** A spreadsheet keeps so many digits of a number. */
const DIGITS_KEPT = 15;

/** So many keys are told apart; with more, rows are counted. */
const TOLD_APART = 1000;

/** What `CutKeys` has counted: keys of more digits than a spreadsheet keeps, and those with only zeros behind. */
export interface CutCount {
  readonly long: number;
  readonly cut: number;
}

/** Different keys of 16 digits and more, of which a spreadsheet keeps 15. */
export class CutKeys {
  readonly #seen = new Set<string>();
  #long = 0;
  #cut = 0;

  observe(key: string): void {
    if (!/^[1-9]\d{15,}$/.test(key)) return;
    if (this.#seen.size < TOLD_APART) {
      if (this.#seen.has(key)) return;
      this.#seen.add(key);
    }
    this.#long++;
    if (/^\d{15}0+$/.test(key)) this.#cut++;
  }

  /** The same of a cell that lies in bytes. */
  observeBytes(bytes: Uint8Array, start: number, end: number): void {
    if (end - start <= DIGITS_KEPT || bytes[start] === ZERO) return;
    for (let at = start; at < end; at++) {
      const byte = bytes[at] as number;
      if (byte < ZERO || byte > NINE) return;
    }
    if (this.#seen.size < TOLD_APART) {
      this.observe(asciiOf(bytes, start, end));
      return;
    }
    this.#long++;
    for (let at = start + DIGITS_KEPT; at < end; at++) if (bytes[at] !== ZERO) return;
    this.#cut++;
  }

  get count(): CutCount {
    return { long: this.#long, cut: this.#cut };
  }

  get areCut(): boolean {
    return areCut(this.count);
  }
}

/** Whether keys look as if a spreadsheet had cut them to 15 digits: each may be several people's. */
export function areCut({ long, cut }: CutCount): boolean {
  return long >= LEAST_CUT && cut >= long * CUT_SHARE;
}
