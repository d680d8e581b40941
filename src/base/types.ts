/** Types that several rooms share. None of them can hold a plaintext cell. */

declare const sha256Hex: unique symbol;

/** 64 lower-case hex digits of a SHA-256. Only `digest.ts` makes one. */
export type Sha256Hex = string & { readonly [sha256Hex]: true };

/** E-mail rule sets by name; the date is part of the name, because a change of rules changes hashes. */
export type EmailRuleSet = "microsoft-2026-11" | "google-2026-11";

/** All of them: the choices of an option. */
export const EMAIL_RULE_SETS: readonly EmailRuleSet[] = ["microsoft-2026-11", "google-2026-11"];

/** ISO 3166-1 alpha-2 codes that the phone metadata knows, e.g. "US". */
export type CountryCode = import("libphonenumber-js").CountryCode;

/** Ways to read a key that must be asked for (rules.md 6). */
export const KEY_READINGS = [
  "salesforce",
  "leading-zeros",
  "ignore-case",
  "digits",
  "as-written",
] as const;

/** One of {@link KEY_READINGS}. */
export type KeyReading = (typeof KEY_READINGS)[number];

/** What digits without a plus are, where they are a valid number of the region and, with a plus, another. */
export type PhoneWithoutPlus = "national" | "international";

/** What identifies the person of one conversion: digests only. */
export interface Identifiers {
  readonly email?: Sha256Hex;
  readonly phone?: Sha256Hex;
}
