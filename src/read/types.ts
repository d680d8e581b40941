/** A file as it stands: a path, a Blob or File, or its bytes. */
export type ByteInput =
  | string
  | Blob
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array>
  | Iterable<Uint8Array>;

/** What the library takes as an input. */
export type InputSource =
  /** A path. */
  | string
  /** A file that a user chose, or a part of one. Like a path it can be read again, and is not kept in memory. */
  | Blob
  | ReadableStream<Uint8Array>
  /** Bytes of a file: a Node stream, a web stream, any iterable of chunks, or all of them. */
  | AsyncIterable<Uint8Array>
  | Iterable<Uint8Array>
  | Uint8Array
  /** Records, e.g. rows of a database query. Keys are headers; values are text, numbers, dates or null. */
  | AsyncIterable<object>
  | Iterable<object>;

/** Several files that are read as one input: exports by month, or of two programs. */
export interface InputFiles {
  /** In this order: it decides which contact is the first, and the numbers of the files in client ids. */
  readonly files: readonly InputSource[];
}

/**
 * Rows in the order of the file. Cells are read by number, so that a lane may decode only what is asked.
 * A batch is good until the next one is asked for: a lane may use its memory again.
 */
export interface RowBatch {
  /** Number of rows. */
  readonly length: number;
  /** Line on which row `row` begins (1-based; in a workbook the sheet's row; of records: 1 + index + 1). */
  line(row: number): number;
  /** Number of cells of row `row`, cells after the header's width not counted when all are empty. */
  width(row: number): number;
  /** Text of a cell; "" where the row has none. `column` is 0-based. */
  cell(row: number, column: number): string;
  /** Whether the cell is a number of more digits than its file can hold exactly: some may be lost. */
  isRounded?(row: number, column: number): boolean;
  /** Share of the input that has been read when this batch is done: 0 to 1, or undefined when unknown. */
  readonly progress: number | undefined;
}

/** A batch whose cells still lie in the bytes of the file, so that a cell can be compared without a string. */
export interface ByteBatch extends RowBatch {
  /** UTF-8. */
  readonly bytes: Uint8Array;
  /** Offset of a cell's first byte, within its quotes. */
  cellStart(row: number, column: number): number;
  /** Offset behind a cell's last byte. */
  cellEnd(row: number, column: number): number;
  /** Whether the cell has doubled quotes in its bytes, so that it must be read with `cell`. */
  isEscaped(row: number, column: number): boolean;
}

export function isByteBatch(batch: RowBatch): batch is ByteBatch {
  return "bytes" in batch;
}

/** What was found out about an input. Fit for a report: no cell is in it. */
export interface Findings {
  /** The file as the user named it; "stdin"; "records". */
  readonly file: string;
  readonly kind: "text" | "workbook" | "records" | "json";
  readonly encoding?: string;
  readonly byteOrderMark?: boolean;
  /** False where the encoding is a guess that other encodings would also fit. */
  readonly encodingCertain?: boolean;
  readonly delimiter?: "," | ";" | "\t" | "|";
  readonly lineEnd?: "LF" | "CRLF" | "CR" | "mixed";
  readonly sheet?: string;
  /** Line of the header row. Greater than 1 where something stands above it. */
  readonly headerLine: number;
  /** Things worth saying, in our words. */
  readonly notes: readonly string[];
}

/** A table's text below its header, for another thread to scan. See scan.ts. */
export interface TableText {
  /** The delimiter's byte. */
  readonly delimiter: number;
  /** Line of the first byte. */
  readonly firstLine: number;
  /** Bytes of the whole input, where they are known. */
  readonly size: number | undefined;
  open(signal?: AbortSignal): {
    /** A chunk is good until the next is asked for. */
    readonly chunks: AsyncIterable<Uint8Array>;
    /** Share of the input that was read. */
    progress(): number | undefined;
  };
}

/** An opened input whose header is known. */
export interface Table {
  readonly findings: Findings;
  readonly headers: readonly string[];
  /**
   * False when the header row looks like data (an address, a number, no name that we know). Then no
   * message may print a header.
   */
  readonly headersPrintable: boolean;
  /** True when `rows` may be called more than once. */
  readonly repeatable: boolean;
  /** Bytes of the whole input, where they are known: how long a pass takes. */
  readonly size?: number | undefined;
  /** Reads all data rows. `columns`: the only columns whose cells will be asked for. */
  rows(columns: readonly number[], signal?: AbortSignal): AsyncIterable<RowBatch>;
  /** Instead of `rows`, where the scanner would be taken; undefined for all others. */
  text?(): TableText | undefined;
  close(): Promise<void>;
}

/** How to read an input, where the user knows better than detection. */
export interface ReadOptions {
  /** A WHATWG encoding label, e.g. "windows-1252". */
  readonly encoding?: string | undefined;
  readonly delimiter?: "," | ";" | "\t" | "|" | undefined;
  /** Sheet name, or its 1-based number. */
  readonly sheet?: string | undefined;
  /**
   * The rows are read more than once. A path is opened again; bytes and records that come only once
   * are kept in memory.
   */
  readonly repeatable?: boolean | undefined;
}

/** Rows that are held as arrays of cells. */

/** Rows in one batch of the lanes that hold cells as text. */
export const BATCH_ROWS = 1000;

/** Cells from the header's width on do not count when all of them are empty (trailing delimiters). */
export function countedWidth(cells: readonly string[], headerWidth: number): number {
  let width = cells.length;
  if (width <= headerWidth) return width;
  while (width > headerWidth && cells[width - 1] === "") width--;
  return width;
}

/** By row of a batch, the columns whose numbers have more digits than their file can hold exactly. */
export type RoundedCells = ReadonlyMap<number, readonly number[]>;

export function arrayBatch(
  rows: readonly (readonly string[])[],
  lines: readonly number[],
  headerWidth: number,
  progress: number | undefined,
  rounded?: RoundedCells,
): RowBatch {
  return {
    ...(rounded !== undefined && {
      isRounded: (row: number, column: number) => rounded.get(row)?.includes(column) === true,
    }),
    length: rows.length,
    line: (row) => lines[row] ?? 0,
    width: (row) => countedWidth(rows[row] ?? [], headerWidth),
    cell: (row, column) => rows[row]?.[column] ?? "",
    progress,
  };
}
