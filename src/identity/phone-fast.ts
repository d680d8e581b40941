/**
 * A shortcut beside `phone.ts`: the same answers as `libphonenumber-js` for numbers that are written
 * plainly, ten and more times sooner. It takes the library's own steps over the library's own public
 * metadata; what costs the library its time, and is done once here, is compiling a pattern of up to a
 * kilobyte for every question. Anything but digits and common separators is left to the library.
 * `test/identity/phone-fast.test.ts` holds the two together over all regions: if an update of the
 * library changes a step, that test fails and this file follows, or goes.
 */
import type { CountryCode, PhoneWithoutPlus } from "../base/types.ts";
import { isAbsentPhone } from "./absent.ts";
import { mayBeLegacy } from "./phone-legacy.ts";
import {
  FIXED,
  landlineLengths,
  type MetadataJson,
  MOBILE,
  type PlanJson,
  phoneMetadata,
} from "./phone-metadata.ts";
import type { PhoneReading } from "./types.ts";

/** Possible lengths as bits: bit n stands for n digits. No number here has more than 30. */
type Lengths = number;

interface Plan {
  /** Undefined for codes like +800. */
  readonly country: CountryCode | undefined;
  readonly group: Group;
  /** What is dialled before a calling code from inside this country. */
  readonly idd: RegExp | undefined;
  readonly general: RegExp;
  readonly lengths: Lengths;
  readonly longest: number;
  /** National prefix and carrier code, and what to write in their place. */
  readonly prefix: RegExp | undefined;
  readonly transform: string | undefined;
  readonly leading: RegExp | undefined;
  readonly types: readonly KindPattern[];
  /** The plan does not tell landlines and mobiles apart. */
  readonly mobileIsFixed: boolean;
  /** All landlines have the same number of digits. */
  readonly hasOneLandlineLength: boolean;
  /** Nothing is dialled before a number at home. */
  readonly hasNoPrefix: boolean;
}

interface KindPattern {
  /** Place in the metadata: landline, mobile, others. */
  readonly place: number;
  readonly pattern: RegExp;
  readonly lengths: Lengths;
}

/** A valid number: the plan of its own country, and the digits behind the calling code. */
interface Found {
  readonly plan: Plan;
  readonly significant: string;
}

/** The countries that share a calling code, the main one first; none for codes like +800. */
interface Group {
  readonly code: string;
  readonly countries: readonly string[];
  plans: readonly Plan[] | undefined;
}

interface Book {
  readonly json: MetadataJson;
  /** By calling code, as a number. */
  readonly groups: readonly (Group | undefined)[];
  readonly plans: Map<string, Plan>;
}

const SHORTEST_NATIONAL = 2;
const LONGEST_NATIONAL = 17;
/** The library looks at ten kinds of number and no more. */
const KINDS = 10;

let book: Book | false | undefined;

/**
 * The reading of a plainly written number, false where the library finds none or an invalid one, undefined
 * where it must be asked. An extension cannot occur in what is answered here.
 */
export function fastReading(
  text: string,
  region: CountryCode | undefined,
): PhoneReading | false | undefined {
  const number = plainNumber(text);
  if (number === undefined) return undefined;
  book ??= openBook();
  if (book === false) return undefined;
  const found = number.charCodeAt(0) === PLUS ? international(book, number.slice(1)) : undefined;
  if (found !== undefined) return found && readingOf(found);
  if (region === undefined) return false;
  const plan = planOfCountry(book, region);
  if (plan === undefined) return undefined;
  const inside = fromInside(book, plan, number);
  return inside && readingOf(inside);
}

function readingOf(found: Found): PhoneReading {
  return {
    e164: e164Of(found),
    kind: kindOf(found),
    country: found.plan.country,
    extension: false,
  };
}

/** E.164 has at most 15 digits; libphonenumber lets German numbers have more. */
const LONGEST_E164 = 1 + 15;

/**
 * The whole of `normalizePhone` for a cell of plain form that holds a valid number: E.164, with nothing to
 * report as repaired. Undefined says nothing.
 */
export function fastPhoneCell(
  cell: string,
  region: CountryCode | undefined,
  withoutPlus?: PhoneWithoutPlus,
): string | undefined {
  // Between two digits (or from a + or a parenthesis on) there is nothing to trim and no text mark.
  // `.0` at the end may be what a spreadsheet made of a whole number.
  const first = cell.charCodeAt(0);
  const last = cell.length - 1;
  const beginning = isDigit(first) || first === PLUS || first === OPEN;
  if (!beginning || !isDigit(cell.charCodeAt(last)) || cell.charCodeAt(last - 1) === DOT) {
    return undefined;
  }
  // A zero that may be dialled inside the country alone has two readings.
  if (cell.includes("(0)")) return undefined;
  const number = plainNumber(cell);
  if (number === undefined) return undefined;
  book ??= openBook();
  if (book === false) return undefined;
  const found =
    number.charCodeAt(0) === PLUS
      ? international(book, number.slice(1))
      : withoutPlusSign(book, number, region, withoutPlus);
  if (!found) return undefined;
  const e164 = e164Of(found);
  // A number of one repeated digit says "none", even where it is valid.
  return e164.length > LONGEST_E164 || isAbsentPhone(cell) ? undefined : e164;
}

