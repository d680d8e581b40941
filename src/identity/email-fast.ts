/**
 * A shortcut beside `email.ts` for addresses of plain form, which nearly all are. What it does not decide
 * goes the whole way; `test/identity/email-fast.test.ts` holds it to `normalizeEmail`.
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

/** Domains whose local part loses its dots and its `+suffix`, as a rule set names them. */
type AliasDomains = "every" | ReadonlySet<string>;

/**
 * The whole of `normalizeEmail` for a cell of plain form: the normalized address, with nothing to report
 * as repaired. Undefined says nothing.
 */
export function fastEmail(cell: string, aliasDomains: AliasDomains): string | undefined {
  if (cell.length > LONGEST_CELL) return undefined;
  const text = cell.toLowerCase();
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  // In this class there is no wrapper and nothing invisible, and with an @ in it no cell is absent or
  // a hash. What is left of the rule is to cut.
  const at = text.indexOf("@", start);
  if (at < 0 || !isPlainDomain(text, at + 1, end)) return undefined;
  const cuts = aliasDomains === "every" || aliasDomains.has(text.slice(at + 1, end));
  const local = cuts ? cutLocal(text, start, at) : plainLocal(text, start, at);
  if (local === undefined || local === "" || local.length > LONGEST_LOCAL) return undefined;
  if (local.length + end - at > LONGEST_ADDRESS) return undefined;
  return local.length === at && end === text.length ? text : local + text.slice(at, end);
}

/** The local part without its dots and its suffix. */
function cutLocal(text: string, start: number, at: number): string | undefined {
  let local = "";
  let from = start;
  let cut = at;
  for (let i = start; i < at; i++) {
    const code = text.charCodeAt(i);
    if (code === DOT) {
      if (i > cut) continue;
      local += text.slice(from, i);
      from = i + 1;
    } else if (code === PLUS) {
      if (i < cut) cut = i;
    } else if (!isLowerOrDigit(code) && code !== UNDERSCORE && code !== HYPHEN) {
      return undefined;
    }
  }
  return local + text.slice(from, cut);
}

/** The local part as it stands, with dots anywhere. */
function plainLocal(text: string, start: number, at: number): string | undefined {
  let hasOther = false;
  for (let i = start; i < at; i++) {
    const code = text.charCodeAt(i);
    if (code === DOT) continue;
    hasOther = true;
    if (!isLowerOrDigit(code) && code !== UNDERSCORE && code !== HYPHEN && code !== PLUS) {
      return undefined;
    }
  }
  return hasOther ? text.slice(start, at) : undefined;
}

/** Labels of letters, digits and inner hyphens; the last one of two letters or more. */
function isPlainDomain(text: string, from: number, end: number): boolean {
  let label = from;
  let letters = true;
  for (let i = from; i < end; i++) {
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
  return label > from && letters && end - label >= 2 && isLabel(text, label, end);
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

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Space, and TAB to CR. */
function isBlank(code: number): boolean {
  return code === SPACE || (code >= TAB && code <= 0x0d);
}
