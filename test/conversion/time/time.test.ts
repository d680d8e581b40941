import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FirsthashError } from "../../../src/base/errors.ts";
import { TimeSurvey } from "../../../src/conversion/time/survey.ts";
import {
  checkTimeOptions,
  decideTimes,
  parseInstant,
  type TimeOptions,
  type TimeReader,
} from "../../../src/conversion/time/time.ts";
import { loadZones } from "../../../src/conversion/time/zone.ts";
import { caseCount } from "../../helpers/differential.ts";

await loadZones();

/** 2026-11-22T00:00:00Z (python3: datetime(2026,11,22,tzinfo=utc).timestamp()). */
const NOW = 1_795_305_600;
const DAY = 86_400;

function survey(cells: readonly string[], dateFormat?: string): TimeSurvey {
  const found = new TimeSurvey(dateFormat);
  for (const [index, cell] of cells.entries()) found.observe(cell, index + 2);
  return found;
}

function reader(
  cells: readonly string[],
  options: Partial<TimeOptions> = {},
  dateFormat?: string,
): TimeReader {
  return decideTimes(survey(cells, dateFormat), { asOf: NOW, ...options });
}

/** The instant of a cell read alone, or the reason. */
function readOne(
  cell: string,
  options: Partial<TimeOptions> = {},
  dateFormat?: string,
): number | string {
  const result = reader([cell], options, dateFormat).read(cell);
  return result.ok ? result.time : result.reason;
}

function usage(run: () => unknown): FirsthashError {
  try {
    run();
  } catch (error) {
    if (error instanceof FirsthashError && error.code === "usage") return error;
    throw error;
  }
  throw new Error("no usage error");
}

/** 2026-11-19 13:05:09 UTC is 1795093509 (python3 datetime); without seconds 1795093500. */
const AT_NINE = 1_795_093_509;
const AT_MINUTE = 1_795_093_500;

describe("forms with their own zone", () => {
  it.each([
    ["2026-11-19T13:05:09Z", AT_NINE],
    ["2026-11-19t13:05:09z", AT_NINE],
    ["2026-11-19T13:05:09.999Z", AT_NINE],
    ["2026-11-19T13:05:09,5Z", AT_NINE],
    ["2026-11-19T13:05Z", AT_MINUTE],
    ["2026-11-19T13:05:09.000+0000", AT_NINE],
    ["2026-11-19T14:05:09+01:00", AT_NINE],
    ["2026-11-19T14:05:09+0100", AT_NINE],
    ["2026-11-19T14:05:09+01", AT_NINE],
    ["2026-11-19 08:05:09-05:00", AT_NINE],
    ["2026-11-19 08:05:09 -0500", AT_NINE],
    ["2026-11-19T08:05:09\u221205:00", AT_NINE],
    ["2026-11-19T18:50:09+05:45", AT_NINE],
    ["2026-11-19T08:05:09-05:00[America/New_York]", AT_NINE],
    ["2026-11-19T13:05:09Z[UTC]", AT_NINE],
    ["2026-11-19 13:05:09 UTC", AT_NINE],
    ["2026-11-19 13:05:09 GMT", AT_NINE],
    ["2026-11-19 14:05:09 GMT+1", AT_NINE],
    ["2026-11-19 13:05:09 UT", AT_NINE],
    ["2026-11-19 23:05:09 +10:00[Etc/GMT-10]", AT_NINE],
    ["2026-11-19 03:05:09 -10:00[Etc/GMT+10]", AT_NINE],
    ["2026-11-19 14:04:09+00:59", AT_NINE],
    ["2026-11-20 03:05:09+14:00", AT_NINE],
    ["2026-11-19 14:05:09 UTC+01:00", AT_NINE],
    ["2026-11-19 08:05:09 America/New_York", AT_NINE],
    ["2026-11-19 08:05:09 EasternTimeUSCanada", AT_NINE],
    ["20261119T130509Z", AT_NINE],
    ["20261119T1305+0000", AT_MINUTE],
    ["Thu, 19 Nov 2026 13:05:09 GMT", AT_NINE],
    ["Thu Nov 19 2026 14:05:09 GMT+0100", AT_NINE],
    ["1795093509", AT_NINE],
    ["1795093509.987", AT_NINE],
    ["1795093509987", AT_NINE],
    ["  2026-11-19T13:05:09Z\u00a0", AT_NINE],
    ["\ufeff2026-11-19T13:05:09Z", AT_NINE],
  ])("reads %j", (cell, instant) => {
    expect(readOne(cell)).toBe(instant);
  });
});

