/** Takes an address out of what address books, links, spreadsheets and lists put around it. */
import type { Repair } from "../base/reasons.ts";
import { isBlank, trimBlank } from "./clean.ts";
import { type Refusal, refuse } from "./types.ts";

/** Real cells have one wrapper, at most three (`"Name" <mailto:x>`, in quotes). */
const MOST_LAYERS = 4;

const MAILTO = /^mailto:(?:\/\/)?/i;
const LABEL = /^(?:e-?mail|mail|smtp)\s*:/i;
/** Of spreadsheets (`'`, `=`) and of lists. A hyphen may begin an address; one with a blank behind it does not. */
const MARK = /^(?:['=*\u2022]|-(?=[\s\u00a0]))/;

/** What a quotation mark may be closed with. German, French and English use some of them either way. */
const QUOTES: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  "`": "`'\u00b4",
  "\u00b4": "\u00b4",
  "\u201c": "\u201d\u201c",
  "\u201d": "\u201d\u201c",
  "\u201e": "\u201c\u201d",
  "\u201f": "\u201d",
  "\u2018": "\u2019\u2018",
  "\u2019": "\u2019\u2018",
  "\u201a": "\u2018\u2019",
  "\u201b": "\u2019",
  "\u00ab": "\u00bb",
  "\u00bb": "\u00ab\u00bb",
  "\u2039": "\u203a",
  "\u203a": "\u2039\u203a",
  "\u300c": "\u300d",
  "\u300e": "\u300f",
  "\uff02": "\uff02",
};

const BRACKETS: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** Round brackets are a comment in RFC 5322 and need no blank; `x@[192.0.2.1]` is another thing. */
const NOTE = /^([^\s(]*@[^\s(]*)\s*\([^()@]*\)$|^(\S*@\S*)\s+(?:\[[^[\]@]*\]|\{[^{}@]*\})$/;

/** An address that was taken out of something, and of what kind that was. */
export interface Unwrapped {
  readonly ok: true;
  readonly text: string;
  readonly repaired: readonly Repair[];
}

/**
 * `mailto:x`, `Name <x>`, `"x"`, `(x)`, `Email: x`, `x (work)`, `* x` and `x;` yield `x`. The text is
 * trimmed and of bounded length.
 *
 * @returns undefined for a text without a wrapper
 */
export function unwrapAddress(trimmed: string): Unwrapped | Refusal | undefined {
  const repaired: Repair[] = [];
  const add = (repair: Repair) => {
    if (!repaired.includes(repair)) repaired.push(repair);
  };
  let text = trimmed;
  for (let layer = 0; layer < MOST_LAYERS; layer++) {
    const bare = trimSeparators(text);
    if (bare !== text) {
      add("email-separator");
      text = bare;
    }
    const inner = peel(text);
    if (typeof inner === "object") return inner;
    if (inner !== undefined) add("email-wrapper");
    else if (MARK.test(text)) add("email-mark");
    else break;
    text = trimBlank(inner ?? text.slice(1));
  }
  return repaired.length === 0 ? undefined : { ok: true, text, repaired };
}

/** Commas, semicolons and blanks off both ends, one dot off the end; by hand, to stay linear. */
function trimSeparators(text: string): string {
  const cut = (index: number) => /[,;]/.test(text.charAt(index)) || isBlank(text.charAt(index));
  let start = 0;
  let end = text.length;
  while (start < end && cut(start)) start++;
  while (end > start && cut(end - 1)) end--;
  if (end > start && text.charAt(end - 1) === "." && text.includes("@")) end--;
  return text.slice(start, end);
}

/** One layer off, or undefined when there is none. */
function peel(text: string): string | Refusal | undefined {
  if (MAILTO.test(text)) return mailtoAddress(text);
  const label = LABEL.exec(text)?.[0];
  if (label !== undefined) return text.slice(label.length);
  if (text.endsWith(">")) return angleAddress(text);
  const closing = BRACKETS[text.charAt(0)] ?? QUOTES[text.charAt(0)];
  if (closing !== undefined && text.length > 2) {
    const last = text.charAt(text.length - 1);
    const inner = text.slice(1, -1);
    if (closing.includes(last) && isWhole(inner, text.charAt(0) + last)) return inner;
  }
  const note = NOTE.exec(text);
  return note?.[1] ?? note?.[2];
}

/** Holds an address, and none of the marks that stand around it. */
function isWhole(inner: string, marks: string): boolean {
  return inner.includes("@") && ![...marks].some((mark) => inner.includes(mark));
}

/**
 * The address of a mailto link (RFC 6068): up to `?`, percent-decoded, because `jane%2Bnews@…` is the
 * address `jane+news@…`. A link that decodes to nothing readable keeps its percent signs.
 */
function mailtoAddress(text: string): string {
  const address = text.replace(MAILTO, "").split("?", 1)[0] ?? "";
  if (!address.includes("%")) return address;
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/**
 * `x` of `Name <x>`. Address books often put the address itself for the name (`x <x>`); a name that is
 * a different address leaves open which one is meant.
 */
function angleAddress(text: string): string | Refusal | undefined {
  const open = text.indexOf("<");
  if (open < 0) return undefined;
  const name = text.slice(0, open);
  const inner = text.slice(open + 1, -1);
  const nested = inner.startsWith("<") && inner.endsWith(">");
  if (!inner.includes("@") || (!nested && /[<>]/.test(inner))) return undefined;
  if (name.includes("@") && bareAddress(name) !== bareAddress(inner))
    return refuse("email-more-than-one");
  return inner;
}

function bareAddress(text: string): string {
  return trimBlank(text.replace(/["'<>]/g, ""))
    .replace(MAILTO, "")
    .toLowerCase();
}

const BETWEEN_ADDRESSES = /[\s,;|/<>()[\]]+/;

/** Whether a text with several `@` is a list of addresses rather than one broken address. */
export function holdsSeveralAddresses(text: string): boolean {
  const addresses = text
    .split(BETWEEN_ADDRESSES)
    .filter((part) => /^[^@]+@[^@]+$/.test(part.replace(MAILTO, "")));
  return addresses.length > 1;
}
