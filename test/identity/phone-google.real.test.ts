/** Numbers of all regions in 35 writings: none may become another number, which Google's library would let happen. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { CountryCode } from "../../src/base/types.ts";
import { normalizePhone } from "../../src/identity/phone.ts";
import { program } from "../helpers/parts.ts";

const python = program("google-phones", "python");

interface Written {
  readonly writing: string;
  readonly region: CountryCode;
  readonly cell: string;
  readonly number: string;
  /** What the library alone reads. */
  readonly google: string | null;
  /** What the rules give, by another implementation. */
  readonly ruled: string | null;
}

function written(seed: number): Written[] {
  const script = join(import.meta.dirname, "google/writings.py");
  const lines = execFileSync(python as string, [script, String(seed), "14"], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return lines
    .trim()
    .split("\n")
    .map((line) => {
      const [writing, region, cell, number, google, ruled] = JSON.parse(line);
      return { writing, region, cell, number, google, ruled };
    });
}

/** Rows by how they were read. */
function tally(rows: readonly Written[]) {
  const counts = new Map<string, { right: number; refused: number; different: number }>();
  const different: Written[] = [];
  let google = 0;
  for (const row of rows) {
    const count = counts.get(row.writing) ?? { right: 0, refused: 0, different: 0 };
    counts.set(row.writing, count);
    const read = normalizePhone(row.cell, row.region);
    if (row.google !== null && row.google !== row.number) google++;
    if (!read.ok) count.refused++;
    else if (read.text === row.number) count.right++;
    else {
      count.different++;
      different.push(row);
    }
  }
  return { counts, different, google };
}

/** Of these a file with one country says nothing: the rules refuse them, but for what is a number at home. */
const FOREIGN = "foreign, no plus";
/** Behind such numbers letters are digits, so no label is dropped. */
const BEHIND = "national, (mobile)";

describe.skipIf(python === undefined)("numbers as people write them", () => {
  const rows = python === undefined ? [] : written(1);
  const { counts, different, google } = tally(rows);

  it("are of all regions, in 35 writings, more than 100,000", () => {
    expect(rows.length).toBeGreaterThan(100_000);
    expect(counts.size).toBe(35);
    expect(new Set(rows.map(({ number }) => number)).size).toBeGreaterThan(3_000);
    expect(new Set(rows.map(({ region }) => region)).size).toBe(245);
  });

  it("never become another number, where a country's own file or a + says whose they are", () => {
    expect(different.filter(({ writing }) => writing !== FOREIGN)).toEqual([]);
    // The library alone makes another number of these, without a word.
    expect(google).toBeGreaterThan(500);
  });

  it("are read, but for a few that are refused", () => {
    for (const [writing, { right, refused }] of counts) {
      if (writing === FOREIGN) continue;
      const most = writing === BEHIND ? 0.1 : 0.01;
      expect([writing, refused / (right + refused) <= most]).toEqual([writing, true]);
    }
  });

  it("are read by the rules where they stand without a plus in another country's file", () => {
    const foreign = rows.filter(({ writing }) => writing === FOREIGN);
    const wrong = foreign.filter(({ cell, region, ruled }) => {
      const read = normalizePhone(cell, region);
      return (read.ok ? read.text : "!") !== ruled?.replace(/^!.*/, "!");
    });
    expect(wrong).toEqual([]);
    expect((counts.get(FOREIGN)?.different ?? 0) / foreign.length).toBeLessThan(0.02);
  });
});
