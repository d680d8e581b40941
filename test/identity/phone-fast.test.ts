import { createRequire } from "node:module";
import { isDeepStrictEqual } from "node:util";
import { type CountryCode, parsePhoneNumberFromString } from "libphonenumber-js/max";
import { describe, expect, it } from "vitest";
import { normalizePhone } from "../../src/identity/phone.ts";
import { fastPhoneCell, fastReading } from "../../src/identity/phone-fast.ts";
import { referenceReading } from "../../src/identity/phone-plan.ts";
import { caseCount, type Random, seed, seededRandom, timeFor } from "../helpers/differential.ts";

const require = createRequire(import.meta.url);
const metadata = require("libphonenumber-js/max/metadata") as {
  version: unknown;
  country_calling_codes: Record<string, CountryCode[]>;
  countries: Record<string, [code: string, idd: string, ...unknown[]]>;
  nonGeographic: Record<string, unknown>;
};
const examples = require("libphonenumber-js/mobile/examples") as Record<string, string>;

/** What the shortcut must say wherever it says anything. */
function reference(text: string, region: CountryCode | undefined): string | false {
  const number = parsePhoneNumberFromString(text, region);
  return number?.isValid() ? number.number : false;
}

/** As {@link reference}, of the shortcut. */
function fastE164(text: string, region: CountryCode | undefined): string | false | undefined {
  const reading = fastReading(text, region);
  return reading ? reading.e164 : reading;
}

const REGIONS = Object.keys(metadata.countries) as CountryCode[];
const SHARED = Object.values(metadata.country_calling_codes).filter((group) => group.length > 1);
const NON_GEOGRAPHIC = Object.keys(metadata.nonGeographic);
const CALLING_CODES = [...Object.keys(metadata.country_calling_codes), ...NON_GEOGRAPHIC];
/** What people of some country dial before a number abroad or at home. */
const DIALLED =
  "+ ++ 00 000 011 0011 0014 001 0 1 8 810 8~10 9 119 07 06 15 45 180020 90 0055".split(" ");
const DIGITS = "0123456789";
const SEPARATORS = [" ", "-", ".", "/", "(", ")", ") ", " (", "  ", " - "];
const OUTSIDE = [
  "x",
  " ext. 5",
  "#",
  "\u00a0",
  "\uff11",
  "+",
  ",",
  ";",
  "\u0660",
  "~",
  "[",
  "tel:",
  "\t",
];

const show = (value: unknown) => JSON.stringify(value);

function callingCode(region: CountryCode): string {
  return metadata.countries[region]?.[0] ?? "";
}

/** A national number: an example with some digits changed, or any digits. */
function nationalNumber(random: Random, region: CountryCode): string {
  const example = examples[region];
  if (example === undefined || random.chance(0.2)) return random.text(2 + random.int(14), DIGITS);
  let digits = example;
  if (random.chance(0.6)) {
    const keep = random.int(digits.length + 1);
    digits = digits.slice(0, keep) + random.text(digits.length - keep, DIGITS);
  }
  while (random.chance(0.3)) {
    const at = random.int(digits.length);
    digits = digits.slice(0, at) + random.int(10) + digits.slice(at + 1);
  }
  if (random.chance(0.08)) digits = digits.slice(0, -1 - random.int(2));
  if (random.chance(0.08)) digits += random.text(1 + random.int(4), DIGITS);
  if (random.chance(0.05)) digits = random.text(1 + random.int(4), DIGITS) + digits;
  return digits;
}

function dialled(random: Random, region: CountryCode): string {
  const digits = nationalNumber(random, region);
  const code = callingCode(region);
  const idd = metadata.countries[region]?.[1].replace(/[^0-9].*$/, "") ?? "00";
  switch (random.int(9)) {
    case 0:
      return digits;
    case 1:
      return `0${digits}`;
    case 2:
      return `+${code}${digits}`;
    case 3:
      return code + digits;
    case 4:
      return `00${code}${digits}`;
    case 5:
      return `${idd}${code}${digits}`;
    case 6:
      return random.pick(DIALLED) + (random.chance(0.5) ? code : "") + digits;
    case 7:
      return `+${code}${random.pick(DIALLED)}${digits}`;
    default:
      return `${random.pick(["+", "00", ""])}${random.pick(CALLING_CODES)}${random.text(2 + random.int(13), DIGITS)}`;
  }
}

