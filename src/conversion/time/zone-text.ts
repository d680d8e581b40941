/** The zone behind a time. The forms are listed in `time-format.ts`. */
import { COLON, type Cursor, isDigit, isLetter, MINUS, SLASH } from "../cursor.ts";
import type { TimeText } from "./text.ts";

/** Zone or nothing, then the end of the text. */
export function readZone(cursor: Cursor, out: TimeText): boolean {
  cursor.skipSpaces();
  if (cursor.code() === -1) return true;
  if (isLetter(cursor.code()) && !letterZone(cursor, out)) return false;
  if (out.zoneName !== "") return cursor.code() === -1;
  offset(cursor, out);
  if (Number.isNaN(out.offset)) return false;
  bracketedName(cursor);
  return cursor.code() === -1;
}

/** `Z`, `UTC`, `GMT`, `UT` give offset 0, which a following offset replaces; else a zone's name. */
function letterZone(cursor: Cursor, out: TimeText): boolean {
  const rest = cursor.text.slice(cursor.at);
  const letters = cursor.lettersAhead();
  const word = rest.slice(0, letters).toLowerCase();
  const next = cursor.code(letters);
  if (word === "z" || ((word === "utc" || word === "gmt" || word === "ut") && next !== SLASH)) {
    out.offset = 0;
    cursor.at += letters;
    return word !== "z" || next === -1 || next === 91;
  }
  if (letters < 4 && next !== SLASH) return false;
  for (let i = 0; i < rest.length; i++) if (!isZoneNameCode(rest.charCodeAt(i))) return false;
  out.zoneName = rest;
  cursor.at = cursor.text.length;
  return true;
}

/** `+01`, `+0100`, `+01:00`; behind UTC or GMT also `+1`. At most 14 hours, as far as zones reach. */
function offset(cursor: Cursor, out: TimeText): void {
  const sign = cursor.code();
  if (sign !== 43 && sign !== MINUS) return;
  const afterWord = out.offset === 0;
  out.offset = Number.NaN;
  cursor.at++;
  const digits = cursor.digitsAhead();
  let hours: number;
  let minutes = 0;
  if (digits === 4) {
    hours = cursor.number(2);
    minutes = cursor.number(2);
  } else if (digits === 2 || (digits === 1 && afterWord)) {
    hours = cursor.number(digits);
    if (cursor.code() === COLON) {
      cursor.at++;
      if (cursor.digitsAhead() !== 2) return;
      minutes = cursor.number(2);
    }
  } else return;
  const seconds = hours * 3600 + minutes * 60;
  if (minutes > 59 || seconds > 14 * 3600) return;
  out.offset = sign === MINUS ? 0 - seconds : seconds;
}

/** Java's `2026-11-19T13:05-05:00[America/New_York]`: the offset decides, the name is passed over. */
function bracketedName(cursor: Cursor): void {
  if (cursor.code() !== 91 || !cursor.text.endsWith("]")) return;
  const last = cursor.text.length - 1;
  for (let i = cursor.at + 1; i < last; i++) {
    if (!isZoneNameCode(cursor.text.charCodeAt(i))) return;
  }
  cursor.at = cursor.text.length;
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
