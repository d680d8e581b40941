/** E-mail cell -> the text whose SHA-256 a destination expects. */
import isEmailModule from "validator/lib/isEmail.js";
import type { CellReason, Repair } from "../base/reasons.ts";
import { usesReference } from "../base/reference.ts";
import type { EmailRuleSet } from "../base/types.ts";
import { isAbsent } from "./absent.ts";
import {
  hasNonAscii,
  isBlank,
  lostInvisible,
  removeInvisible,
  removeSpace,
  trimBlank,
} from "./clean.ts";
import { looksLikeDigest } from "./digest.ts";
import { fastMicrosoftEmail } from "./email-fast.ts";
import { EMAIL_RULES, type EmailRules } from "./rules.ts";
import { NO_REPAIRS, type NormalizeResult, refuse, type Trace } from "./types.ts";

/**
 * Longest text that is looked at, in UTF-16 units. An address has at most 254 (RFC 3696, erratum 1690);
 * the rest is room for a display name or the subject of a mailto link. It bounds the work per cell.
 */
const LONGEST_CELL = 2000;

/**
 * Normalizes an e-mail cell by a rule set. `trace` gets the text after every step that applies.
 *
 * The steps, their order and their reasons are common to all rule sets; what is deleted before the `@`
 * is the rule set's own.
 */
export function normalizeEmail(cell: string, rules: EmailRuleSet, trace?: Trace): NormalizeResult {
  if (trace === undefined && rules === "microsoft-2026-11" && !usesReference()) {
    const plain = fastMicrosoftEmail(cell);
    if (plain !== undefined) return { ok: true, text: plain, repaired: NO_REPAIRS };
  }
  const trimmed = trimBlank(cell);
  if (isAbsent(trimmed)) return refuse("absent");
  if (looksLikeDigest(trimmed)) return refuse("already-hashed");
  if (trimmed.length > LONGEST_CELL) return refuse("email-invalid");
  trace?.("trim", trimmed);

  const unwrapped = unwrapAddress(trimmed);
  if (unwrapped?.ok === false) return refuse(unwrapped.reason);
  const bare = unwrapped?.text ?? trimmed;
  if (unwrapped !== undefined) trace?.("unwrap", bare);

  const visible = removeInvisible(bare);
  const solid = removeSpace(visible);
  trace?.("remove invisible characters and white space", solid);
  const lower = solid.toLowerCase();
  trace?.("lower case", lower);

  const at = lower.indexOf("@");
  if (at < 0) return refuse("email-at-sign");
  if (lower.includes("@", at + 1)) {
    return refuse(holdsSeveralAddresses(visible) ? "email-more-than-one" : "email-at-sign");
  }
  const domain = lower.slice(at + 1);
  const local = normalizeLocalPart(lower.slice(0, at), domain, EMAIL_RULES[rules], trace);
  const text = `${local}@${domain}`;
  const reason = refusalOf(local, domain, text);
  if (reason !== undefined) return refuse(reason);
  trace?.("normalized", text);
  const invisible = visible.length !== bare.length || lostInvisible(cell, trimmed);
  const repaired = repairs(unwrapped?.repaired, invisible, solid.length !== visible.length);
  return { ok: true, text, repaired };
}

/** What the rule set deletes before the `@`. */
function normalizeLocalPart(
  local: string,
  domain: string,
  rules: EmailRules,
  trace?: Trace,
): string {
  let text = local;
  if (rules.aliasDomains === "every" || rules.aliasDomains.has(domain)) {
    const plus = text.indexOf("+");
    if (plus >= 0) text = text.slice(0, plus);
    trace?.("cut at the first + before the @", `${text}@${domain}`);
    text = text.replaceAll(".", "");
    trace?.("remove dots before the @", `${text}@${domain}`);
  }
  if (rules.dropsAccents && hasNonAscii(text)) {
    text = text.normalize("NFD").replace(/\p{M}/gu, "").normalize("NFC");
    trace?.("remove accents before the @", `${text}@${domain}`);
  }
  return text;
}

function refusalOf(local: string, domain: string, text: string): CellReason | undefined {
  // `""@…` is an empty local part in quotes, which validator lets pass.
  if (local === "" || local === '""') return "email-local-empty";
  if (!isDotted(domain)) return "email-domain-invalid";
  if (hasNonAscii(domain)) return "email-domain-not-ascii";
  if (hasNonAscii(local)) return "email-not-ascii";
  return referenceIsEmail(text) ? undefined : "email-invalid";
}

/** A dot inside, none at either end, no two together. */
function isDotted(domain: string): boolean {
  return (
    domain.includes(".") &&
    !domain.startsWith(".") &&
    !domain.endsWith(".") &&
    !domain.includes("..")
  );
}

// The module is CommonJS: its types know the function as `default` only, and at run time it is there too.
const isEmail = isEmailModule.default;

/** validator's decision on a normalized text, which is ASCII (its length check throws on a lone surrogate). */
export function referenceIsEmail(text: string): boolean {
  return isEmail(text);
}

function repairs(
  unwrapped: readonly Repair[] = NO_REPAIRS,
  invisible: boolean,
  space: boolean,
): readonly Repair[] {
  if (!invisible && !space) return unwrapped;
  const all = [...unwrapped];
  if (invisible) all.push("email-invisible");
  if (space) all.push("email-space");
  return all;
}

/** Takes an address out of what address books and links put around it. */

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
