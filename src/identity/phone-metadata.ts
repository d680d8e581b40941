/**
 * The numbering plans as data: the file that `libphonenumber-js` reads too. Its layout:
 * https://gitlab.com/catamphetamine/libphonenumber-js/-/blob/master/METADATA.md
 */
import plans from "libphonenumber-js/max/metadata";
import type { CountryCode } from "../base/types.ts";

/** Trailing slots are left out of the file where they are empty, and empty ones inside are 0. */
export type PlanJson = readonly [
  callingCode: string,
  idd: string | 0,
  general: string,
  lengths: readonly number[],
  formats?: unknown,
  nationalPrefix?: string | 0,
  nationalPrefixFormat?: unknown,
  prefixForParsing?: string | 0,
  transform?: string | 0,
  prefixOptional?: unknown,
  leadingDigits?: string | 0,
  types?: readonly (readonly [pattern: string, lengths?: readonly number[] | 0] | 0)[] | 0,
];

export interface MetadataJson {
  readonly version: unknown;
  readonly country_calling_codes: Readonly<Record<string, readonly string[]>>;
  readonly countries: Readonly<Record<string, PlanJson>>;
  readonly nonGeographic: Readonly<Record<string, PlanJson>>;
}

/** Places in a plan's list of types. */
export const FIXED = 0;
export const MOBILE = 1;

const metadata = plans as unknown as MetadataJson;

/** Undefined for metadata of a layout that this file was not written for. */
export function phoneMetadata(): MetadataJson | undefined {
  return metadata.version === 4 ? metadata : undefined;
}

/** The plan of a region. */
export function planOfRegion(region: CountryCode): PlanJson | undefined {
  const json = phoneMetadata();
  return json !== undefined && Object.hasOwn(json.countries, region)
    ? json.countries[region]
    : undefined;
}

/** How many digits the landlines of a plan have; undefined when it has none. */
export function landlineLengths(plan: PlanJson): readonly number[] | undefined {
  const landlines = (plan[11] || undefined)?.[FIXED] || undefined;
  return landlines?.[0] ? landlines[1] || plan[3] : undefined;
}
