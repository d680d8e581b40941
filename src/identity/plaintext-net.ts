/**
 * The net for plain text, one for all: cells that come out as they are (`prepare`, `hash`, `adjust`), files
 * of others (`verify`), and outputs that a test looks through. It finds an e-mail address anywhere, and a
 * phone number that is written as one: with `+`, with `00`, or as its country writes it. Bare digits say
 * nothing in a single cell, since order numbers look the same; see `bare-digits.ts` for columns of them.
 *
 * Measured over the example numbers of all regions in seven writings, and over ids, order numbers and
 * names of goals of 30 kinds in ten countries: test/identity/plaintext-net.test.ts.
 */
import type { CountryCode } from "../base/types.ts";
import {
  foldNumbers,
  isDigit,
  LEAST_DIGITS,
  mayHoldNumber,
  type NumberCandidate,
  someNumber,
} from "./number-runs.ts";
import {
  isPossibleAbroad,
  isPossibleGrouping,
  type NationalForm,
  nationalForm,
  possibleAtHome,
  readE164,
} from "./phone-format.ts";
import { holdsEmail } from "./plaintext-shape.ts";

/** What was found. */
export type Plaintext = "email" | "phone";

/**
 * The first thing in a text that is somebody's.
 *
 * @param region the run's country; without one only numbers with `+` or `00` are found, and those with
 *   brackets and dash that only North America writes
 */
export function findPlaintext(
  text: string,
  region: CountryCode | undefined,
): Plaintext | undefined {
  if (!mayHold(text)) return undefined;
  if (holdsEmail(text)) return "email";
  return holdsPhone(text, region) ? "phone" : undefined;
}

/** Whether a closer look is worth its time: most cells have no `@` and few digits. */
function mayHold(text: string): boolean {
  let digits = 0;
  let onlyDigits = true;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isDigit(code)) digits++;
    else {
      onlyDigits = false;
      if (code === AT || code === PERCENT || code > 0x7f) return true;
    }
  }
  if (digits < LEAST_DIGITS) return false;
  return !onlyDigits || text.charCodeAt(0) === ZERO;
}

const AT = 0x40;
const PERCENT = 0x25;
const ZERO = 0x30;

/** A phone number anywhere in the text, written as one. */
export function holdsPhone(text: string, region: CountryCode | undefined): boolean {
  return someNumber(foldNumbers(text), (candidate) => isPhone(candidate, region));
}

/** Fewer digits are a number only where they are written just as their country does. */
const LEAST_NATIONAL = 8;
/** Ids are padded to ten digits and more. */
const LEAST_DOUBLE_ZERO = 11;
const LEAST_GROUPED_DOUBLE_ZERO = 9;

/** No id is written so, in no country. */
const AMERICAN = /^\(\d{3}\) ?\d{3}-\d{4}$/;

function isPhone(candidate: NumberCandidate, region: CountryCode | undefined): boolean {
  const { text, digits, hasPlus } = candidate;
  if (hasPlus) return isPossibleAbroad(digits) || readE164(`+${digits}`, undefined) !== undefined;
  if (digits.startsWith("00") && isAfterDoubleZero(candidate)) return true;
  if (AMERICAN.test(text) && readE164(text, "US") !== undefined) return true;
  return region !== undefined && isOfRegion(candidate, region);
}

function isAfterDoubleZero(candidate: NumberCandidate): boolean {
  const { digits, groups } = candidate;
  const least = groups.length > 1 ? LEAST_GROUPED_DOUBLE_ZERO : LEAST_DOUBLE_ZERO;
  const code = groups[0] === "00" ? groups[1] : groups[0]?.slice(2);
  if (isDashed(candidate) && (code?.length ?? 0) > LONGEST_CALLING_CODE) return false;
  return digits.length >= least && readE164(`+${digits.slice(2)}`, undefined) !== undefined;
}

/** In its country's own grouping, in brackets, or with its national prefix. */
function isOfRegion(candidate: NumberCandidate, region: CountryCode): boolean {
  const { text, digits, groups } = candidate;
  const parted = groups.length > 1;
  // Bare digits, or padded to a width.
  if (!parted && (!digits.startsWith("0") || digits.startsWith("00"))) return false;
  const plain = digits.startsWith("0") || text.includes("(");
  if (!plain && !isPossibleGrouping(groups, region)) return false;
  const e164 = readE164(text, region);
  if (e164 === undefined) return isGroupedAtHome(candidate, region);
  const number = e164.slice(1);
  if (number === digits) return parted && isCallingCode(groups, e164, region);
  const form = nationalForm(e164);
  if (digits.length < LEAST_NATIONAL) return parted && isShort(candidate, form);
  // What is longer than the number has a prefix before it; a 0 that belongs to the number is as good.
  if (!number.endsWith(digits) || digits.startsWith("0")) {
    return !parted || !isDashed(candidate) || beginsAlike(groups, e164, form);
  }
  return BRACKETS.test(text) || isGrouped(groups, form);
}

