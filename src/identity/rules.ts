/**
 * The rule sets as data. A change to one changes digests, so a rule set is never edited once released:
 * it gets a new date and a new name.
 */
import type { EmailRuleSet } from "../base/types.ts";

/** Where a rule comes from: a published page, with the date that it carries or was read. */
export interface RuleSource {
  readonly title: string;
  readonly address: string;
  readonly date: string;
}

/** A named, dated set of rules, as a report prints it. */
export interface RuleSet {
  readonly name: string;
  readonly date: string;
  readonly description: string;
  readonly sources: readonly RuleSource[];
}

/** An e-mail rule set: what it does to the part before the `@`. The other steps are common to all. */
export interface EmailRules extends RuleSet {
  readonly name: EmailRuleSet;
  /** Domains whose local part loses its dots and its `+suffix`. */
  readonly aliasDomains: "every" | ReadonlySet<string>;
  /**
   * Whether letters outside ASCII before the `@` are hashed as they stand, dots at the ends too. Where they
   * are not, `é` becomes `e`, and a letter that has no such base refuses the cell.
   */
  readonly keepsLetters: boolean;
}

/** The e-mail rule sets by name. */
export const EMAIL_RULES: Readonly<Record<EmailRuleSet, EmailRules>> = {
  "microsoft-2026-11": {
    name: "microsoft-2026-11",
    date: "2026-11",
    description:
      "lower case; no white space; before the @ no dots, no +suffix and no accents, whatever the domain",
    aliasDomains: "every",
    keepsLetters: false,
    sources: [
      {
        title: "Enhanced conversions (Microsoft Advertising help, article 60178)",
        address: "https://help.ads.microsoft.com/apex/index/3/en/60178",
        date: "2026-06-18",
      },
      {
        title: "UET Conversions API integration guide",
        address: "https://learn.microsoft.com/advertising/guides/uet-conversion-api-integration",
        date: "2026-08-04",
      },
      {
        title: "Microsoft Data Clean Room guide (advertising/data-clean-room/index.md)",
        address: "https://github.com/MicrosoftDocs/Advertising",
        date: "2026-06-04",
      },
    ],
  },
  "google-2026-11": {
    name: "google-2026-11",
    date: "2026-11",
    description:
      "lower case; no white space; before the @ no dots and no +suffix for gmail.com and googlemail.com only",
    aliasDomains: new Set(["gmail.com", "googlemail.com"]),
    keepsLetters: true,
    sources: [
      {
        title: "Data Manager API, Format user data",
        address: "https://developers.google.com/data-manager/api/devguides/concepts/formatting",
        date: "2026-06",
      },
    ],
  },
};

/** The e-mail rule set that is used when none is named. */
export const DEFAULT_EMAIL_RULES: EmailRuleSet = "microsoft-2026-11";

/** Whether a text names an e-mail rule set. */
export function isEmailRuleSet(name: string): name is EmailRuleSet {
  return Object.hasOwn(EMAIL_RULES, name);
}

/** The phone rule, the same for every destination. */
export const PHONE_RULES: RuleSet = {
  name: "e164-2026-11",
  date: "2026-11",
  description: "E.164 with its leading + (the + is part of the hashed text), valid in its country",
  sources: [
    {
      title: "ITU-T E.164, The international public telecommunication numbering plan",
      address: "https://www.itu.int/rec/T-REC-E.164",
      date: "2010-11",
    },
    {
      title: "UET Conversions API integration guide (the digest of +14255551234)",
      address: "https://learn.microsoft.com/advertising/guides/uet-conversion-api-integration",
      date: "2026-08-04",
    },
    {
      title: "Enhanced conversions (Microsoft Advertising help, article 60178)",
      address: "https://help.ads.microsoft.com/apex/index/3/en/60178",
      date: "2026-06-18",
    },
  ],
};

/** The rule for columns that were hashed before they came here. */
export const HASHED_RULES: RuleSet = {
  name: "sha256-hex",
  date: "2026-11",
  description: "64 hex digits, lower-cased and passed on; never hashed again",
  sources: [
    {
      title: "UET Conversions API integration guide (SHA-256, lower-case hexadecimal)",
      address: "https://learn.microsoft.com/advertising/guides/uet-conversion-api-integration",
      date: "2026-08-04",
    },
  ],
};

/** All rule sets by name. */
export const RULE_SETS = {
  ...EMAIL_RULES,
  "e164-2026-11": PHONE_RULES,
  "sha256-hex": HASHED_RULES,
} as const satisfies Readonly<Record<string, RuleSet>>;

/**
 * The numbering plans that decide what is valid: the package that carries them and its version. The
 * package does not say which of Google's metadata releases it was made from.
 */
export function phoneMetadataVersion(): string {
  return "libphonenumber-js 1.13.16 (max)";
}
