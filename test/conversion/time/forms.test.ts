import { describe, expect, it } from "vitest";
import { NO_TIME_FORMS, TIME_FORMS } from "../../../src/conversion/time/forms.ts";
import { monthByName } from "../../../src/conversion/time/names.ts";
import { parseTime } from "../../../src/conversion/time/parse.ts";
import { TimeSurvey } from "../../../src/conversion/time/survey.ts";
import { TimeText } from "../../../src/conversion/time/text.ts";
import { decideTimes } from "../../../src/conversion/time/time.ts";
import { loadZones } from "../../../src/conversion/time/zone.ts";

await loadZones();

/** 2026-11-13 14:15 UTC (python3: datetime(2026,11,13,14,15,tzinfo=utc).timestamp()). */
const INSTANT = 1_794_579_300;

function instant(cell: string, dateFormat?: string): number | string {
  const survey = new TimeSurvey(dateFormat);
  survey.observe(cell, 2);
  const options = {
    timeZone: "UTC",
    dateOrder: "mdy",
    assumeTime: "14:15",
    asOf: INSTANT,
  } as const;
  // `13/11/2026` is the other order; one cell cannot be both.
  const dateOrder = cell.startsWith("13") ? "dmy" : "mdy";
  const result = decideTimes(survey, { ...options, dateOrder }).read(cell);
  return result.ok ? result.time : result.reason;
}

const [whole, dates, times, zones] = TIME_FORMS.map(({ forms }) => forms);

describe("the list of forms", () => {
  it.each(whole?.flatMap(({ examples, note }) => examples.map((each) => [each, note])) ?? [])(
    "%s is read",
    (example, note) =>
      expect(instant(example ?? "", note?.includes("serial") ? "serial" : undefined)).toBe(INSTANT),
  );

  it.each(dates?.flatMap(({ examples }) => examples) ?? [])("%s is read", (example) => {
    expect(instant(example)).toBe(INSTANT);
  });

  it.each(times?.flatMap(({ examples }) => examples) ?? [])("%s is read", (example) => {
    for (const date of ["2026-11-13", "13. November 2026", "Nov 13, 2026", "2026年11月13日"]) {
      expect(instant(`${date} ${example}`)).toBe(INSTANT);
    }
  });

  it.each(zones?.slice(0, 2).flatMap(({ examples }) => examples) ?? [])("%s is read", (example) => {
    expect(instant(`2026-11-13 14:15 ${example}`)).toBe(INSTANT);
  });

  it.each(NO_TIME_FORMS.flatMap(({ examples }) => examples))("%s is not read", (example) => {
    const cell = /^\d{4}/.test(example) ? example : `2026-11-13 ${example}`;
    expect(instant(cell)).toBe("time-unreadable");
  });
});

describe("names of months", () => {
  const LANGUAGES = ["en", "de", "fr", "es", "it", "pt", "nl"];

  it.each(LANGUAGES)("are those of CLDR: %s", (language) => {
    for (const month of ["long", "short"] as const) {
      const names = new Intl.DateTimeFormat(language, { month, day: "numeric", timeZone: "UTC" });
      for (let at = 0; at < 12; at++) {
        const parts = names.formatToParts(Date.UTC(2026, at, 15));
        const name = parts.find(({ type }) => type === "month")?.value ?? "";
        expect([name, monthByName(name.replace(/\.$/, ""))]).toEqual([name, at + 1]);
      }
    }
  });

  it.each([...LANGUAGES, "ja"])("dates as %s writes them are read", (language) => {
    for (const dateStyle of ["full", "long", "medium"] as const) {
      const text = new Intl.DateTimeFormat(language, { dateStyle, timeZone: "UTC" });
      for (let at = 0; at < 12; at++) {
        const cell = text.format(Date.UTC(2026, at, 13));
        const out = new TimeText();
        expect([cell, parseTime(cell, out)]).toEqual([cell, true]);
        if (out.orderKnown) expect([cell, out.a, out.b, out.c]).toEqual([cell, 2026, at + 1, 13]);
      }
    }
  });
});
