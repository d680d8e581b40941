/** Phone cell -> E.164. */
import { createRequire } from "node:module";
import type { Repair } from "../base/reasons.ts";
import { usesReference } from "../base/reference.ts";
import type { CountryCode } from "../base/types.ts";
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
import { NO_REPAIRS, type NormalizeResult, refuse, type Trace } from "./types.ts";

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

/**
 * What can be said about a phone cell from its characters alone, before a numbering plan is asked.
 * Texts here are trimmed, at most 250 characters, with digits folded and invisible characters gone.
 */

/** 4.15555E+09, 4,15555E+09: the digits after those shown are lost. */
export function isScientific(text: string): boolean {
  return /^[+-]?\d+(?:[.,]\d+)?e[+-]?\d+$/i.test(text.replaceAll(" ", ""));
}

/** 4255550123.0: a number column read as floating point, all digits kept. */
export function isFloat(text: string): boolean {
  return /^\+?\d+\.0$/.test(text);
}

/** Fewer digits than any two numbers written out have each, and more than an area code has. */
const LEAST_DIGITS = 7;

const BETWEEN_NUMBERS = /[;,|&\n]|\s(?:or|and|oder|und|ou|et)\s/i;
const EXTENSION_PART = /^\s*(?:ext|e?xtn|x|#)/i;

/** Two numbers with something between them that never stands inside one. */
export function holdsTwoNumbers(text: string): boolean {
  const parts = text.split(BETWEEN_NUMBERS);
  return parts.length > 1 && countNumbers(parts) > 1;
}

/**
 * Two numbers with a slash, a second plus, a dash or only a space between them. All of these stand
 * inside one number too (`0711/1234567`), so this is asked only about a text that is not valid as one.
 */
export function seemsTwoNumbers(text: string): boolean {
  return [/\//, /(?=\+)/, / - | {2,}/, / /].some(
    (between) => countNumbers(text.split(between)) > 1,
  );
}

function countNumbers(parts: readonly string[]): number {
  return parts.filter(
    (part) => !EXTENSION_PART.test(part) && part.replace(/\D/g, "").length >= LEAST_DIGITS,
  ).length;
}

/**
 * An extension with its label at the end: `ext. 12`, `x12`, `#12`, `;ext=12`, and labels that nobody
 * filled in (`ext.`). The labels are libphonenumber's. What has no label (`,,12`, `-12#`) is left to it.
 */
const EXTENSION =
  /(?:;ext=|[ ,]*(?:#(?=.*\d)|e?xt(?:ensi(?:ó|o\u0301?)n|n)?|доб|anexo|int|x)[:.]?[ ,-]*)\d{0,20}#?$/iu;

/** The text before an extension, or undefined when there is none. */
export function withoutExtension(text: string): string | undefined {
  const start = text.search(EXTENSION);
  if (start <= 0) return undefined;
  const number = text.slice(0, start);
  return /\d/.test(number) ? number : undefined;
}

/**
 * Takes RFC 3966 parameters in: `5550123;phone-context=+1425` becomes `+14255550123`, an ISDN subaddress
 * goes. libphonenumber-js would do it, but finds a phone-context on every other call only (1.13.16: its
 * pattern keeps its place between calls), so it never sees one.
 */
export function resolveParameters(text: string): string {
  if (!text.includes(";")) return text;
  const context = /;phone-context=([^;]*)/i.exec(text);
  const number = text.replace(/;phone-context=[^;]*/i, "").replace(/;isub=[^;]*/i, "");
  const prefix = context?.[1]?.trim() ?? "";
  return prefix.startsWith("+") ? prefix + number : number;
}

/** A vanity number, or a note beside the number. */
export function hasLetters(text: string): boolean {
  return /[a-z]/i.test(text) || (hasNonAscii(text) && /\p{L}/u.test(text));
}

/** Whether a number says its country itself, by `+` in front. */
export function isInternational(text: string): boolean {
  return /^[^\d+]*\+/.test(text);
}

/** Whether the first digits are `00`, the most common way to dial out of a country. */
export function beginsWithDoubleZero(text: string): boolean {
  return /^[^\d+]*00/.test(text);
}
