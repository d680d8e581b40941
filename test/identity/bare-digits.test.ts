import { describe, expect, it } from "vitest";
import type { CountryCode } from "../../src/base/types.ts";
import { BareDigits, isBareNumber } from "../../src/identity/bare-digits.ts";
import { type Random, seededRandom } from "../helpers/differential.ts";
import { HARMLESS, TEN_COUNTRIES } from "../helpers/harmless.ts";

const DIGITS = "0123456789";

/** Lines of a country as a CRM has them, without their prefix: made of its mobile ranges. */
const MOBILES: Readonly<Partial<Record<CountryCode, (random: Random) => string>>> = {
  US: (r) =>
    `${r.pick([206, 212, 303, 312, 404, 415, 425, 503, 602, 617, 702, 713, 818])}${2 + r.int(8)}${r.text(6, DIGITS)}`,
  GB: (r) => `74${r.pick([0, 1, 2, 3, 4, 6, 7, 8, 9])}${r.text(7, DIGITS)}`,
  DE: (r) =>
    `1${r.pick(["51", "52", "57", "60", "62", "63", "70", "71", "72", "73", "74", "75", "76", "77", "78", "79"])}${r.text(8, DIGITS)}`,
  FR: (r) => `6${r.text(8, DIGITS)}`,
  ES: (r) => `6${r.text(8, DIGITS)}`,
  AU: (r) => `4${r.text(8, DIGITS)}`,
};

function holdNumbers(cells: Iterable<string>, region: CountryCode | undefined): boolean {
  const digits = new BareDigits();
  for (const cell of cells) digits.observe(cell);
  return digits.holdNumbers(region);
}

const many = (count: number, make: (random: Random) => string, seed = 1) => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => make(random));
};

describe("a column of bare digits", () => {
  it.each(Object.entries(MOBILES))("of mobiles in %s is one of phone numbers", (region, make) => {
    const country = region as CountryCode;
    for (const count of [60, 5000]) {
      expect(holdNumbers(many(count, make), country), `${count}`).toBe(true);
    }
    const code = { US: "1", GB: "44", DE: "49", FR: "33", ES: "34", AU: "61" }[region] ?? "";
    expect(
      holdNumbers(
        many(500, make).map((cell) => code + cell),
        country,
      ),
    ).toBe(true);
  });

  it("is none of harmless kinds, in ten countries", () => {
    const stopped: string[] = [];
    for (const [kind, make] of Object.entries(HARMLESS)) {
      for (const country of TEN_COUNTRIES) {
        if (holdNumbers(many(400, make), country)) stopped.push(`${kind} ${country}`);
      }
    }
    expect(stopped).toEqual([]);
  });

  it("is none when it is counted up, has too few cells, or too many that are no numbers", () => {
    const counted = Array.from({ length: 1000 }, (_, row) => String(6_100_000_000 + row));
    expect(holdNumbers(counted, "US")).toBe(false);
    const mobiles = many(1000, MOBILES.FR as (random: Random) => string);
    expect(holdNumbers(mobiles.slice(0, 19), "FR")).toBe(false);
    expect(holdNumbers(mobiles, undefined)).toBe(false);
    expect(holdNumbers(mobiles, "US")).toBe(false);
    expect(holdNumbers([...mobiles, ...Array.from({ length: 200 }, (_, n) => `A${n}`)], "FR")).toBe(
      false,
    );
  });

  it("is one where another cell is written as a number", () => {
    const digits = new BareDigits();
    for (const cell of ["4255550100", "4255550101"]) digits.observe(cell);
    expect(digits.holdNumbers("US", true)).toBe(true);
    expect(digits.holdNumbers(undefined, true)).toBe(true);
    expect(digits.holdNumbers("FR", true)).toBe(false);
    expect(digits.holdNumbers("US")).toBe(false);
    expect(new BareDigits().holdNumbers("US", true)).toBe(false);
  });

  it("counts different cells, however often each comes", () => {
    const mobiles = many(300, MOBILES.FR as (random: Random) => string);
    const often = Array.from({ length: 100_000 }, () => "Lead");
    expect(holdNumbers([...often, ...mobiles, ...often], "FR")).toBe(true);
  });
});

describe("a bare number", () => {
  it("has 7 to 15 ASCII digits and nothing else", () => {
    for (const text of ["1234567", "4255550100", "123456789012345"])
      expect(isBareNumber(text)).toBe(true);
    for (const text of ["", "123456", "1234567890123456", "425-555-0100", "٤٢٥٥٥٥٠١٠٠"]) {
      expect(isBareNumber(text)).toBe(false);
    }
  });
});
