/** The forms of times that are read, for people: what `firsthash times` prints. A test reads every example. */

export interface TimeForm {
  /** All of them say the 13th of November 2026, and 14:15 where they say a time of day. */
  readonly examples: readonly string[];
  readonly note?: string;
}

export interface TimeFormGroup {
  readonly title: string;
  readonly forms: readonly TimeForm[];
}

export const TIME_FORMS: readonly TimeFormGroup[] = [
  {
    title: "Dates and times in one",
    forms: [
      {
        examples: ["2026-11-13T14:15:00Z", "2026-11-13 14:15:00.250+0000", "20261113T141500Z"],
        note: "ISO 8601",
      },
      { examples: ["1794579300", "1794579300.25", "1794579300000"], note: "Unix time" },
      {
        examples: ["Fri Nov 13 2026 14:15:00 GMT+0000 (Coordinated Universal Time)"],
        note: "JavaScript",
      },
      {
        examples: ["13-NOV-26 02.15.00.000000 PM", "13-NOV-26 02.15.00 PM +00:00"],
        note: "Oracle",
      },
      { examples: ["46339.59375"], note: 'a spreadsheet\'s number, with `dateFormat: "serial"`' },
    ],
  },
  {
    title: "Dates",
    forms: [
      { examples: ["2026-11-13", "2026/11/13", "2026年11月13日"] },
      {
        examples: ["11/13/2026", "13/11/2026", "13.11.2026", "13-11-2026", "11/13/26"],
        note: "the column or `dateOrder` says the order",
      },
      {
        examples: [
          "Nov 13, 2026",
          "November 13 2026",
          "13 Nov 2026",
          "13-Nov-26",
          "Friday, November 13, 2026",
        ],
      },
      {
        examples: [
          "13. November 2026",
          "13 novembre 2026",
          "13 de noviembre de 2026",
          "13 nov. 2026",
          "sexta-feira, 13 de novembro de 2026",
        ],
        note: "names and short forms in English, German, French, Spanish, Italian, Portuguese, Dutch",
      },
    ],
  },
  {
    title: "Times of day, behind a date",
    forms: [
      { examples: ["14:15", "14:15:00", "14:15:00.250", "14.15"] },
      { examples: ["2:15 PM", "2:15 p.m.", "2:15 p. m.", "02.15.00 PM"] },
      { examples: ["14:15 Uhr", "um 14:15 Uhr", "14h15", "à 14 h 15", "14:15 uur", "14時15分"] },
    ],
  },
  {
    title: "Zones, behind a time",
    forms: [
      { examples: ["Z", "UTC", "GMT", "+0000", "+00:00", "GMT+0", "+00:00[Europe/London]"] },
      { examples: ["Europe/London", "Etc/UTC"], note: "IANA names" },
      {
        examples: ["EST", "PDT", "CET", "MESZ", "AEST"],
        note: "abbreviations, where `timeZone` says which is meant",
      },
    ],
  },
];

/** What is read as no time, and why. */
export const NO_TIME_FORMS: readonly TimeForm[] = [
  { examples: ["2026-11-13 24:00"], note: "is the end of that day, or its beginning" },
  { examples: ["14:15:60"], note: "is a second that Unix time does not have" },
  { examples: ["14:15 PM"], note: "is a 24-hour time with half of the day" },
  { examples: ["20261113"], note: 'may be any number: give `dateFormat: "yyyyMMdd"`' },
];

/** The tokens of `dateFormat`. */
export const PATTERN_TOKENS: readonly (readonly [token: string, meaning: string])[] = [
  ["yyyy yy", "year; yy is 2000 to 2099"],
  ["MM M", "month, two digits, one or two"],
  ["MMM MMMM", "month's name"],
  ["dd d", "day"],
  ["HH H", "hour, 0 to 23"],
  ["hh h a", "hour, 1 to 12, with AM or PM"],
  ["mm ss", "minute, second"],
  ["'T'", "other letters, in single quotes; '' is one quote"],
  ["serial", "alone: days as spreadsheets count them, since 1900"],
];
