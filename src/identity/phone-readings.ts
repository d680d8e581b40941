/**
 * The readings of a number and the choice between them. Digits without a plus can be a number of the
 * region or one that lost its plus; `00` can be the way out of the country or digits of the number. Where
 * two readings are valid and nothing in the cell decides, there is none: libphonenumber alone gives 84 %
 * of foreign mobiles written so in a German file the digest of a German number ("working as intended",
 * google/libphonenumber issue 1067).
 */
import type { Repair } from "../base/reasons.ts";
import type { CountryCode, PhoneWithoutPlus } from "../base/types.ts";
import { isMexicanOrAmerican, modernInternational, modernNational } from "./phone-legacy.ts";
import {
  callingCodeOf,
  hasOneLandlineLength,
  isWrittenWithoutPrefix,
  readByPlan,
} from "./phone-plan.ts";
import { beginsWithDoubleZero, isInternational } from "./phone-text.ts";
import { type PhoneReading, type Refusal, refuse } from "./types.ts";

/** A valid reading and what was mended to get it. */
export interface Candidate {
  readonly ok: true;
  readonly reading: PhoneReading;
  readonly repaired: readonly Repair[];
}

/** How a number may be read. */
export interface ReadingOptions {
  /** The country of numbers that do not say one themselves. */
  readonly region: CountryCode | undefined;
  /** What digits without a plus are, where the user knows his column. */
  readonly withoutPlus?: PhoneWithoutPlus | undefined;
  /** Ask libphonenumber for each, without shortcuts. */
  readonly reference?: boolean | undefined;
}

const NONE: readonly Repair[] = [];

/**
 * A zero in brackets behind the calling code, which is dialled inside the country alone: `+44 (0)20 …`. In some plans
 * such a zero is part of the number (`+39 (0)6 …`), and there it stays.
 */
const ZERO_INSIDE = /^([^\d+]*(?:\+|00)? ?\d{1,3}[^\d(]*)\( ?0 ?\)/;

/** The one reading of a number; undefined when it is valid in none. */
export function readNumber(text: string, options: ReadingOptions): Candidate | Refusal | undefined {
  const kept = readWhole(text, options);
  if (!ZERO_INSIDE.test(text)) return kept;
  const dropped = readWhole(text.replace(ZERO_INSIDE, "$1 "), options);
  if (dropped?.ok !== true) return kept;
  if (kept?.ok !== true || kept.reading.e164 === dropped.reading.e164) return dropped;
  return refuse("phone-ambiguous");
}

function readWhole(text: string, options: ReadingOptions): Candidate | Refusal | undefined {
  const { region, reference } = options;
  if (isInternational(text)) return internationally(text, reference);
  if (beginsWithDoubleZero(text)) return readDoubleZero(text, options);
  if (region === undefined) return refuse("phone-no-country");
  const digits = text.replace(/\D/g, "");
  const national = nationally(text, region, reference);
  // No calling code begins with a zero.
  if (digits.startsWith("0")) return national;
  return chooseWithoutPlus(digits, national, withPlus(text, reference), { ...options, region });
}

/** All valid readings of a number, for those who compare them with a digest. */
export function allReadings(text: string, region: CountryCode | undefined): readonly Candidate[] {
  const found = isInternational(text)
    ? [internationally(text)]
    : [
        region === undefined ? undefined : nationally(text, region),
        beginsWithDoubleZero(text) ? withPlusForZeros(text) : withPlus(text),
      ];
  return found.filter((candidate) => candidate !== undefined);
}

/** A number with a plus in front. */
function internationally(text: string, reference?: boolean): Candidate | undefined {
  const reading = readByPlan(text, undefined, reference);
  if (reading !== undefined) return { ok: true, reading, repaired: NONE };
  return legacy(modernInternational(plainDigits(text)), reference);
}

/** A number as it is dialled inside a region. */
function nationally(text: string, region: CountryCode, reference?: boolean): Candidate | undefined {
  const reading = readByPlan(text, region, reference);
  if (reading !== undefined) return { ok: true, reading, repaired: NONE };
  return legacy(modernNational(plainDigits(text), region), reference);
}

function legacy(digits: string | undefined, reference?: boolean): Candidate | undefined {
  const reading = digits === undefined ? undefined : readByPlan(`+${digits}`, undefined, reference);
  return reading && { ok: true, reading, repaired: ["phone-legacy"] };
}

/** Empty where anything but digits and common separators stands in the text. */
function plainDigits(text: string): string {
  return /^[\d +()\-./]+$/.test(text) ? text.replace(/\D/g, "") : "";
}

function withPlus(text: string, reference?: boolean): Candidate | undefined {
  return mended(internationally(text.replace(/\d/, "+$&"), reference), "phone-plus-added");
}

function withPlusForZeros(text: string, reference?: boolean): Candidate | undefined {
  return mended(internationally(text.replace("00", "+"), reference), "phone-double-zero");
}

function mended(candidate: Candidate | undefined, repair: Repair): Candidate | undefined {
  return candidate && { ...candidate, repaired: [repair, ...candidate.repaired] };
}

function readDoubleZero(
  text: string,
  { region, reference }: ReadingOptions,
): Candidate | Refusal | undefined {
  const national = region === undefined ? undefined : nationally(text, region, reference);
  const abroad = withPlusForZeros(text, reference);
  if (national === undefined || abroad === undefined) return national ?? abroad;
  if (national.reading.e164 === abroad.reading.e164) return national;
  return abroad.reading.country === region ? abroad : refuse("phone-ambiguous");
}

interface Choice extends ReadingOptions {
  readonly region: CountryCode;
}

/** Digits without a plus, read as the region does and with a plus in front. */
function chooseWithoutPlus(
  digits: string,
  national: Candidate | undefined,
  international: Candidate | undefined,
  { region, withoutPlus }: Choice,
): Candidate | Refusal | undefined {
  if (international === undefined) return national;
  const isOwn = international.reading.e164.startsWith(`+${callingCodeOf(region)}`);
  if (national === undefined) {
    return isOwn || withoutPlus === "international" ? international : refuse("phone-plus-missing");
  }
  if (national.reading.e164 === international.reading.e164) return national;
  if (withoutPlus !== undefined) return withoutPlus === "national" ? national : international;
  if (isMexicanOrAmerican(digits, region)) return refuse("phone-ambiguous");
  if (isOwn) {
    const { kind, country } = international.reading;
    return kind === "mobile" && country === region ? international : refuse("phone-ambiguous");
  }
  return isCertain(national.reading, digits, region) ? national : refuse("phone-ambiguous");
}

/** Whether digits that are a number at home need no look abroad. */
function isCertain(reading: PhoneReading, digits: string, region: CountryCode): boolean {
  if (reading.kind !== "fixed") return reading.kind === "mobile";
  return hasOneLandlineLength(region) || isWrittenWithoutPrefix(reading, digits);
}
