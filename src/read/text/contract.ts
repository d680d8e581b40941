/**
 * The seam between text and rows. Two lanes turn text into rows: `rows.ts` (csv-parse, any dialect)
 * and `scan.ts` (a byte scanner for the ordinary dialects). They must give the same rows, lines and
 * errors for the same bytes, however these are cut into chunks; a test compares them. What they share:
 *
 * Text is UTF-8, already checked, without a byte order mark and without NUL, from the first byte
 * after the header's line end. All syntax is ASCII, so bytes can be compared.
 *
 * Record: cells between delimiters, ended by CRLF, LF, or the end of the text (a line end at the very
 *   end does not begin another record). Where `lineEnd` is "CR", a lone CR ends a record too; else a
 *   lone CR is text of its cell.
 * Quotes: only `"`, and only as the first byte of a cell. Inside, `""` is one quote, and delimiters and
 *   line ends are text. The closing quote is followed by a delimiter, a record's end, or the end of
 *   the text. Spaces are text: ` "a"` is not a quoted cell.
 * Errors (`quoteError`): a quote inside a cell that did not begin with one; anything else behind a
 *   closing quote; the end of the text inside quotes; a record of more than MAX_RECORD_BYTES.
 *   The line is that on which the cell in question begins (where the quote opened).
 * Blank: a record whose cells are all empty (an empty line, `,,,`, `"",""`) is no row. Spaces are not
 *   empty.
 * Lines: every CRLF, lone LF and lone CR counts as one line end, wherever it stands (in quotes too), so
 *   that numbers agree with what an editor shows. A row's line is the one on which its record begins.
 * Width: the number of cells; cells from `headerWidth` on are not counted when all of them are empty.
 */
import { type FirsthashError, inputError } from "../../base/errors.ts";
import type { RowBatch } from "../types.ts";

export type Delimiter = "," | ";" | "\t" | "|";
export type LineEnd = "LF" | "CRLF" | "CR" | "mixed";

/** No real record is this long: it is an unclosed quote that swallows the file. */
export const MAX_RECORD_BYTES = 4 * 1024 * 1024;

export interface LaneInput {
  /** The text after the header, in chunks of any size. */
  readonly chunks: AsyncIterable<Uint8Array>;
  readonly delimiter: Delimiter;
  readonly lineEnd: LineEnd | undefined;
  /** Number of headers. */
  readonly headerWidth: number;
  /** Line of the text's first byte. */
  readonly firstLine: number;
  /** The only columns whose cells will be asked for. */
  readonly columns: readonly number[];
  /** The file's name, for messages. */
  readonly file: string;
  /** Share of the input that was read so far; asked once a batch. */
  progress(): number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export type Lane = (input: LaneInput) => AsyncIterable<RowBatch>;

export type QuoteFault = "inside" | "after" | "unclosed" | "too-long";

const FAULTS: Record<QuoteFault, { readonly text: string; readonly hint: string }> = {
  inside: {
    text: "a quote inside a cell that does not begin with a quote",
    hint: 'export again, or write the cell in quotes with each of its quotes doubled ("")',
  },
  after: {
    text: "text after the closing quote of a cell",
    hint: 'a quote inside a quoted cell is written twice (""); export again or mend the line',
  },
  unclosed: {
    text: "a quoted cell that is never closed",
    hint: "close the quote that opens on this line, or export again: the file may be cut off",
  },
  "too-long": {
    text: "a record of more than 4 MiB, probably a quote that is not closed",
    hint: "look for a single quote mark on this line",
  },
};

/** `line`: where the cell in question begins. */
export function quoteError(fault: QuoteFault, file: string, line: number): FirsthashError {
  const { text, hint } = FAULTS[fault];
  return inputError(text, { file, line, hint });
}
