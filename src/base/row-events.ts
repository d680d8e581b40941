/** What a program is told of each row, and of each cell of a person that was refused or repaired. It holds no cell. */
import type { Advice } from "./errors.ts";
import type { InputRole } from "./fields.ts";
import {
  CELL_REASONS,
  type CellReason,
  DUPLICATE,
  type Outcome,
  type OwnTexts,
  REPAIRS,
  type Repair,
  ROW_REASONS,
  type RowReason,
} from "./reasons.ts";

/** How a row ended. Each row of an input ends once, for each destination. */
export type RowOutcome = "written" | "duplicate" | Outcome;

/** One row and how it ended; or, where `column` is there, one of its cells and what became of it. */
export interface RowEvent {
  /** The input in which the line is; `file` is the one that `verify` checks. */
  readonly input: InputRole | "file";
  /** Name of the file, as messages call it. */
  readonly file: string;
  readonly line: number;
  /** Of a cell: its column's header, or `#3` where a header may not be printed. */
  readonly column?: string;
  /** Of several destinations each says how a row ended. */
  readonly destination?: string;
  /**
   * Of a row how it ended; of a cell whether it was refused or repaired. `verify` says "checked" of each row, and of
   * each finding how severe it is.
   */
  readonly outcome: RowOutcome | "repaired" | "checked" | "error" | "warning" | "info";
  /** A code of the reports, or "written" or "checked". */
  readonly code: string;
  /** What that code means. */
  readonly text: string;
  readonly advice?: Advice;
}

/** Told of each row, and of each cell of a person that was refused or repaired. */
export type OnRow = (event: RowEvent) => void;

/** Where a line of an input stands. */
export type PlaceOf = (line: number) => Pick<RowEvent, "input" | "file" | "line">;

/** What ended a row, in words. @param own what a destination says in other words */
export function rowEnding(
  code: RowReason | "duplicate" | "written",
  own: OwnTexts = {},
): Pick<RowEvent, "outcome" | "code" | "text" | "advice"> {
  if (code === "written") return WRITTEN;
  const texts = own[code];
  if (code === "duplicate") return { outcome: code, code, ...(texts ?? DUPLICATE) };
  const { outcome, ...usual } = ROW_REASONS[code];
  return { outcome, code, ...(texts ?? usual) };
}

const WRITTEN = { outcome: "written", code: "written", text: "written" } as const;

/** What became of a cell, in words. */
export function cellEnding(
  code: Exclude<CellReason, "absent"> | Repair,
): Pick<RowEvent, "outcome" | "code" | "text" | "advice"> {
  if (code in REPAIRS) return { outcome: "repaired", code, ...REPAIRS[code as Repair] };
  return { outcome: "refused", code, ...CELL_REASONS[code as Exclude<CellReason, "absent">] };
}
