import fc from "fast-check";
import { expect, it } from "vitest";
import type { EpochSeconds } from "../../src/conversion/types.ts";
import { isoSpaced, isoUtc, monthFirst12, monthFirst24 } from "../../src/destinations/times.ts";
import { caseCount } from "../helpers/differential.ts";
import { at } from "./rows.ts";

it("agrees with Date.toISOString over random instants of the years 1 to 9999", () => {
  const first = Date.parse("0001-01-01T00:00:00Z") / 1000;
  const last = Date.parse("9999-12-31T23:59:59Z") / 1000;
  fc.assert(
    fc.property(fc.integer({ min: first, max: last }), (seconds) => {
      const iso = new Date(seconds * 1000).toISOString();
      const date = iso.slice(0, 10);
      const clock = iso.slice(11, 19);
      const [year, month, day] = date.split("-");
      const time = seconds as EpochSeconds;
      expect(isoUtc(time)).toBe(`${date}T${clock}Z`);
      expect(isoSpaced(time)).toBe(`${date} ${clock}`);
      expect(monthFirst24(time)).toBe(`${month}/${day}/${year} ${clock}`);
    }),
    { numRuns: caseCount(500) },
  );
});

it("gives the 12-hour form that Date gives in en-US, but for its comma", () => {
  const options = { timeZone: "UTC" } as const;
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (seconds) => {
      const reference = new Date(seconds * 1000).toLocaleString("en-US", options);
      expect(monthFirst12(seconds as EpochSeconds)).toBe(
        reference.replace(",", "").replaceAll("\u202f", " "),
      );
    }),
    { numRuns: caseCount(100) },
  );
});

it("writes midnight and noon as 12, with ASCII spaces only", () => {
  expect(monthFirst12(at("2026-08-01T00:00:00Z"))).toBe("8/1/2026 12:00:00 AM");
  expect(monthFirst12(at("2026-08-01T12:00:00Z"))).toBe("8/1/2026 12:00:00 PM");
  expect(monthFirst12(at("2026-12-31T23:59:59Z"))).toBe("12/31/2026 11:59:59 PM");
  expect(monthFirst12(at("2024-02-29T13:00:00Z"))).toMatch(/^[\x20-\x7e]+$/);
});
