/** Takes an address out of what address books and links put around it. */
import type { CellReason, Repair } from "../base/reasons.ts";
import { isBlank, trimBlank } from "./clean.ts";

/** Real cells have one wrapper, at most three (`"Name" <mailto:x>`, in quotes). */
const MOST_LAYERS = 4;

const MAY_BE_WRAPPED = /[<>,;:"']/;
const MAILTO = /^mailto:(?:\/\/)?/i;

export type Unwrapped =
  | { readonly ok: true; readonly text: string; readonly repaired: readonly Repair[] }
  | { readonly ok: false; readonly reason: CellReason };

/**
 * `mailto:x`, `Name <x>`, `<x>`, `"x"` and `'x'` yield `x`; a comma or semicolon at an end is dropped.
 * The text is trimmed and of bounded length. A text without a wrapper comes back as it is.
 */
export function unwrapAddress(trimmed: string): Unwrapped | undefined {
  if (!MAY_BE_WRAPPED.test(trimmed)) return undefined;
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
    if (inner === undefined) break;
    if (inner === "email-more-than-one") return { ok: false, reason: inner };
    add("email-wrapper");
    text = trimBlank(inner);
  }
  return repaired.length === 0 ? undefined : { ok: true, text, repaired };
}

/** Commas, semicolons and blanks off both ends; by hand, to stay linear. */
function trimSeparators(text: string): string {
  const cut = (index: number) => /[,;]/.test(text.charAt(index)) || isBlank(text.charAt(index));
  let start = 0;
  let end = text.length;
  while (start < end && cut(start)) start++;
  while (end > start && cut(end - 1)) end--;
  return text.slice(start, end);
}

/** One layer off, or undefined when there is none. */
function peel(text: string): string | undefined {
  if (MAILTO.test(text)) return mailtoAddress(text);
  const last = text.at(-1);
  if (last === ">") return angleAddress(text);
  const quoted = (last === '"' || last === "'") && text[0] === last && text.length > 2;
  if (!quoted) return undefined;
  const inner = text.slice(1, -1);
  return inner.includes("@") && !inner.includes(last) ? inner : undefined;
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
function angleAddress(text: string): string | undefined {
  const open = text.indexOf("<");
  if (open < 0) return undefined;
  const name = text.slice(0, open);
  const inner = text.slice(open + 1, -1);
  const nested = inner.startsWith("<") && inner.endsWith(">");
  if (!inner.includes("@") || (!nested && /[<>]/.test(inner))) return undefined;
  if (name.includes("@") && bareAddress(name) !== bareAddress(inner)) return "email-more-than-one";
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
