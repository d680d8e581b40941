/** The page's few functions of Temporal against its classes, in all zones. */
import { Temporal as Classes } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { Temporal } from "../../scripts/page-packages/temporal.ts";

interface Zoned {
  readonly epochMilliseconds: number;
  readonly offsetNanoseconds: number;
  getTimeZoneTransition(direction: "next"): Zoned | null;
}

/** Offsets and their changes from one instant on. */
function changes(start: Zoned): string[] {
  const found: string[] = [];
  let at: Zoned | null = start;
  for (let step = 0; step < 4 && at !== null; step++) {
    found.push(`${at.epochMilliseconds} ${at.offsetNanoseconds}`);
    at = at.getTimeZoneTransition("next");
  }
  return found;
}

describe("Temporal in the page", () => {
  it("has the offsets and the changes of the classes", () => {
    const zones = [...Intl.supportedValuesOf("timeZone"), "UTC", "Asia/Kolkata"];
    expect(zones.length).toBeGreaterThan(400);
    for (const id of zones) {
      for (const at of [Date.UTC(2011, 11, 1), Date.UTC(2026, 10, 20)]) {
        const mine = changes(Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(id));
        expect(mine).toEqual(
          changes(Classes.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(id)),
        );
      }
    }
  });

  it("refuses what is no zone", () => {
    const start = Temporal.Instant.fromEpochMilliseconds(0);
    expect(() => start.toZonedDateTimeISO("Europe/Nowhere")).toThrow(RangeError);
  });
});
