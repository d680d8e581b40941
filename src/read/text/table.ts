/** A delimited text as a table. */
import { concat, isAscii, utf8 } from "#host";
import { isPrintable, refuseDataRow } from "../columns/header-row.ts";
import type { ByteSource } from "../source.ts";
import type { Findings, ReadOptions, Table } from "../types.ts";
import type { Lane, LaneInput } from "./contract.ts";
import { decodeText } from "./decode.ts";
import { type Dialect, findDialect } from "./dialect.ts";
import { detectEncoding, type Encoding } from "./encoding.ts";
import { parseRows } from "./parse.ts";
import { scanRows } from "./scan.ts";

/** So much of the text decides on the dialect and holds the header. */
export const SAMPLE_BYTES = 1024 * 1024;

export interface TextInput {
  readonly source: ByteSource;
  /** The first bytes of the source: all of them, or at least `SAMPLE_BYTES`. */
  readonly top: Uint8Array;
  readonly whole: boolean;
  readonly file: string;
  readonly options: ReadOptions;
  /** Names that the user gave for columns. */
  readonly names: readonly string[];
  /** Split the text by csv-parse alone. */
  readonly reference?: boolean | undefined;
}

export async function openText(input: TextInput, signal?: AbortSignal): Promise<Table> {
  const { source, file, options, names } = input;
  const encoding = await encodingOf(input, signal);
  const sample = await sampleOf(input, encoding);
  const dialect = findDialect(sample, input.whole, { delimiter: options.delimiter, names, file });
  refuseDataRow(dialect.headers, dialect.headerLine, names, file);
  const lane = laneFor(dialect, input.reference);
  let opened = false;
  const open = (rowsSignal: AbortSignal | undefined): OpenedText => {
    if (opened && !source.repeatable) throw new Error("these rows can be read only once");
    opened = true;
    return openChunks(input, encoding, dialect, lane, rowsSignal);
  };
  return {
    findings: findingsOf(file, encoding, dialect),
    headers: dialect.headers,
    headersPrintable: isPrintable(dialect.headers, names),
    repeatable: source.repeatable,
    size: source.size,
    rows: (columns, rowsSignal) =>
      lane(laneInput(open(rowsSignal), file, dialect, columns, rowsSignal)),
    text: () =>
      lane === scanRows
        ? {
            delimiter: dialect.delimiter.charCodeAt(0),
            firstLine: dialect.dataLine,
            size: source.size,
            open,
          }
        : undefined,
    close: () => source.close(),
  };
}

/** The text below the header. */
type OpenedText = Pick<LaneInput, "chunks" | "progress">;

function openChunks(
  { source, file }: TextInput,
  encoding: Encoding,
  dialect: Dialect,
  lane: Lane,
  signal: AbortSignal | undefined,
): OpenedText {
  let read = 0;
  const reuse = lane === scanRows;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source.bytes(signal, reuse)) {
      read += chunk.length;
      yield chunk;
    }
  }
  return {
    chunks: without(decodeText(counted(), encoding, file), dialect.dataOffset),
    progress: () => (source.size === undefined ? undefined : Math.min(1, read / source.size)),
  };
}

/** How a text is split; both give the same rows. */
export function laneFor(
  { lineEnd }: Pick<Dialect, "lineEnd">,
  reference: boolean | undefined,
): Lane {
  return reference === true || lineEnd === "CR" ? parseRows : scanRows;
}

function laneInput(
  text: OpenedText,
  file: string,
  dialect: Dialect,
  columns: readonly number[],
  signal: AbortSignal | undefined,
): LaneInput {
  return {
    ...text,
    delimiter: dialect.delimiter,
    lineEnd: dialect.lineEnd,
    headerWidth: dialect.headers.length,
    firstLine: dialect.dataLine,
    columns,
    file,
    signal,
  };
}

async function* without(
  chunks: AsyncIterable<Uint8Array>,
  bytes: number,
): AsyncGenerator<Uint8Array> {
  let skip = bytes;
  for await (const chunk of chunks) {
    const rest = skip === 0 ? chunk : chunk.subarray(skip);
    skip -= chunk.length - rest.length;
    if (rest.length > 0) yield rest;
  }
}

/**
 * The top of a large file is often plain ASCII, which says nothing. Where the file can be read again, the
 * first megabyte that has another byte decides.
 */
export async function encodingOf(
  input: TextInput,
  signal: AbortSignal | undefined,
): Promise<Encoding> {
  const { top, whole, source, options, file } = input;
  const found = detectEncoding(top, whole, options.encoding, file);
  if (whole || !source.repeatable || options.encoding !== undefined) return found;
  if (found.name !== "utf-8" || found.mark > 0 || !isAscii(top)) return found;
  const telling: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source.bytes(signal)) {
    if (length === 0 && isAscii(chunk)) continue;
    telling.push(chunk);
    length += chunk.length;
    if (length >= SAMPLE_BYTES) break;
  }
  return length === 0 ? found : detectEncoding(concat(telling), false, undefined, file);
}

/** The first characters, decoded as the rows will be. */
export async function sampleOf(input: TextInput, encoding: Encoding): Promise<string> {
  const { top, whole, file } = input;
  async function* once(): AsyncGenerator<Uint8Array> {
    yield top;
    // Not the end: what the sample cuts off is not missing.
    if (!whole) throw SAMPLED;
  }
  const parts: Uint8Array[] = [];
  try {
    for await (const text of decodeText(once(), encoding, file)) parts.push(text);
  } catch (error) {
    if (error !== SAMPLED) throw error;
  }
  return utf8(concat(parts));
}

const SAMPLED = Symbol("end of the sample");

function findingsOf(file: string, encoding: Encoding, dialect: Dialect): Findings {
  const guess = `read as ${encoding.name}, which is a guess; if letters come out wrong, give \`encoding\``;
  return {
    file,
    kind: "text",
    encoding: encoding.name,
    byteOrderMark: encoding.mark > 0,
    encodingCertain: encoding.certain,
    delimiter: dialect.delimiter,
    ...(dialect.lineEnd === undefined ? {} : { lineEnd: dialect.lineEnd }),
    headerLine: dialect.headerLine,
    notes: encoding.certain ? dialect.notes : [guess, ...dialect.notes],
  };
}