/** A number without a plus, where it has one reading, or its first one needs no look at the second. */
function withoutPlusSign(
  book: Book,
  number: string,
  region: CountryCode | undefined,
  withoutPlus: PhoneWithoutPlus | undefined,
): Found | false {
  const plan = region && planOfCountry(book, region);
  if (plan === undefined) return false;
  const found = fromInside(book, plan, number);
  if (!found) return false;
  if (number.charCodeAt(0) === ZERO) {
    if (number.charCodeAt(1) !== ZERO) return found;
    return isSame(found, international(book, number.slice(2))) && found;
  }
  const isForeign = !number.startsWith(plan.group.code);
  if (isForeign && withoutPlus !== "international" && isCertain(found, plan, number)) return found;
  const other = international(book, number);
  const isOnly = other ? isSame(found, other) : !mayBeLegacy(number);
  return isOnly && found;
}

/** As `isCertain` of phone-readings.ts, where the metadata alone says so. */
function isCertain(found: Found, plan: Plan, number: string): boolean {
  const kind = kindOf(found);
  if (kind !== "fixed") return kind === "mobile";
  const asTyped = found.plan.hasNoPrefix && found.significant === number;
  return plan.hasOneLandlineLength || asTyped;
}

function isSame(one: Found, other: Found | false): boolean {
  return (
    other !== false &&
    one.significant === other.significant &&
    one.plan.group.code === other.plan.group.code
  );
}

function e164Of({ plan, significant }: Found): string {
  return `+${plan.group.code}${significant}`;
}

function kindOf({ plan, significant }: Found): PhoneReading["kind"] {
  const kind = plan.types.find((type) => isOfKind(type, significant));
  if (kind?.place === FIXED) {
    if (plan.mobileIsFixed) return "mobile";
    const mobile = plan.types.find(({ place }) => place === MOBILE);
    return mobile !== undefined && isOfKind(mobile, significant) ? "mobile" : "fixed";
  }
  return kind?.place === MOBILE ? "mobile" : "other";
}

const PLUS = 0x2b;
const OPEN = 0x28;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;

/** Digits, after a `+` if there is one; undefined outside the plain class. */
function plainNumber(text: string): string | undefined {
  if (text.length > 40) return undefined;
  let number = "";
  let digits = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= ZERO && code <= NINE) {
      digits++;
    } else if (code === PLUS) {
      if (digits > 0 || number !== "") return undefined;
      number = "+";
      from = at + 1;
    } else if (isSeparator(code)) {
      if (from < at) number += text.slice(from, at);
      from = at + 1;
    } else {
      return undefined;
    }
  }
  if (digits < 4 || digits > 20) return undefined;
  return from === 0 ? text : number + text.slice(from);
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}

/** Space ( ) - . / */
function isSeparator(code: number): boolean {
  return code === 0x20 || code === 0x28 || code === 0x29 || (code >= 0x2d && code <= 0x2f);
}

/** A number dialled inside a country: national, or international after that country's prefix. */
function fromInside(book: Book, plan: Plan, number: string): Found | false {
  const idd = plan.idd?.exec(number)?.[0];
  if (idd) {
    const rest = number.slice(idd.length);
    if (rest !== "" && rest.charCodeAt(0) !== ZERO) return international(book, rest);
  }
  if (number.startsWith(plan.group.code)) {
    const without = number.slice(plan.group.code.length);
    if (lacksOnlyPlus(book, plan, number, without)) {
      return conclude(book, mainPlan(book, plan.group), without);
    }
  }
  return conclude(book, plan, number);
}

/** Whether a number reads better when its first digits are taken for the calling code. */
function lacksOnlyPlus(book: Book, plan: Plan, number: string, without: string): boolean {
  const asIs = national(book, plan, number);
  if (asIs.length > plan.longest) return true;
  return !plan.general.test(asIs) && plan.general.test(national(book, plan, without));
}

/** Digits that begin with a calling code. */
function international(book: Book, digits: string): Found | false {
  let code = 0;
  for (let length = 1; length <= 3 && length <= digits.length; length++) {
    code = code * 10 + digits.charCodeAt(length - 1) - ZERO;
    if (code === 0) return false;
    const group = book.groups[code];
    if (group !== undefined) return conclude(book, mainPlan(book, group), digits.slice(length));
  }
  return false;
}