function written(random: Random, digits: string): string {
  if (random.chance(0.4)) return digits;
  let text = random.chance(0.2) ? random.pick(SEPARATORS) : "";
  for (const character of digits) {
    text += character;
    if (random.chance(0.2)) text += random.pick(SEPARATORS);
  }
  if (!random.chance(0.03)) return text;
  const at = random.int(text.length + 1);
  return text.slice(0, at) + random.pick(OUTSIDE) + text.slice(at);
}

/** What spreadsheets and CRMs put around a number, and what they write where there is none. */
function asExported(random: Random, number: string): string {
  switch (random.int(14)) {
    case 0:
      return `${number}.0`;
    case 1:
      return random.pick(["'", " ", "\u200e", "\ufeff", "tel:", "(", "="]) + number;
    case 2:
      return number + random.pick([" ", "\u00a0", "\u202c", "\r", ".", "-", " 0", " ext. 12", ";"]);
    case 3:
      return random.pick([number.replaceAll(/\d/g, "2"), number.replaceAll(/\d/g, "0")]);
    case 4:
      return `${number} / ${random.text(7 + random.int(6), DIGITS)}`;
    case 5:
      return number.replace("0", "(0)");
    default:
      return number;
  }
}

const WITHOUT_PLUS = [undefined, undefined, "national", "international"] as const;

function regionFor(random: Random, region: CountryCode): CountryCode | undefined {
  switch (random.int(6)) {
    case 0:
      return undefined;
    case 1:
      return random.pick(REGIONS);
    case 2:
      // A neighbor under the same calling code, where there is one.
      return random.pick(metadata.country_calling_codes[callingCode(region)] ?? [region]);
    default:
      return region;
  }
}

