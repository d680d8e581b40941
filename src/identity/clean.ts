/**
 * Characters that nobody sees or types on purpose, and the digits of other scripts. The lists are
 * closed and written out, instead of `\p{…}`, because the runtime's Unicode version must not decide
 * what is hashed. A test compares them with the properties of the runtime that runs it.
 */

/**
 * Unicode's `Default_Ignorable_Code_Point` (DerivedCoreProperties.txt, 17.0): zero-width space and
 * joiners, all bidi controls, BOM, soft hyphen, variation selectors, Hangul fillers, tags. Plus the
 * interlinear annotation marks U+FFF9 to U+FFFB, invisible too, which that property leaves out.
 */
const INVISIBLE =
  /[\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF0-\uFFFB\u{1BCA0}-\u{1BCA3}\u{1D173}-\u{1D17A}\u{E0000}-\u{E0FFF}]/u;
const INVISIBLE_ALL = new RegExp(INVISIBLE.source, "gu");

/** Unicode's `White_Space` (PropList.txt). JavaScript's `\s` lacks U+0085. */
const SPACE = /[\t-\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]/;
const SPACE_ALL = new RegExp(SPACE.source, "g");

/** Removes every invisible character. */
export function removeInvisible(text: string): string {
  return hasNonAscii(text) ? text.replace(INVISIBLE_ALL, "") : text;
}

/** Whether trimming `cell` to `trimmed` took an invisible character off an end. */
export function lostInvisible(cell: string, trimmed: string): boolean {
  if (cell.length === trimmed.length || !hasNonAscii(cell)) return false;
  return INVISIBLE.test(cell.replace(trimmed, ""));
}

/** Removes all white space, inside too. */
export function removeSpace(text: string): string {
  return text.replace(SPACE_ALL, "");
}

/** Turns every white space character into U+0020. */
export function plainSpaces(text: string): string {
  return text.replace(SPACE_ALL, " ");
}

/** Whether a character (one code point) is white space or invisible. */
export function isBlank(character: string): boolean {
  return SPACE.test(character) || INVISIBLE.test(character);
}

/**
 * Cuts white space and invisible characters off both ends. By hand, because `[…]+$` takes quadratic
 * time on a long run of spaces inside.
 */
export function trimBlank(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end) {
    const code = text.charCodeAt(start);
    if (code > 0x20 && code < 0x7f) break;
    const character = String.fromCodePoint(text.codePointAt(start) ?? 0);
    if (!isBlank(character)) break;
    start += character.length;
  }
  while (end > start) {
    const code = text.charCodeAt(end - 1);
    if (code > 0x20 && code < 0x7f) break;
    const pair = code >= 0xdc00 && code <= 0xdfff && end - start >= 2;
    const character = text.slice(end - (pair ? 2 : 1), end);
    if (!isBlank(character)) break;
    end -= character.length;
  }
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

/**
 * The zeros of all decimal digits (`General_Category=Nd`, UnicodeData.txt 17.0); the other nine follow
 * each of them in order.
 */
export const DIGIT_ZEROS: readonly number[] = [
  0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6,
  0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50,
  0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0,
  0x10d30, 0x10d40, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0,
  0x116d0, 0x116da, 0x11730, 0x118e0, 0x11950, 0x11bf0, 0x11c50, 0x11d50, 0x11da0, 0x11de0, 0x11f50,
  0x16130, 0x16a60, 0x16ac0, 0x16b50, 0x16d70, 0x1ccf0, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6,
  0x1e140, 0x1e2f0, 0x1e4f0, 0x1e5f1, 0x1e950, 0x1fbf0,
];

/** Made when the first digit of another script is read. */
let digits: ReadonlyMap<string, string> | undefined;

function readDigits(): ReadonlyMap<string, string> {
  return new Map(
    DIGIT_ZEROS.flatMap((zero) =>
      Array.from({ length: 10 }, (_, value) => [String.fromCodePoint(zero + value), `${value}`]),
    ) as [string, string][],
  );
}

/** The ASCII digit that a character (one code point) stands for, or undefined. */
export function asciiDigit(character: string): string | undefined {
  if (character < "\x7f") return character >= "0" && character <= "9" ? character : undefined;
  digits ??= readDigits();
  return digits.get(character);
}

const NOT_ASCII = /[^\x00-\x7F]/;
const NOT_ASCII_ALL = /[^\x00-\x7F]/gu;

/** Whether a text has a character outside ASCII. */
export function hasNonAscii(text: string): boolean {
  return NOT_ASCII.test(text);
}

/**
 * Digits of every script to 0-9, and the full-width forms that stand beside them in East Asian data
 * (U+FF01 to U+FF5E: `＋`, `（`, `－`) to ASCII.
 */
export function foldDigits(text: string): string {
  return text.replace(NOT_ASCII_ALL, (character) => {
    const digit = asciiDigit(character);
    if (digit !== undefined) return digit;
    const code = character.charCodeAt(0);
    return code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : character;
  });
}

/**
 * Unicode's `Dash` (PropList.txt, 17.0) that stand for a hyphen in numbers, and the sign of a long vowel in
 * Japanese (U+30FC, half-width U+FF70), which Unicode counts among the letters.
 */
const DASHES =
  /[\u058A\u05BE\u1400\u1806\u2010-\u2015\u2043\u2053\u207B\u208B\u2212\u2E17\u2E1A\u2E3A\u2E3B\u2E40\u2E5D\u301C\u3030\u30A0\u30FC\uFE31\uFE32\uFE58\uFE63\uFF0D\uFF70\u{10D6E}\u{10EAD}]/gu;

/** Every dash to `-`. */
export function foldDashes(text: string): string {
  return text.replace(DASHES, "-");
}
