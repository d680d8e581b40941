/** Cells that say "nothing": the closed list of what exports write for an empty value. */

import type { RowBatch } from "../read/types.ts";
import { asciiDigit, isBlank, trimBlank } from "./clean.ts";

/** Compared in lower case, after trimming. */
export const ABSENT_MARKERS: ReadonlySet<string> = new Set([
  "",
  "null",
  "undefined",
  "nan",
  "none",
  "n/a",
  "na",
  "nil",
  "(null)",
  "#n/a",
  "-",
  "--",
  ".",
  "unknown",
  "not provided",
]);

const LONGEST_MARKER = Math.max(...Array.from(ABSENT_MARKERS, (marker) => marker.length));

/** By character code below 127: whether a marker can begin with it, or it has to be trimmed off. */
const BEGINNINGS = new Uint8Array(0x7f).fill(1, 0, 0x21);
for (const marker of ABSENT_MARKERS) {
  for (const text of [marker, marker.toUpperCase()]) BEGINNINGS[text.charCodeAt(0) || 0] = 1;
}

/** Whether a cell is empty, blank, or says that it is. */
export function isAbsent(cell: string): boolean {
  // Asked of every cell; the first character tells of nearly all of them.
  if (BEGINNINGS[cell.charCodeAt(0)] === 0) return false;
  const text = trimBlank(cell);
  return text.length <= LONGEST_MARKER && ABSENT_MARKERS.has(text.toLowerCase());
}

/** Also of a phone cell: a number made of one repeated digit (`0000000000`, `(999) 999-9999`). */
export function isAbsentPhone(cell: string): boolean {
  return isAbsent(cell) || isOneDigitRepeated(cell);
}

const BETWEEN_DIGITS = /^[()+\-./']$/;

function isOneDigitRepeated(cell: string): boolean {
  if (beginsWithTwoDigits(cell)) return false;
  let seen: string | undefined;
  for (const character of trimBlank(cell)) {
    const digit = asciiDigit(character);
    if (digit === undefined) {
      if (!BETWEEN_DIGITS.test(character) && !isBlank(character)) return false;
    } else if (seen === undefined) seen = digit;
    else if (seen !== digit) return false;
  }
  return seen !== undefined;
}

/** Whether a text begins with two different digits (of ASCII), as most numbers do, behind a `+` or `(`. */
function beginsWithTwoDigits(cell: string): boolean {
  const at = cell.charCodeAt(0) === 0x2b || cell.charCodeAt(0) === 0x28 ? 1 : 0;
  const first = cell.charCodeAt(at);
  const second = cell.charCodeAt(at + 1);
  const digits = first >= 0x30 && first <= 0x39 && second >= 0x30 && second <= 0x39;
  return digits && first !== second;
}

const NONE: readonly number[] = [];

/** First cell of a row's columns that is not absent; "" where there is none. */
export function firstCell(batch: RowBatch, row: number, columns: readonly number[] = NONE): string {
  for (let i = 0; i < columns.length; i++) {
    const cell = batch.cell(row, columns[i] as number);
    if (!isAbsent(cell)) return cell;
  }
  return "";
}
