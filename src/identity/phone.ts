/** Phone cell -> E.164. */
import { createRequire } from "node:module";
import type { Repair } from "../base/reasons.ts";
import { usesReference } from "../base/reference.ts";
import { isAbsentPhone } from "./absent.ts";
import {
  foldDigits,
  hasNonAscii,
  lostInvisible,
  plainSpaces,
  removeInvisible,
  trimBlank,
} from "./clean.ts";
import { looksLikeDigest } from "./digest.ts";
import { fastE164, fastPhoneCell } from "./phone-fast.ts";
import {
  beginsWithDoubleZero,
  hasLetters,
  holdsTwoNumbers,
  isFloat,
  isInternational,
  isScientific,
  resolveParameters,
  seemsTwoNumbers,
  withoutExtension,
} from "./phone-text.ts";
import { NO_REPAIRS, refuse } from "./result.ts";
import type { CountryCode, NormalizeResult, Trace } from "./types.ts";

/** libphonenumber reads no longer text either; it bounds the work per cell. */
const LONGEST_CELL = 250;

/** Most cells. In these characters the steps before the numbering plan find nothing but a `.0`. */
const PLAIN = /^[\d +()\-./]+$/;

/**
 * Normalizes a phone cell to E.164 with its `+`. `region` is the country of numbers that do not say
 * one themselves. `trace` gets the text after every step that applies.
 */
export function normalizePhone(
  cell: string,
  region: CountryCode | undefined,
  trace?: Trace,
): NormalizeResult {
  if (trace === undefined && !usesReference()) {
    const plain = fastPhoneCell(cell, region);
    if (plain !== undefined) return { ok: true, text: plain, repaired: NO_REPAIRS };
  }
  const trimmed = trimBlank(cell);
  if (isAbsentPhone(trimmed)) return refuse("absent");
  if (looksLikeDigest(trimmed)) return refuse("already-hashed");
  if (trimmed.length > LONGEST_CELL) return refuse("phone-invalid");
  trace?.("trim", trimmed);

  const repaired: Repair[] = lostInvisible(cell, trimmed) ? ["phone-invisible"] : [];
  if (PLAIN.test(trimmed)) {
    return readNumber(dropFloat(trimmed, repaired, trace), region, repaired, trace);
  }
  const readable = makeReadable(trimmed, repaired, trace);
  if (isScientific(readable)) return refuse("phone-spreadsheet-damaged");
  const exact = dropFloat(readable, repaired, trace);
  if (holdsTwoNumbers(exact)) return refuse("phone-more-than-one");
  const number = withoutExtension(exact) ?? exact;
  if (hasLetters(number)) return refuse("phone-letters");
  if (number !== exact) {
    repaired.push("phone-extension");
    trace?.("drop the extension", number);
  }
  return readNumber(number, region, repaired, trace);
}

function dropFloat(text: string, repaired: Repair[], trace?: Trace): string {
  if (!isFloat(text)) return text;
  const exact = text.slice(0, -2);
  repaired.push("phone-float");
  trace?.("drop .0", exact);
  return exact;
}

/** Digits folded, invisible characters, the text mark and `tel:` gone, white space plain. */
function makeReadable(trimmed: string, repaired: Repair[], trace?: Trace): string {
  let text = trimmed;
  const step = (next: string, repair: Repair, name: string) => {
    if (next === text) return;
    text = next;
    if (!repaired.includes(repair)) repaired.push(repair);
    trace?.(name, text);
  };
  if (hasNonAscii(text)) {
    step(foldDigits(text), "phone-digits", "fold digits to 0-9");
    step(removeInvisible(text), "phone-invisible", "remove invisible characters");
    // Japanese data has the vowel sign U+30FC, a letter to Unicode, for a dash.
    text = text.replaceAll("\u30fc", "-");
  }
  step(trimBlank(text.replace(/^'/, "")), "phone-text-mark", "drop the leading '");
  step(trimBlank(text.replace(/^tel:/i, "")), "phone-tel", "drop tel:");
  // A line break stays one: it tells two numbers apart.
  return resolveParameters(text.replace(/[^\n]+/g, plainSpaces));
}

/** Reads a number by its numbering plan, a second time with `+` for `00` where that is needed. */
function readNumber(
  text: string,
  region: CountryCode | undefined,
  repaired: Repair[],
  trace?: Trace,
): NormalizeResult {
  const hasOwnCountry = isInternational(text);
  const doubleZero = beginsWithDoubleZero(text);
  if (region === undefined && !hasOwnCountry && !doubleZero) return refuse("phone-no-country");

  let reading = region !== undefined || hasOwnCountry ? readE164(text, region) : undefined;
  if (reading === undefined && doubleZero) {
    const withPlus = text.replace("00", "+");
    reading = readE164(withPlus, region);
    if (reading !== undefined) {
      repaired.push("phone-double-zero");
      trace?.("read 00 as +", withPlus);
    }
  }
  if (reading === undefined || reading.e164.length > LONGEST_E164) {
    return refuse(seemsTwoNumbers(text) ? "phone-more-than-one" : "phone-invalid");
  }
  if (reading.extension && !repaired.includes("phone-extension")) repaired.push("phone-extension");
  trace?.("E.164", reading.e164);
  return { ok: true, text: reading.e164, repaired: repaired.length === 0 ? NO_REPAIRS : repaired };
}

/** A number that is valid in its country, and whether an extension stood behind it. */
export interface PhoneReading {
  readonly e164: string;
  readonly extension: boolean;
}

/** The shortcut where it decides, else the library. */
function readE164(text: string, region: CountryCode | undefined): PhoneReading | undefined {
  const fast = usesReference() ? undefined : fastE164(text, region);
  if (fast === undefined) return referenceE164(text, region);
  return fast === false ? undefined : { e164: fast, extension: false };
}

/** E.164 has at most 15 digits; libphonenumber lets German numbers have more. */
const LONGEST_E164 = 1 + 15;

type Library = Pick<typeof import("libphonenumber-js/max"), "parsePhoneNumberFromString">;

let library: Library | undefined;

/** Loaded for the first number that the shortcut leaves to it, which in most runs is none: 30 ms. */
function openLibrary(): Library {
  library ??= createRequire(import.meta.url)("libphonenumber-js/max") as Library;
  return library;
}

/**
 * libphonenumber's reading of one number, or undefined when it is not valid. Its errors carry the
 * text, so none leaves here.
 */
export function referenceE164(
  text: string,
  region: CountryCode | undefined,
): PhoneReading | undefined {
  const { parsePhoneNumberFromString } = openLibrary();
  try {
    const number = parsePhoneNumberFromString(text, region);
    if (number?.isValid() !== true) return undefined;
    return { e164: number.number, extension: number.ext !== undefined };
  } catch {
    return undefined;
  }
}
