/** One value -> one digest: the library's smallest doors. */
import { optionError, usageError } from "../base/errors.ts";
import type { EmailRuleSet, PhoneWithoutPlus } from "../base/types.ts";
import { resolveCountry } from "./country.ts";
import { sha256Hex } from "./digest.ts";
import { normalizeEmail } from "./email.ts";
import { normalizePhone } from "./phone.ts";
import { DEFAULT_EMAIL_RULES, EMAIL_RULES, isEmailRuleSet } from "./rules.ts";
import type { DigestResult, NormalizeResult } from "./types.ts";

/** Options of {@link hashEmail}. */
export interface HashEmailOptions {
  /** The rule set; `microsoft-2026-11` when left out. */
  readonly rules?: EmailRuleSet | undefined;
}

/** Options of {@link hashPhone}. */
export interface HashPhoneOptions {
  /**
   * The country of a number that does not say its own with `+` or `00`: an ISO 3166-1 alpha-2 or
   * alpha-3 code, or a name.
   */
  readonly country?: string | undefined;
  /**
   * What digits without a plus are (`49 171 1234567`), where both readings are valid numbers: one of
   * `country`, or one that lost its plus. Left out, such a number is refused with `phone-ambiguous`
   * unless it decides by itself.
   */
  readonly phoneWithoutPlus?: PhoneWithoutPlus | undefined;
}

/**
 * Normalizes an e-mail address by a destination's rules and hashes it with SHA-256.
 *
 * The digest is for the destinations of that rule set only: `microsoft-2026-11` deletes dots and
 * `+suffix` for every domain, `google-2026-11` for gmail.com and googlemail.com. A cell that gives no
 * digest is a value with a `reason`, never an exception; no result holds the address.
 *
 * Rules: Microsoft Advertising help article 60178 (2026-06-18); Google Data Manager API, "Format user
 * data" (2026-06).
 *
 * @example
 * ```ts
 * import { hashEmail } from "firsthash";
 *
 * const result = hashEmail(" J.o.h.n+news@Contoso.com ");
 * console.log(result.ok ? result.digest : result.reason);
 * // ec81f3ac7b2b19675bab9d54cf416f9f18cff87c97da5cca82c0f0891bc40602
 * ```
 *
 * @param cell - the address as an export holds it.
 * @param options - the rule set.
 * @throws FirsthashError `usage`, when the options name no rule set or `cell` is not a string.
 */
export function hashEmail(cell: string, options: HashEmailOptions = {}): DigestResult {
  const rules = options.rules ?? DEFAULT_EMAIL_RULES;
  if (!isEmailRuleSet(rules)) {
    throw optionError(
      "rules",
      "names no e-mail rule set",
      `one of ${Object.keys(EMAIL_RULES).join(", ")}`,
    );
  }
  requireString(cell, "hashEmail");
  return digestOf(normalizeEmail(cell, rules));
}

/**
 * Normalizes a phone number to E.164 (`+14255551234`, the `+` included) and hashes it with SHA-256.
 *
 * A number must be valid in its country's numbering plan. An extension is dropped. A cell that gives
 * no digest is a value with a `reason`, never an exception; no result holds the number.
 *
 * Rules: UET Conversions API integration guide (2026-08-04), whose example digest this reproduces.
 *
 * @example
 * ```ts
 * import { hashPhone } from "firsthash";
 *
 * const result = hashPhone("(425) 555-1234", { country: "US" });
 * console.log(result.ok ? result.digest : result.reason);
 * // c59475d96e9f01d7d18d06cfad84dd02333207f02c0c2c5663ef2782cda0390e
 * ```
 *
 * @param cell - the number as an export holds it.
 * @param options - the country of numbers without one.
 * @throws FirsthashError `usage`, when `country` names no country with a numbering plan,
 * `phoneWithoutPlus` is another word, or `cell` is not a string.
 */
export function hashPhone(cell: string, options: HashPhoneOptions = {}): DigestResult {
  const { country, phoneWithoutPlus } = options;
  const region = country === undefined ? undefined : resolveCountry(country);
  if (country !== undefined && region === undefined) {
    throw optionError(
      "country",
      "names no country that we know",
      "use an ISO code (US, USA) or a name",
    );
  }
  if (phoneWithoutPlus !== undefined && !WITHOUT_PLUS.has(phoneWithoutPlus)) {
    throw optionError("phoneWithoutPlus", "is no such reading", "national or international");
  }
  requireString(cell, "hashPhone");
  return digestOf(normalizePhone(cell, region, { withoutPlus: phoneWithoutPlus }));
}

const WITHOUT_PLUS: ReadonlySet<PhoneWithoutPlus> = new Set(["national", "international"]);

/** The digest of a normalized text; a refusal stays as it is. */
export function digestOf(result: NormalizeResult, reference = false): DigestResult {
  return result.ok
    ? { ok: true, digest: sha256Hex(result.text, reference), repaired: result.repaired }
    : result;
}

/** For callers without types: a number or null would else fail somewhere inside. */
function requireString(cell: unknown, name: string): asserts cell is string {
  if (typeof cell !== "string") throw usageError(`${name} takes a string`);
}
