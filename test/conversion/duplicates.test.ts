import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DuplicateKey, Duplicates } from "../../src/conversion/duplicates.ts";

const ROW: DuplicateKey = { name: "Sale", time: 1_790_000_000, email: "e".repeat(64) };

describe("Duplicates", () => {
  it("knows a row the second time and after", () => {
    const duplicates = new Duplicates();
    expect([ROW, ROW, { ...ROW }].map((row) => duplicates.add(row))).toEqual([false, true, true]);
  });

  it.each([
    ["click id", { ...ROW, clickId: "0".repeat(32) }],
    ["name", { ...ROW, name: "sale" }],
    ["time", { ...ROW, time: ROW.time + 1 }],
    ["e-mail digest", { ...ROW, email: "f".repeat(64) }],
    ["phone digest", { ...ROW, phone: "e".repeat(64) }],
    ["place of the digest", { name: ROW.name, time: ROW.time, phone: ROW.email as string }],
  ])("tells rows apart by their %s", (_, other) => {
    const duplicates = new Duplicates();
    duplicates.add(ROW);
    expect(duplicates.add(other)).toBe(false);
    expect(duplicates.add(other)).toBe(true);
  });

  it("tells rows apart by each part of the key alone, and adjustments by what they say", () => {
    const sale = { name: "Sale", time: 1 };
    const restate = { type: "Restate", time: 2, value: "5", currency: "USD" };
    const rows = [
      sale,
      { ...sale, clickId: "a" },
      { ...sale, clickId: "b" },
      { ...sale, email: "a" },
      { ...sale, email: "b" },
      { ...sale, phone: "a" },
      { ...sale, phone: "b" },
      { ...sale, adjustment: restate },
      { ...sale, adjustment: { ...restate, type: "Retract" } },
      { ...sale, adjustment: { ...restate, time: 3 } },
      { ...sale, adjustment: { ...restate, value: "6" } },
      { ...sale, adjustment: { ...restate, currency: "EUR" } },
      { ...sale, adjustment: { type: "Restate", time: 2 } },
    ];
    const duplicates = new Duplicates();
    expect(rows.map((row) => duplicates.add(row))).toEqual(rows.map(() => false));
    expect(rows.map((row) => duplicates.add(row))).toEqual(rows.map(() => true));
  });

  it("is not fooled by a name that looks like other fields", () => {
    const duplicates = new Duplicates();
    duplicates.add({ name: "x|1|||y", time: 2 });
    expect(duplicates.add({ name: "y", time: 1, clickId: "||2|||x" })).toBe(false);
  });

  it("agrees with a Set of the five fields, across all growth steps", () => {
    const row = fc.record({
      name: fc.constantFrom("a", "b", "ä|"),
      time: fc.nat(400),
      email: fc.option(fc.constantFrom("1".repeat(64), "2".repeat(64)), { nil: undefined }),
      phone: fc.option(fc.constantFrom("1".repeat(64), "3".repeat(64)), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1000, maxLength: 4000 }), (rows) => {
        const duplicates = new Duplicates();
        const seen = new Set<string>();
        for (const { name, time, email, phone } of rows) {
          const text = JSON.stringify([name, time, email ?? null, phone ?? null]);
          const key = { name, time, ...(email && { email }), ...(phone && { phone }) };
          expect(duplicates.add(key)).toBe(seen.has(text));
          seen.add(text);
        }
      }),
      { numRuns: 10 },
    );
  });
});
