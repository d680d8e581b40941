/** E-mail cell -> the text whose SHA-256 a destination expects. */
import isEmailModule from "validator/lib/isEmail.js";
import type { CellReason } from "../base/reasons.ts";
import type { EmailRuleSet } from "../base/types.ts";
import { isAbsent } from "./absent.ts";
import { hasNonAscii, lostInvisible, removeInvisible, removeSpace, trimBlank } from "./clean.ts";
import { looksLikeDigest } from "./digest.ts";
import { settleBlanks } from "./email-blanks.ts";
import { fastEmail } from "./email-fast.ts";
import { holdsSeveralAddresses, unwrapAddress } from "./email-wrappers.ts";
import { EMAIL_RULES, type EmailRules } from "./rules.ts";
import { NO_REPAIRS, type NormalizeResult, refuse, type Trace } from "./types.ts";

/**
 * Longest text that is looked at, in UTF-16 units. An address has at most 254 (RFC 3696, erratum 1690);
 * the rest is room for a display name or the subject of a mailto link. It bounds the work per cell.
 */
const LONGEST_CELL = 2000;

/** How an e-mail cell is read. */
export interface EmailOptions {
  /** Gets the text after every step that applies. */
  readonly trace?: Trace | undefined;
  /** Take no shortcut; the result is the same. */
  readonly reference?: boolean | undefined;
}

const NO_OPTIONS: EmailOptions = {};

/**
 * Normalizes an e-mail cell by a rule set.
 *
 * The steps, their order and their reasons are common to all rule sets; what is deleted before the `@`
 * is the rule set's own.
 */
export function normalizeEmail(
  cell: string,
  rules: EmailRuleSet,
  { trace, reference }: EmailOptions = NO_OPTIONS,
): NormalizeResult {
  const ruleSet = EMAIL_RULES[rules];
  if (trace === undefined && reference !== true) {
    const plain = fastEmail(cell, ruleSet.aliasDomains);
    if (plain !== undefined) return { ok: true, text: plain, repaired: NO_REPAIRS };
  }
  const trimmed = trimBlank(cell);
  if (isAbsent(trimmed)) return refuse("absent");
  if (looksLikeDigest(trimmed)) return refuse("already-hashed");
  if (trimmed.length > LONGEST_CELL) return refuse("email-invalid");
  trace?.("trim", trimmed);
  const found = findAddress(trimmed, trace);
  if (!found.ok) return found;

  const solid = removeSpace(found.text);
  trace?.("remove white space", solid);
  const lower = solid.toLowerCase();
  trace?.("lower case", lower);
  const at = lower.indexOf("@");
  const domain = lower.slice(at + 1);
  const local = normalizeLocalPart(lower.slice(0, at), domain, ruleSet, trace);
  const text = `${local}@${domain}`;
  const reason = refusalOf(local, domain, ruleSet);
  if (reason !== undefined) return refuse(reason);
  trace?.("normalized", text);
  const repaired = [...found.repaired];
  if (lostInvisible(cell, trimmed) && !repaired.includes("email-invisible")) {
    repaired.push("email-invisible");
  }
  if (solid.length !== found.text.length) repaired.push("email-space");
  return { ok: true, text, repaired };
}

/** The address in a cell: one `@`, nothing around it, blanks still inside. */
function findAddress(trimmed: string, trace?: Trace): NormalizeResult {
  const unwrapped = unwrapAddress(trimmed);
  if (unwrapped?.ok === false) return unwrapped;
  const bare = unwrapped?.text ?? trimmed;
  if (unwrapped !== undefined) trace?.("unwrap", bare);
  const visible = removeInvisible(bare);
  const at = visible.indexOf("@");
  if (at < 0) return refuse("email-at-sign");
  if (visible.includes("@", at + 1)) {
    return refuse(holdsSeveralAddresses(visible) ? "email-more-than-one" : "email-at-sign");
  }
  const settled = settleBlanks(trimBlank(visible));
  if (settled === undefined) return refuse("email-name-or-space");
  const repaired = [...(unwrapped?.repaired ?? NO_REPAIRS)];
  if (settled.hadName) {
    repaired.push("email-name-before");
    trace?.("drop the name before the address", settled.text);
  }
  if (visible.length !== bare.length) {
    repaired.push("email-invisible");
    trace?.("remove invisible characters", settled.text);
  }
  return { ok: true, text: settled.text, repaired };
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
  if (!hasNonAscii(text)) return text;
  text = rules.keepsLetters ? text.normalize("NFC") : withoutAccents(text);
  const step = rules.keepsLetters ? "compose accents" : "remove accents";
  trace?.(`${step} before the @`, `${text}@${domain}`);
  return text;
}

function refusalOf(local: string, domain: string, rules: EmailRules): CellReason | undefined {
  const judged = rules.keepsLetters ? withoutAccents(local).replaceAll(".", "") : local;
  // `""@…` is an empty local part in quotes, which validator lets pass.
  if (judged === "" || judged === '""') return "email-local-empty";
  // A mark that stood behind a dot, or under others: to drop it now would be a guess.
  if (/^['=*]/.test(judged)) return "email-invalid";
  if (!isDotted(domain)) return "email-domain-invalid";
  if (hasNonAscii(domain)) return "email-domain-not-ascii";
  if (hasNonAscii(judged) && !(rules.keepsLetters && isWellFormed(judged))) {
    return "email-not-ascii";
  }
  return referenceIsEmail(`${judged}@${domain}`) ? undefined : "email-invalid";
}

/** A lone surrogate has no UTF-8, and validator's length check throws on one. */
function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

function withoutAccents(text: string): string {
  if (!hasNonAscii(text)) return text;
  return text.normalize("NFD").replace(/\p{M}/gu, "").normalize("NFC");
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

/** validator's decision on a normalized text, which is well-formed Unicode. */
export function referenceIsEmail(text: string): boolean {
  return isEmail(text);
}
