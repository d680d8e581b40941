/**
 * The quick lane: a scanner over bytes for the ordinary dialects (one-byte delimiter, `"`, LF or CRLF),
 * several times as fast as csv-parse. What a record, a line and an error are is written in lane.ts;
 * `test/read/scan.test.ts` holds this lane to csv-parse. A cell becomes a string only when it is asked
 * for, and a join key can be looked up from its bytes without becoming one.
 */
import { allocateUnset, asciiOf, utf8 } from "#host";
import { interruptedError } from "../../base/errors.ts";
import type { RowBatch } from "../types.ts";
import { type LaneInput, MAX_RECORD_BYTES, type QuoteFault, quoteError } from "./contract.ts";
import { LineCounter } from "./lines.ts";

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;

export interface ScanOptions {
  /** The delimiter's byte. */
  readonly delimiter: number;
  /** Number of headers. */
  readonly headerWidth: number;
  /** Line of the first byte. */
  readonly firstLine: number;
  /** The only columns whose cells are recorded. */
  readonly columns: readonly number[];
  /** A record of more bytes is a fault. */
  readonly maxRecordBytes?: number;
}

export interface ScanFault {
  readonly kind: QuoteFault;
  /** Line on which the cell in question begins. */
  readonly line: number;
}

/** Reads records with the scanner. See lane.ts for what a record is; `lineEnd` must not be "CR". */
export async function* scanRows(input: LaneInput): AsyncGenerator<ScannedBatch> {
  if (input.lineEnd === "CR") throw new RangeError("the scanner does not end records at a lone CR");
  const scanner = new CsvScanner({
    delimiter: input.delimiter.charCodeAt(0),
    headerWidth: input.headerWidth,
    firstLine: input.firstLine,
    columns: input.columns,
  });
  for await (const chunk of input.chunks) {
    if (input.signal?.aborted) throw interruptedError();
    yield* readyRows(scanner, scanner.push(chunk), input);
  }
  yield* readyRows(scanner, scanner.finish(), input);
}

function* readyRows(
  { fault }: CsvScanner,
  batch: ScannedBatch,
  input: LaneInput,
): Generator<ScannedBatch> {
  if (batch.length > 0) {
    batch.progress = input.progress();
    yield batch;
  }
  if (fault) throw quoteError(fault.kind, input.file, fault.line);
}

/** Where the recorded cells of a batch lie. Grown as needed, and used again for the next batch. */
class Spans {
  readonly stride: number;
  lines = new Int32Array(256);
  widths = new Int32Array(256);
  /** Row by row, one number for each recorded column. */
  starts: Int32Array;
  /** The end of a cell; its complement (negative) where quotes in the cell are doubled. */
  ends: Int32Array;

  constructor(stride: number) {
    this.stride = stride;
    this.starts = new Int32Array(256 * stride);
    this.ends = new Int32Array(256 * stride);
  }

  grow(): void {
    this.lines = doubled(this.lines);
    this.widths = doubled(this.widths);
    this.starts = doubled(this.starts);
    this.ends = doubled(this.ends);
  }
}

function doubled(from: Int32Array): Int32Array<ArrayBuffer> {
  const to = new Int32Array(from.length * 2);
  to.set(from);
  return to;
}

/** The recorded cells of some rows. */
export interface ScannedRows {
  readonly length: number;
  readonly bytes: Uint8Array;
  readonly columns: readonly number[];
  /** Cells of each row, recorded or not. */
  readonly width: number;
  readonly lines: Int32Array<ArrayBuffer>;
  /** Offsets in `bytes`, row by row, one number for each column. */
  readonly starts: Int32Array<ArrayBuffer>;
  /** The same; the complement (negative) where quotes in the cell are doubled. */
  readonly ends: Int32Array<ArrayBuffer>;
}

/** Column -> its place among the recorded ones, or -1. */
function slotsOf(columns: readonly number[]): Int32Array {
  const slots = new Int32Array(Math.max(-1, ...columns) + 1).fill(-1);
  columns.forEach((column, slot) => {
    slots[column] = slot;
  });
  return slots;
}

