import { describe, expect, test } from "vitest";
import { CELL_REASONS, REPAIRS } from "../../src/base/reasons.ts";
import type { EmailRuleSet } from "../../src/base/types.ts";
import { resolveCountry } from "../../src/identity/country.ts";
import { hashEmail, hashPhone } from "../../src/identity/hash.ts";
import { readHashed } from "../../src/identity/hashed.ts";
import { identify } from "../../src/identity/identify.ts";
import type { DigestResult } from "../../src/identity/types.ts";
import { type Vector, vectors } from "../../src/testing/vectors.ts";

/** The result in the words of the vectors. */
function outcome(result: DigestResult): Partial<Vector> {
  if (result.ok) return { expect: "digest", sha256: result.digest, repaired: result.repaired };
  return result.reason === "absent"
    ? { expect: "absent" }
    : { expect: "refused", reason: result.reason };
}

function expected(vector: Vector): Partial<Vector> {
  const { expect } = vector;
  if (expect === "digest") return { expect, sha256: vector.sha256, repaired: vector.repaired };
  return expect === "absent" ? { expect } : { expect, reason: vector.reason };
}

/** As a row gives it: the country is a cell, which may be empty or name no country. */
function asRow(vector: Vector): Partial<Vector> {
  const found = identify(
    {
      emails: [],
      phones: [vector.input],
      country: vector.country,
      hashedEmails: [],
      hashedPhones: [],
    },
    { rules: "microsoft-2026-11" },
  );
  const repaired = found.notes.flatMap((note) => ("repaired" in note ? [note.repaired] : []));
  if (found.phone !== undefined) return { expect: "digest", sha256: found.phone, repaired };
  const [note] = found.notes;
  return note !== undefined && "refused" in note
    ? { expect: "refused", reason: note.refused }
    : { expect: "absent" };
}

const emails = [...vectors["microsoft-2026-11"], ...vectors["google-2026-11"]];
const phones = vectors["e164-2026-11"];
const hashed = vectors["sha256-hex"];
const label = (vector: Vector) => [vector.rules, vector.name, vector] as const;

describe("e-mail vectors", () => {
  test.each(emails.map(label))("%s: %s", (rules, _, vector) => {
    const result = hashEmail(vector.input, { rules: rules as EmailRuleSet });
    expect(outcome(result)).toEqual(expected(vector));
  });
});

describe("phone vectors", () => {
  const options = (country: string | undefined) => (country === undefined ? {} : { country });

  test.each(
    phones.filter(({ country }) => country === undefined || resolveCountry(country)).map(label),
  )("%s: %s", (_, __, vector) => {
    expect(outcome(hashPhone(vector.input, options(vector.country)))).toEqual(expected(vector));
  });

  test.each(phones.map(label))("%s, in a row: %s", (_, __, vector) => {
    expect(asRow(vector)).toEqual(expected(vector));
  });
});

describe("hashed vectors", () => {
  test.each(hashed.map(label))("%s: %s", (_, __, vector) => {
    expect(outcome(readHashed(vector.input))).toEqual(expected(vector));
  });
});

describe("the set of vectors", () => {
  const all = [...emails, ...phones, ...hashed];

  test("has enough e-mail addresses, phone numbers and regions", () => {
    expect(emails.length).toBeGreaterThanOrEqual(150);
    expect(phones.length).toBeGreaterThanOrEqual(200);
    const regions = new Set(
      phones
        .filter((vector) => vector.expect === "digest" && vector.country !== undefined)
        .map((vector) => resolveCountry(vector.country ?? "")),
    );
    expect(regions.size).toBeGreaterThanOrEqual(25);
  });

  test("reaches every reason, except the one that needs two contacts", () => {
    const reached = new Set(
      all.flatMap((vector) => (vector.expect === "refused" ? [vector.reason] : [])),
    );
    const missing = Object.keys(CELL_REASONS).filter((reason) => !reached.has(reason));
    expect(missing).toEqual(["contact-conflict"]);
  });

  test("reaches every repair", () => {
    const reached = new Set(
      all.flatMap((vector) => (vector.expect === "digest" ? vector.repaired : [])),
    );
    expect(Object.keys(REPAIRS).filter((repair) => !reached.has(repair))).toEqual([]);
  });

  test("has one name for one vector", () => {
    for (const group of [emails, phones, hashed]) {
      const names = group.map((vector) => `${vector.rules} ${vector.name} ${vector.input}`);
      expect(new Set(names).size).toBe(names.length);
    }
  });
});
