/**
 * Shortcuts beside `email.ts` for addresses of plain form, which nearly all are. What they do not decide
 * goes the whole way; `test/identity/email-fast.test.ts` holds them to `validator` and to
 * `normalizeEmail`.
 */

/** RFC 5321, 4.5.3.1.1, and what `validator` allows for the whole. */
const LONGEST_LOCAL = 64;
const LONGEST_ADDRESS = 254;
const LONGEST_LABEL = 63;
/** Room for spaces around an address, and for what is cut off before the `@`. */
const LONGEST_CELL = 400;

const TAB = 0x09;
const SPACE = 0x20;
const PLUS = 0x2b;
const HYPHEN = 0x2d;
const DOT = 0x2e;
const UNDERSCORE = 0x5f;

/**
 * Whether a normalized text is an address of plain form: ASCII letters in lower case, digits and
 * `. _ + -` before the `@`, a domain name with a top level of letters behind it. `validator.isEmail`
 * holds for all of these. False says nothing.
 */
export function isPlainEmail(text: string): boolean {
  const at = text.indexOf("@");
  if (at < 1 || at > LONGEST_LOCAL || text.length > LONGEST_ADDRESS) return false;
  let previous = DOT;
  for (let i = 0; i < at; i++) {
    const code = text.charCodeAt(i);
    if (code === DOT) {
      if (previous === DOT) return false;
    } else if (!isLowerOrDigit(code) && code !== UNDERSCORE && code !== PLUS && code !== HYPHEN) {
      return false;
    }
    previous = code;
  }
  return previous !== DOT && isPlainDomain(text, at + 1);
}

/**
 * The whole of `normalizeEmail` by the rule set "microsoft-2026-06" for a cell of plain form: the
 * normalized address, with nothing to report as repaired. Undefined says nothing.
 */
export function fastMicrosoftEmail(cell: string): string | undefined {
  let start = 0;
  let end = cell.length;
  if (end > LONGEST_CELL) return undefined;
  while (start < end && isBlank(cell.charCodeAt(start))) start++;
  while (end > start && isBlank(cell.charCodeAt(end - 1))) end--;
  const at = cell.indexOf("@", start);
  if (at < 0) return undefined;
  // In this class there is no wrapper and nothing invisible, and with an @ in it no cell is absent or
  // a hash. What is left of the rule is to cut and to fold.
  let cut = at;
  let dots = false;
  let upper = false;
  for (let i = start; i < at; i++) {
    const code = cell.charCodeAt(i);
    if (isLowerOrDigit(code) || code === UNDERSCORE || code === HYPHEN) continue;
    if (code === DOT) dots = true;
    else if (isUpper(code)) upper = true;
    else if (code !== PLUS) return undefined;
    else if (cut === at) cut = i;
  }
  let local = cell.slice(start, cut);
  if (dots) local = local.replaceAll(".", "");
  if (local.length < 1 || local.length > LONGEST_LOCAL) return undefined;
  for (let i = at + 1; i < end && !upper; i++) upper = isUpper(cell.charCodeAt(i));
  const text = local + cell.slice(at, end);
  const lower = upper ? text.toLowerCase() : text;
  const known = lower.length <= LONGEST_ADDRESS && isPlainDomain(lower, local.length + 1);
  return known ? lower : undefined;
}

/** Labels of letters, digits and inner hyphens; the last one of two letters or more. */
function isPlainDomain(text: string, from: number): boolean {
  let label = from;
  let letters = true;
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === DOT) {
      if (!isLabel(text, label, i)) return false;
      label = i + 1;
      letters = true;
    } else if (code === HYPHEN || isDigit(code)) {
      letters = false;
    } else if (!isLower(code)) {
      return false;
    }
  }
  return label > from && letters && text.length - label >= 2 && isLabel(text, label, text.length);
}

function isLabel(text: string, start: number, end: number): boolean {
  const length = end - start;
  if (length < 1 || length > LONGEST_LABEL) return false;
  return text.charCodeAt(start) !== HYPHEN && text.charCodeAt(end - 1) !== HYPHEN;
}

function isLowerOrDigit(code: number): boolean {
  return isLower(code) || isDigit(code);
}

function isLower(code: number): boolean {
  return code >= 0x61 && code <= 0x7a;
}

function isUpper(code: number): boolean {
  return code >= 0x41 && code <= 0x5a;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Space, and TAB to CR. */
function isBlank(code: number): boolean {
  return code === SPACE || (code >= TAB && code <= 0x0d);
}
