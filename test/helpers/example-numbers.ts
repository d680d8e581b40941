/**
 * The example numbers of all regions, a mobile and a landline each. Made by google-libphonenumber 3.2.40
 * (getExampleNumberForType), which is not the library under test.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CountryCode } from "../../src/base/types.ts";

export interface ExampleNumber {
  readonly region: CountryCode;
  readonly e164: string;
  readonly international: string;
  readonly national: string;
}

type Entry = readonly [string, kind: string, e164: string, international: string, national: string];

const FILE = join(import.meta.dirname, "example-numbers.json");

/** 489 of them. */
export const EXAMPLE_NUMBERS: readonly ExampleNumber[] = (
  JSON.parse(readFileSync(FILE, "utf8")) as Entry[]
).map(([region, , e164, international, national]) => ({
  region: region as CountryCode,
  e164,
  international,
  national,
}));