describe("forms without a zone", () => {
  it.each([
    ["2026-11-19T13:05:09", AT_NINE],
    ["2026-11-19 13:05:09", AT_NINE],
    ["2026-11-19  13:05:09.25", AT_NINE],
    ["2026-11-19 13:05", AT_MINUTE],
    ["2026-11-19, 13:05", AT_MINUTE],
    ["2026/11/19 13:05:09", AT_NINE],
    ["2026.11.19 13:05:09", AT_NINE],
    ["2026-11-19 01:05:09 PM", AT_NINE],
    ["11/19/2026, 1:05 PM", AT_MINUTE],
    ["11/19/2026 1:05:09 PM", AT_NINE],
    ["11/19/2026 1:05:09\u202fPM", AT_NINE],
    ["11/19/2026 1:05:09\u00a0pm", AT_NINE],
    ["11/19/2026 01:05:09PM", AT_NINE],
    ["11/19/2026 1:05:09 p.m.", AT_NINE],
    ["11/19/2026 1:05:09 P.M.", AT_NINE],
    ["\u200e11\u200e/\u200e19\u200e/\u200e2026 13:05", AT_MINUTE],
    ["11-19-2026 13:05:09", AT_NINE],
    ["11/19/26 13:05", AT_MINUTE],
    ["19/11/2026 13:05", AT_MINUTE],
    ["19-11-2026 13:05:09", AT_NINE],
    ["19.11.2026 13:05", AT_MINUTE],
    ["19.11.2026, 13:05:09", AT_NINE],
    ["19.11.26 13:05", AT_MINUTE],
    ["Nov 19, 2026 1:05:09 PM", AT_NINE],
    ["Nov 19, 2026, 1:05 PM", AT_MINUTE],
    ["Nov 19,2026 13:05", AT_MINUTE],
    ["November 19, 2026 at 1:05 PM", AT_MINUTE],
    ["NOV. 19 2026 13:05", AT_MINUTE],
    ["19 Nov 2026 13:05:09", AT_NINE],
    ["19 november 2026, 13:05", AT_MINUTE],
    ["19-Nov-2026 13:05:09", AT_NINE],
    ["19-NOV-26 01:05:09 PM", AT_NINE],
    ["Thursday, November 19, 2026 1:05 PM", AT_MINUTE],
    ["20261119T130509", AT_NINE],
    ["20261119t130509", AT_NINE],
    ["11/19/2026,13:05", AT_MINUTE],
    ["2026-11-19\t13:05:09", AT_NINE],
    ["Thu. 19 Nov 2026 13:05:09", AT_NINE],
    ["19/Nov/2026 13:05:09", AT_NINE],
    ["Wednesday, 18 Nov 2026 13:05:09", AT_NINE - 86_400],
    ["19 Nov, 2026 13:05", AT_MINUTE],
    ["19.11.2026 13:05 Uhr", AT_MINUTE],
    ["19.11.2026 um 13.05 Uhr", AT_MINUTE],
    ["19.11.2026 - 13:05:09", AT_NINE],
    ["Donnerstag, 19. November 2026 um 13:05", AT_MINUTE],
    ["19.Nov.2026 13:05", AT_MINUTE],
    ["19/11/2026 13h05", AT_MINUTE],
    ["19/11/2026 à 13 h 05 min 09 s", AT_NINE],
    ["jeudi 19 novembre 2026 à 13:05", AT_MINUTE],
    ["19 de noviembre de 2026 a las 13:05", AT_MINUTE],
    ["19 nov 2026, 1:05 p. m.", AT_MINUTE],
    ["quinta-feira, 19 de novembro de 2026 às 13:05", AT_MINUTE],
    ["giovedì 19 novembre 2026 alle ore 13:05", AT_MINUTE],
    ["donderdag 19 november 2026 13:05 uur", AT_MINUTE],
    ["2026年11月19日 13:05", AT_MINUTE],
    ["2026年11月19日13時05分09秒", AT_NINE],
    ["2026年11月19日(木) 13:05", AT_MINUTE],
    ["2026年11月19日（木）13:05", AT_MINUTE],
    ["2026年11月19日木曜日 13:05", AT_MINUTE],
    ["19-NOV-26 01.05.09.000000 PM", AT_NINE],
    ["19-NOV-26 01.05.09.123456789 PM", AT_NINE],
  ])("reads %j in the zone of the run", (cell, instant) => {
    expect(readOne(cell, { timeZone: "UTC" })).toBe(instant);
    // New York is at UTC-5 in November.
    expect(readOne(cell, { timeZone: "America/New_York" })).toBe(instant + 5 * 3600);
  });

  it("reads days and months of one digit behind a year", () => {
    // python3: datetime(2026,11,9,13,5,tzinfo=utc).timestamp(), and of 9 October
    expect(readOne("2026-11-9 13:05", { timeZone: "UTC" })).toBe(1_794_229_500);
    expect(readOne("2026/10/9 13:05", { timeZone: "UTC" })).toBe(1_791_551_100);
    expect(readOne("26/11/9 13:05", { timeZone: "UTC" })).toBe(1_794_229_500);
  });

  it("reads an offset close behind the half of the day", () => {
    expect(readOne("2026-11-19 2:05 PM+01:00")).toBe(AT_MINUTE);
  });

  it("reads Sept as September", () => {
    // python3: datetime(2026,9,19,13,5,tzinfo=utc).timestamp()
    expect(readOne("Sept 19, 2026 13:05", { timeZone: "UTC" })).toBe(1_789_823_100);
  });

  it("reads Microsoft's own examples of 1 June 2017", () => {
    const options = { timeZone: "UTC", asOf: 1_496_322_000 } as const;
    for (const cell of [
      "06/13/2017 1:00:00 PM",
      "Jun 13, 2017 1:00:00 PM",
      "2017-06-13T13:00:00",
    ]) {
      expect(readOne(cell, { ...options, asOf: 1_497_358_800 })).toBe(1_497_358_800);
    }
    for (const cell of ["06/01/2017 1:00:00 PM", "06/01/2017 13:00:00"]) {
      expect(readOne(cell, { ...options, dateOrder: "mdy" })).toBe(1_496_322_000);
    }
    // 13:00+0500 is 08:00 UTC.
    expect(readOne("2017-06-01 13:00:00+0500", options)).toBe(1_496_304_000);
  });

  it("reads midnight and noon on a 12-hour clock", () => {
    expect(readOne("2026-11-19 12:00 AM", { timeZone: "UTC" })).toBe(AT_MINUTE - 13 * 3600 - 300);
    expect(readOne("2026-11-19 12:30 PM", { timeZone: "UTC" })).toBe(AT_MINUTE - 35 * 60);
    expect(readOne("2026-11-19 1 PM", { timeZone: "UTC" })).toBe(AT_MINUTE - 300);
  });
});

