/**
 * One value or one row at a time, synchronously, for programs that embed the rules: `firsthash/hash`. It reads no
 * file and starts nothing, so that it also runs in a browser, at the edge, or in a Lambda function. What a
 * row holds never makes it throw; options that are wrong do.
 */
import { usageError } from "../base/errors.ts";
import type { EmailRuleSet, PhoneWithoutPlus, Sha256Hex } from "../base/types.ts";
import { resolveCountry } from "../identity/country.ts";
import { normalizeEmail } from "../identity/email.ts";
import { digestOf } from "../identity/hash.ts";
import {
  type Identified,
  type IdentifySettings,
  identify,
  readPhone,
} from "../identity/identify.ts";
import { DEFAULT_EMAIL_RULES, EMAIL_RULES, isEmailRuleSet } from "../identity/rules.ts";
import type { DigestResult } from "../identity/types.ts";
import { textOf } from "./cell-text.ts";

export type { DigestResult, EmailRuleSet, Sha256Hex };

/** What holds for all rows of a program. */
export interface HashRowOptions {
  /** The e-mail rule set; Microsoft's when left out. */
  readonly rules?: EmailRuleSet | undefined;
  /** The country of phone numbers in rows that name none: an ISO code, or a name. */
  readonly defaultCountry?: string | undefined;
  /** What digits without a plus are, where both readings are valid numbers. */
  readonly phoneWithoutPlus?: PhoneWithoutPlus | undefined;
}

/** The cells of one person, as an export or a database holds them. */
export interface ContactRow {
  readonly email?: unknown;
  readonly phone?: unknown;
  /** The row's country: it decides over `defaultCountry`. */
  readonly country?: unknown;
}

/** The digests of one person, and what was noteworthy; no cell. */
export type HashedContact = Identified;

/**
 * Normalizes an e-mail address and hashes it with SHA-256.
 *
 * @param cell - the address; null and undefined are absent.
 * @throws FirsthashError `usage` for a rule set that there is not, never for a cell.
 *
 * @example
 * ```ts
 * import { hashEmail } from "firsthash/hash";
 *
 * console.log(hashEmail(null)); // { ok: false, reason: 'absent' }
 * ```
 */
export function hashEmail(
  cell: unknown,
  options: Pick<HashRowOptions, "rules"> = {},
): DigestResult {
  const { rules } = settingsOf(options);
  return digestOf(normalizeEmail(textOf(cell), rules));
}

/**
 * Normalizes a phone number to E.164 and hashes it with SHA-256.
 *
 * @param cell - the number; null and undefined are absent.
 * @param country - the row's country cell. An empty one leaves it to `defaultCountry`; one that names no country
 *   refuses a number without its own (`phone-country-unknown`).
 * @throws FirsthashError `usage` for options that there are not, never for a cell.
 */
export function hashPhone(
  cell: unknown,
  country?: unknown,
  options: Omit<HashRowOptions, "rules"> = {},
): DigestResult {
  return digestOf(readPhone(textOf(cell), countryOf(country), settingsOf(options)));
}

/**
 * The digests of one row, as `prepare` and `hash` make them.
 *
 * @throws FirsthashError `usage` for options that there are not, never for a cell.
 *
 * @example
 * ```ts
 * import { hashContact } from "firsthash/hash";
 *
 * const { email, phone } = hashContact(
 *   { email: "jane@contoso.com", phone: "(425) 555-1234", country: "" },
 *   { defaultCountry: "US" },
 * );
 * console.log(email !== undefined && phone !== undefined); // true
 * ```
 */
export function hashContact(row: ContactRow, options: HashRowOptions = {}): HashedContact {
  const settings = settingsOf(options);
  const { email, phone, country } = row ?? {};
  return identify(
    {
      emails: [textOf(email)],
      phones: [textOf(phone)],
      country: countryOf(country),
      hashedEmails: [],
      hashedPhones: [],
    },
    settings,
  );
}

function settingsOf(options: HashRowOptions): IdentifySettings {
  const { rules = DEFAULT_EMAIL_RULES, defaultCountry, phoneWithoutPlus } = options;
  if (!isEmailRuleSet(rules)) {
    throw usageError("no such e-mail rule set", `one of ${Object.keys(EMAIL_RULES).join(", ")}`);
  }
  const known = [undefined, "national", "international"];
  if (!known.includes(phoneWithoutPlus)) {
    throw usageError("no such reading of numbers without a plus", "national or international");
  }
  const region = typeof defaultCountry === "string" ? resolveCountry(defaultCountry) : undefined;
  if (defaultCountry !== undefined && region === undefined) {
    throw usageError(
      "defaultCountry names no country that we know",
      "use an ISO code (US, USA) or a name",
    );
  }
  return { rules, region, phoneWithoutPlus };
}

/** A country that is nothing is no column. */
function countryOf(cell: unknown): string | undefined {
  return cell === undefined || cell === null ? undefined : textOf(cell);
}
