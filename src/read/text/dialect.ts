/**
 * What stands at the top of a text: the delimiter, the line ends, where the header is. csv-parse's own
 * `delimiter_auto` throws on a byte order mark and on non-ASCII text, and knows no preamble.
 */
import { utf8Length } from "#host";
import { emptyInput, inputError } from "../../base/errors.ts";
import {
  commonWidth,
  filledCells,
  findHeader,
  knownNames,
  withoutTrailingEmpty,
} from "../columns/header-row.ts";
import { type Delimiter, type LineEnd, quoteError } from "./contract.ts";
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
  const found = findHeader(
    records.map(({ cells }) => cells),
    options.names,
  );
  const header = found === undefined ? undefined : records[found.index];
  if (found === undefined || header === undefined) throw inputError("is empty", { file });
  const lineAt = (offset: number): number => 1 + countLineEnds(sample.slice(0, offset));
  if (header.fault !== undefined) {
    throw quoteError(header.fault, file, lineAt(header.faultAt ?? header.start));
  }
  if (header.end >= sample.length && !whole) {
    throw inputError("no end of the header in the first megabyte", { file });
  }
  return {
    delimiter,
    lineEnd,
    headers: withoutTrailingEmpty(header.cells),
    headerLine: lineAt(header.start),
    dataOffset: utf8Length(sample.slice(0, header.end)),
    dataLine: lineAt(header.end),
    notes: found.notes,
  };
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
  // Excel for Mac ends records with CR and breaks lines inside cells with LF.
  if (returns > 0 && !hasUnquoted(sample, /["\n]/g)) return "CR";
  if (pairs === 0) return "LF";
  // HubSpot and Salesforce write cells with LF line breaks between CRLF records.
  return pairs === lineFeeds || !hasUnquoted(sample, /"|(?<!\r)\n/g) ? "CRLF" : "mixed";
}

/** `pattern` finds quotes and what is looked for. */
function hasUnquoted(sample: string, pattern: RegExp): boolean {
  let quoted = false;
  for (const [found] of sample.matchAll(pattern)) {
    if (found === '"') quoted = !quoted;
    else if (!quoted) return true;
  }
  return false;
}

/**
 * The delimiter whose header row has the most names that we know; then the one that cuts the most
 * records into the same number of cells, and into the most cells. A delimiter that only stands below
 * the header (two addresses in one cell) is none.
 */
function likeliest(
  split: (delimiter: Delimiter) => SampleRecord[],
  names: readonly string[],
): Delimiter {
  let best: Delimiter = ",";
  let bestScore = -1;
  for (const delimiter of DELIMITERS) {
    const records = split(delimiter).filter(
      ({ cells, fault }) => fault !== undefined || filledCells(cells) > 0,
    );
    const rows = records.map(({ cells }) => cells);
    const header = rows[findHeader(rows, names)?.index ?? 0] ?? [];
    const { width, share } = commonWidth(rows);
    const faults = records.filter(({ fault }) => fault !== undefined).length;
    const regular = width > 1 && header.length >= width ? share + Math.min(width, 100) / 1000 : 0;
    const broken = faults / Math.max(1, records.length);
    const score = knownNames(header, names) * 10 + regular * 5 - broken * 20;
    if (score > bestScore) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
}
