/**
 * Counts with line numbers. Everything that a report says about rows goes through here, and nothing
 * here takes a text: a count is asked for by a code of a closed list and a line number.
 */

import type { CellReason, Repair, RowReason, Warning } from "./reasons.ts";
import type { Identifiers } from "./types.ts";

/** How many line numbers a count remembers. */
const LINES_KEPT = 5;

export interface Count {
  readonly count: number;
  /** The first few lines on which it happened. */
  readonly lines: readonly number[];
}

/** Counts by code. */
export class Counts<Code extends string> {
  readonly #counts = new Map<Code, { count: number; lines: number[] }>();

  add(code: Code, line: number): void {
    let entry = this.#counts.get(code);
    if (entry === undefined) {
      entry = { count: 0, lines: [] };
      this.#counts.set(code, entry);
    }
    entry.count++;
    if (entry.lines.length < LINES_KEPT) entry.lines.push(line);
  }

  get(code: Code): Count {
    return this.#counts.get(code) ?? { count: 0, lines: [] };
  }

  /** Most frequent first; equal counts by code, so that the same run gives the same report. */
  entries(): readonly (readonly [Code, Count])[] {
    return [...this.#counts].sort(
      ([a, x], [b, y]) => y.count - x.count || (a < b ? -1 : a > b ? 1 : 0),
    );
  }

  total(): number {
    let sum = 0;
    for (const { count } of this.#counts.values()) sum += count;
    return sum;
  }
}

const SECONDS_PER_DAY = 86_400;
/** More than any destination's window has; rows of further days are counted in no day. */
const DAYS_KEPT = 400;

/** Rows of one day of conversions. */
export interface DayCount {
  /** Days since 1970-01-01, UTC. */
  readonly day: number;
  readonly written: number;
  readonly leftOut: number;
}

/** Rows by the UTC day of their conversion, as far as it is known. */
export class DayCounts {
  readonly #days = new Map<number, { written: number; leftOut: number }>();

  add(seconds: number, outcome: "written" | "leftOut"): void {
    const day = Math.floor(seconds / SECONDS_PER_DAY);
    let entry = this.#days.get(day);
    if (entry === undefined) {
      if (this.#days.size === DAYS_KEPT) return;
      entry = { written: 0, leftOut: 0 };
      this.#days.set(day, entry);
    }
    entry[outcome]++;
  }

  /** In the order of the days, those without a row left out. */
  entries(): readonly DayCount[] {
    return [...this.#days].sort(([a], [b]) => a - b).map(([day, counts]) => ({ day, ...counts }));
  }
}

/** How the conversion rows of one destination ended. Each row is counted once. */
export class RowTally {
  written = 0;
  readonly days = new DayCounts();
  readonly identifiers = { both: 0, emailOnly: 0, phoneOnly: 0, clickIdOnly: 0 };
  readonly duplicates = new Counts<"duplicate">();
  readonly reasons = new Counts<RowReason>();
  readonly warnings = new Counts<Warning>();

  write(identifiers: Identifiers): void {
    this.written++;
    const { email, phone } = identifiers;
    if (email !== undefined && phone !== undefined) this.identifiers.both++;
    else if (email !== undefined) this.identifiers.emailOnly++;
    else if (phone !== undefined) this.identifiers.phoneOnly++;
    else this.identifiers.clickIdOnly++;
  }
}

/** What became of the cells of one identifier field. */
export class FieldTally {
  usable = 0;
  absent = 0;
  readonly reasons = new Counts<Exclude<CellReason, "absent">>();
  readonly repairs = new Counts<Repair>();
}

/** Told of each cell of a person that was refused or repaired. */
export type OnCell = (
  code: Exclude<CellReason, "absent"> | Repair,
  line: number,
  column: number | undefined,
) => void;

/** The people that were looked at: contacts that a conversion refers to, or conversions themselves. */
export class PeopleTally {
  /** Rows read from the contacts file. */
  rows = 0;
  /** Rows whose identifiers were looked at: of contacts, those that a conversion refers to. */
  referred = 0;
  /** Rows that were not looked at, because their consent column does not say yes. */
  withoutConsent = 0;
  /** Contact rows with too few or too many cells, or without a key that can be compared. */
  readonly malformed = new Counts<
    "row-too-short" | "row-too-long" | "no-key" | "key-spreadsheet-damaged"
  >();
  readonly email = new FieldTally();
  readonly phone = new FieldTally();
  onCell: OnCell | undefined;
}
