/**
 * Does a text that is about to be written as it stands look like an e-mail address or a phone number?
 * Used where a user may have named the wrong column. Linear time, no library: these are nets, not
 * validators.
 */

/** An address anywhere in the text: something, `@` (also `%40`, `＠`), a name with a dot. */
export function looksLikeEmail(text: string): boolean {
  for (let at = 1; at < text.length; at++) {
    const length = atSignLength(text, at);
    if (length === 0) continue;
    if (isBeforeAt(text.charCodeAt(at - 1)) && hasDottedName(text, at + length)) return true;
  }
  return false;
}

function atSignLength(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === 0x40 || code === 0xff20) return 1;
  return code === 0x25 && text.startsWith("%40", at) ? 3 : 0;
}

function isBeforeAt(code: number): boolean {
  return code > 0x20 && code !== 0x40 && code !== 0x2c && code !== 0x3b;
}

/** Letters, digits, hyphens, anything outside ASCII, with a dot among them that letters follow. */
function hasDottedName(text: string, from: number): boolean {
  let name = 0;
  let lettersAfterDot = -1;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x2e) {
      if (name === 0) return false;
      lettersAfterDot = 0;
    } else if (isNameCode(code)) {
      name++;
      if (lettersAfterDot >= 0 && ++lettersAfterDot >= 2) return true;
    } else return false;
  }
  return false;
}

function isNameCode(code: number): boolean {
  const lower = code | 32;
  return (lower >= 97 && lower <= 122) || isDigit(code) || code === 0x2d || code > 0x7f;
}

/**
 * The whole text is a phone number in a form that ids are not written in:
 *
 * - `+` or `tel:` and 7 to 15 digits;
 * - a part in parentheses: `(425) 555-0100`;
 * - groups of 3, 3 and 4 digits, with or without a 1 before them: `425-555-0100`, `1.425.555.0100`;
 * - a trunk 0 and groups, 9 to 12 digits: `020 7946 0018`, `030/12345678`;
 * - a trunk 0 and digits alone, 10 or 11: `07700900123`; or 00 and 10 to 13 more: `0014255550100`.
 *
 * Other digits alone are no sign of a phone number: record ids of CRMs and orders have 7 to 18 digits,
 * and `4255550100` may be one. Ids padded with zeros (`0000012345`), dated ids (`2026-000123`) and
 * grouped ids (`1234-5678-9012`) pass.
 */
export function looksLikePhone(text: string): boolean {
  const plain = text.trim().replace(/[\u00a0\u2000-\u200a\u2010-\u2015\u202f]/g, separatorToAscii);
  if (plain.length > 40) return false;
  const number = plain
    .replace(/^tel:\s*/i, "")
    .replace(/\s{0,3}(?:x|ext\.?|#)\s{0,2}\d{1,6}$/i, "");
  if (!/^\(?\s?\+?[\d\s().\-/]+$/.test(number)) return false;
  const digits = number.replace(/\D/g, "");
  if (digits.length < 7 || digits.length > 15) return false;
  if (number.startsWith("+") || number.length < plain.length) return true;
  if (number === digits) return /^0[1-9]\d{8,9}$/.test(digits) || /^00[1-9]\d{9,12}$/.test(digits);
  if (/\(\s?\+?\d{1,5}\s?\)/.test(number)) return true;
  if (/^(?:1[\s.\-/])?\d{3}[\s.\-/]\d{3}[\s.\-/]\d{4}$/.test(number)) return true;
  return /^0[1-9]/.test(digits) && digits.length >= 9 && digits.length <= 12;
}

/** A text of 7 to 15 digits and nothing else: a phone number if its neighbours are. */
export function isBareNumber(text: string): boolean {
  const { length } = text;
  if (length < 7 || length > 15) return false;
  for (let at = 0; at < length; at++) if (!isDigit(text.charCodeAt(at))) return false;
  return true;
}

/** Shorter ids are in too many numbers by chance. */
const LEAST_DIGITS = 7;
const LONGEST_CALLING_CODE = 3;

/**
 * The text is one of the cells that hold addresses and numbers, or the digits of one, and either of the
 * two may have its country code.
 */
export function isOneOfCells(text: string, personal: readonly string[]): boolean {
  const lower = text.toLowerCase();
  const digits = /\p{L}/u.test(text) ? "" : significantDigits(text);
  return personal.some((cell) => {
    const other = cell.trim().toLowerCase();
    if (other === "") return false;
    return other === lower || areOneNumber(digits, significantDigits(cell));
  });
}

function areOneNumber(a: string, b: string): boolean {
  if (a.length < LEAST_DIGITS || b.length < LEAST_DIGITS) return false;
  return b.endsWith(a) || (a.endsWith(b) && a.length - b.length <= LONGEST_CALLING_CODE);
}

/** Without the zeros that are dialled before a number: 07700 900123 and 00447700900123. */
function significantDigits(text: string): string {
  return text.replace("(0)", "").replace(/\D/g, "").replace(/^0+/, "");
}

function separatorToAscii(char: string): string {
  const code = char.charCodeAt(0);
  return code >= 0x2010 && code <= 0x2015 ? "-" : " ";
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