describe("what is not read", () => {
  it.each([
    "46345",
    "46345.545",
    "20261119",
    "179509350",
    "17950935001",
    "1.79509E+09",
    "-1795093509",
    "2026-11-19T24:00:00Z",
    "2026-11-19T23:59:60Z",
    "2026-11-19T13:60:00Z",
    "2026-11-19T13:5Z",
    "2026-11-19T13Z",
    "2026-11-19T13:05.5Z",
    "2026-11-19T",
    "2026-11-19T13:05:09.Z",
    "2026-11-19T13:05:09+1",
    "2026-11-19T13:05:09+14:01",
    "2026-11-19T13:05:09+00:60",
    "2026-11-19T13:05:09Z0",
    "2026-11-19T13:05:09ZZ",
    "2026-11-19 13:05 PM Z",
    "2026-11-19 0:05 AM Z",
    "2026-02-29T13:05:09Z",
    "2026-02-30T13:05:09Z",
    "2026-13-01T13:05:09Z",
    "0000-00-00 00:00:00Z",
    "26-13-32 13:05Z",
    "31/31/2026 13:05Z",
    "11/19-2026 13:05Z",
    "11/19/2026 2026Z",
    "2026-11-19 1305Z",
    "2026-11-1900 13:05Z",
    "11/19/202 13:05Z",
    "2026-W47-4T13:05:09Z",
    "2026x11-19T13:05:09",
    "2026-11x19T13:05:09",
    "2026-11-19x13:05:09",
    "2026-11-19T13x05:09",
    "2026-11-19T13:05x09",
    "2026-11-19 005 PM",
    "2026-11-19 0013:05",
    "2026-11-19 13.5",
    "2026-11-19 13.05:09",
    "2026-11-19 13:05.09",
    "2026-11-19 13:x5",
    "2026-11-19 1:05 xm",
    "2026-11-19 1:05 px",
    "2026-11-19 1:05 p",
    "2026-11-19 xx 13:05",
    "2026-11-19 um",
    "2026-11-19 14h5",
    "2026-11-19 14h60",
    "2026-11-19 25 Uhr",
    "19. Nonember 2026 13:05",
    "19 de de noviembre 2026 13:05",
    "mar 19 nov 2026 13:05",
    "2026年13月19日 13:05",
    "2026年11月 13:05",
    "2026年11月19 13:05",
    "2026-11-19 13:05 GMT+0100 (",
    "2026-11-19 13:05 ET",
    "019/11/2026 13:05",
    "11/019/2026 13:05",
    "Nov 019, 2026 13:05",
    "Nov 19x2026 13:05",
    "19-Nov/2026 13:05",
    "19-Nov-202 13:05",
    "1795093509.",
    "1795093509.9x",
    "179509350.99",
    "17950935099.5",
    "1795093509x5",
    "2026-11-19T13:05:09+1:00",
    "2026-11-19T13:05:09Z+01:00",
    "2026-11-19 13:05:09 GMT+012",
    "2026-11-19T13:05:09+01:000",
    "2026-11-19T13:05:09+01:00]",
    "2026-11-19T13:05:09+01:00[Europe",
    "2026-11-19T13:05:09+01:00[Europe;Berlin]",
    "2026-11-19T13:05:09+01:00[a]b]",
    "yesterday",
    "T13:05:09Z",
    "13:05:09Z",
    `2026-11-19T13:05:09.${"9".repeat(500)}Z`,
  ])("refuses %j as unreadable", (cell) => {
    expect(readOne(cell, { timeZone: "UTC" })).toBe("time-unreadable");
  });

  it.each([
    "2026-11-19 13:05:09 EST",
    "2026-11-19 13:05:09 Middle/Earth",
    "2026-11-19 13:05 xyzzy",
  ])("refuses %j for its zone", (cell) =>
    expect(readOne(cell, { timeZone: "Europe/Berlin" })).toBe("time-zone-unclear"),
  );

  it.each(["", "  ", "n/a", "NULL", "-"])("counts %j as absent", (cell) => {
    expect(readOne(cell)).toBe("time-absent");
  });

  it.each([
    "2026-11-19",
    "19.11.2026",
    "11/19/2026",
    "Nov 19, 2026",
    "2026-11-19Z",
    "2026-11-19 UTC",
  ])("refuses the date %j for its missing time", (cell) => {
    expect(readOne(cell)).toBe("time-missing");
  });

  it("takes the assumed time for a date alone", () => {
    expect(readOne("2026-11-19", { assumeTime: "13:05", timeZone: "UTC" })).toBe(AT_MINUTE);
    expect(readOne("2026-11-19", { assumeTime: "08:05", timeZone: "America/New_York" })).toBe(
      AT_MINUTE,
    );
    expect(readOne("2026-11-19+01:00", { assumeTime: "14:05" })).toBe(AT_MINUTE);
  });

  it("never throws, whatever a cell holds", () => {
    const pieces = fc.constantFrom(
      ..."0123456789/-.:,+TZ []".split(""),
      "AM",
      "Nov",
      "GMT",
      "America/New_York",
      "2026",
      "\u202f",
    );
    const made = fc.array(pieces, { maxLength: 25 }).map((parts) => parts.join(""));
    const times = reader([], {
      timeZone: "America/New_York",
      dateOrder: "mdy",
      assumeTime: "09:00",
    });
    fc.assert(
      fc.property(fc.oneof(made, fc.string({ unit: "binary" })), (cell) => {
        const result = times.read(cell);
        return result.ok ? Number.isInteger(result.time) : result.reason.startsWith("time-");
      }),
      { numRuns: caseCount(2_000) },
    );
  });
});

