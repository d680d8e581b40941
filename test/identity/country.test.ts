import { readFileSync } from "node:fs";
import { getCountries } from "libphonenumber-js/max";
import { describe, expect, test } from "vitest";
import { readCountry, resolveCountry } from "../../src/identity/country.ts";
import { COUNTRY_NAMES, SHARED_NAMES } from "../../src/identity/country-names.ts";
import { CLDR_NAMES, CLDR_VERSION } from "../../src/identity/country-names-cldr.ts";

describe("the table", () => {
  test("has every region of the phone metadata, and no other", () => {
    expect(COUNTRY_NAMES.map(([code]) => code)).toEqual(getCountries().toSorted());
  });

  test("has an alpha-2 code, an alpha-3 code and a name in every line", () => {
    for (const [alpha2, alpha3, ...names] of COUNTRY_NAMES) {
      expect(alpha2).toMatch(/^[A-Z]{2}$/);
      expect(alpha3).toMatch(/^[A-Z]{3}$/);
      expect(names.length).toBeGreaterThan(0);
    }
  });

  test("resolves each of its texts to its own line, in any case and without punctuation", () => {
    for (const names of COUNTRY_NAMES) {
      for (const name of names) {
        expect(resolveCountry(name), name).toBe(names[0]);
        expect(resolveCountry(` ${name.toLowerCase()} `), name).toBe(names[0]);
        expect(resolveCountry(name.toUpperCase().replace(/[.,()]/g, " ")), name).toBe(names[0]);
        expect(resolveCountry(name.normalize("NFD").replace(/\p{M}/gu, "")), name).toBe(names[0]);
      }
    }
  });
});

describe("the names of CLDR", () => {
  const names = Object.entries(CLDR_NAMES).flatMap(([code, text]) =>
    text.split("|").map((name) => [name, code] as const),
  );

  test("are of all regions, and each is one region's", () => {
    expect(Object.keys(CLDR_NAMES)).toEqual(getCountries().toSorted());
    expect(names.length).toBeGreaterThan(1400);
    for (const [name, code] of names) {
      const expected = SHARED_NAMES.includes(name) ? "unknown" : code;
      expect(readCountry(name), name).toBe(expected);
      expect(readCountry(name.toUpperCase()), name).toBe(expected);
    }
  });

  test.skipIf(process.versions.cldr !== CLDR_VERSION)("are what the generator writes", async () => {
    const generator = "../../scripts/generate.js";
    const { countryNames } = (await import(generator)) as { countryNames(): string };
    const path = new URL("../../src/identity/country-names-cldr.ts", import.meta.url);
    expect(readFileSync(path, "utf8")).toBe(countryNames());
  });
});

describe("a country cell", () => {
  test.each([
    ["UK", "GB"],
    ["England", "GB"],
    ["Scotland", "GB"],
    ["Great Britain", "GB"],
    ["U.S.", "US"],
    ["u.s.a.", "US"],
    ["The United States of America", "US"],
    ["America", "US"],
    ["South Korea", "KR"],
    ["Korea, Republic of", "KR"],
    ["North Korea", "KP"],
    ["Russian Federation", "RU"],
    ["Czech Republic", "CZ"],
    ["Holland", "NL"],
    ["the netherlands", "NL"],
    ["Ivory Coast", "CI"],
    ["C\u00f4te d\u2019Ivoire", "CI"],
    ["Cote d'Ivoire", "CI"],
    ["St Lucia", "LC"],
    ["Saint Kitts & Nevis", "KN"],
    ["Turkey", "TR"],
    ["T\u00fcrkiye", "TR"],
    ["Viet Nam", "VN"],
    ["Swaziland", "SZ"],
    ["Macau", "MO"],
    ["Burma", "MM"],
    ["Congo, The Democratic Republic of the", "CD"],
    ["Congo", "unknown"],
    ["EL", "unknown"],
    ["Deutschland", "DE"],
    ["Allemagne", "DE"],
    ["\u30c9\u30a4\u30c4", "DE"],
    ["Espa\u00f1a", "ES"],
    ["\u4e2d\u56fd", "CN"],
    ["\u0420\u043e\u0441\u0441\u0438\u044f", "RU"],
    ["Suedafrika", "ZA"],
    ["\u00c4gypten", "EG"],
    ["Aegypten", "EG"],
    ["Wei\u00dfrussland", "BY"],
    ["Weissrussland", "BY"],
    ["Rep. Checa", "CZ"],
    ["Germany (DE)", "DE"],
    ["Deutschland (Germany)", "DE"],
    ["DE - Germany", "DE"],
    ["DEU/Germany", "DE"],
    ["Germany - DE", "DE"],
    ["Germany (FR)", "unknown"],
    ["FR - Germany", "unknown"],
    ["GW - Guinea-Bissau", "GW"],
    ["R.-U.", "RU"],
    ["Guinea-Bissau", "GW"],
    ["Guinea", "GN"],
    ["Niger", "NE"],
    ["Dominica", "DM"],
    ["Dominican Republic", "DO"],
    ["\u00c5land", "AX"],
    ["Kosovo", "XK"],
    ["NA", "NA"],
    ["nam", "NA"],
  ])("%j is %s", (cell, code) => {
    expect(readCountry(cell)).toBe(code);
  });

  test.each(["", "  ", "\u200b", "n/a", "N/A", "#N/A", "null", "-", "unknown"])(
    "%j is absent",
    (cell) => expect(readCountry(cell)).toBe("absent"),
  );

  test.each([
    "Narnia",
    "XX",
    "ZZZ",
    "+1",
    "1",
    "AQ",
    "N.A.",
    "Congo Brazzaville Kinshasa",
    "constructor",
  ])("%j is unknown", (cell) => expect(readCountry(cell)).toBe("unknown"));

  test("is read the same when it comes again", () => {
    expect([readCountry("germany"), readCountry("germany")]).toEqual(["DE", "DE"]);
  });
});
