/**
 * What stands at the top of a text: the delimiter, the line ends, where the header is. csv-parse's own
 * `delimiter_auto` throws on a byte order mark and on non-ASCII text, and knows no preamble.
 */
import { emptyInput, inputError } from "../errors.ts";
import { knownNames, looksLikeData } from "./header-row.ts";
import { type Delimiter, type LineEnd, quoteError } from "./lane.ts";
import { countLineEnds } from "./lines.ts";
import { type SampleRecord, splitSample } from "./sample.ts";

export interface Dialect {
  readonly delimiter: Delimiter;
  /** Undefined where the text is one line. */
  readonly lineEnd: LineEnd | undefined;
  /** The header's cells, trailing empty ones taken off. */
  readonly headers: readonly string[];
  readonly headerLine: number;
  /** Where the data begins: UTF-8 byte offset in the decoded text, and line. */
  readonly dataOffset: number;
  readonly dataLine: number;
  readonly notes: readonly string[];
}

const DELIMITERS: readonly Delimiter[] = [",", ";", "\t", "|"];

export interface DialectOptions {
  readonly delimiter: Delimiter | undefined;
  /** Names that the user gave for columns. */
  readonly names: readonly string[];
  readonly file: string;
}

/** `sample`: the first characters of the text, which ends there when `whole`. */
export function findDialect(sample: string, whole: boolean, options: DialectOptions): Dialect {
  const { file } = options;
  if (sample.trim() === "") throw emptyInput(file);
  const declared = separatorLine(sample, file);
  const lineEnd = lineEndOf(sample);
  const split = (delimiter: Delimiter): SampleRecord[] =>
    splitSample(sample, delimiter, lineEnd === "CR", whole);
  const delimiter = options.delimiter ?? declared?.delimiter ?? likeliest(split, options.names);
  const records = split(delimiter).filter((record) => record.start >= (declared?.length ?? 0));
  const found = headerOf(records, options.names);
  if (found === undefined) {
    throw inputError("no header row in the first megabyte", { file });
  }
  const headerLine = 1 + countLineEnds(sample.slice(0, found.header.start));
  if (found.header.fault !== undefined) {
    const line = 1 + countLineEnds(sample.slice(0, found.header.faultAt));
    throw quoteError(found.header.fault, file, line);
  }
  const upTo = sample.slice(0, found.header.end);
  return {
    delimiter,
    lineEnd,
    headers: withoutTrailingEmpty(found.header.cells),
    headerLine,
    dataOffset: Buffer.byteLength(upTo),
    dataLine: 1 + countLineEnds(upTo),
    notes: found.notes,
  };
}

export function withoutTrailingEmpty(cells: readonly string[]): string[] {
  let width = cells.length;
  while (width > 0 && cells[width - 1]?.trim() === "") width--;
  return cells.slice(0, width);
}

/** `sep=;`, which Excel reads as the first line of a CSV file, and which exports for Excel write. */
function separatorLine(
  sample: string,
  file: string,
): { delimiter: Delimiter; length: number } | undefined {
  const match = /^"?sep=(.)"?[,;\t|]*(?:\r\n|\n|\r|$)/iu.exec(sample);
  if (match === null) return undefined;
  const delimiter = DELIMITERS.find((known) => known === match[1]);
  if (delimiter === undefined) {
    throw inputError("sep= names a delimiter that is not read", {
      file,
      line: 1,
      hint: "export with a comma, semicolon, tab or |",
    });
  }
  return { delimiter, length: match[0].length };
}

/** Counted without regard to quotes: a line break inside a cell is rarely the only one in a file. */
function lineEndOf(sample: string): LineEnd | undefined {
  const lineFeeds = sample.match(/\n/g)?.length ?? 0;
  const pairs = sample.match(/\r\n/g)?.length ?? 0;
  const returns = sample.match(/\r(?!\n)/g)?.length ?? 0;
  if (lineFeeds === 0) return returns === 0 ? undefined : "CR";
  if (pairs === 0) return "LF";
  // HubSpot and Salesforce write cells with LF line breaks between CRLF records.
  return pairs === lineFeeds ? "CRLF" : unquotedLineFeed(sample) ? "mixed" : "CRLF";
}