describe("the zone of the column", () => {
  it("is asked for when one time has none, by its first line", () => {
    const error = usage(() =>
      reader(["2026-11-19T13:05Z", "n/a", "2026-11-19 13:05", "2026-11-20 13:05"]),
    );
    expect(error.message).toBe("line 4: a conversion time without a time zone");
    expect(error.hint).toContain("timeZone");
    expect(error.line).toBe(4);
  });

  it("is asked for with the place that the caller names", () => {
    const error = usage(() => reader(["2026-11-19 13:05"], { where: "won.csv" }));
    expect(error.message).toMatch(/^won\.csv:2: /);
  });

  it("is not needed where every time has one, or is a date alone", () => {
    expect(() => reader(["2026-11-19T13:05Z", "1795093509", "2026-11-19"])).not.toThrow();
  });

  it("is needed for dates when a time is assumed", () => {
    expect(usage(() => reader(["2026-11-19"], { assumeTime: "09:00" })).line).toBe(2);
  });

  it("does not touch times that carry one", () => {
    expect(readOne("2026-11-19T13:05:09Z", { timeZone: "Asia/Tokyo" })).toBe(AT_NINE);
  });

  it.each(["Eastern", "EST", "+01:00", ""])("is refused when it is %j", (timeZone) => {
    expect(usage(() => reader([], { timeZone })).message).toContain("`timeZone`");
    expect(() => checkTimeOptions({ timeZone })).toThrow(FirsthashError);
  });

  it("gives no instant to a skipped or doubled hour, unless told which", () => {
    const doubled = "2026-11-01 01:30:00";
    const skipped = "2026-03-08 02:30:00";
    const newYork = { timeZone: "America/New_York" } as const;
    expect(readOne(doubled, newYork)).toBe("time-ambiguous");
    expect(readOne(doubled, { ...newYork, dst: "earlier" })).toBe(1_793_511_000);
    expect(readOne(doubled, { ...newYork, dst: "later" })).toBe(1_793_514_600);
    expect(readOne("2026-11-01 01:30:00-04:00", newYork)).toBe(1_793_511_000);
    const spring = { ...newYork, asOf: 1_773_000_000 };
    expect(readOne(skipped, spring)).toBe("time-nonexistent");
    expect(readOne(skipped, { ...spring, dst: "earlier" })).toBe(1_772_951_400);
    expect(readOne(skipped, { ...spring, dst: "later" })).toBe(1_772_955_000);
  });
});

