/**
 * Writings that a numbering plan has given up and that stand in old exports: what to read in their place.
 * The plan in force is asked first, so none of these can take a valid number's place; and only the stated
 * count of digits may follow, because a mobile of 1999 with a digit too many is no number at all.
 *
 * Sources: IFT (Mexico), the plan in force since 3 August 2019: 01, 044, 045 and the 1 after 52 are gone;
 * SUBTEL (Chile), since 2013 no 0 before a mobile's 9; Ukraine and Belarus, the trunk prefix of Soviet
 * days (8, a second dial tone, 0); ANATEL (Brazil), xx or ** where the caller's carrier code goes.
 */
import type { CountryCode } from "../base/types.ts";

/** By calling code: digits after the plus. */
const INTERNATIONAL: readonly (readonly [old: RegExp, now: string])[] = [
  [/^52(?:1|01|044|045)(\d{10})$/, "52$1"],
  [/^560(9\d{8})$/, "56$1"],
  [/^380(?:80)(\d{9})$/, "380$1"],
  [/^375(?:80)(\d{9})$/, "375$1"],
];

/** By region: digits as they are dialled there. */
const NATIONAL: Readonly<Partial<Record<CountryCode, readonly [old: RegExp, now: string]>>> = {
  MX: [/^(?:1|01|044|045)(\d{10})$/, "52$1"],
  CL: [/^0(9\d{8})$/, "56$1"],
  UA: [/^80(\d{9})$/, "380$1"],
  BY: [/^80(\d{9})$/, "375$1"],
};

/** Of digits after a plus, those that the plan in force wants; undefined when no old writing is known. */
export function modernInternational(digits: string): string | undefined {
  for (const [old, now] of INTERNATIONAL) {
    if (old.test(digits)) return digits.replace(old, now);
  }
  return undefined;
}

/** Whether digits without a plus can be an old writing of another country: asked before a shortcut. */
export function mayBeLegacy(digits: string): boolean {
  return /^(?:52[01]|560|37580|38080)/.test(digits);
}

/** Of digits dialled inside a region, those that follow the plus today. */
export function modernNational(digits: string, region: CountryCode): string | undefined {
  const [old, now] = NATIONAL[region] ?? [];
  return old?.test(digits) === true && now !== undefined ? digits.replace(old, now) : undefined;
}

/**
 * `1` and ten digits in Mexico: an old mobile as it was written after 52, or a number of the United
 * States without its plus. Nearly half of the latter would become Mexican.
 */
export function isMexicanOrAmerican(digits: string, region: CountryCode | undefined): boolean {
  return region === "MX" && /^1\d{10}$/.test(digits);
}

/** The first digits of the number, or the first behind 55, are a 0 with the placeholder. */
const BRAZIL_CARRIER = /^(\D*(?:(?:00)?55\D*)?)0 ?(?:xx|\*\*)/i;

/**
 * `(0xx11) 3123-4567`, `0**11 …` → `(011) …`: where the region is Brazil or the number says so. Undefined
 * when the text has no such place.
 */
export function withoutCarrierPlaceholder(
  text: string,
  region: CountryCode | undefined,
): string | undefined {
  const match = BRAZIL_CARRIER.exec(text);
  if (match === null) return undefined;
  const [whole, before = ""] = match;
  if (region !== "BR" && !before.includes("55")) return undefined;
  return `${before}0${text.slice(whole.length)}`;
}
