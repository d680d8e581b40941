/** What holds for all rows of a program that embeds the rules. */
import { optionError } from "../base/errors.ts";
import type { EmailRuleSet, PhoneWithoutPlus } from "../base/types.ts";
import { resolveCountry } from "../identity/country.ts";
import type { IdentifySettings } from "../identity/identify.ts";
import { DEFAULT_EMAIL_RULES, EMAIL_RULES, isEmailRuleSet } from "../identity/rules.ts";
import { textOf } from "./cell-text.ts";

/** What holds for all rows of a program. */
export interface HashRowOptions {
  /** The e-mail rule set; Microsoft's when left out. */
  readonly rules?: EmailRuleSet | undefined;
  /** The country of phone numbers in rows that name none: an ISO code, or a name. */
  readonly defaultCountry?: string | undefined;
  /** What digits without a plus are, where both readings are valid numbers. */
  readonly phoneWithoutPlus?: PhoneWithoutPlus | undefined;
}

/** @throws FirsthashError "usage" for options that there are not */
export function settingsOf(options: HashRowOptions): IdentifySettings {
  const { rules = DEFAULT_EMAIL_RULES, defaultCountry, phoneWithoutPlus } = options;
  if (!isEmailRuleSet(rules)) {
    throw optionError(
      "rules",
      "names no e-mail rule set",
      `one of ${Object.keys(EMAIL_RULES).join(", ")}`,
    );
  }
  const known = [undefined, "national", "international"];
  if (!known.includes(phoneWithoutPlus)) {
    throw optionError("phoneWithoutPlus", "is no such reading", "national or international");
  }
  const region = typeof defaultCountry === "string" ? resolveCountry(defaultCountry) : undefined;
  if (defaultCountry !== undefined && region === undefined) {
    throw optionError(
      "defaultCountry",
      "names no country that we know",
      "use an ISO code (US, USA) or a name",
    );
  }
  return { rules, region, phoneWithoutPlus };
}

/** A country that is nothing is no column. */
export function countryOf(cell: unknown): string | undefined {
  return cell === undefined || cell === null ? undefined : textOf(cell);
}
