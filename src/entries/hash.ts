/**
 * One value or one row at a time, synchronously, for programs that embed the rules: `firsthash/hash`. It reads no
 * file and starts nothing, so that it also runs in a browser, at the edge, or in a Lambda function. What a
 * row holds never makes it throw; options that are wrong do.
 */
import type { EmailRuleSet, Sha256Hex } from "../base/types.ts";
import { normalizeEmail } from "../identity/email.ts";
import { digestOf } from "../identity/hash.ts";
import { type Identified, identify, readPhone } from "../identity/identify.ts";
import type { DigestResult } from "../identity/types.ts";
import { textOf } from "./cell-text.ts";
import { countryOf, type HashRowOptions, settingsOf } from "./row-settings.ts";

export {
  type HashedRecord,
  type HashRecordsOptions,
  hashingStream,
  hashRecords,
} from "./hash-records.ts";
export type { DigestResult, EmailRuleSet, HashRowOptions, Sha256Hex };

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
