/** E-mail cell -> the text whose SHA-256 a destination expects. */
import isEmailModule from "validator/lib/isEmail.js";
import type { CellReason, Repair } from "../base/reasons.ts";
import { usesReference } from "../base/reference.ts";
import { isAbsent } from "./absent.ts";
import { hasNonAscii, lostInvisible, removeInvisible, removeSpace, trimBlank } from "./clean.ts";
import { looksLikeDigest } from "./digest.ts";
import { fastMicrosoftEmail } from "./email-fast.ts";
import { holdsSeveralAddresses, unwrapAddress } from "./email-wrappers.ts";
import { NO_REPAIRS, refuse } from "./result.ts";
import { EMAIL_RULES, type EmailRules } from "./rules.ts";
import type { EmailRuleSet, NormalizeResult, Trace } from "./types.ts";

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
  if (trace === undefined && rules === "microsoft-2026-06" && !usesReference()) {
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
