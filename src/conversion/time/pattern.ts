/**
 * `dateFormat`: a pattern for what the known forms do not read. The set of tokens is small and
 * closed, so that a pattern has one meaning whatever library its author has in mind:
 *
 *     yyyy yy   MM M MMM MMMM   dd d   HH H hh h   mm   ss   a
 *
 * Doubled letters are two digits, single ones one or two; `yy` is 2000 to 2099; MMM and MMMM are names, short or long,
 * in the languages of `names.ts`; `a` is AM or PM. Other letters stand in single quotes (`'T'`, `''` for a quote); all
 * other characters stand for themselves. `serial` alone is a spreadsheet's number of days.
 */
import { optionError } from "../../base/errors.ts";
import { isCalendarDay } from "./calendar.ts";
import { monthByName } from "./names.ts";
import { cleanTimeText } from "./parse.ts";
import { fullYear, type TimeText, YMD } from "./text.ts";

type Field = "year" | "month" | "day" | "hour" | "hour12" | "minute" | "second" | "half";

type Step =
  | { readonly kind: "literal"; readonly text: string }
  | {
      readonly kind: "digits";
      readonly field: Field;
      readonly least: number;
      readonly most: number;
    }
  | { readonly kind: "month-name" }
  | { readonly kind: "half" };

const TOKENS: ReadonlyMap<string, Step & { readonly field?: Field }> = new Map(
  Object.entries({
    yyyy: { kind: "digits", field: "year", least: 4, most: 4 },
    yy: { kind: "digits", field: "year", least: 2, most: 2 },
    MM: { kind: "digits", field: "month", least: 2, most: 2 },
    M: { kind: "digits", field: "month", least: 1, most: 2 },
    MMM: { kind: "month-name", field: "month" },
    MMMM: { kind: "month-name", field: "month" },
    dd: { kind: "digits", field: "day", least: 2, most: 2 },
    d: { kind: "digits", field: "day", least: 1, most: 2 },
    HH: { kind: "digits", field: "hour", least: 2, most: 2 },
    H: { kind: "digits", field: "hour", least: 1, most: 2 },
    hh: { kind: "digits", field: "hour12", least: 2, most: 2 },
    h: { kind: "digits", field: "hour12", least: 1, most: 2 },
    mm: { kind: "digits", field: "minute", least: 2, most: 2 },
    ss: { kind: "digits", field: "second", least: 2, most: 2 },
    a: { kind: "half", field: "half" },
  } as const),
);

const HINT =
  "tokens are yyyy yy MM M MMM MMMM dd d HH H hh h mm ss a; other letters stand in single quotes; `serial` is a " +
  "spreadsheet's number of days";

/** A compiled pattern. */
export interface TimePattern {
  readonly source: string;
  /** Fills `out` as `parseTime` does; false when the cell does not follow the pattern. */
  read(cell: string, out: TimeText): boolean;
}

/** What a spreadsheet counts days from, and its first day after the 29 February 1900 that it believes in. */
const SERIAL_OF_1970 = 25_569;
const FIRST_SERIAL = 61;
const LAST_SERIAL = 2_958_466;

/** `dateFormat: "serial"`: days since 1900 as spreadsheets count them, the time of day behind the point. */
const SERIAL: TimePattern = {
  source: "serial",
  read(cell, out) {
    out.clear();
    const text = cleanTimeText(cell);
    if (!/^\d{2,7}(?:[.,]\d{1,15})?$/.test(text)) return false;
    const serial = Number(text.replace(",", "."));
    if (!(serial >= FIRST_SERIAL && serial < LAST_SERIAL)) return false;
    const day = new Date(Math.round((serial - SERIAL_OF_1970) * 86_400) * 1000);
    out.a = day.getUTCFullYear();
    out.b = day.getUTCMonth() + 1;
    out.c = day.getUTCDate();
    out.orders = YMD;
    out.orderKnown = true;
    out.hasTime = !Number.isInteger(serial);
    out.secondOfDay = day.getUTCHours() * 3600 + day.getUTCMinutes() * 60 + day.getUTCSeconds();
    return true;
  },
};

/** @throws a usage error that says what is wrong with the pattern. */
export function compileTimePattern(source: string): TimePattern {
  if (source === SERIAL.source) return SERIAL;
  const steps = toSteps(source);
  const fields = new Set<Field>();
  for (const [index, step] of steps.entries()) {
    if (step.kind === "literal") continue;
    const field = step.kind === "digits" ? step.field : step.kind === "half" ? "half" : "month";
    if (fields.has(field)) throw patternError(`has the ${FIELD_NAMES[field]} twice`);
    fields.add(field);
    const next = steps[index + 1];
    if (step.kind === "digits" && step.least !== step.most && next?.kind === "digits") {
      throw patternError("needs a separator behind M, d, H or h");
    }
  }
  checkFields(fields);
  const hasTime = fields.has("minute");
  return { source, read: (cell, out) => follow(steps, hasTime, cleanTimeText(cell), out) };
}

