/** How phone numbers are read, from what was given to what the readers take. */
import { optionError } from "../base/errors.ts";
import type { CountryCode, PhoneWithoutPlus } from "../base/types.ts";
import { resolveCountry } from "./country.ts";
import type { PhoneSettings } from "./identify.ts";

/** The options of a job that say how phone numbers are read. */
export interface PhoneReadingOptions {
  readonly country?: string | undefined;
  readonly phoneWithoutPlus?: PhoneWithoutPlus | undefined;
  readonly countryFallback?: boolean | undefined;
  readonly reference?: boolean | undefined;
}

/** @throws FirsthashError "usage" */
export function phoneSettings(options: PhoneReadingOptions): PhoneSettings {
  const { country, phoneWithoutPlus, countryFallback, reference } = options;
  if (countryFallback === true && country === undefined) {
    throw optionError("countryFallback", "needs a country to fall back to", "give `country` too");
  }
  return { region: regionOption(country), phoneWithoutPlus, countryFallback, reference };
}

/** @throws FirsthashError "usage" */
export function regionOption(country: string | undefined): CountryCode | undefined {
  if (country === undefined) return undefined;
  const region = resolveCountry(country);
  if (region !== undefined) return region;
  throw optionError(
    "country",
    "is not a country that we know",
    "give an ISO code such as US or DE, or a name",
  );
}
