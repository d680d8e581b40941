/**
 * How the country of a number writes it, from libphonenumber's public metadata, and what the library says of
 * lines. The formats are read here because the library takes 30 microseconds for one, and an order number
 * such as `2026-100000` is a valid number in the United States.
 */
import type { CountryCode } from "../base/types.ts";
import { type PlanJson, phoneMetadata, planOfRegion } from "./phone-metadata.ts";
import { readByPlan } from "./phone-plan.ts";

/** E.164 of a number in these characters: digits, blanks, `+ ( ) - . /`; undefined when it is not valid. */
export function readE164(text: string, region: CountryCode | undefined): string | undefined {
  return readByPlan(text, region)?.e164;
}

/** A number as its country writes it. */
export interface NationalForm {
  /** The groups of its digits, without a national prefix. */
  readonly groups: readonly string[];
  /** With the marks that stand between them. */
  readonly text: string;
}

/** How its country writes a number; undefined where that is without any groups. */
export function nationalForm(e164: string): NationalForm | undefined {
  const { formats, number } = planOf(e164);
  for (const { leading, pattern, format } of formats) {
    if (leading !== undefined && !leading.test(number)) continue;
    const match = pattern.exec(number);
    if (match === null) continue;
    return { groups: match.slice(1), text: number.replace(pattern, format) };
  }
  return undefined;
}

/**
 * Whether a region can write a number in groups of these lengths: by one of its formats, or with something
 * before it, a prefix or the calling code. Asked first, because most ids have other groups and it costs less
 * than the question whether the digits are a number.
 */
export function isPossibleGrouping(groups: readonly string[], region: CountryCode): boolean {
  const [first = ""] = groups;
  if (first.length <= LONGEST_CALLING_CODE) return true;
  let shape = shapesByRegion.get(region);
  if (shape === undefined) {
    shape = shapeOf(region);
    shapesByRegion.set(region, shape);
  }
  if (shape.prefix !== "" && first.startsWith(shape.prefix)) return true;
  return shape.lengths.has(groups.map((group) => group.length).join());
}

interface Shape {
  /** What is dialled before a number inside the country; "" for nothing. */
  readonly prefix: string;
  readonly lengths: { has(lengths: string): boolean };
}

const shapesByRegion = new Map<CountryCode, Shape>();
const ANY = { has: () => true };

/** Groups whose lengths vary (`0201 123456`) are looked at when it is known that they are a number. */
function shapeOf(region: CountryCode): Shape {
  const [code, , , , , prefix] = planOfRegion(region) ?? [];
  const patterns = formatsOf(String(code)).map(({ pattern }) => pattern.source);
  const groups = patterns.map((pattern) =>
    pattern.match(/\{[\d,]+\}/g)?.map((each) => each.slice(1, -1)),
  );
  const fixed = groups.every((lengths) => lengths?.every((each) => !each.includes(",")) === true);
  const lengths = fixed ? new Set(groups.map((each) => each?.join())) : ANY;
  return { prefix: typeof prefix === "string" ? prefix : "", lengths: lengths as Shape["lengths"] };
}

interface Format {
  readonly leading: RegExp | undefined;
  /** Of the whole number. */
  readonly pattern: RegExp;
  readonly format: string;
}

type FormatJson = readonly [pattern: string, format: string, leading?: readonly string[] | 0];

const NO_FORMATS: readonly Format[] = [];
const LONGEST_CALLING_CODE = 3;

const formatsByCode = new Map<string, readonly Format[]>();

/** The plan of the main country of a calling code. */
function mainPlan(code: string): PlanJson | undefined {
  const json = phoneMetadata();
  return json?.countries[json.country_calling_codes[code]?.[0] ?? ""];
}

/** Countries that share a calling code share its formats. */
function formatsOf(code: string): readonly Format[] {
  const known = formatsByCode.get(code);
  if (known !== undefined) return known;
  const formats = compiled(mainPlan(code)?.[4]);
  formatsByCode.set(code, formats);
  return formats;
}

function planOf(e164: string): { readonly formats: readonly Format[]; readonly number: string } {
  const code = callingCodeOf(e164.slice(1));
  if (code === undefined) return { formats: NO_FORMATS, number: e164.slice(1) };
  return { formats: formatsOf(code), number: e164.slice(1 + code.length) };
}

function compiled(formats: unknown): readonly Format[] {
  if (!Array.isArray(formats)) return NO_FORMATS;
  return (formats as FormatJson[]).map(([pattern, format, leading]) => ({
    pattern: new RegExp(`^(?:${pattern})$`),
    format,
    // The last of them is the closest.
    leading: leading ? new RegExp(`^(?:${leading.at(-1)})`) : undefined,
  }));
}

/**
 * The digits after the calling code, where a number is a mobile or a landline of the region. Bare digits that
 * begin with its calling code are read with a plus first: a spreadsheet has dropped it.
 */
export function lineOf(digits: string, region: CountryCode): string | undefined {
  const [code] = planOfRegion(region) ?? [];
  const abroad = digits.startsWith(String(code)) ? readLine(`+${digits}`, region) : undefined;
  return abroad ?? readLine(digits, region);
}

function readLine(text: string, region: CountryCode): string | undefined {
  const reading = readByPlan(text, region);
  if (reading?.country !== region || reading.kind === "other") return undefined;
  const digits = reading.e164.slice(1);
  return digits.slice(callingCodeOf(digits)?.length ?? 0);
}

/**
 * Whether digits begin with a calling code and are as many as its numbers have. Nobody writes a plus before
 * anything else, so they are a number of somebody's although the plan has none that begins so (yet).
 */
export function isPossibleAbroad(digits: string): boolean {
  const code = callingCodeOf(digits);
  return code !== undefined && hasLength(code, digits.length - code.length);
}

/** E.164 of digits with the region's national prefix that are as many as its numbers have. */
export function possibleAtHome(digits: string, region: CountryCode): string | undefined {
  const [code, , , , , prefix] = planOfRegion(region) ?? [];
  if (typeof code !== "string" || typeof prefix !== "string") return undefined;
  if (!digits.startsWith(prefix) || !hasLength(code, digits.length - prefix.length))
    return undefined;
  return `+${code}${digits.slice(prefix.length)}`;
}

function callingCodeOf(digits: string): string | undefined {
  const codes = phoneMetadata()?.country_calling_codes ?? {};
  for (let length = 1; length <= LONGEST_CALLING_CODE; length++) {
    const code = digits.slice(0, length);
    if (codes[code] !== undefined) return code;
  }
  return undefined;
}

function hasLength(code: string, length: number): boolean {
  return mainPlan(code)?.[3].includes(length) === true;
}
