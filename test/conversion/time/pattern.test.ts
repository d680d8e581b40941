import { describe, expect, it } from "vitest";
import { FirsthashError } from "../../../src/base/errors.ts";
import { parseTime } from "../../../src/conversion/time/parse.ts";
import { compileTimePattern } from "../../../src/conversion/time/pattern.ts";
import { TimeSurvey } from "../../../src/conversion/time/survey.ts";
import { TimeText } from "../../../src/conversion/time/text.ts";
import { decideTimes } from "../../../src/conversion/time/time.ts";
import { loadZones } from "../../../src/conversion/time/zone.ts";

await loadZones();

const NOW = 1_795_305_600;
/** 2026-11-19 13:05:09 UTC. */
const AT_NINE = 1_795_093_509;

function read(pattern: string, cell: string): number | string {
  const survey = new TimeSurvey(pattern);
  survey.observe(cell, 2);
  const result = decideTimes(survey, { asOf: NOW, timeZone: "UTC" }).read(cell);
  return result.ok ? result.time : result.reason;
}

describe("a date format", () => {
  it.each([
    ["yyyyMMddHHmmss", "20261119130509"],
    ["dd/MM/yyyy HH:mm:ss", "19/11/2026 13:05:09"],
    ["d/M/yy H:mm:ss", "19/11/26 13:05:09"],
    ["HH:mm:ss dd.MM.yyyy", "13:05:09 19.11.2026"],
    ["MMMM d yyyy hh:mm:ss a", "November 19 2026 01:05:09 pm"],
    ["dMMMyyyy h:mm:ssa", "19Nov2026 1:05:09PM"],
    ["yyyy-MM-dd'T'HH.mm.ss", "2026-11-19T13.05.09"],
    ["'it''s' yyyy-MM-dd HH:mm:ss", "it's 2026-11-19 13:05:09"],
    ["yyyy''MM''dd HH:mm:ss", "2026'11'19 13:05:09"],
    ["dd/MM/yyyy HH:mm:ss", "19/11/2026\u202f13:05:09"],
    ["MMM d yyyy hh:mm:ss a", "Nov 19 2026 01:05:09 PM"],
    ["d MMMM yyyy 'à' HH:mm:ss", "19 novembre 2026 à 13:05:09"],
    // python3: (datetime(2026,11,19,13,5,9) - datetime(1899,12,30)).total_seconds() / 86400
    ["serial", "46345.545243055555"],
    ["serial", "46345,545243056"],
  ])("%s reads %j", (pattern, cell) => {
    expect(read(pattern, cell)).toBe(AT_NINE);
  });

  it("reads noon, midnight, and the last second of a day", () => {
    // python3: datetime(2026,11,19,12,10,tzinfo=utc).timestamp() and the like
    expect(read("dd/MM/yyyy hh:mm a", "19/11/2026 12:10 PM")).toBe(1_795_090_200);
    expect(read("dd/MM/yyyy hh:mm a", "19/11/2026 12:10 AM")).toBe(1_795_047_000);
    expect(read("dd/MM/yyyy HH:mm:ss", "19/11/2026 23:59:59")).toBe(1_795_132_799);
  });

  it("decides day and month by itself", () => {
    expect(read("dd/MM/yyyy HH:mm", "05/11/2026 10:00")).toBe(1_793_872_800);
  });

  it("leaves cells that do not follow it to the forms that need no order", () => {
    expect(read("dd/MM/yyyy HH:mm", "2026-11-19T13:05:09Z")).toBe(AT_NINE);
    expect(read("dd/MM/yyyy HH:mm", "11/19/2026 10:00")).toBe("time-unreadable");
  });

  it.each([
    ["dd/MM/yyyy HH:mm", "5/11/2026 10:00"],
    ["dd/MM/yyyy HH:mm", "05/11/2026 10:00 x"],
    ["dd/MM/yyyy HH:mm", "05/11/2026 24:00"],
    ["dd/MM/yyyy HH:mm", "31/11/2026 10:00"],
    ["dd/MM/yyyy HH:mm", "05/11/2026 10:60"],
    ["dd/MM/yyyy HH:mm:ss", "05/11/2026 10:00:60"],
    ["dd/MM/yyyy hh:mm a", "05/11/2026 10:00 xm"],
    ["dd MMM yyyy HH:mm", "05 Xyz 2026 10:00"],
    ["dd/MM/yyyy hh:mm a", "05/11/2026 13:00 PM"],
    ["dd/MM/yyyy hh:mm a", "05/11/2026 00:10 AM"],
  ])("%s refuses %j", (pattern, cell) => {
    expect(read(pattern, cell)).toBe("time-unreadable");
  });

  it("may have no time, which is then missing", () => {
    expect(read("yyyyMMdd", "20261119")).toBe("time-missing");
  });

  it.each([
    ["dd/MM/YYYY", "unknown token at character 7"],
    ["DD/MM/yyyy", "unknown token at character 1"],
    ["yyyy-MM-ddTHH:mm", "unknown token at character 11"],
    ["yyyy-MM-dd HH:mm:SS", "unknown token at character 18"],
    ["MM/yyyy", "no day"],
    ["", "no year"],
    ["dd/MM/yyyy dd", "day twice"],
    ["dd/MM/MMM/yyyy", "month twice"],
    ["dd/MM/yyyy HH hh:mm a", "hour twice"],
    ["dd/MM/yyyy hh:mm a HH", "hour twice"],
    ["dd/MM/yyyy HH HH:mm", "hour twice"],
    ["dd/MM/yyyy hh hh:mm a", "hour twice"],
    ["yyyy yyyy-MM-dd", "year twice"],
    ["dd/MM/yyyy HH:mm mm", "minute twice"],
    ["dd/MM/yyyy HH:mm:ss ss", "second twice"],
    ["dd/MM/yyyy hh:mm a a", "half of the day twice"],
    ["dd/MM/yyyy ss", "hours and minutes"],
    ["dd/MM/yyyy hh:mm", "both hh and a"],
    ["dd/MM/yyyy HH:mm a", "both hh and a"],
    ["dd/MM/yyyy HH", "hours and minutes"],
    ["dd/MM/yyyy mm:ss", "hours and minutes"],
    ["dMMyyyy", "separator"],
    ["dd/MM/yyyy 'at", "open quote"],
  ])("is refused when it is %j: %s", (pattern, problem) => {
    let error: unknown;
    try {
      compileTimePattern(pattern);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(FirsthashError);
    expect((error as FirsthashError).message).toContain(problem);
    expect((error as FirsthashError).hint).toContain(
      "yyyy yy MM M MMM MMMM dd d HH H hh h mm ss a",
    );
  });

  it("leaves nothing of an earlier cell behind", () => {
    const text = new TimeText();
    const pattern = compileTimePattern("yyyyMMdd");
    expect(parseTime("2026-11-19T13:05:09+01:00", text)).toBe(true);
    expect(pattern.read("20261119", text)).toBe(true);
    expect(text).toMatchObject({ hasTime: false, offset: Number.NaN, secondOfDay: 0 });
  });
});