function unquotedLineFeed(sample: string): boolean {
  let quoted = false;
  for (let i = 0; i < sample.length; i++) {
    const char = sample[i];
    if (char === '"') quoted = !quoted;
    else if (char === "\n" && !quoted && sample[i - 1] !== "\r") return true;
  }
  return false;
}

/**
 * The delimiter whose header row has the most names that we know; then the one that cuts the most
 * records into the same number of cells, and into the most cells.
 */
function likeliest(
  split: (delimiter: Delimiter) => SampleRecord[],
  names: readonly string[],
): Delimiter {
  let best: Delimiter = ",";
  let bestScore = -1;
  for (const delimiter of DELIMITERS) {
    const records = split(delimiter).filter((record) => !isBlank(record));
    const known = Math.max(0, ...records.map((record) => knownNames(record.cells, names)));
    const { width, share } = commonWidth(records);
    const faults = records.filter((record) => record.fault !== undefined).length;
    const regular = width > 1 ? share + Math.min(width, 100) / 1000 : 0;
    const score = known * 10 + regular * 5 - (faults / Math.max(1, records.length)) * 20;
    if (score > bestScore) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
}

function commonWidth(records: readonly SampleRecord[]): { width: number; share: number } {
  const counts = new Map<number, number>();
  for (const record of records) {
    counts.set(record.cells.length, (counts.get(record.cells.length) ?? 0) + 1);
  }
  let width = 0;
  let most = 0;
  for (const [candidate, count] of counts) {
    if (count > most || (count === most && candidate > width)) {
      width = candidate;
      most = count;
    }
  }
  return { width, share: records.length === 0 ? 0 : most / records.length };
}

function isBlank(record: SampleRecord): boolean {
  return record.fault === undefined && record.cells.every((cell) => cell.trim() === "");
}

interface Found {
  readonly header: SampleRecord;
  readonly notes: readonly string[];
}

/** Report titles and filters stand within this many records above the header. */
const PREAMBLE_RECORDS = 50;

/**
 * The first row that is neither blank, nor an instruction row of the ad platforms' templates, nor a
 * title. A title is shorter than the rows below it and has no name that we know.
 */
function headerOf(records: readonly SampleRecord[], names: readonly string[]): Found | undefined {
  const rows = records.filter((record) => !isBlank(record));
  const notes = new Set<string>();
  let at = 0;
  while (at < rows.length && isInstruction(rows[at] as SampleRecord, names)) {
    if (/^"?Parameters:/i.test((rows[at] as SampleRecord).cells[0] ?? "")) notes.add(PARAMETERS);
    at++;
  }
  const rest = rows.slice(at);
  const chosen = chooseHeader(rest, names);
  const header = rest[chosen];
  if (header === undefined) return undefined;
  if (at + chosen > 0) notes.add("the rows above the header are not read");
  const skipped = header.cells.length - withoutTrailingEmpty(header.cells).length;
  if (skipped > 0) notes.add("the last columns have no header; they are not read");
  return { header, notes: [...notes] };
}

const PARAMETERS =
  "a Parameters: row stands above the header; its time zone is not read, give --time-zone";

function isInstruction(record: SampleRecord, names: readonly string[]): boolean {
  const [first = ""] = record.cells;
  if (/^Parameters:/i.test(first)) return true;
  // "#" alone can be the header of a row number.
  return /^#/.test(first) && knownNames(record.cells, names) === 0 && filled(record) === 1;
}

function chooseHeader(rows: readonly SampleRecord[], names: readonly string[]): number {
  const [first] = rows;
  if (first === undefined) return 0;
  const top = rows.slice(0, PREAMBLE_RECORDS);
  const { width } = commonWidth(rows);
  const full = Math.max(2, Math.ceil(width / 2));
  if (filled(first) >= full || looksLikeData(first.cells)) return 0;
  // Names that we know decide; else the first row that is about as wide as the table.
  const named = top.findIndex(
    (row) => filled(row) >= full && knownNames(row.cells, names) >= 1 && !looksLikeData(row.cells),
  );
  if (named !== -1) return named;
  if (knownNames(first.cells, names) > 0) return 0;
  const wide = top.findIndex((row) => filled(row) >= full);
  return wide === -1 ? 0 : wide;
}

function filled(record: SampleRecord): number {
  return record.cells.filter((cell) => cell.trim() !== "").length;
}
