/**
 * What can be said about a phone cell from its characters alone, before a numbering plan is asked.
 * Texts here are trimmed, at most 250 characters, with digits folded and invisible characters gone.
 */

/** 4.15555E+09, 4,15555E+09: the digits after those shown are lost. */
export function isScientific(text: string): boolean {
  return /^[+-]?\d+(?:[.,]\d+)?e[+-]?\d+$/i.test(text.replaceAll(" ", ""));
}

/** 4255550123.0: a number column read as floating point, all digits kept. */
export function isFloat(text: string): boolean {
  return /^\+?\d+\.0$/.test(text);
}

/** Fewer digits than any two numbers written out have each, and more than an area code has. */
const LEAST_DIGITS = 7;

const BETWEEN_NUMBERS = /[;,|&\n]|\s(?:or|and|oder|und|ou|et)\s/i;
const EXTENSION_PART = /^\s*(?:ext|e?xtn|x|#)/i;

/** Two numbers with something between them that never stands inside one. */
export function holdsTwoNumbers(text: string): boolean {
  const parts = text.split(BETWEEN_NUMBERS);
  return parts.length > 1 && countNumbers(parts) > 1;
}

/**
 * Two numbers with a slash, a second plus, a dash or only a space between them. All of these stand
 * inside one number too (`0711/1234567`), so this is asked only about a text that is not valid as one.
 */
export function seemsTwoNumbers(text: string): boolean {
  return [/\//, /(?=\+)/, / - | {2,}/, / /].some(
    (between) => countNumbers(text.split(between)) > 1,
  );
}

function countNumbers(parts: readonly string[]): number {
  return parts.filter(
    (part) => !EXTENSION_PART.test(part) && part.replace(/\D/g, "").length >= LEAST_DIGITS,
  ).length;
}

/** libphonenumber's own words for an extension, then those of German, French, Italian, Portuguese, Dutch. */
const MARKER =
  "(?:#(?=.*\\d)|~|e?xt(?:ensi(?:ó|o\\u0301?)n|n)?|доб|anexo|int|x|(?<!\\p{L})(?:durchwahl|dw|poste|interno|ramal|toestel))";

/**
 * An extension with its label at the end: `ext. 12`, `x12`, `#12`, `;ext=12`, `(DW 12)`, and labels that
 * nobody filled in (`ext.`). What has no label (`,,12`, `-12#`) is left to the library.
 */
const EXTENSION = new RegExp(
  `(?:;ext=|[ ,-]*${MARKER}[:.]?[ ,-]*)\\d{0,20}#?$|[ ,-]*[([{] ?${MARKER}[:.]?[ ,-]*\\d{0,20}#? ?[)\\]}]$`,
  "iu",
);

/** The text before an extension, or undefined when there is none. */
export function withoutExtension(text: string): string | undefined {
  const start = text.search(EXTENSION);
  if (start <= 0) return undefined;
  const number = text.slice(0, start);
  return /\d/.test(number) ? number : undefined;
}

/**
 * Takes RFC 3966 parameters in: `5550123;phone-context=+1425` becomes `+14255550123`, an ISDN subaddress
 * goes. libphonenumber-js would do it, but finds a phone-context on every other call only (1.13.16: its
 * pattern keeps its place between calls), so it never sees one.
 */
export function resolveParameters(text: string): string {
  if (!text.includes(";")) return text;
  const context = /;phone-context=([^;]*)/i.exec(text);
  const number = text.replace(/;phone-context=[^;]*/i, "").replace(/;isub=[^;]*/i, "");
  const prefix = context?.[1]?.trim() ?? "";
  return prefix.startsWith("+") ? prefix + number : number;
}

/** Whether a number says its country itself, by `+` in front. */
export function isInternational(text: string): boolean {
  return /^[^\d+]*\+/.test(text);
}

/** Whether the first digits are `00`, the most common way to dial out of a country. */
export function beginsWithDoubleZero(text: string): boolean {
  return /^[^\d+]*00/.test(text);
}

/** `++49`, `+ +49`, `+0049`, `+ 00 49` → `+49`. No calling code begins with a zero. */
export function dropRepeatedPlus(text: string): string {
  return text.replace(/^([^\d+]*)\+(?: *(?:\+|00))+ */, "$1+");
}
