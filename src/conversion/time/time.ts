/**
 * From the cells of a time column to instants, in two passes. The first surveys the column and keeps
 * only counts and line numbers; then it is decided, once and for the whole column, how day and month
 * are ordered and which zone holds; the second reads.
 */

import { FirsthashError, optionError } from "../../base/errors.ts";
import type { RowReason, Warning } from "../../base/reasons.ts";
import { isAbsent } from "../../identity/absent.ts";
import type { EpochSeconds } from "../types.ts";
import { abbreviationOffset } from "./abbreviations.ts";
import { daysSinceEpoch, SECONDS_PER_DAY } from "./calendar.ts";
import { parseTime } from "./parse.ts";
import { compileTimePattern } from "./pattern.ts";
import { type DateOrder, lower, ORDERS, type TimeSurvey } from "./survey.ts";
import { DMY, fullYear, MDY, TimeText, YMD } from "./text.ts";
import { AMBIGUOUS, type DstChoice, NONEXISTENT, openZone, type Zone } from "./zone.ts";

export interface TimeOptions {
  /** IANA name of the zone of times that carry none. */
  readonly timeZone?: string | undefined;
  readonly dateOrder?: DateOrder | undefined;
  readonly dst?: DstChoice | undefined;
  /** `HH:mm` for dates without a time of day. */
  readonly assumeTime?: string | undefined;
  /** The moment of the run, in seconds since 1970; what is after it is the future. */
  readonly asOf: number;
  /** The file, as messages call it. */
  readonly where?: string | undefined;
}

/** What was found in a time column and decided about it. Fit for a report. */
export interface TimeFindings {
  readonly dateOrder?: DateOrder;
  readonly dateOrderFrom?: "option" | "column";
  /** Zone of the times that carry none; missing where all of them carry one. */
  readonly timeZone?: string;
  /** Cells that are not absent. */
  readonly cells: number;
  readonly withoutZone: number;
  readonly withoutTime: number;
  readonly unreadable: number;
}

export type TimeResult =
  | {
      readonly ok: true;
      readonly time: EpochSeconds;
      readonly warning?: Extract<Warning, "time-within-last-hour">;
    }
  | { readonly ok: false; readonly reason: Extract<RowReason, `time-${string}`> };

const HOUR = 3600;

/**
 * Decides how a surveyed column is read.
 *
 * @throws a usage error that names the option to give and the line that needs it: a zone is missing or
 * unknown, or day and month cannot be told apart.
 */
export function decideTimes(survey: TimeSurvey, options: TimeOptions): TimeReader {
  const assumed = options.assumeTime === undefined ? undefined : readAssumed(options.assumeTime);
  const zone = decideZone(survey, options, assumed !== undefined);
  const order = decideOrder(survey, options, assumed !== undefined);
  return new TimeReader(survey, options, zone, order, assumed);
}

/**
 * What can be said about the options before any file is read.
 *
 * @throws a usage error when the zone, the assumed time or the pattern is none.
 */
export function checkTimeOptions(
  options: Pick<TimeOptions, "timeZone" | "assumeTime"> & {
    readonly dateFormat?: string | undefined;
  },
): void {
  if (options.timeZone !== undefined) zoneOption(options.timeZone);
  if (options.assumeTime !== undefined) readAssumed(options.assumeTime);
  if (options.dateFormat !== undefined) compileTimePattern(options.dateFormat);
}

function readAssumed(text: string): number {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (match === null) {
    throw optionError("assumeTime", "is not a time of day", "write it as HH:mm, 00:00 to 23:59");
  }
  return Number(match[1]) * 3600 + Number(match[2]) * 60;
}

function columnError(
  option: string,
  { where }: TimeOptions,
  line: number,
  text: string,
  hint: string,
): Error {
  return new FirsthashError("usage", text, { hint, option, file: where, line });
}

function zoneOption(name: string): Zone {
  const zone = openZone(name);
  if (zone !== undefined) return zone;
  throw optionError(
    "timeZone",
    "is not a time zone that we know",
    "give an IANA name such as America/New_York or Europe/Berlin; UTC where the export is in UTC",
  );
}

function decideZone(survey: TimeSurvey, options: TimeOptions, dates: boolean): Zone | undefined {
  if (options.timeZone !== undefined) return zoneOption(options.timeZone);
  const line =
    dates && survey.zonelessDateLine !== undefined
      ? lower(survey.zonelessLine, survey.zonelessDateLine)
      : survey.zonelessLine;
  if (line === undefined) return undefined;
  throw columnError(
    "timeZone",
    options,
    line,
    "a conversion time without a time zone",
    'give the zone that the export shows times in, e.g. `timeZone: "America/New_York"`',
  );
}