/** No valid number, but written in every way like one of the region: `07700 900123`. */
function isGroupedAtHome(candidate: NumberCandidate, region: CountryCode): boolean {
  const { digits, groups } = candidate;
  if (groups.length === 1 || candidate.text.includes("-")) return false;
  const e164 = possibleAtHome(digits, region);
  if (e164 === undefined || digits.length < LEAST_NATIONAL) return false;
  const form = nationalForm(e164);
  const prefix = digits.length - (form?.groups.join("").length ?? digits.length);
  const [first = "", ...others] = groups;
  return prefix > 0 && isGrouped([first.slice(prefix), ...others], form);
}

const BRACKETS = /\( ?\d{1,6} ?\)/;

/** `49 171 1234567`: the first group is the calling code, which only its plus is missing from. */
function isCallingCode(groups: readonly string[], e164: string, region: CountryCode): boolean {
  const [code = "", ...others] = groups;
  return code.length <= LONGEST_CALLING_CODE && readE164(others.join(""), region) === e164;
}

function isGrouped(groups: readonly string[], form: NationalForm | undefined): boolean {
  return form !== undefined && form.groups.join(" ") === groups.join(" ");
}

/** `123-4567` is an order's number as well. */
function isShort({ text, groups }: NumberCandidate, form: NationalForm | undefined): boolean {
  return form?.text === text || (!text.includes("-") && isGrouped(groups, form));
}

/** Three groups and more with nothing but dashes between them, as orders have: `08-82612-06031`. */
function isDashed({ text, groups }: NumberCandidate): boolean {
  return groups.length > 2 && !/[^\d-]/.test(text);
}

/** Whether the first group is an area code: that of the number's own grouping, behind its prefix. */
function beginsAlike(
  groups: readonly string[],
  e164: string,
  form: NationalForm | undefined,
): boolean {
  const [first = ""] = groups;
  const [area] = form?.groups ?? [];
  if (area === undefined) return false;
  const prefix = groups.join("").length - (form?.groups.join("").length ?? 0);
  return prefix >= 0 ? first.slice(prefix) === area : e164.includes(first);
}

const LONGEST_CALLING_CODE = 3;

/**
 * Whether a text holds one of the cells that are somebody's: the cell itself, or its number in any writing,
 * also as bare digits, and either of the two may have its country code.
 *
 * @param cells the cells of the same row that hold addresses and numbers
 */
export function holdsOneOf(text: string, cells: readonly string[]): boolean {
  const plain = text.trim().toLowerCase();
  const hasNumber = mayHoldNumber(text);
  let folded: string | undefined;
  return cells.some((cell) => {
    const wanted = cell.trim().toLowerCase();
    if (wanted === "") return false;
    if (wanted === plain) return true;
    if (!hasNumber || !mayHoldNumber(cell)) return false;
    const number = significantDigits(foldNumbers(cell));
    if (number.length < LEAST_DIGITS) return false;
    folded ??= foldNumbers(text);
    return someNumber(folded, (candidate) =>
      areOneNumber(significantDigits(candidate.text), number),
    );
  });
}

function areOneNumber(a: string, b: string): boolean {
  if (a.length < LEAST_DIGITS) return false;
  return b.endsWith(a) || (a.endsWith(b) && a.length - b.length <= LONGEST_CALLING_CODE);
}

/** Without the zeros that are dialled before a number: 07700 900123 and 00447700900123. */
function significantDigits(text: string): string {
  const trunk = text.indexOf("(0)");
  const rest = trunk === -1 ? text : text.slice(0, trunk) + text.slice(trunk + 3);
  let digits = "";
  for (let at = 0; at < rest.length; ) {
    const from = at;
    while (isDigit(rest.charCodeAt(at))) at++;
    if (at > from) digits += rest.slice(from, at);
    else at++;
  }
  let zeros = 0;
  while (digits.charCodeAt(zeros) === 0x30) zeros++;
  return digits.slice(zeros);
}

/** What can only be a number to dial, however it is punctuated. */
const DIALABLE = /^\+?[\d ().\-/]+$/;
const LONGEST_DIALABLE = 40;

/** Whether a text is digits and what stands between them: a number where nothing but digests may stand. */
export function isDialable(text: string): boolean {
  const folded = foldNumbers(text).trim();
  if (folded.length > LONGEST_DIALABLE || !DIALABLE.test(folded)) return false;
  const digits = folded.replace(/\D/g, "").length;
  return digits >= LEAST_DIGITS && digits <= 15;
}
