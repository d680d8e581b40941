/**
 * The numbering plans of the world: what a number is by them, asked of libphonenumber, or of the shortcut
 * where that decides.
 */
import { getCountryCallingCode, parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { CountryCode } from "../base/types.ts";
import { fastReading } from "./phone-fast.ts";
import { landlineLengths, planOfRegion } from "./phone-metadata.ts";
import type { PhoneKind, PhoneReading } from "./types.ts";

/** E.164 has at most 15 digits; libphonenumber lets German numbers have more. */
export const LONGEST_E164 = 1 + 15;

/** A number as its plan reads it; undefined when it is not valid. */
export function readByPlan(
  text: string,
  region: CountryCode | undefined,
  reference = false,
): PhoneReading | undefined {
  const fast = reference ? undefined : fastReading(text, region);
  const reading = fast === undefined ? referenceReading(text, region) : fast;
  return reading && reading.e164.length <= LONGEST_E164 ? reading : undefined;
}

/**
 * libphonenumber's reading of one number, or undefined when it is not valid. Its errors carry the
 * text, so none leaves here.
 */
export function referenceReading(
  text: string,
  region: CountryCode | undefined,
): PhoneReading | undefined {
  try {
    const number = parsePhoneNumberFromString(text, region);
    if (number?.isValid() !== true) return undefined;
    return {
      e164: number.number,
      kind: kindOf(number.getType()),
      country: number.country,
      extension: number.ext !== undefined,
    };
  } catch {
    return undefined;
  }
}

type LibraryType = ReturnType<
  NonNullable<ReturnType<typeof parsePhoneNumberFromString>>["getType"]
>;

function kindOf(type: LibraryType): PhoneKind {
  if (type === "MOBILE" || type === "FIXED_LINE_OR_MOBILE") return "mobile";
  return type === "FIXED_LINE" ? "fixed" : "other";
}

/** Kinds of number whose letters are digits: `0800 FLOWERS`. */
const LETTERED: ReadonlySet<LibraryType> = new Set<LibraryType>([
  "TOLL_FREE",
  "SHARED_COST",
  "PREMIUM_RATE",
  "UAN",
  "VOICEMAIL",
]);

/** Whether letters behind such a number are likely digits of it. */
export function mayEndInLetters(e164: string): boolean {
  return LETTERED.has(parsePhoneNumberFromString(e164)?.getType());
}

/** Whether a number as it was typed is just how its country writes it at home, without a prefix. */
export function isWrittenWithoutPrefix({ e164 }: PhoneReading, typed: string): boolean {
  const national = parsePhoneNumberFromString(e164)?.formatNational();
  return national?.replace(/\D/g, "") === typed;
}

/** Whether all landlines of a region have the same number of digits. */
export function hasOneLandlineLength(region: CountryCode): boolean {
  const plan = planOfRegion(region);
  return plan !== undefined && landlineLengths(plan)?.length === 1;
}

/** The calling code of a region, without its plus. */
export function callingCodeOf(region: CountryCode): string {
  return getCountryCallingCode(region);
}