/**
 * Rows that are still bytes. It and its `bytes` are good until the next batch is pulled. A cell's text may
 * be a part of one that is as long as the batch: who keeps it for longer copies it (see text-copy.ts).
 */
export class ScannedBatch implements RowBatch {
  length = 0;
  progress: number | undefined = undefined;
  /** What `cellStart` and `cellEnd` are offsets in. */
  bytes: Uint8Array = new Uint8Array(0);
  /** `bytes` as one text with a character for each byte, made when a first cell is asked for. */
  #text: string | undefined;
  #used = 0;
  readonly #spans: Spans;
  readonly #slots: Int32Array;

  constructor(spans: Spans, slots: Int32Array) {
    this.#spans = spans;
    this.#slots = slots;
  }

  /** Rows that were scanned elsewhere. */
  static of({ length, bytes, columns, width, lines, starts, ends }: ScannedRows): ScannedBatch {
    const spans = new Spans(columns.length);
    spans.lines = lines;
    spans.widths = new Int32Array(length).fill(width);
    spans.starts = starts;
    spans.ends = ends;
    const batch = new ScannedBatch(spans, slotsOf(columns));
    batch.fill(length, bytes, bytes.length);
    return batch;
  }

  /** Rows that lie in the first `used` of `bytes`. */
  fill(rows: number, bytes: Uint8Array, used: number): void {
    this.length = rows;
    this.bytes = bytes;
    this.#used = used;
    this.#text = undefined;
  }

  line(row: number): number {
    return this.#spans.lines[row] ?? 0;
  }

  width(row: number): number {
    return this.#spans.widths[row] ?? 0;
  }

  cell(row: number, column: number): string {
    const index = this.#index(row, column);
    const start = this.#spans.starts[index] as number;
    const end = this.#spans.ends[index] as number;
    if (end >= 0) return start === end ? "" : this.#slice(start, end);
    return utf8(this.bytes, start, ~end).replaceAll('""', '"');
  }

  /** A part of a text is a third of the cost of a new one, which the many cells of plain ASCII can be. */
  #slice(start: number, end: number): string {
    const { bytes } = this;
    let all = 0;
    for (let at = start; at < end; at++) all |= bytes[at] as number;
    if (all > 0x7f) return utf8(bytes, start, end);
    this.#text ??= asciiOf(bytes, 0, this.#used);
    return this.#text.slice(start, end);
  }

  /** Offset of a cell's first byte, within its quotes. */
  cellStart(row: number, column: number): number {
    return this.#spans.starts[this.#index(row, column)] as number;
  }

  /** Offset behind a cell's last byte; equal to its start where the cell is empty or missing. */
  cellEnd(row: number, column: number): number {
    const end = this.#spans.ends[this.#index(row, column)] as number;
    return end < 0 ? ~end : end;
  }

  /** Whether the cell's quotes are doubled in its bytes, so that it must be read with `cell`. */
  isEscaped(row: number, column: number): boolean {
    return (this.#spans.ends[this.#index(row, column)] as number) < 0;
  }

  #index(row: number, column: number): number {
    const slot = this.#slots[column] ?? -1;
    if (slot < 0 || row < 0 || row >= this.length) {
      throw new RangeError(`row ${row}, column ${column} was not recorded`);
    }
    return row * this.#spans.stride + slot;
  }
}

