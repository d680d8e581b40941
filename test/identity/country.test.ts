import { getCountries } from "libphonenumber-js/max";
import { describe, expect, test } from "vitest";
import { readCountry, resolveCountry } from "../../src/identity/country.ts";
import { COUNTRY_NAMES } from "../../src/identity/country-names.ts";

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
    ["Congo", "CG"],
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
