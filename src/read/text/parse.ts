/**
 * The reference lane: csv-parse over UTF-8 chunks, for every dialect. Its errors carry cells (in the
 * message, and in the fields `record` and `field`), so they end here: only the kind of fault is taken,
 * and the line is counted in the bytes, because csv-parse counts a CRLF inside quotes twice.
 */
import type { Parser } from "csv-parse";
import { type FirsthashError, interruptedError } from "../../base/errors.ts";
import { arrayBatch, BATCH_ROWS, type RowBatch } from "../types.ts";
import { type LaneInput, MAX_RECORD_BYTES, type QuoteFault, quoteError } from "./contract.ts";
import { countLineEnds, LineCounter } from "./lines.ts";

/** Reads records with csv-parse. See lane.ts for what a record is. */
export async function* parseRows(input: LaneInput): AsyncGenerator<RowBatch> {
  let line = input.firstLine;
  let rows: string[][] = [];
  let lines: number[] = [];
  const take = (): RowBatch => {
    const batch = arrayBatch(rows, lines, input.headerWidth, input.progress());
    rows = [];
    lines = [];
    return batch;
  };
  for await (const records of parseChunks(input)) {
    for (const cells of records) {
      const start = line;
      line++;
      let blank = true;
      for (const cell of cells) {
        if (cell === "") continue;
        blank = false;
        line += countLineEnds(cell);
      }
      if (blank) continue;
      rows.push(cells);
      lines.push(start);
      if (rows.length >= BATCH_ROWS) yield take();
    }
  }
  if (rows.length > 0) yield take();
}

/** The records that each chunk completes. */
async function* parseChunks(input: LaneInput): AsyncGenerator<string[][]> {
  // Most runs need the scanner only.
  const { parse } = await import("csv-parse");
  const counter = new LineCounter(input.firstLine);
  const parser = parse({
    bom: false,
    delimiter: input.delimiter,
    max_record_size: MAX_RECORD_BYTES,
    record_delimiter: input.lineEnd === "CR" ? ["\r\n", "\n", "\r"] : ["\r\n", "\n"],
    relax_column_count: true,
    // Blank lines arrive as records of one empty cell: they have to be counted.
    skip_empty_lines: false,
  });
  // Seen through `errored`; without a listener the event would end the process.
  parser.on("error", () => {});
  try {
    for await (const chunk of input.chunks) {
      if (input.signal?.aborted) throw interruptedError();
      counter.add(chunk);
      parser.write(chunk);
      const records = drain(parser);
      if (parser.errored !== null) throw faultIn(parser, counter, input.file);
      // `bytes` is where the last complete cell ended.
      counter.forget(parser.info.bytes);
      yield records;
    }
    parser.end();
    yield await drainToEnd(parser).catch(() => {
      throw faultIn(parser, counter, input.file);
    });
  } finally {
    parser.destroy();
  }
}

function drain(parser: Parser): string[][] {
  const records: string[][] = [];
  for (;;) {
    const record: string[] | null = parser.read();
    if (record === null) return records;
    records.push(record);
  }
}

async function drainToEnd(parser: Parser): Promise<string[][]> {
  const records: string[][] = [];
  for await (const record of parser) records.push(record);
  return records;
}

function faultIn(parser: Parser, counter: LineCounter, file: string): FirsthashError | Error {
  const fault = faultOf(parser.errored);
  if (fault === undefined) return new Error("csv-parse stopped for a reason that is not known");
  return quoteError(fault, file, counter.lineAt(parser.info.bytes));
}

function faultOf(error: unknown): QuoteFault | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  switch (error.code) {
    case "CSV_INVALID_CLOSING_QUOTE":
      return "after";
    case "INVALID_OPENING_QUOTE":
      return "inside";
    case "CSV_QUOTE_NOT_CLOSED":
      return "unclosed";
    case "CSV_MAX_RECORD_SIZE":
      return "too-long";
    default:
      return undefined;
  }
}