/** Takes bytes in chunks of any size and gives back the rows that they complete. */
export class CsvScanner {
  /** Set when the text is not well-formed; the rows in front of it are in the last batch. */
  fault: ScanFault | undefined;
  readonly #delimiter: number;
  readonly #headerWidth: number;
  readonly #maxRecordBytes: number;
  /** Column -> its place among the recorded ones, or -1. */
  readonly #slots: Int32Array;
  readonly #spans: Spans;
  readonly #batch: ScannedBatch;
  /** By byte: 1 where an unquoted cell may end, or a line in it. */
  readonly #plainStops = new Uint8Array(256);
  /** By byte: 1 where a quoted cell may end, or a line in it. */
  readonly #quotedStops = new Uint8Array(256);
  #bytes: Uint8Array = new Uint8Array(0);
  /** The bytes from #from to #end are yet to be scanned. */
  #from = 0;
  #end = 0;
  /** An unfinished record is not looked at again before there are so many bytes. */
  #enough = 0;
  #line: number;
  /** No bytes come after #end. */
  #final = false;
  // What is known of the cell and the record that were read last.
  #cellStart = 0;
  #cellEnd = 0;
  #escaped = false;
  #columns = 0;
  /** The last column that is not empty, or -1. */
  #lastFilled = -1;
  #faultKind: QuoteFault | undefined;
  #stoppedAt = 0;

  constructor(options: ScanOptions) {
    this.#delimiter = options.delimiter;
    this.#headerWidth = options.headerWidth;
    this.#maxRecordBytes = options.maxRecordBytes ?? MAX_RECORD_BYTES;
    this.#line = options.firstLine;
    const columns = [...new Set(options.columns)];
    this.#slots = slotsOf(columns);
    this.#spans = new Spans(columns.length);
    this.#batch = new ScannedBatch(this.#spans, this.#slots);
    for (const byte of [options.delimiter, LF, CR, QUOTE]) this.#plainStops[byte] = 1;
    for (const byte of [LF, CR, QUOTE]) this.#quotedStops[byte] = 1;
  }

  /** Line on which the next record begins. */
  get line(): number {
    return this.#line;
  }

  push(chunk: Uint8Array): ScannedBatch {
    this.#append(chunk);
    return this.#end - this.#from < this.#enough ? this.#taken(0) : this.#scan(false);
  }

  finish(): ScannedBatch {
    this.#append(new Uint8Array(0));
    return this.#scan(true);
  }

  /** Moves what is left to the front and puts the chunk behind it. */
  #append(chunk: Uint8Array): void {
    const left = this.#end - this.#from;
    const needed = left + chunk.length + 1;
    const target = needed > this.#bytes.length ? allocateUnset(needed * 2) : this.#bytes;
    target.set(this.#bytes.subarray(this.#from, this.#end));
    target.set(chunk, left);
    this.#bytes = target;
    this.#from = 0;
    this.#end = left + chunk.length;
  }

