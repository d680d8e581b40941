import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CountryCode, EmailRuleSet } from "../../src/base/types.ts";
import { readCountry } from "../../src/identity/country.ts";
import { normalizeEmail } from "../../src/identity/email.ts";
import { hashEmail, hashPhone } from "../../src/identity/hash.ts";
import { readHashed } from "../../src/identity/hashed.ts";
import { identify } from "../../src/identity/identify.ts";
import { normalizePhone } from "../../src/identity/phone.ts";
import { caseCount } from "../helpers/differential.ts";

const RULES: readonly EmailRuleSet[] = ["microsoft-2026-11", "google-2026-11"];
const REGIONS: readonly (CountryCode | undefined)[] = [undefined, "US", "GB", "DE", "IT", "JP"];

/** Any sequence of UTF-16 units, lone surrogates too. */
const anyText = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
  .map((units) => String.fromCharCode(...units));

const pieces = (...texts: string[]) =>
  fc.array(fc.constantFrom(...texts), { maxLength: 14 }).map((all) => all.join(""));

/** Cells that come close to addresses, so that most steps are reached. */
const nearEmail = pieces(
  ..."ab.+@@<>\"';, /%é\u0301ßİ\u212a\u037e\u226e\u200b\u00a0".split(""),
  "jane",
  "contoso.com",
  "@contoso.com",
  "gmail.com",
  "mailto:",
  "%2B",
  "\ud800",
  "\u{1d7ce}",
);

const nearPhone = pieces(
  ..."0123456789+()-./ ;,x#'\n\u200b\u3000\uff11\u0665ー".split(""),
  "425",
  "5550123",
  "+44",
  "00",
  "ext",
  "tel:",
  ";ext=",
  ";phone-context=+1",
  "E+09",
  ".0",
  " or ",
  "\ud83d",
);

const lowerLocal = fc
  .array(fc.constantFrom(..."abcxyz0189_-"), { minLength: 1, maxLength: 12 })
  .map((all) => all.join(""));
const domain = fc.constantFrom("contoso.com", "gmail.com", "mail.example.co.uk", "outlook.com");