function conclude(book: Book, plan: Plan, number: string): Found | false {
  const significant = national(book, plan, number);
  if (significant.length < SHORTEST_NATIONAL || significant.length > LONGEST_NATIONAL) return false;
  const owner = ownerOf(book, plan.group, significant) ?? plan;
  return isValid(owner, significant) && { plan: owner, significant };
}

/** The number without its national prefix, unless it is only a number with it. */
function national(book: Book, plan: Plan, number: string): string {
  const { prefix, transform, general } = plan;
  const match = prefix?.exec(number);
  if (prefix === undefined || !match) return number;
  const captured = match.length > 1 && match[match.length - 1];
  const rest =
    transform !== undefined && captured
      ? number.replace(prefix, transform)
      : number.slice(match[0].length);
  if (rest === number) return number;
  if (general.test(number) && !general.test(rest)) return number;
  const judge = ownerOf(book, plan.group, rest) ?? plan;
  return rest.length > judge.longest || hasLength(judge.lengths, rest) ? rest : number;
}

/** The country of a number among those that share its calling code. */
function ownerOf(book: Book, group: Group, significant: string): Plan | undefined {
  const plans = plansOf(book, group);
  if (plans.length <= 1) return plans[0];
  for (const plan of plans) {
    const own = plan.leading ? plan.leading.test(significant) : isOfSomeKind(plan, significant);
    if (own) return plan;
  }
  return undefined;
}

function isValid(plan: Plan, significant: string): boolean {
  return plan.types.length === 0 ? plan.general.test(significant) : isOfSomeKind(plan, significant);
}

function isOfSomeKind(plan: Plan, significant: string): boolean {
  if (!plan.general.test(significant)) return false;
  return plan.types.some((type) => isOfKind(type, significant));
}

function isOfKind(type: KindPattern, significant: string): boolean {
  return hasLength(type.lengths, significant) && type.pattern.test(significant);
}

function hasLength(lengths: Lengths, digits: string): boolean {
  return (lengths & (1 << digits.length)) !== 0;
}

/** False for metadata of a layout that this file was not written for. */
function openBook(): Book | false {
  const json = phoneMetadata();
  if (json === undefined) return false;
  const groups: (Group | undefined)[] = new Array(1000).fill(undefined);
  for (const [code, countries] of Object.entries(json.country_calling_codes)) {
    groups[Number(code)] = { code, countries, plans: undefined };
  }
  for (const code of Object.keys(json.nonGeographic)) {
    groups[Number(code)] ??= { code, countries: [], plans: undefined };
  }
  return { json, groups, plans: new Map() };
}

function planOfCountry(book: Book, country: string): Plan | undefined {
  const known = book.plans.get(country);
  if (known !== undefined || !Object.hasOwn(book.json.countries, country)) return known;
  return addPlan(book, country, book.json.countries[country]);
}

function plansOf(book: Book, group: Group): readonly Plan[] {
  group.plans ??= group.countries.flatMap((country) => planOfCountry(book, country) ?? []);
  return group.plans;
}

/** The plan by which a number with this calling code is read before its country is known. */
function mainPlan(book: Book, group: Group): Plan {
  const plan =
    plansOf(book, group)[0] ??
    book.plans.get(group.code) ??
    addPlan(book, group.code, book.json.nonGeographic[group.code]);
  if (plan === undefined) throw new Error(`phone metadata without a plan for +${group.code}`);
  return plan;
}

function addPlan(book: Book, key: string, json: PlanJson | undefined): Plan | undefined {
  const group = book.groups[Number(json?.[0])];
  if (json === undefined || group === undefined) return undefined;
  const [, idd, general, lengths, , nationalPrefix, , prefix, transform, , leading, types] = json;
  const kinds = types || [];
  const mobile = kinds[MOBILE];
  const plan: Plan = {
    country: Object.hasOwn(book.json.countries, key) ? (key as CountryCode) : undefined,
    group,
    idd: startsWith(idd),
    general: whole(general),
    lengths: bits(lengths),
    longest: lengths.at(-1) ?? 0,
    prefix: startsWith(prefix || nationalPrefix),
    transform: transform || undefined,
    leading: startsWith(leading),
    types: kinds.slice(0, KINDS).flatMap((type, place) => {
      if (type === 0 || !type[0]) return [];
      return [{ place, pattern: whole(type[0]), lengths: bits(type[1] || lengths) }];
    }),
    // The metadata leaves the mobile pattern out or empty where it is the landlines'.
    mobileIsFixed: !mobile || mobile[0] === "",
    hasOneLandlineLength: landlineLengths(json)?.length === 1,
    hasNoPrefix: !prefix && !nationalPrefix,
  };
  book.plans.set(key, plan);
  return plan;
}

function whole(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`);
}

function startsWith(pattern: string | 0 | undefined): RegExp | undefined {
  return pattern ? new RegExp(`^(?:${pattern})`) : undefined;
}

function bits(lengths: readonly number[]): Lengths {
  return lengths.reduce((all, length) => all | (1 << length), 0);
}
