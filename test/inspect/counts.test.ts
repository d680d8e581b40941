/** Persons of rows, and how many cells of each column are of use. */
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { PeopleTally } from "../../src/base/tally.ts";
import type { IdentifySettings } from "../../src/identity/identify.ts";
import { type PersonColumns, PersonReader } from "../../src/identity/person.ts";
import { CellCounts, IdentifierCounts } from "../../src/inspect/counts.ts";
import type { RowBatch } from "../../src/read/types.ts";

const SETTINGS: IdentifySettings = { rules: "microsoft-2026-11", region: "US" };
const YES: ReadonlySet<string> = new Set(["yes"]);
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const HASH = "a".repeat(64);

const batch = (...rows: (readonly string[])[]): RowBatch => ({
  length: rows.length,
  line: (row) => row + 2,
  width: (row) => rows[row]?.length ?? 0,
  cell: (row, column) => rows[row]?.[column] ?? "",
  progress: undefined,
});

function readAll(columns: PersonColumns, ...rows: (readonly string[])[]) {
  const tally = new PeopleTally();
  const reader = new PersonReader(columns, SETTINGS, YES, tally);
  const all = batch(...rows);
  const people = rows.map((_, row) => {
    const { email, phone } = reader.identify(all, row);
    return { email, phone };
  });
  return { tally, people };
}

describe("PersonReader", () => {
  it("takes the first country cell that says something", () => {
    const { people } = readAll(
      { phone: [0], country: [1, 2] },
      ["020 7946 0123", "n/a", "GB"],
      ["020 7946 0123", "United Kingdom", "US"],
      ["(206) 555-0101", "", ""],
    );
    const london = sha256("+442079460123");
    expect(people.map(({ phone }) => phone)).toEqual([london, london, sha256("+12065550101")]);
  });

  it("reads digests from hashed columns", () => {
    const { people } = readAll({ "hashed-email": [0], "hashed-phone": [1] }, [
      HASH.toUpperCase(),
      "b".repeat(64),
    ]);
    expect(people).toEqual([{ email: HASH, phone: "b".repeat(64) }]);
  });

  it("counts the usable, the absent and the refused of each field apart", () => {
    const { tally } = readAll(
      { email: [0], phone: [1] },
      ["ann@example.com", "(206) 555-0101"],
      ["mailto:bob@example.com", ""],
      ["not an address", "(206) 555-0102 x5"],
      ["", "12"],
      ["n/a", "none"],
    );
    expect(tally.referred).toBe(5);
    expect(tally.email).toMatchObject({ usable: 2, absent: 2 });
    expect(tally.phone).toMatchObject({ usable: 2, absent: 2 });
    expect(tally.email.reasons.entries()).toMatchObject([[expect.any(String), { lines: [4] }]]);
    expect(tally.phone.reasons.entries()).toMatchObject([[expect.any(String), { lines: [5] }]]);
    expect(tally.email.repairs.entries()).toMatchObject([[expect.any(String), { lines: [3] }]]);
    expect(tally.phone.repairs.entries()).toMatchObject([[expect.any(String), { lines: [4] }]]);
  });

  it("counts what is wrong in hashed columns under the field", () => {
    const { tally } = readAll({ "hashed-email": [0], "hashed-phone": [1] }, [HASH, "x"], ["x", ""]);
    expect(tally.email.reasons.total()).toBe(1);
    expect(tally.phone.reasons.entries()).toMatchObject([[expect.any(String), { lines: [2] }]]);
    expect(tally.email).toMatchObject({ usable: 1, absent: 0 });
    expect(tally.phone).toMatchObject({ usable: 0, absent: 1 });
  });

  it("counts contradictions under their own field", () => {
    const tally = new PeopleTally();
    const reader = new PersonReader({}, SETTINGS, YES, tally);
    reader.countConflict({ email: true, phone: false }, 2);
    reader.countConflict({ email: false, phone: true }, 3);
    expect(tally.email.reasons.get("contact-conflict")).toEqual({ count: 1, lines: [2] });
    expect(tally.phone.reasons.get("contact-conflict")).toEqual({ count: 1, lines: [3] });
  });

  it("needs a yes in every consent column, in any case and trimmed", () => {
    const reader = (columns: PersonColumns) =>
      new PersonReader(columns, SETTINGS, YES, new PeopleTally());
    const rows = batch([" Yes "], ["YES", "no"], ["yes", "yes"], ["", "yes"]);
    const consents = [0, 1, 2, 3].map((row) => reader({ consent: [0, 1] }).consents(rows, row));
    expect(consents).toEqual([false, false, true, false]);
    const tally = new PeopleTally();
    const counting = new PersonReader({ consent: [0, 1] }, SETTINGS, YES, tally);
    for (const row of [0, 1, 2, 3]) counting.consents(rows, row);
    expect(tally.withoutConsent).toBe(3);
    expect(reader({ consent: [0] }).consents(rows, 0)).toBe(true);
    expect(reader({ consent: [] }).consents(rows, 3)).toBe(true);
    expect(reader({}).consents(rows, 3)).toBe(true);
  });
});

describe("IdentifierCounts", () => {
  const count = (columns: PersonColumns, ...rows: (readonly string[])[]) => {
    const counts = new IdentifierCounts(columns, SETTINGS, YES);
    const all = batch(...rows);
    for (const row of rows.keys()) counts.observe(all, row);
    return counts;
  };

  it("counts each column by itself and each row as a person", () => {
    const { lanes, people } = count(
      { email: [0, 1], phone: [2], "hashed-email": [3], "hashed-phone": [4] },
      ["ann@example.com", "", "(206) 555-0101", "", ""],
      ["", "bob@example.com", "12", "", ""],
      ["", "", "", HASH, ""],
      ["x", "", "", "", HASH],
      ["", "", "206-555-0102", "", ""],
      ["x", "", "", "", ""],
    );
    expect(people).toEqual({
      rows: 6,
      both: 1,
      emailOnly: 2,
      phoneOnly: 2,
      neither: 1,
      noConsent: 0,
    });
    expect(
      lanes.map(({ field, column, tally }) => [field, column, tally.usable, tally.absent]),
    ).toEqual([
      ["email", 0, 1, 3],
      ["email", 1, 1, 5],
      ["phone", 2, 2, 3],
      ["hashed-email", 3, 1, 5],
      ["hashed-phone", 4, 1, 5],
    ]);
  });

  it("looks at nothing of a person who did not agree", () => {
    const { lanes, people } = count(
      { email: [0], consent: [1] },
      ["ann@example.com", "no"],
      ["bob@example.com", "yes"],
    );
    expect(people).toMatchObject({ rows: 2, emailOnly: 1, noConsent: 1 });
    expect(lanes[0]?.tally.usable).toBe(1);
  });

  it("reads a phone column in the country of the row", () => {
    const { people } = count({ phone: [0], country: [1] }, ["020 7946 0123", "GB"]);
    expect(people.phoneOnly).toBe(1);
  });

  it("counts no people without a column that identifies anybody", () => {
    expect(count({ country: [0] }, ["US"]).people.rows).toBe(0);
  });
});

it("counts the cells of a column that are empty or say that they are", () => {
  const counts = new CellCounts();
  for (const cell of ["US", "", "n/a", "DE", "FR"]) counts.observe(cell);
  expect({ ...counts }).toEqual({ filled: 3, absent: 2 });
});