describe("the order of day and month", () => {
  const UTC = { timeZone: "UTC" } as const;

  it("is inferred from one date that has only one reading", () => {
    const cells = ["03/04/2026 10:00", "11/19/2026 10:00"];
    expect(reader(cells, UTC).describe()).toMatchObject({
      dateOrder: "mdy",
      dateOrderFrom: "column",
    });
    expect(reader(["03/04/2026 10:00", "19/11/2026 10:00"], UTC).describe().dateOrder).toBe("dmy");
  });

  it("rules the reading of all other rows", () => {
    const times = reader(["05/11/2026 10:00", "19/11/2026 10:00"], UTC);
    // python3: datetime(2026,11,5,10,tzinfo=utc).timestamp()
    expect(times.read("05/11/2026 10:00")).toEqual({ ok: true, time: 1_793_872_800 });
    expect(times.read("11/19/2026 10:00")).toEqual({ ok: false, reason: "time-unreadable" });
  });

  it("is asked for when every date has two readings", () => {
    const error = usage(() => reader(["n/a", "03/04/2026 10:00", "05/06/2026 10:00"], UTC));
    expect(error.line).toBe(3);
    expect(error.message).toContain("mdy and as dmy");
    expect(error.hint).toBe('give `dateOrder: "mdy"` or `dateOrder: "dmy"`');
  });

  it("is asked for when the column contradicts itself, with the lines", () => {
    const error = usage(() =>
      reader(["11/19/2026 10:00", "05/06/2026 10:00", "19/11/2026 10:00"], UTC),
    );
    expect(error.message).toContain("line 4 is not mdy, line 2 is not dmy");
    expect(error.hint).toContain("`dateOrder`");
  });

  it("is asked for when years have two digits and could stand first", () => {
    expect(usage(() => reader(["19/11/26 10:00"], UTC)).hint).toBe(
      'give `dateOrder: "dmy"` or `dateOrder: "ymd"`',
    );
    expect(readOne("26/11/19 13:05", { ...UTC, dateOrder: "ymd" })).toBe(AT_MINUTE);
    expect(readOne("19/11/26 13:05", { ...UTC, dateOrder: "dmy" })).toBe(AT_MINUTE);
  });

  it("is day first with dots, unless told otherwise", () => {
    // python3: datetime(2026,11,5,10,...) and datetime(2026,5,11,10,...)
    expect(readOne("05.11.2026 10:00", UTC)).toBe(1_793_872_800);
    expect(readOne("11.05.2026 10:00", { ...UTC, dateOrder: "mdy" })).toBe(
      readOne("2026-11-05T10:00Z"),
    );
    expect(() => reader(["11.19.2026 10:00", "05.11.2026 10:00"], UTC)).toThrow(/order/);
  });

  it("is held to: a date that has no reading in it is unreadable", () => {
    for (const [cell, dateOrder] of [
      ["19/11/2026 13:05", "mdy"],
      ["11/19/2026 13:05", "dmy"],
      ["19/11/2026 13:05", "ymd"],
      ["26/11/19 13:05", "mdy"],
    ] as const) {
      expect(readOne(cell, { ...UTC, dateOrder })).toBe("time-unreadable");
    }
    expect(readOne("26/11/19 13:05", { ...UTC, dateOrder: "ymd" })).toBe(AT_MINUTE);
  });

  it("does not touch dates with the year or a month's name first", () => {
    for (const dateOrder of ["mdy", "dmy", "ymd"] as const) {
      expect(readOne("2026-11-19T13:05Z", { dateOrder })).toBe(AT_MINUTE);
      expect(readOne("Nov 19, 2026 13:05Z", { dateOrder })).toBe(AT_MINUTE);
    }
  });

  it("does not take a year of four digits for one of two", () => {
    expect(readOne("11/19/0026 13:05", UTC)).toBe(Date.parse("0026-11-19T13:05:00Z") / 1000);
  });

  it("is not asked for when all rows are dates without a time", () => {
    expect(() => reader(["03/04/2026", "05/06/2026"])).not.toThrow();
    expect(readOne("03/04/2026")).toBe("time-missing");
    expect(() => reader(["03/04/2026"], { assumeTime: "09:00", ...UTC })).toThrow(/told apart/);
  });

  it("does not depend on the order of the rows", () => {
    const cell = fc
      .tuple(
        fc.integer({ min: 1, max: 31 }),
        fc.integer({ min: 1, max: 31 }),
        fc.constantFrom("2026", "26"),
        fc.constantFrom("/", ".", "-"),
      )
      .map(([a, b, year, mark]) => `${a}${mark}${b}${mark}${year} 10:00`);
    const rows = fc
      .array(cell, { maxLength: 6 })
      .map((cells) => cells.map((text, i) => [text, i + 2] as const));
    const decide = (list: readonly (readonly [string, number])[]): string => {
      const found = new TimeSurvey();
      for (const [text, line] of list) found.observe(text, line);
      try {
        return JSON.stringify(decideTimes(found, { asOf: NOW, ...UTC }).describe());
      } catch (error) {
        return String(error);
      }
    };
    fc.assert(
      fc.property(rows, fc.infiniteStream(fc.nat()), (list, random) => {
        const shuffled = list
          .map((row) => [random.next().value as number, row] as const)
          .sort((x, y) => x[0] - y[0])
          .map(([, row]) => row);
        expect(decide(shuffled)).toBe(decide(list));
      }),
    );
  });
});

