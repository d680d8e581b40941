/** The compact structures, held to plain ones. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FrequentDigests } from "../../src/form/frequent.ts";
import { DigestTable } from "../../src/verify/digests.ts";

/** Digests that share their first words, so that keys are compared whole. */
const digest = fc
  .tuple(fc.constantFrom("0", "f"), fc.nat(40))
  .map(([first, last]) => first.repeat(24) + last.toString(16).padStart(8, "0") + "a".repeat(32));

describe("the table of digests", () => {
  it("counts and marks as a Map does", () => {
    const field = fc.constantFrom("email" as const, "phone" as const);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(digest, field), { maxLength: 300 }),
        fc.array(fc.tuple(digest, fc.nat(7), fc.nat(7))),
        (added, marked) => {
          const table = new DigestTable();
          const plain = new Map<
            string,
            { email: number; phone: number; inEmail: number; inPhone: number }
          >();
          for (const [text, column] of added) {
            table.add(text, column);
            const entry = plain.get(text) ?? { email: 0, phone: 0, inEmail: 0, inPhone: 0 };
            entry[column]++;
            plain.set(text, entry);
          }
          for (const [text, inEmail, inPhone] of marked) {
            table.mark(text, inEmail, inPhone);
            const entry = plain.get(text);
            if (entry === undefined) continue;
            entry.inEmail |= inEmail;
            entry.inPhone |= inPhone;
          }
          expect(table.size).toBe(plain.size);
          for (const column of ["email", "phone"] as const) {
            const sums = new Map<number, number>();
            for (const entry of plain.values()) {
              const marks = column === "email" ? entry.inEmail : entry.inPhone;
              if (entry[column] > 0) sums.set(marks, (sums.get(marks) ?? 0) + entry[column]);
            }
            expect(new Map([...table.rowsByMarks(column)].sort())).toEqual(
              new Map([...sums].sort()),
            );
          }
        },
      ),
    );
  });

  it("keeps its counts when it grows", () => {
    const table = new DigestTable();
    const text = (i: number) =>
      (Math.imul(i, 2654435761) >>> 0).toString(16).padStart(8, "0").repeat(8);
    for (let i = 0; i < 30_000; i++) table.add(text(i % 10_000), "email");
    expect(table.size).toBe(10_000);
    expect([...table.rowsByMarks("email")]).toEqual([[0, 30_000]]);
  });
});

describe("the summary of frequent digests", () => {
  it("never counts too high, and misses none on more than one row in 200", () => {
    const share = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(share, fc.integer({ min: 5000, max: 20_000 }), (percent, rows) => {
        const frequent = new FrequentDigests();
        const every = Math.round(100 / percent);
        let many = 0;
        for (let i = 0; i < rows; i++) {
          if (i % every === 0) many++;
          frequent.add(i % every === 0 ? "many" : `once ${i}`, i);
        }
        const [found, ...more] = frequent.suspicious();
        expect(more).toEqual([]);
        expect(found?.rows ?? 0).toBeLessThanOrEqual(many);
        expect(found?.rows ?? 0).toBeGreaterThanOrEqual(many - rows / 512);
      }),
      { numRuns: 20 },
    );
  });

  it("says nothing of customers who come back", () => {
    const frequent = new FrequentDigests();
    for (let i = 0; i < 10_000; i++) frequent.add(`customer ${i % 700}`, i);
    expect(frequent.suspicious()).toEqual([]);
  });
});
