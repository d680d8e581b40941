/**
 * Splits the first records of a text, leniently: for each candidate delimiter, before it is known which
 * is right. The rows themselves are read by the lanes.
 */
import type { Delimiter, QuoteFault } from "./contract.ts";

export interface SampleRecord {
  readonly cells: readonly string[];
  /** Where the record begins, and where the next one does. */
  readonly start: number;
  readonly end: number;
  /** Set where the record's quoting is broken; `faultAt` is where the cell begins. */
  readonly fault?: QuoteFault;
  readonly faultAt?: number;
}

const RECORDS = 200;

/** At most 200 records. A last record that the sample cuts off is left out unless the text is `whole`. */
export function splitSample(
  text: string,
  delimiter: Delimiter,
  carriageReturns: boolean,
  whole: boolean,
): SampleRecord[] {
  const records: SampleRecord[] = [];
  let at = 0;
  while (at < text.length && records.length < RECORDS) {
    const record = readRecord(text, at, delimiter, carriageReturns);
    if (record.end >= text.length && !whole && records.length > 0) break;
    records.push(record);
    at = record.end;
  }
  return records;
}

function readRecord(
  text: string,
  start: number,
  delimiter: Delimiter,
  carriageReturns: boolean,
): SampleRecord {
  const cells: string[] = [];
  let at = start;
  for (;;) {
    const cell =
      text[at] === '"' ? quotedCell(text, at) : plainCell(text, at, delimiter, carriageReturns);
    cells.push(cell.text);
    const after =
      cell.fault ?? (behind(text, cell.end, delimiter, carriageReturns) ? undefined : "after");
    if (after !== undefined) {
      // What is broken ends with its line, so that one bad record does not swallow the sample.
      const end = lineEndFrom(text, at, carriageReturns);
      return { cells, start, end, fault: after, faultAt: at };
    }
    if (text[cell.end] !== delimiter) {
      return { cells, start, end: cell.end + lineEndLength(text, cell.end, carriageReturns) };
    }
    at = cell.end + 1;
  }
}

interface SampleCell {
  readonly text: string;
  readonly end: number;
  readonly fault?: QuoteFault;
}

function quotedCell(text: string, start: number): SampleCell {
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote === -1) return { text: "", end: text.length, fault: "unclosed" };
    if (text[quote + 1] !== '"') {
      return { text: text.slice(start + 1, quote).replaceAll('""', '"'), end: quote + 1 };
    }
    at = quote + 2;
  }
}

/** What an unquoted cell is looked through for. By pattern, because this code runs only a few times a run. */
const STOPS: Readonly<Record<Delimiter, RegExp>> = {
  ",": /[,"\r\n]/g,
  ";": /[;"\r\n]/g,
  "\t": /[\t"\r\n]/g,
  "|": /[|"\r\n]/g,
};

function plainCell(text: string, start: number, delimiter: Delimiter, cr: boolean): SampleCell {
  const stops = STOPS[delimiter];
  let quote = false;
  let end = text.length;
  stops.lastIndex = start;
  while (stops.test(text)) {
    const at = stops.lastIndex - 1;
    if (text[at] === '"') quote = true;
    else if (text[at] === delimiter || lineEndLength(text, at, cr) > 0) {
      end = at;
      break;
    }
  }
  const cell = { text: text.slice(start, end), end };
  return quote ? { ...cell, fault: "inside" } : cell;
}

/** A delimiter, a line end, or nothing. */
function behind(text: string, at: number, delimiter: Delimiter, cr: boolean): boolean {
  return at >= text.length || text[at] === delimiter || lineEndLength(text, at, cr) > 0;
}

function lineEndLength(text: string, at: number, carriageReturns: boolean): number {
  if (text[at] === "\n") return 1;
  if (text[at] !== "\r") return 0;
  if (text[at + 1] === "\n") return 2;
  return carriageReturns ? 1 : 0;
}

function lineEndFrom(text: string, start: number, cr: boolean): number {
  for (let at = start; at < text.length; at++) {
    const length = lineEndLength(text, at, cr);
    if (length > 0) return at + length;
  }
  return text.length;
}
