/** One cell of a sheet as text: numbers digit for digit, dates as ISO without a zone. */
import { plainNumber } from "../number.ts";

/** A cell of Excel has at most so many characters ("Excel specifications and limits"). */
export const MAX_CELL_CHARACTERS = 32_767;

/** As they stand in the file: each may be written as `_x000D_`. */
export const MAX_WRITTEN_CHARACTERS = 7 * MAX_CELL_CHARACTERS;

/** What a number in the cell stands for. */
export type CellFormat = "number" | "date" | "datetime";

/**
 * Built-in formats, ECMA-376 18.8.30: 14-17 are dates, 18-22 and 45-47 have a time. 27-36 and 50-58 are
 * dates in the East Asian versions of Excel, 71-81 in the Thai one.
 */
export function formatOf(id: number, code: string | undefined): CellFormat {
  if (code !== undefined) return formatOfCode(code);
  if (id >= 14 && id <= 17) return "date";
  if ((id >= 18 && id <= 22) || (id >= 45 && id <= 47)) return "datetime";
  if ((id >= 27 && id <= 36) || (id >= 50 && id <= 58) || (id >= 71 && id <= 81)) return "date";
  return "number";
}

/** A code of the user's own, e.g. `[$-409]m/d/yy h:mm AM/PM;@`. */
function formatOfCode(code: string): CellFormat {
  const [section = ""] = code.replace(/"[^"]*"|\\.|_.|\*./g, "").split(";");
  // An elapsed time ([h]:mm) is a number of hours, not an instant.
  if (/\[(?:h+|m+|s+)\]/i.test(section)) return "number";
  const bare = section
    .replace(/\[[^\]]*\]/g, "")
    .replace(/([.,])0+/g, "")
    .toLowerCase();
  if (/[0#?@]|general/.test(bare)) return "number";
  if (/[hs]/.test(bare)) return "datetime";
  return /[ymde]/.test(bare) ? "date" : "number";
}

/** Excel keeps 15 digits of a number: a whole one of more has lost some, or may have. */
export function isRoundedNumber(text: string): boolean {
  return text.length > 15 && /^-?[1-9]\d{15,}$/.test(text);
}

/** 1 March 1900, the first day after the 29 February 1900 that Excel believes in. */
const FIRST_SERIAL = 61;
const SERIAL_OF_1970 = 25569;
/** Days between the two calendars of Excel. */
const EPOCH_1904 = 1462;
const LAST_SERIAL = 2958465;
const DAY = 86_400_000;

/** Text of a number cell; `value` is what stands in the file. */
export function numberText(value: string, format: CellFormat, epoch1904: boolean): string {
  if (format === "number") return exactNumber(value);
  const serial = Number(value) + (epoch1904 ? EPOCH_1904 : 0);
  if (!(serial >= FIRST_SERIAL && serial < LAST_SERIAL + 1)) return exactNumber(value);
  const iso = new Date(wholeSecond(Math.round((serial - SERIAL_OF_1970) * DAY))).toISOString();
  // A day without a time of day stays one: the rules for conversion times ask for it.
  if (format === "date" && Number.isInteger(serial)) return iso.slice(0, 10);
  return iso.slice(0, iso.endsWith(".000Z") ? 19 : 23);
}

/** Serials are written with 10 to 17 digits; a few milliseconds beside a second are that second. */
function wholeSecond(milliseconds: number): number {
  const second = Math.round(milliseconds / 1000) * 1000;
  return Math.abs(milliseconds - second) <= 5 ? second : milliseconds;
}

/**
 * Excel stores a double and writes it with 17 digits: 19.99 stands in the file as 19.989999999999998, and a sum
 * of 0.1 and 0.2 as 0.30000000000000004. What was typed, and what Excel shows, are the first 15 digits ("Excel
 * specifications and limits", number precision). Whole numbers are kept digit for digit.
 */
function exactNumber(value: string): string {
  const text = value.trim();
  if (/^[+-]?\d+$/.test(text)) return text;
  const digits = text
    .replace(/[eE].*$/, "")
    .replace(/[^\d]/g, "")
    .replace(/^0+/, "");
  const number = Number(text);
  if (digits.length <= 15 || !Number.isFinite(number)) return plainNumber(text);
  return plainNumber(String(Number.isInteger(number) ? number : Number(number.toPrecision(15))));
}
