/** The page's few functions of Temporal against its classes, in all zones. */
import { Temporal as Classes } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { Temporal } from "../../scripts/page-packages/temporal.ts";

interface Zoned {
  readonly epochMilliseconds: number;
  readonly offsetNanoseconds: number;
  getTimeZoneTransition(direction: "next"): Zoned | null;
}

/** As far as `zone.ts` looks at once: about 388 days and a margin on both sides. */
const SPAN = 395 * 86_400_000;

/** Offsets and their changes from one instant on. */
function changes(start: Zoned): string[] {
  const found: string[] = [];
  const end = start.epochMilliseconds + SPAN;
  for (let at: Zoned | null = start; at !== null && at.epochMilliseconds <= end; ) {
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
      for (const year of [2010, 2011, 2015, 2019, 2023, 2026]) {
        const at = Date.UTC(year, 10, 20);
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
