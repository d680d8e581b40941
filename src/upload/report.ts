/** What became of an upload: counts, codes, lines and ids. No cell but the Client Ids, which are the user's own row numbers. */
import type { Answer } from "./answer.ts";
import type { RowIndex } from "./row-index.ts";
import { rowCodeText } from "./service-codes.ts";
import type { RefusedCount, UploadState } from "./state.ts";

/** Rows that were refused for one reason. */
export interface RefusedReport extends RefusedCount {
  readonly text: string;
  readonly advice?: string;
  /** Lines of the upload file: the first of them. Empty where only the state tells of the upload. */
  readonly lines: readonly number[];
  /** Of request bodies, which hold many rows a line: the first rows, each as the line and its place there, from 1. */
  readonly places?: readonly RowPlace[];
}

/** A row of a request body. */
export interface RowPlace {
  readonly line: number;
  readonly event: number;
}

/** One request of an upload that goes in several. */
export interface RequestReport {
  /** Line of the file. */
  readonly line: number;
  readonly requestId: string | null;
  /** The service's last word. */
  readonly status: string | null;
  readonly sent: number;
  readonly accepted: number | null;
}

/** One file and what became of it. */
export interface UploadFileReport {
  /** As the user named it. */
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly rows: number;
  readonly adjustments: boolean;
  /**
   * `done`: the service has answered for each row. `sent`: it was sent, the answer is not read (`wait: false`).
   * `failed`: the service refused the file as a whole. `dry-run`: nothing was sent.
   */
  readonly outcome: "done" | "sent" | "failed" | "dry-run";
  readonly requestId?: string;
  readonly trackingId?: string;
  /** The service's last word. */
  readonly status: string | null;
  readonly accepted: number | null;
  readonly refused: number | null;
  /** Rows of which the service said nothing. */
  readonly unanswered: number | null;
  readonly errors: readonly RefusedReport[];
  /** Errors that are about no row that can be told. */
  readonly unplaced: readonly RefusedCount[];
  /** How often the file was sent. */
  readonly sends: number;
  /** Of a file that goes in several requests. */
  readonly requests?: readonly RequestReport[];
  readonly notes: readonly string[];
}

/** What `firsthash upload` did. Fit to be mailed. */
export interface UploadReport {
  readonly schema: "firsthash.upload-report/1";
  readonly version: string;
  readonly environment: string;
  readonly account: string;
  readonly customer: string;
  readonly rows: number;
  readonly accepted: number;
  readonly refused: number;
  readonly unanswered: number;
  readonly files: readonly UploadFileReport[];
  /** Calls of the service, those that were repeated, and seconds that were waited. */
  readonly calls: number;
  readonly retries: number;
  readonly waitedSeconds: number;
  /** All rows of all files were accepted, or nothing was to be waited for. */
  readonly ok: boolean;
  readonly notes: readonly string[];
}

/** Accepted is not attributed. */
export const ACCEPTED_NOTE =
  "accepted is not attributed: look with `firsthash results` after 6 hours; conversions are booked on the day of the click";

const LINES_SHOWN = 100;

/** The errors of an answer by code, most rows first. */
export function summarize(
  answer: Answer,
  index: RowIndex,
): { readonly errors: RefusedReport[]; readonly unplaced: RefusedCount[] } {
  const byCode = new Map<string, { rows: number; lines: number[]; count: RefusedCount }>();
  for (const { row, code } of answer.refused()) {
    const key = `${code.number ?? ""} ${code.name}`;
    let entry = byCode.get(key);
    if (entry === undefined) {
      entry = { rows: 0, lines: [], count: { ...code, rows: 0 } };
      byCode.set(key, entry);
    }
    entry.rows++;
    if (entry.lines.length < LINES_SHOWN) entry.lines.push(index.line(row));
  }
  const errors = [...byCode.values()]
    .sort((a, b) => b.rows - a.rows)
    .map(({ rows, lines, count }) => ({ ...count, rows, ...textOf(count), lines }));
  const unplaced = answer.unplaced().map(({ code, count }) => ({ ...code, rows: count }));
  return { errors, unplaced };
}

function textOf({ name, number }: RefusedCount): Pick<RefusedReport, "text" | "advice"> {
  const { text, advice } = rowCodeText(name, number);
  return { text, ...(advice !== undefined && { advice }) };
}

/** The report of an upload of which only the state is known any more. */
export function reportState(file: string, state: UploadState): UploadFileReport {
  const { phase } = state;
  return {
    file,
    sha256: state.sha256,
    bytes: state.bytes,
    rows: state.rows,
    adjustments: state.adjustments,
    outcome: phase === "done" || phase === "failed" ? phase : "sent",
    requestId: state.requestId,
    status: state.status,
    accepted: state.accepted,
    refused: state.refused,
    unanswered: state.unanswered,
    errors: state.errors.map((count) => ({ ...count, ...textOf(count), lines: [] })),
    unplaced: [],
    sends: state.sends,
    notes: [],
  };
}