describe("the present", () => {
  const at = (seconds: number): string => `${seconds}`;
  const times = reader([]);

  it.each([
    [NOW + 1, "time-in-future"],
    [NOW + 40 * 365 * DAY, "time-in-future"],
  ])("refuses %i", (seconds, reason) => {
    expect(times.read(at(seconds))).toEqual({ ok: false, reason });
  });

  it.each([
    [NOW - 90 * DAY - 1, undefined],
    [NOW - 3600, undefined],
    [NOW - 3599, "time-within-last-hour"],
    [NOW, "time-within-last-hour"],
  ])("takes %i, with warning %s", (seconds, warning) => {
    expect(times.read(at(seconds))).toEqual(
      warning === undefined ? { ok: true, time: seconds } : { ok: true, time: seconds, warning },
    );
  });

  it("cuts a fraction before it compares", () => {
    expect(times.read("2026-11-22T00:00:00.999Z")).toMatchObject({ ok: true, time: NOW });
  });
});

describe("options", () => {
  it.each(["9:00", "24:00", "09:60", "0900", "09:00:00", ""])(
    "refuses assumeTime %j",
    (assumeTime) => {
      expect(usage(() => checkTimeOptions({ assumeTime })).message).toContain("`assumeTime`");
    },
  );

  it("are checked before a file is read: the date format too", () => {
    expect(usage(() => checkTimeOptions({ dateFormat: "YYYY-MM-dd" })).message).toContain(
      "`dateFormat`",
    );
    expect(() => checkTimeOptions({ dateFormat: "yyyy-MM-dd" })).not.toThrow();
    expect(usage(() => checkTimeOptions({ assumeTime: "9" })).hint).toContain("HH:mm");
    expect(usage(() => reader(["2026-11-19 10:00"])).hint).toContain("America/New_York");
  });

  it("describe what was given, and nothing that was not needed", () => {
    const options = { timeZone: "UTC", dateOrder: "dmy" } as const;
    expect(reader(["05/11/2026 10:00"], options).describe()).toMatchObject({
      dateOrder: "dmy",
      dateOrderFrom: "option",
      timeZone: "UTC",
    });
    expect(reader(["2026-11-19T13:05:09Z"], options).describe()).toEqual({
      cells: 1,
      withoutZone: 0,
      withoutTime: 0,
      unreadable: 0,
    });
  });

  it("describe a run without a cell of it", () => {
    const times = reader(["11/19/2026 10:00", "garbage", "2026-11-19", ""], {
      timeZone: "Europe/Berlin",
    });
    expect(times.describe()).toEqual({
      dateOrder: "mdy",
      dateOrderFrom: "column",
      timeZone: "Europe/Berlin",
      cells: 3,
      withoutZone: 2,
      withoutTime: 1,
      unreadable: 1,
    });
  });

  it("put no cell into an error", () => {
    for (const run of [
      () => reader(["03/04/2026 10:11"]),
      () => reader(["03/04/2026 10:11"], { timeZone: "UTC" }),
    ]) {
      const error = usage(run);
      expect(`${error.message} ${error.hint}`).not.toMatch(/2026|10:11/);
      expect(error.cause).toBeUndefined();
    }
  });
});