const FIELD_NAMES: Readonly<Record<Field, string>> = {
  year: "year",
  month: "month",
  day: "day",
  hour: "hour",
  hour12: "hour",
  minute: "minute",
  second: "second",
  half: "half of the day",
};

function patternError(problem: string): Error {
  return optionError("dateFormat", problem, HINT);
}

function checkFields(fields: ReadonlySet<Field>): void {
  for (const field of ["year", "month", "day"] as const) {
    if (!fields.has(field)) throw patternError(`has no ${field}`);
  }
  if (fields.has("hour") && fields.has("hour12")) throw patternError("has the hour twice");
  if (fields.has("hour12") !== fields.has("half")) {
    throw patternError("must have both hh and a, or neither");
  }
  const hasHour = fields.has("hour") || fields.has("hour12");
  if (hasHour !== fields.has("minute") || (fields.has("second") && !hasHour)) {
    throw patternError("must have hours and minutes, or no time at all");
  }
}

function toSteps(source: string): Step[] {
  const steps: Step[] = [];
  let at = 0;
  while (at < source.length) {
    const char = source.charAt(at);
    if (char === "'") {
      const [text, next] = quoted(source, at);
      steps.push({ kind: "literal", text });
      at = next;
    } else if (/[A-Za-z]/.test(char)) {
      let end = at + 1;
      while (source.charAt(end) === char) end++;
      const token = source.slice(at, end);
      const step = TOKENS.get(token);
      if (step === undefined) throw patternError(`has an unknown token at character ${at + 1}`);
      steps.push(step);
      at = end;
    } else {
      steps.push({ kind: "literal", text: char });
      at++;
    }
  }
  return steps;
}

/** Text of the quotes that open at `from`, and where they end. `''` is one quote. */
function quoted(source: string, from: number): [string, number] {
  if (source.charAt(from + 1) === "'") return ["'", from + 2];
  let text = "";
  for (let at = from + 1; at < source.length; at++) {
    const char = source.charAt(at);
    if (char !== "'") text += char;
    else if (source.charAt(at + 1) === "'") {
      text += "'";
      at++;
    } else return [text, at + 1];
  }
  throw patternError("has an open quote");
}

function follow(steps: readonly Step[], hasTime: boolean, text: string, out: TimeText): boolean {
  out.clear();
  const found: Record<Field, number> = {
    year: 0,
    month: 0,
    day: 0,
    hour: 0,
    hour12: -1,
    minute: 0,
    second: 0,
    half: 0,
  };
  let at = 0;
  for (const step of steps) {
    const length = take(step, text, at, found);
    if (length === 0) return false;
    at += length;
  }
  if (at !== text.length) return false;
  if (found.hour12 !== -1) {
    if (found.hour12 < 1 || found.hour12 > 12) return false;
    found.hour = (found.hour12 % 12) + found.half;
  }
  if (found.hour > 23 || found.minute > 59 || found.second > 59) return false;
  out.a = found.year;
  out.b = found.month;
  out.c = found.day;
  out.orders = YMD;
  out.orderKnown = true;
  out.hasTime = hasTime;
  out.secondOfDay = found.hour * 3600 + found.minute * 60 + found.second;
  return isCalendarDay(found.year, found.month, found.day);
}

/** Reads one step at `at`: how many characters it took, 0 when it does not fit. */
function take(step: Step, text: string, at: number, found: Record<Field, number>): number {
  if (step.kind === "literal") return text.startsWith(step.text, at) ? step.text.length : 0;
  if (step.kind === "half") {
    const word = text.slice(at, at + 2).toLowerCase();
    if (word !== "am" && word !== "pm") return 0;
    found.half = word === "pm" ? 12 : 0;
    return 2;
  }
  if (step.kind === "month-name") {
    let end = at;
    while (/\p{L}/u.test(text.charAt(end))) end++;
    found.month = monthByName(text.slice(at, end));
    return found.month === 0 ? 0 : end - at;
  }
  let end = at;
  let value = 0;
  while (end - at < step.most) {
    const digit = text.charCodeAt(end) - 48;
    if (!(digit >= 0 && digit <= 9)) break;
    value = value * 10 + digit;
    end++;
  }
  if (end - at < step.least) return 0;
  found[step.field] = step.field === "year" && step.most === 2 ? fullYear(value) : value;
  return end - at;
}
