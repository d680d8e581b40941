/**
 * The digests that a value gives under the rules and under mistakes that are known from other tools, so
 * that a stranger's file can be told what went wrong. Plain text stays here: what leaves is a digest and
 * the names of the readings that give it.
 */

import type { Repair } from "../base/reasons.ts";
import type { EmailRuleSet, Sha256Hex } from "../base/types.ts";
import { isAbsent, isAbsentPhone } from "./absent.ts";
import { hasNonAscii, trimBlank } from "./clean.ts";
import { asSha256Hex, looksLikeDigest, sha256Hex } from "./digest.ts";
import { normalizeEmail } from "./email.ts";
import { type PhoneSettings, readPhone, regionOf } from "./identify.ts";
import { phoneReadings } from "./phone.ts";

/** Mistakes with e-mail addresses, the likelier ones first. */
export const EMAIL_MISTAKES = [
  "trimmed-lower-cased",
  "other-rules",
  "lower-cased",
  "trimmed",
  "raw",
  "plus-kept",
  "dots-kept",
  "accents-kept",
  "upper-cased",
  "double-hashed",
  "line-end",
  "utf-16",
] as const;

/** Mistakes with phone numbers, the likelier ones first. */
export const PHONE_MISTAKES = [
  "national-reading",
  "international-reading",
  "no-plus",
  "digits",
  "national",
  "national-zero",
  "plus-on-national",
  "separators-stripped",
  "trimmed",
  "raw",
  "double-zero",
  "double-hashed",
  "line-end",
  "utf-16",
] as const;

export type EmailMistake = (typeof EMAIL_MISTAKES)[number];
export type PhoneMistake = (typeof PHONE_MISTAKES)[number];

/** Bit of the reading by the rules. Mistake `i` of a list has the bit `2 << i`. */
export const RIGHT = 1;

/**
 * Bits of the readings of a number that the rules leave open, because two are valid or the plus is missing. Far above
 * those of the mistakes: which of them is right, the cell does not say.
 */
export const OPEN = { national: 1 << 28, international: 1 << 29 } as const;

/** Takes a digest and the bits of all readings that give it. */
export type VisitDigest = (digest: Sha256Hex, readings: number) => void;

/** Texts and the readings that give each: most values give a few texts under many readings. */
class Readings<Mistake extends string> {
  readonly #mistakes: readonly Mistake[];
  #texts: string[] = [];
  #bits: number[] = [];

  constructor(mistakes: readonly Mistake[]) {
    this.#mistakes = mistakes;
  }

  right(text: string): void {
    this.#add(text, RIGHT);
  }

  wrong(text: string, mistake: Mistake): void {
    if (text !== "") this.#add(text, 2 << this.#mistakes.indexOf(mistake));
  }

  open(text: string, reading: keyof typeof OPEN): void {
    this.#add(text, OPEN[reading]);
  }

  /** A text hashed twice, with a line end behind it, and as UTF-16: mistakes on top of any rules. */
  derived(text: string): void {
    const twice = "double-hashed" as Mistake;
    const once = sha256Hex(text);
    this.wrong(once, twice);
    this.wrong(once.toUpperCase(), twice);
    // `echo x | sha256sum`.
    this.wrong(`${text}\n`, "line-end" as Mistake);
    this.wrong(`${text}\r\n`, "line-end" as Mistake);
    // HASHBYTES over NVARCHAR. Of ASCII, UTF-16LE is the text with a NUL behind every character.
    if (!hasNonAscii(text)) this.wrong(text.replace(/./gs, "$&\0"), "utf-16" as Mistake);
  }

  visit(visit: VisitDigest): void {
    this.#texts.forEach((text, index) => {
      visit(sha256Hex(text), this.#bits[index] as number);
    });
    this.#texts = [];
    this.#bits = [];
  }

  #add(text: string, bit: number): void {
    const known = this.#texts.indexOf(text);
    if (known === -1) {
      this.#texts.push(text);
      this.#bits.push(bit);
    } else this.#bits[known] = (this.#bits[known] as number) | bit;
  }
}

const emails = new Readings(EMAIL_MISTAKES);
const phones = new Readings(PHONE_MISTAKES);

/** A longer cell is no address; it bounds the work per cell. */
const LONGEST_CELL = 2000;

