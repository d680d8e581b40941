import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { FirsthashError } from "../../src/base/errors.ts";
import { normalizeEmail } from "../../src/identity/email.ts";
import { hashEmail, hashPhone } from "../../src/identity/hash.ts";
import { normalizePhone } from "../../src/identity/phone.ts";
import {
  EMAIL_RULES,
  HASHED_RULES,
  isEmailRuleSet,
  PHONE_RULES,
  phoneMetadataVersion,
} from "../../src/identity/rules.ts";
import type { DigestResult } from "../../src/identity/types.ts";

const digest = (result: DigestResult) => (result.ok ? result.digest : result.reason);

// The texts and digests as Microsoft prints them, and as they were computed from its rules with another tool.
describe("digests in print", () => {
  test.each([
    ["john@contoso.com", "ec81f3ac7b2b19675bab9d54cf416f9f18cff87c97da5cca82c0f0891bc40602"],
    ["test@contoso.com", "f25ad364d33972379a7a4f4df33db142205f5c40eb19cfdb2fc5aaf117e10101"],
    [
      "name+withplus@outlook.com",
      "62de920b6b0a90e990ad75450ee49bd908958c81185bf57489a090179dadedec",
    ],
    ["ex.ample@outlook.com", "e2e7dbfa5e7b07f94e15295f700a2a9b486799848797cf3e0ddeae7425862f93"],
    ["john .doe@contoso.com", "7272c6a41efa18b518d5789e2336282715b23c50a51cc2890643bdaa97b96840"],
    [
      "jan\u00e9.d\u00f2e@contoso.com",
      "62a8040a00736e70808e43009b5c63c4f6229ced98f486d0968441b292b9858a",
    ],
    ["J\u00fcrgen@contoso.de", "9465a4164059fba4da279f8e36b1c98dcc69a6b776bf990e2f3e6f00343451ab"],
    ["jane.doe40@yahoo.com", "47606fdfe6cbda2ff632eaa7cf9ed98f3e08e8c1db057f315db3acea5f894265"],
    [
      "first.last@mail.example.co.uk",
      "524c60ac3be8496b24707c1b1d55948fd70f0894de9c2b720885f07c1de4be94",
    ],
    ["o'brien@contoso.com", "585740f99dd361a64c2c80f2816cc87dc0f58654b7a679df2f266fc4ee391789"],
    ["test+1@example.com", "973dfe463ec85785f5f95af5ba3906eedb2d931c24e69824a89ea65dba4e813b"],
  ])("%s", (address, hex) => expect(digest(hashEmail(address))).toBe(hex));

  test.each([
    ["+14255551234", "c59475d96e9f01d7d18d06cfad84dd02333207f02c0c2c5663ef2782cda0390e"],
    ["+442071838750", "e631c2534428c6c9b48c2167604a8983046085e43a2c00ed748733c544c0bb4d"],
    ["+491711234567", "26fe61aab2698bb3696dc47387e6c64172c6c716727917caaf6ff965d030cb3d"],
    ["+81312345678", "7d7350df0a907cf9cf79b40e32af0a5cc71886126b86babd1f2ccedd25d336c6"],
    ["+33612345678", "42d573cfc315801d4cd8eddd5416b416a0bf298b9b9e12d6b07442c91db42bd8"],
    ["+12025550123", "d5ab8b77e69a81dfc634c3556c620d5d6753df6fc28c73c88c79a9332b705382"],
  ])("%s", (number, hex) => expect(digest(hashPhone(number))).toBe(hex));
});

describe("options", () => {
  test("an unknown country is a usage error that names neither the number nor the country", () => {
    const attempt = () => hashPhone("425-555-0123", { country: "Narnia" });
    expect(attempt).toThrow(FirsthashError);
    expect(attempt).toThrow(/^(?!.*(0123|Narnia))/);
    expect(attempt).toThrow("`country` names no country that we know");
    expect(attempt).toThrow(expect.objectContaining({ hint: expect.stringContaining("ISO code") }));
  });

  test("an unknown rule set is a usage error", () => {
    const rules = "toString" as "microsoft-2026-11";
    const attempt = () => hashEmail("jane@contoso.com", { rules });
    expect(attempt).toThrow(/`rules` names no e-mail rule set/);
    const hint = "one of microsoft-2026-11, google-2026-11";
    expect(attempt).toThrow(expect.objectContaining({ hint }));
  });

  test("a cell that is not text is a usage error", () => {
    expect(() => hashEmail(null as unknown as string)).toThrow(/^hashEmail takes a string$/);
    expect(() => hashPhone(14255550123 as unknown as string)).toThrow(/^hashPhone takes a string$/);
  });

  test("a country may be named in any form", () => {
    const hex = digest(hashPhone("+1 425 555 0123"));
    for (const country of ["US", "usa", "United States"]) {
      expect(digest(hashPhone("425 555 0123", { country }))).toBe(hex);
    }
  });
});

describe("a trace", () => {
  test("shows the text after every step of an e-mail address, in the rule's order", () => {
    const steps: [string, string][] = [];
    normalizeEmail(" Jan\u00e9 <J.an\u00e9 +x@Contoso.com> ", "microsoft-2026-11", {
      trace: (...step) => steps.push(step),
    });
    expect(steps).toEqual([
      ["trim", "Jan\u00e9 <J.an\u00e9 +x@Contoso.com>"],
      ["unwrap", "J.an\u00e9 +x@Contoso.com"],
      ["remove white space", "J.an\u00e9+x@Contoso.com"],
      ["lower case", "j.an\u00e9+x@contoso.com"],
      ["cut at the first + before the @", "j.an\u00e9@contoso.com"],
      ["remove dots before the @", "jan\u00e9@contoso.com"],
      ["remove accents before the @", "jane@contoso.com"],
      ["normalized", "jane@contoso.com"],
    ]);
  });

  test("shows the text after every step of a phone number, in the rule's order", () => {
    const steps: [string, string][] = [];
    normalizePhone("'tel:001 \uff14\uff12\uff15 555\u200b 0123 x5", "US", {
      trace: (...step) => steps.push(step),
    });
    expect(steps).toEqual([
      ["trim", "'tel:001 \uff14\uff12\uff15 555\u200b 0123 x5"],
      ["fold digits to 0-9", "'tel:001 425 555\u200b 0123 x5"],
      ["remove invisible characters", "'tel:001 425 555 0123 x5"],
      ["drop the leading ' or =", "tel:001 425 555 0123 x5"],
      ["drop tel:", "001 425 555 0123 x5"],
      ["drop the extension", "001 425 555 0123"],
      ["read 00 as +", "+14255550123"],
      ["E.164", "+14255550123"],
    ]);
  });
});

describe("what a report names", () => {
  test("rule sets have the name they are kept under, with their date in it", () => {
    for (const [name, rules] of Object.entries(EMAIL_RULES)) {
      expect(rules.name).toBe(name);
      expect(name.endsWith(rules.date)).toBe(true);
      expect(isEmailRuleSet(name)).toBe(true);
    }
    for (const rules of [PHONE_RULES, HASHED_RULES, ...Object.values(EMAIL_RULES)]) {
      expect(rules.sources.length).toBeGreaterThan(0);
    }
  });

  test("the phone metadata version is the installed one", () => {
    const path = new URL("../../node_modules/libphonenumber-js/package.json", import.meta.url);
    const { version } = JSON.parse(readFileSync(path, "utf8")) as { version: string };
    expect(phoneMetadataVersion()).toContain(` ${version} `);
  });
});
