import { describe, expect, it } from "vitest";
import { daysSinceEpoch, isCalendarDay } from "../../../src/conversion/time/calendar.ts";

describe("the calendar", () => {
  it("counts days as Date does, over 400 years", () => {
    for (let day = -73_000; day < 73_100; day++) {
      const date = new Date(day * 86_400_000);
      const parts = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()] as const;
      if (!isCalendarDay(...parts) || daysSinceEpoch(...parts) !== day) {
        expect.fail(`day ${day}`);
      }
    }
  });

  it("knows the first day of year 0 and the last of year 9999", () => {
    // python3: (date(1,1,1) - date(1970,1,1)).days == -719162; year 0 is a leap year before it.
    expect(daysSinceEpoch(1, 1, 1)).toBe(-719_162);
    expect(daysSinceEpoch(0, 1, 1)).toBe(-719_162 - 366);
    expect(daysSinceEpoch(9999, 12, 31)).toBe(2_932_896);
  });

  it.each([
    [2024, 2, 29, true],
    [2026, 2, 29, false],
    [2000, 2, 29, true],
    [1900, 2, 29, false],
    [2024, 2, 30, false],
    [2026, 4, 31, false],
    [2026, 6, 31, false],
    [2026, 9, 31, false],
    [2026, 11, 31, false],
    [2026, 12, 31, true],
    [2026, 13, 1, false],
    [2026, 0, 1, false],
    [2026, 1, 0, false],
  ])("says of %i-%i-%i: %s", (year, month, day, expected) => {
    expect(isCalendarDay(year, month, day)).toBe(expected);
  });
});