describe("an instant by itself", () => {
  it("is read with an offset or as Unix time, and not without", () => {
    expect(parseInstant("2026-11-19T13:05:09Z")).toBe(AT_NINE);
    expect(parseInstant("1795093509")).toBe(AT_NINE);
    expect(parseInstant("2026-11-19T13:05:09")).toBeUndefined();
    expect(parseInstant("2026-11-19Z")).toBeUndefined();
    expect(parseInstant("19/11/2026 13:05Z")).toBeUndefined();
    expect(parseInstant("now")).toBeUndefined();
  });
});

describe("every form", () => {
  const two = (n: number): string => String(n).padStart(2, "0");
  const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
  const FORMS: readonly ((d: Date) => string)[] = [
    (d) => d.toISOString(),
    (d) => d.toISOString().replace("T", " ").replace(".000Z", "+0000"),
    (d) => d.toUTCString(),
    (d) => String(d.getTime()),
    (d) => String(d.getTime() / 1000),
    (d) => new Date(d.getTime() + 19_800_000).toISOString().replace("Z", "+05:30"),
    (d) => `${d.getUTCMonth() + 1}/${d.getUTCDate()}/${d.getUTCFullYear()} ${clock12(d)}`,
    (d) => `${two(d.getUTCMonth() + 1)}-${two(d.getUTCDate())}-${d.getUTCFullYear()} ${clock24(d)}`,
    (d) => `${MONTHS[d.getUTCMonth()]} ${d.getUTCDate()}, ${d.getUTCFullYear()}, ${clock12(d)}`,
    (d) =>
      `${two(d.getUTCDate())}-${MONTHS[d.getUTCMonth()]}-${d.getUTCFullYear() % 100} ${clock24(d)}`,
    (d) => d.toLocaleString("en-US", { timeZone: "UTC" }),
    (d) => d.toLocaleString("en-US", { timeZone: "UTC", dateStyle: "full", timeStyle: "medium" }),
  ];
  const clock24 = (d: Date): string => d.toISOString().slice(11, 19);
  const clock12 = (d: Date): string =>
    `${d.getUTCHours() % 12 || 12}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())} ${d.getUTCHours() < 12 ? "AM" : "PM"}`;

  it("gives back the instant that was written in it", () => {
    const seconds = fc.integer({ min: NOW - 90 * DAY, max: NOW });
    const times = reader([], { timeZone: "UTC", dateOrder: "mdy" });
    fc.assert(
      fc.property(seconds, fc.constantFrom(...FORMS), (instant, form) => {
        expect(times.read(form(new Date(instant * 1000)))).toMatchObject({
          ok: true,
          time: instant,
        });
      }),
      { numRuns: caseCount(300) },
    );
  });
});
