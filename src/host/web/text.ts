/** The part of `bytes.ts` that needs nothing but ECMAScript: no Buffer, no TextEncoder. */

const DIGITS = new Uint8Array(16);
for (let value = 0; value < 16; value++) DIGITS[value] = value.toString(16).charCodeAt(0);

export function hexOf(bytes: Uint8Array, start = 0, end: number = bytes.length): string {
  const codes: number[] = [];
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    codes.push(DIGITS[byte >>> 4] as number, DIGITS[byte & 15] as number);
  }
  return fromUnits(codes);
}

export function textCopy(text: string): string {
  const units: number[] = [];
  for (let at = 0; at < text.length; at++) units.push(text.charCodeAt(at));
  return fromUnits(units);
}

/** Some engines take no more arguments than this. */
const MOST_UNITS = 8192;

/** A flat text: one that was put together by `+` costs several times its memory. */
function fromUnits(units: readonly number[]): string {
  if (units.length <= MOST_UNITS) return String.fromCharCode(...units);
  let text = "";
  for (let at = 0; at < units.length; at += MOST_UNITS) {
    text += String.fromCharCode(...units.slice(at, at + MOST_UNITS));
  }
  return text;
}

/**
 * Writes the UTF-8 of a text to the front of `target`, which must have room. A lone surrogate becomes U+FFFD.
 * For short texts, where it is quicker than TextEncoder.
 *
 * @returns how many bytes that are
 */
export function encodeShort(text: string, target: Uint8Array): number {
  let at = 0;
  for (let index = 0; index < text.length; index++) {
    const code = characterAt(text, index);
    if (code < 0x80) {
      target[at++] = code;
      continue;
    }
    if (code < 0x800) {
      target[at++] = 0xc0 | (code >>> 6);
    } else if (code < 0x10000) {
      target[at++] = 0xe0 | (code >>> 12);
      target[at++] = 0x80 | ((code >>> 6) & 0x3f);
    } else {
      index++;
      target[at++] = 0xf0 | (code >>> 18);
      target[at++] = 0x80 | ((code >>> 12) & 0x3f);
      target[at++] = 0x80 | ((code >>> 6) & 0x3f);
    }
    target[at++] = 0x80 | (code & 0x3f);
  }
  return at;
}

/** The code point at an index; U+FFFD for a surrogate that is no half of a pair. */
function characterAt(text: string, index: number): number {
  const code = text.charCodeAt(index);
  if ((code & 0xf800) !== 0xd800) return code;
  const low = text.charCodeAt(index + 1);
  if (code >= 0xdc00 || !(low >= 0xdc00 && low < 0xe000)) return 0xfffd;
  return 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
}