  #taken(rows: number): ScannedBatch {
    this.#batch.fill(rows, this.#bytes, this.#from);
    return this.#batch;
  }

  /** Scans all finished records, and at the end of the text what is left. */
  #scan(final: boolean): ScannedBatch {
    this.#final = final;
    // A line end behind the last byte, so that the loops need not ask where they are.
    this.#bytes[this.#end] = LF;
    let rows = 0;
    while (this.#from < this.#end && this.fault === undefined) {
      const line = this.#line;
      if (rows === this.#spans.lines.length) this.#spans.grow();
      const lineEnd = this.#record(rows);
      const bytes = (lineEnd < 0 ? this.#stoppedAt : lineEnd) - this.#from;
      if (bytes > this.#maxRecordBytes) this.#rejectTooLong(rows, line);
      else if (lineEnd < 0) this.#rejectAt(this.#faultKind, line);
      if (lineEnd < 0 || this.fault !== undefined) {
        this.#line = line;
        break;
      }
      this.#line++;
      this.#from = lineEnd + 1;
      if (this.#lastFilled < 0) continue;
      this.#spans.lines[rows] = line;
      this.#spans.widths[rows] = this.#width();
      rows++;
    }
    this.#enough = 2 * (this.#end - this.#from);
    return this.#taken(rows);
  }

  /** Cells of the record at #from. Returns where its line ends, or -1 as #cell does. */
  #record(row: number): number {
    const bytes = this.#bytes;
    const slots = this.#slots;
    const { starts, ends, stride } = this.#spans;
    const base = row * stride;
    let column = 0;
    let filled = -1;
    let at = this.#from;
    for (;;) {
      const quoted = bytes[at] === QUOTE;
      const start = quoted ? at + 1 : at;
      this.#cellStart = at;
      at = quoted ? this.#quoted(start) : this.#plain(start);
      if (at < 0) return -1;
      if (this.#cellEnd > start) filled = column;
      const slot = column < slots.length ? (slots[column] as number) : -1;
      if (slot >= 0) {
        starts[base + slot] = start;
        ends[base + slot] = quoted && this.#escaped ? ~this.#cellEnd : this.#cellEnd;
      }
      column++;
      if (bytes[at] === LF) break;
      at++;
    }
    this.#columns = column;
    this.#lastFilled = filled;
    for (; column < slots.length; column++) {
      const slot = slots[column] as number;
      if (slot >= 0) starts[base + slot] = ends[base + slot] = 0;
    }
    return at;
  }

  /**
   * Finds the end of an unquoted cell. Returns where its delimiter or line end stands, or -1 where the
   * record is not finished or there is a fault (then #faultKind is set).
   */
  #plain(start: number): number {
    const bytes = this.#bytes;
    const stops = this.#plainStops;
    const end = this.#end;
    let at = start;
    for (;;) {
      while (stops[bytes[at] as number] === 0) at++;
      if (bytes[at] !== CR) break;
      if (bytes[at + 1] === LF && at + 1 < end) {
        this.#cellEnd = at;
        return at + 1;
      }
      this.#line++;
      at++;
    }
    if (bytes[at] === QUOTE) return this.#stop("inside", at);
    this.#cellEnd = at;
    return at < end || this.#final ? at : this.#stop(undefined, at);
  }

  /** The same for a quoted cell, from behind its first quote. */
  #quoted(start: number): number {
    const bytes = this.#bytes;
    const stops = this.#quotedStops;
    const end = this.#end;
    let at = start;
    this.#escaped = false;
    for (;;) {
      while (stops[bytes[at] as number] === 0) at++;
      if (bytes[at] === QUOTE) {
        if (bytes[at + 1] !== QUOTE) break;
        this.#escaped = true;
        at += 2;
      } else {
        if (at >= end) return this.#stop(this.#final ? "unclosed" : undefined, at);
        if (bytes[at] === LF || bytes[at + 1] !== LF) this.#line++;
        at++;
      }
    }
    this.#cellEnd = at++;
    if (bytes[at] === CR && at + 1 < end && bytes[at + 1] === LF) at++;
    if (at >= end) return this.#final ? at : this.#stop(undefined, at);
    if (bytes[at] === this.#delimiter || bytes[at] === LF) return at;
    // Nothing can be said yet of a CR that is the last byte.
    const undecided = bytes[at] === CR && at + 1 === end && !this.#final;
    return this.#stop(undecided ? undefined : "after", at);
  }

  #stop(kind: QuoteFault | undefined, at: number): -1 {
    this.#faultKind = kind;
    this.#stoppedAt = at;
    return -1;
  }

  #width(): number {
    if (this.#columns <= this.#headerWidth) return this.#columns;
    return Math.max(this.#headerWidth, this.#lastFilled + 1);
  }

  #rejectAt(kind: QuoteFault | undefined, line: number): void {
    if (kind === undefined) return;
    const counter = new LineCounter(line);
    counter.add(this.#bytes.subarray(this.#from, this.#end));
    this.fault = { kind, line: counter.lineAt(this.#cellStart - this.#from) };
  }

  /** The cell in question is the one that reaches the limit: the last one of a record cut there. */
  #rejectTooLong(row: number, line: number): void {
    this.#final = false;
    this.#end = this.#from + this.#maxRecordBytes;
    this.#bytes[this.#end] = LF;
    this.#record(row);
    this.#rejectAt("too-long", line);
  }
}