function decideOrder(
  survey: TimeSurvey,
  options: TimeOptions,
  dates: boolean,
): DateOrder | undefined {
  if (options.dateOrder !== undefined) return options.dateOrder;
  // With a pattern the user has said how dates are written; what it does not fit is not guessed.
  if (survey.pattern !== undefined) return undefined;
  const line = survey.numericLine;
  if (line === undefined) return undefined;
  const possible = ORDERS.filter(([order]) => survey.excludedAt[order] === undefined);
  if (possible.length === 1) return possible[0]?.[0];
  // Dates alone will all be refused: no need to ask how they are written.
  if (survey.withTime === 0 && !dates) return undefined;
  if (possible.length === 0) {
    const lines = ORDERS.map(([order]) => `line ${survey.excludedAt[order]} is not ${order}`);
    throw columnError(
      "dateOrder",
      options,
      line,
      `the dates of this column have no order of day and month in common: ${lines.join(", ")}`,
      "give `dateOrder` (mdy, dmy or ymd); rows that do not fit it are then refused",
    );
  }
  const names = possible.map(([order]) => order);
  throw columnError(
    "dateOrder",
    options,
    line,
    `day and month cannot be told apart: every date of this column reads as ${names.join(" and as ")}`,
    `give ${names.map((name) => `\`dateOrder: "${name}"\``).join(" or ")}`,
  );
}

const FAILED = Object.fromEntries(
  (
    [
      "time-absent",
      "time-missing",
      "time-unreadable",
      "time-zone-unclear",
      "time-ambiguous",
      "time-nonexistent",
      "time-in-future",
    ] as const
  ).map((reason) => [reason, { ok: false, reason }]),
) as { readonly [R in Extract<RowReason, `time-${string}`>]: TimeResult };

export class TimeReader {
  readonly #text = new TimeText();
  readonly #survey: TimeSurvey;
  readonly #options: TimeOptions;
  readonly #zone: Zone | undefined;
  readonly #order: DateOrder | undefined;
  readonly #assumed: number | undefined;

  /** Made by `decideTimes`. */
  constructor(
    survey: TimeSurvey,
    options: TimeOptions,
    zone: Zone | undefined,
    order: DateOrder | undefined,
    assumed: number | undefined,
  ) {
    this.#survey = survey;
    this.#options = options;
    this.#zone = zone;
    this.#order = order;
    this.#assumed = assumed;
  }

  /**
   * The instant of a cell. The present second is taken, the next is not; an age under one hour is a warning. How
   * old it may be is the destination's to say.
   */
  read(cell: string): TimeResult {
    if (isAbsent(cell)) return FAILED["time-absent"];
    const text = this.#text;
    const { pattern, reference } = this.#survey;
    if (!pattern?.read(cell, text) && !parseTime(cell, text, reference)) {
      return FAILED["time-unreadable"];
    }
    const time = this.#instant(text);
    if (typeof time === "string") return FAILED[time];
    return this.#past(time);
  }

  #instant(text: TimeText): number | Extract<RowReason, `time-${string}`> {
    if (!Number.isNaN(text.unix)) return text.unix;
    if (!text.hasTime && this.#assumed === undefined) return "time-missing";
    const days = dayNumber(text, this.#order);
    if (Number.isNaN(days)) return "time-unreadable";
    const local = days * SECONDS_PER_DAY + (text.hasTime ? text.secondOfDay : (this.#assumed ?? 0));
    if (!Number.isNaN(text.offset)) return local - text.offset;
    const zone = text.zoneName === "" ? this.#zone : openZone(text.zoneName);
    if (zone === undefined) {
      const offset = abbreviationOffset(text.zoneName, this.#zone?.id);
      return offset === undefined ? "time-zone-unclear" : local - offset;
    }
    const instant = zone.toInstant(local, this.#options.dst);
    if (instant === AMBIGUOUS) return "time-ambiguous";
    if (instant === NONEXISTENT) return "time-nonexistent";
    return instant;
  }

  #past(instant: number): TimeResult {
    const age = this.#options.asOf - instant;
    if (age < 0) return FAILED["time-in-future"];
    const time = instant as EpochSeconds;
    if (age < HOUR) return { ok: true, time, warning: "time-within-last-hour" };
    return { ok: true, time };
  }

  /** What was found and decided. No cell is in it. */
  describe(): TimeFindings {
    const { cells, withoutZone, withoutTime, unreadable, numericLine } = this.#survey;
    const order = numericLine === undefined ? undefined : this.#order;
    return {
      ...(order === undefined
        ? {}
        : {
            dateOrder: order,
            dateOrderFrom: this.#options.dateOrder === undefined ? "column" : "option",
          }),
      ...(withoutZone === 0 || this.#zone === undefined ? {} : { timeZone: this.#zone.id }),
      cells,
      withoutZone,
      withoutTime,
      unreadable,
    };
  }
}

/** Days since 1970 of a written date, NaN where it cannot be read in this order. */
function dayNumber(text: TimeText, order: DateOrder | undefined): number {
  const { a, b, c } = text;
  if (text.orderKnown) return daysSinceEpoch(a, b, c);
  const last = text.shortYear ? fullYear(c) : c;
  if (order === "mdy" && (text.orders & MDY) !== 0) return daysSinceEpoch(last, a, b);
  if (order === "dmy" && (text.orders & DMY) !== 0) return daysSinceEpoch(last, b, a);
  if (order === "ymd" && (text.orders & YMD) !== 0) return daysSinceEpoch(fullYear(a), b, c);
  return Number.NaN;
}

/**
 * An instant that needs no zone of the run: ISO 8601 with an offset or `Z`, or Unix time. For `asOf`.
 * Undefined for everything else.
 */
export function parseInstant(written: string): EpochSeconds | undefined {
  const text = new TimeText();
  if (!parseTime(written, text)) return undefined;
  if (!Number.isNaN(text.unix)) return text.unix as EpochSeconds;
  if (!text.hasTime || Number.isNaN(text.offset)) return undefined;
  const days = dayNumber(text, undefined);
  if (Number.isNaN(days)) return undefined;
  return (days * SECONDS_PER_DAY + text.secondOfDay - text.offset) as EpochSeconds;
}