describe("e-mail", () => {
  test("normalizing twice is normalizing once", () => {
    fc.assert(
      fc.property(nearEmail, fc.constantFrom(...RULES), (cell, rules) => {
        const once = normalizeEmail(cell, rules);
        if (!once.ok) return;
        const twice = normalizeEmail(once.text, rules);
        expect(twice).toEqual({ ok: true, text: once.text, repaired: [] });
      }),
      { numRuns: caseCount(500) },
    );
  });

  test("case, dots, +suffix, and spaces around it do not change a Microsoft digest", () => {
    const noise = fc.array(fc.tuple(fc.nat(), fc.constantFrom(".", "\u00ad", "\u200b")), {
      maxLength: 5,
    });
    const space = fc.constantFrom("", "", " ", "\u00a0", "\t \u3000");
    fc.assert(
      fc.property(
        lowerLocal,
        domain,
        noise,
        fc.boolean(),
        fc.string(),
        fc.tuple(space, space, space, space),
        (letters, at, dirt, up, tag, [ahead, left, right, behind]) => {
          // A hyphen with a blank behind it is the mark of a list.
          const local = `j${letters}`;
          const plain = hashEmail(`${local}@${at}`);
          let dirty = up ? local.toUpperCase() : local;
          for (const [where, what] of dirt) {
            const index = where % (dirty.length + 1);
            dirty = dirty.slice(0, index) + what + dirty.slice(index);
          }
          const suffix = tag === "" ? "" : `+${tag.replace(/[@<>"';,|/\s]/g, "")}`;
          const host = at.toUpperCase().replace(/\.(?=[^.]+$)/, `${left}.`);
          const other = hashEmail(`${ahead}${dirty}${suffix}${left}@${right}${host}${behind}`);
          expect(plain.ok && other.ok && other.digest === plain.digest).toBe(true);
        },
      ),
      { numRuns: caseCount(200) },
    );
  });

  test("words before an address are never hashed with it", () => {
    const word = fc
      .array(fc.constantFrom(..."abcde\u00e9."), { minLength: 1, maxLength: 6 })
      .map((all) => all.join(""));
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 2, maxLength: 4 }),
        fc.constantFrom("a.b", "abc", "ab_cde", "d.abc+e"),
        fc.constantFrom(...RULES),
        (words, local, rules) => {
          const address = normalizeEmail(`${local}@contoso.com`, rules);
          const both = normalizeEmail(`${words.join(" ")} ${local}@contoso.com`, rules);
          if (both.ok) expect({ ...both, repaired: [] }).toEqual(address);
          else expect(both.reason).toBe("email-name-or-space");
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("dots and +suffix change a Google digest outside gmail", () => {
    fc.assert(
      fc.property(lowerLocal, (local) => {
        const plain = hashEmail(`${local}@contoso.com`, { rules: "google-2026-11" });
        const tagged = hashEmail(`${local}+a@contoso.com`, { rules: "google-2026-11" });
        expect(plain.ok && tagged.ok && plain.digest !== tagged.digest).toBe(true);
      }),
    );
  });
});

describe("phone", () => {
  test("a normalized number stays as it is in every region", () => {
    fc.assert(
      fc.property(
        nearPhone,
        fc.constantFrom(...REGIONS),
        fc.constantFrom(...REGIONS),
        (cell, region, other) => {
          const once = normalizePhone(cell, region);
          if (!once.ok) return;
          expect(once.text).toMatch(/^\+[1-9]\d{3,14}$/);
          expect(normalizePhone(once.text, other)).toEqual({
            ok: true,
            text: once.text,
            repaired: [],
          });
        },
      ),
      { numRuns: caseCount(500) },
    );
  });

  test("the same cell is read the same way every time", () => {
    fc.assert(
      fc.property(nearPhone, fc.constantFrom(...REGIONS), (cell, region) => {
        const first = normalizePhone(cell, region);
        expect(normalizePhone(cell, region)).toEqual(first);
        expect(normalizePhone(cell, region)).toEqual(first);
      }),
      { numRuns: caseCount(200) },
    );
  });
});

describe("any cell", () => {
  const anyCell = fc.oneof(anyText, nearEmail, nearPhone, fc.string({ unit: "binary" }));
  const results = (cell: string) => [
    ...RULES.map((rules) => hashEmail(cell, { rules })),
    hashPhone(cell),
    hashPhone(cell, { country: "US" }),
    readHashed(cell),
  ];

  test("gives a digest of 64 lower-case hex digits or a reason, and never throws", () => {
    fc.assert(
      fc.property(anyCell, (cell) => {
        for (const result of results(cell)) {
          if (result.ok) expect(result.digest).toMatch(/^[0-9a-f]{64}$/);
          else expect(result.reason).toMatch(/^[a-z-]+$/);
        }
        expect(readCountry(cell)).toMatch(/^([A-Z]{2}|absent|unknown)$/);
      }),
      { numRuns: caseCount(500) },
    );
  });

  test("is in no result", () => {
    fc.assert(
      fc.property(lowerLocal, fc.integer({ min: 0, max: 99 }), (local, number) => {
        const person = `q${local}zz`;
        const digits = `42555501${String(number).padStart(2, "0")}`;
        const cells = [
          `${person}@contoso.com`,
          `${person}@b\u00fccher.example`,
          `${person} <${person}>`,
          `${person}@contoso.com; x@contoso.com`,
          digits,
          `${digits} ext 5`,
          `${digits}99`,
          `${digits} (${person})`,
        ];
        const found = identify(
          {
            emails: cells,
            phones: cells,
            country: person,
            hashedEmails: cells,
            hashedPhones: cells,
          },
          { rules: "microsoft-2026-11", region: "US" },
        );
        const shown = JSON.stringify([cells.flatMap(results), found]);
        expect(shown).not.toContain(person);
        // A digest may hold ten given digits by chance; only text outside of digests counts.
        expect(shown.replace(/"[0-9a-f]{64}"/g, "")).not.toContain(digits.slice(-8));
      }),
    );
  });
});

describe("hostile length", () => {
  const hostile: readonly [string, string][] = [
    ["spaces inside", `a${" ".repeat(1_000_000)}b`],
    ["only spaces", " ".repeat(1_000_000)],
    ["opening brackets", "<".repeat(1999)],
    ["brackets around", `${"<".repeat(999)}${">".repeat(999)}`],
    ["many @", "@".repeat(1999)],
    ["many addresses", "a@b.co,".repeat(280)],
    ["mailto again and again", "mailto:".repeat(280)],
    ["separators", `${",".repeat(1990)}x`],
    ["combining marks", `a${"\u0301".repeat(1900)}@contoso.com`],
    ["dots in the domain", `a@${"a.".repeat(900)}com`],
    ["digits", "1".repeat(249)],
    ["digits and spaces", "1 ".repeat(124)],
    ["commas before an extension", `4255550123${",".repeat(230)}x`],
    ["pluses", "+1".repeat(124)],
    ["zero digits of another script", "\u0660".repeat(1_000_000)],
    ["hex", "a".repeat(1_000_000)],
  ];

  test.each(hostile)("does not slow a cell down: %s", (_, cell) => {
    const start = performance.now();
    for (let i = 0; i < 3; i++) {
      hashEmail(cell);
      hashPhone(cell, { country: "US" });
      readHashed(cell);
      readCountry(cell);
    }
    // Quadratic time on the long ones would be minutes.
    expect(performance.now() - start).toBeLessThan(30_000);
  });
});
