/** Cells that say "nothing": the closed list of what exports write for an empty value. */
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

/** Whether a cell is empty, blank, or says that it is. */
export function isAbsent(cell: string): boolean {
  const text = trimBlank(cell);
  return text.length <= LONGEST_MARKER && ABSENT_MARKERS.has(text.toLowerCase());
}

/** Also of a phone cell: a number made of one repeated digit (`0000000000`, `(999) 999-9999`). */
export function isAbsentPhone(cell: string): boolean {
  return isAbsent(cell) || isOneDigitRepeated(cell);
}

const BETWEEN_DIGITS = /^[()+\-./']$/;

function isOneDigitRepeated(cell: string): boolean {
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