/**
 * The digests of an e-mail cell under the rules and under the known mistakes.
 *
 * @returns whether the cell holds anything
 */
export function visitEmailReadings(cell: string, rules: EmailRuleSet, visit: VisitDigest): boolean {
  if (isAbsent(cell) || cell.length > LONGEST_CELL) return false;
  const trimmed = trimBlank(cell);
  if (looksLikeDigest(trimmed)) return false;
  const right = normalizeEmail(cell, rules);
  if (right.ok) emails.right(right.text);
  const lower = trimmed.toLowerCase();
  emails.wrong(lower, "trimmed-lower-cased");
  const other = normalizeEmail(
    cell,
    rules === "google-2026-11" ? "microsoft-2026-11" : "google-2026-11",
  );
  if (other.ok) emails.wrong(other.text, "other-rules");
  emails.wrong(cell.toLowerCase(), "lower-cased");
  emails.wrong(trimmed, "trimmed");
  emails.wrong(cell, "raw");
  emails.wrong(trimmed.toUpperCase(), "upper-cased");
  const at = lower.lastIndexOf("@");
  if (at > 0) {
    const local = lower.slice(0, at);
    const domain = lower.slice(at);
    const [base = ""] = local.split("+", 1);
    emails.wrong(local.replaceAll(".", "") + domain, "plus-kept");
    emails.wrong(base + domain, "dots-kept");
    emails.wrong(base.replaceAll(".", "") + domain, "accents-kept");
  }
  if (right.ok) emails.derived(right.text);
  if (!right.ok || right.text !== lower) emails.derived(lower);
  emails.visit(visit);
  return true;
}

/** Country calling codes by their length: ITU-T E.164, list of assigned codes (stable since 2011). */
const CALLING_CODE = /^\+(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})/;

/** The digests of a phone cell under the rules and under the known mistakes; as for e-mail. */
export function visitPhoneReadings(
  cell: string,
  country: string | undefined,
  settings: PhoneSettings,
  visit: VisitDigest,
): boolean {
  if (isAbsentPhone(cell) || cell.length > LONGEST_CELL) return false;
  const trimmed = trimBlank(cell);
  if (looksLikeDigest(trimmed)) return false;
  const right = readPhone(cell, country, settings);
  const digits = trimmed.replace(/\D/g, "");
  if (right.ok) {
    const national = right.text.replace(CALLING_CODE, "");
    phones.right(right.text);
    phones.wrong(right.text.slice(1), "no-plus");
    phones.wrong(national, "national");
    phones.wrong(`0${national}`, "national-zero");
    phones.wrong(`+${national}`, "plus-on-national");
    phones.wrong(`00${right.text.slice(1)}`, "double-zero");
  }
  otherReadings(cell, country, settings, right.ok ? right.text : undefined);
  phones.wrong(digits, "digits");
  if (digits !== "") phones.wrong(`+${digits}`, "plus-on-national");
  phones.wrong(trimmed.replace(/[\s()-]/g, ""), "separators-stripped");
  phones.wrong(trimmed, "trimmed");
  phones.wrong(cell, "raw");
  if (right.ok) phones.derived(right.text);
  if (digits !== "") phones.derived(digits);
  phones.visit(visit);
  return true;
}

/** The readings of a number that the rules did not choose, or among which they could not. */
function otherReadings(
  cell: string,
  country: string | undefined,
  settings: PhoneSettings,
  chosen: string | undefined,
): void {
  const region = regionOf(country, settings);
  for (const { reading, repaired } of phoneReadings(
    cell,
    region === "unknown" ? undefined : region,
  )) {
    const isAbroad = ABROAD.some((repair) => repaired.includes(repair));
    const name = isAbroad ? "international" : "national";
    if (chosen === undefined) phones.open(reading.e164, name);
    else if (reading.e164 !== chosen) phones.wrong(reading.e164, `${name}-reading`);
  }
}

/** Repairs of the reading with a plus in front. */
const ABROAD: readonly Repair[] = ["phone-plus-added", "phone-double-zero"];

/** A column that holds digests already: the digest itself is right, its own digest hashed twice. */
export function visitHashedReadings(cell: string, twice: number, visit: VisitDigest): boolean {
  const digest = asSha256Hex(trimBlank(cell));
  if (digest === undefined) return false;
  visit(digest, RIGHT);
  visit(sha256Hex(digest), twice);
  return true;
}