describe("fastReading", () => {
  const count = caseCount(5_000);
  it(`says what libphonenumber-js says, in ${count} generated numbers of all regions`, {
    timeout: timeFor(count, 10_000),
  }, () => {
    const random = seededRandom(seed());
    const answers = { number: 0, invalid: 0, asked: 0 };
    for (let done = 0; done < count; done++) {
      const group = random.chance(0.3) ? random.pick(SHARED) : REGIONS;
      const home = random.pick(group);
      const text = written(random, dialled(random, home));
      const region = regionFor(random, home);
      const fast = fastReading(text, region);
      if (fast === undefined) {
        answers.asked++;
        continue;
      }
      answers[fast === false ? "invalid" : "number"]++;
      const slow = referenceReading(text, region) ?? false;
      if (!isDeepStrictEqual(fast, slow)) {
        expect.fail(`${JSON.stringify([text, region])}: ${show(fast)}, not ${show(slow)}`);
      }
    }
    // The comparison means something only where both answers are frequent.
    expect(answers.number).toBeGreaterThan(count / 8);
    expect(answers.invalid).toBeGreaterThan(count / 8);
    expect(answers.asked).toBeLessThan(count / 10);
  });

  it("agrees on the example number of every region, in every plain form", () => {
    for (const region of REGIONS) {
      const digits = examples[region];
      if (digits === undefined) continue;
      const code = callingCode(region);
      for (const text of [digits, `0${digits}`, `+${code}${digits}`, `+${code} (0)${digits}`]) {
        expect([text, region, fastE164(text, region)]).toEqual([
          text,
          region,
          reference(text, region),
        ]);
      }
      expect(fastE164(`+${code} ${digits}`, undefined)).toBe(`+${code}${digits}`);
    }
  });

  it("agrees on calling codes of no country, for every first digit", () => {
    for (const code of NON_GEOGRAPHIC) {
      for (let digits = 7; digits <= 12; digits++) {
        for (let first = 0; first <= 9; first++) {
          const text = `+${code} ${first}${"1234567890123".slice(1, digits)}`;
          expect([text, fastE164(text, "US")]).toEqual([text, reference(text, "US")]);
        }
      }
    }
  });

  it("agrees on every calling code of one to three digits, known or not", () => {
    for (let code = 0; code <= 999; code++) {
      for (const text of [`+${code}2015550123`, `00${code}2015550123`, `011${code}7700900123`]) {
        for (const region of [undefined, "US", "GB", "IT"] as const) {
          expect([text, region, fastE164(text, region)]).toEqual([
            text,
            region,
            reference(text, region),
          ]);
        }
      }
    }
  });

  it.each([
    ["+1 425 555 1234", undefined, "+14255551234"],
    ["(425) 555-1234", "US", "+14255551234"],
    ["1-425-555-1234", "US", "+14255551234"],
    ["00 44 20 7946 0123", "GB", "+442079460123"],
    ["+44 (0)20 7946 0123", undefined, "+442079460123"],
    ["02079460123", "GB", "+442079460123"],
    ["020 7946 0123", "GG", "+442079460123"],
    ["44 20 7946 0123", "GB", "+442079460123"],
    ["+39 06 1234 5678", undefined, "+390612345678"],
    ["2079460123", undefined, false],
    ["+999 123 4567", undefined, false],
    ["+0 123 4567", undefined, false],
    ["425555", "US", false],
    // Of millions of cases, few in which one step alone decides.
    [") 00040612 345", "UY", "+59800040612345"],
    ["(0.0 (376-382(5924", "JP", "+81003763825924"],
    ["004/9/4-9780594", "MO", false],
    ["00113101734", "FM", "+13101734"],
  ] as const)("reads %s in %s", (text, region, expected) => {
    expect(fastE164(text, region)).toBe(expected);
    expect(reference(text, region)).toBe(expected);
  });

  it.each([
    ["an extension", "+1 425 555 1234 x5"],
    ["a hash sign", "425-555-1234 - 503#"],
    ["letters", "1-800-CONTOSO"],
    ["full-width digits", "\uff10\uff12\uff10 7946 0123"],
    ["a no-break space", "020\u00a07946 0123"],
    ["a second plus", "++14255551234"],
    ["a plus among the digits", "1+4255551234"],
    ["fewer than four digits", "112"],
    ["more than twenty digits", "123456789012345678901"],
    ["a long run of separators", `4255551234${" ".repeat(300)}`],
    ["nothing", ""],
  ])("leaves %s to the library", (_, text) => {
    expect(fastE164(text, "US")).toBeUndefined();
  });

  it.each([
    ["+1 425 555 1234", undefined],
    ["(425) 555-1234", "US"],
    ["00 44 20 7946 0123", "GB"],
    ["020 7946 0123", "GB"],
    ["0014255551234", undefined],
    ["4255551234.0", "US"],
    ["4255551234 .0", "US"],
    [" 4255551234", "US"],
    ["4255551234 ", "US"],
    ["'4255551234", "US"],
    ["2222222222", "US"],
    ["+2222222222", undefined],
    ["(222) 222-2222", "US"],
    ["0171/2112545", "DE"],
    ["+49 1511 234567890123", undefined],
    ["(+1) 425 555 1234", undefined],
    [")4255551234", "US"],
    ["1e9", "US"],
    ["+", "US"],
    ["", "US"],
  ] as const)("agrees on the whole cell %s in %s", (text, region) => {
    const fast = fastPhoneCell(text, region);
    const full = normalizePhone(text, region, { reference: true });
    if (fast !== undefined) expect(full).toEqual({ ok: true, text: fast, repaired: [] });
    expect(normalizePhone(text, region)).toEqual(full);
  });

  const cells = caseCount(5_000);
  it(`agrees on ${cells} whole cells as exports hold them, with nothing to report as repaired`, {
    timeout: timeFor(cells, 5_000),
  }, () => {
    const random = seededRandom(seed() + 1);
    let answered = 0;
    for (let done = 0; done < cells; done++) {
      const home = random.chance(0.3) ? random.pick(random.pick(SHARED)) : random.pick(REGIONS);
      const cell = asExported(random, written(random, dialled(random, home)));
      const region = regionFor(random, home);
      const withoutPlus = random.pick(WITHOUT_PLUS);
      const fast = fastPhoneCell(cell, region, withoutPlus);
      if (fast === undefined) continue;
      answered++;
      const full = normalizePhone(cell, region, { withoutPlus, reference: true });
      const same = full.ok && full.text === fast && full.repaired.length === 0;
      if (!same) expect.fail(`${JSON.stringify([cell, region])}: ${fast} is not all of it`);
    }
    expect(answered).toBeGreaterThan(cells / 9);
  });

  it("leaves a region that the metadata does not know to the library", () => {
    expect(fastE164("4255551234", "QQ" as CountryCode)).toBeUndefined();
    expect(fastE164("4255551234", "toString" as CountryCode)).toBeUndefined();
  });

  it("is written for version 4 of the metadata, which is the one installed", () => {
    expect(metadata.version).toBe(4);
    expect(fastE164("+14255551234", undefined)).toBeDefined();
  });
});
