/** The first pass over a column of times: counts and line numbers, no values. */
import { isAbsent } from "../../identity/absent.ts";
import { parseTime } from "./parse.ts";
import { compileTimePattern, type TimePattern } from "./pattern.ts";
import { DMY, MDY, TimeText, YMD } from "./text.ts";

/** Order of the numbers of a date. */
export type DateOrder = "mdy" | "dmy" | "ymd";

/** The orders with their bits in `TimeText.orders`. */
export const ORDERS = [
  ["mdy", MDY],
  ["dmy", DMY],
  ["ymd", YMD],
] as const satisfies readonly (readonly [DateOrder, number])[];

/** Line numbers are lowest ones, so that nothing depends on the order in which rows are shown. */
export class TimeSurvey {
  readonly pattern: TimePattern | undefined;
  cells = 0;
  unreadable = 0;
  withTime = 0;
  withoutTime = 0;
  withoutZone = 0;
  /** A cell names its zone. */
  namesZone = false;
  /** First line with a time of day and no zone. */
  zonelessLine: number | undefined;
  /** First line with a date alone, without a zone. */
  zonelessDateLine: number | undefined;
  /** First line whose date tells its order only through the column. */
  numericLine: number | undefined;
  /** First line that rules an order out. */
  readonly excludedAt: Partial<Record<DateOrder, number>> = {};
  readonly #text = new TimeText();

  readonly reference: boolean;

  /** @param dateFormat the option. @throws a usage error when it is no pattern. */
  constructor(dateFormat?: string, reference = false) {
    this.reference = reference;
    this.pattern = dateFormat === undefined ? undefined : compileTimePattern(dateFormat);
  }

  observe(cell: string, line: number): void {
    if (isAbsent(cell)) return;
    this.cells++;
    const text = this.#text;
    if (!this.pattern?.read(cell, text) && !parseTime(cell, text, this.reference)) {
      this.unreadable++;
      return;
    }
    if (!Number.isNaN(text.unix)) {
      this.withTime++;
      return;
    }
    if (text.zoneName !== "") this.namesZone = true;
    const hasZone = text.zoneName !== "" || !Number.isNaN(text.offset);
    if (text.hasTime) this.withTime++;
    else this.withoutTime++;
    if (!hasZone) {
      this.withoutZone++;
      if (text.hasTime) this.zonelessLine = lower(this.zonelessLine, line);
      else this.zonelessDateLine = lower(this.zonelessDateLine, line);
    }
    if (!text.orderKnown) this.#observeOrder(text, line);
  }

  #observeOrder(text: TimeText, line: number): void {
    this.numericLine = lower(this.numericLine, line);
    let fits = text.orders;
    if (text.dotted) fits = fits & DMY || fits & MDY || fits;
    for (const [order, bit] of ORDERS) {
      if ((fits & bit) === 0) this.excludedAt[order] = lower(this.excludedAt[order], line);
    }
  }
}

/** The lower of two line numbers. */
export function lower(known: number | undefined, line: number): number {
  return known === undefined || line < known ? line : known;
}
