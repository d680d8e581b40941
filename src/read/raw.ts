/**
 * A file as it stands, from its first row on: no header is looked for and nothing is left out. For
 * `verify`, which judges the header and what stands above it, and which must not take the first row of
 * a file without a header for names.
 */
import { asciiOf, asNative, concat, refuseDebugOutput, utf8 } from "#host";
import { emptyInput, inputError } from "../base/errors.ts";
import {
  type ByteSource,
  isWebStream,
  openBlob,
  openFile,
  peek,
  streamChunks,
  streamSource,
} from "./source.ts";
import { decodeText } from "./text/decode.ts";
import { findDialect } from "./text/dialect.ts";
import { isZip, refuseForeign } from "./text/magic.ts";

import { splitSample } from "./text/sample.ts";
import { scanRows } from "./text/scan.ts";
import { encodingOf, laneFor, SAMPLE_BYTES, sampleOf, type TextInput } from "./text/table.ts";
import type { ByteInput, Findings, ReadOptions, RowBatch } from "./types.ts";
import { openWorkbook } from "./workbook/parts.ts";
import { batches as sheetBatches } from "./workbook/sheet.ts";
import { unpack, type ZipEntry, zipEntries } from "./workbook/zip.ts";

type RawFindings = Pick<
  Findings,
  "file" | "encoding" | "byteOrderMark" | "encodingCertain" | "delimiter" | "lineEnd" | "sheet"
>;

interface RawSource {
  readonly findings: RawFindings;
  /** Files in the archive that the text came in; 0 where it came in none. */
  readonly archived: number;
  /** Bytes of the text that were read so far, unpacked. */
  bytes(): number;
  close(): Promise<void>;
}

/** Rows of cells. To be read once. */
export interface RawTable extends RawSource {
  readonly kind: "text" | "workbook";
  rows(signal?: AbortSignal): AsyncIterable<RowBatch>;
}

/** Lines of JSON. To be read once. */
export interface RawLines extends RawSource {
  readonly kind: "json";
  lines(signal?: AbortSignal): AsyncIterable<RawLine>;
}

export interface RawLine {
  readonly line: number;
  readonly text: string;
  /** Share of the file that was read. */
  readonly progress: number | undefined;
}

/** Compressed files are kept in memory: the directory of an archive stands at its end. */
const MAX_ARCHIVE_BYTES = 512 * 1024 * 1024;

/** A line of 1,000 conversions has about 400 KB. */
const MAX_LINE_BYTES = 16 * 1024 * 1024;

/** @throws FirsthashError "input" where the file cannot be read, is empty, or is no text and no workbook */
export async function openRaw(
  input: ByteInput,
  file: string,
  options: Omit<ReadOptions, "repeatable">,
  signal?: AbortSignal,
): Promise<RawTable | RawLines> {
  refuseDebugOutput();
  const source = await sourceOf(input, file, signal);
  try {
    const peeked = await peek(source, SAMPLE_BYTES, false, signal);
    if (peeked.top.length === 0) throw emptyInput(file);
    if (isZip(peeked.top)) return await openArchive(peeked.source, file, options, signal);
    return await openPlain({ ...peeked, file, options, names: [] }, 0, signal);
  } catch (error) {
    await source.close();
    throw error;
  }
}

async function sourceOf(
  input: ByteInput,
  file: string,
  signal: AbortSignal | undefined,
): Promise<ByteSource> {
  if (typeof input === "string") return openFile(input, signal);
  if (input instanceof Blob) return openBlob(input, file);
  async function* buffers(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
    for await (const chunk of chunks) yield asNative(chunk);
  }
  return streamSource(buffers(isWebStream(input) ? streamChunks(input) : input), file);
}

async function openArchive(
  source: ByteSource,
  file: string,
  options: ReadOptions,
  signal: AbortSignal | undefined,
): Promise<RawTable | RawLines> {
  const { top: zip, whole } = await peek(source, MAX_ARCHIVE_BYTES, false, signal);
  if (!whole) throw inputError("is too large for an archive", { file });
  const entries = zipEntries(zip, file);
  const texts = [...entries.values()].filter(isTextFile);
  const [entry] = texts;
  if (entry === undefined || entries.has("[content_types].xml")) {
    return openBook(source, zip, file, options);
  }
  const unpacked: ByteSource = {
    repeatable: true,
    size: entry.size,
    bytes: () => unpack(zip, entry, file),
    close: () => source.close(),
  };
  const peeked = await peek(unpacked, SAMPLE_BYTES, false, signal);
  if (peeked.top.length === 0) throw emptyInput(file);
  return openPlain({ ...peeked, file, options, names: [] }, texts.length, signal);
}

function isTextFile({ name }: ZipEntry): boolean {
  // macOS puts a shadow of every file beside it.
  return /\.(?:csv|tsv|txt|jsonl|ndjson|json)$/i.test(name) && !name.startsWith("__MACOSX/");
}

async function openBook(
  source: ByteSource,
  zip: Uint8Array,
  file: string,
  options: ReadOptions,
): Promise<RawTable> {
  const workbook = await openWorkbook(zip, options.sheet, file);
  return {
    kind: "workbook",
    findings: { file, sheet: workbook.sheetName },
    archived: 0,
    bytes: () => zip.length,
    rows: (signal) => sheetBatches(workbook, 0, 0, signal),
    close: () => source.close(),
  };
}

async function openPlain(
  input: TextInput,
  archived: number,
  signal: AbortSignal | undefined,
): Promise<RawTable | RawLines> {
  const { source, file, options, top } = input;
  let read = 0;
  async function* counted(rowsSignal?: AbortSignal, reuse?: boolean): AsyncGenerator<Uint8Array> {
    for await (const chunk of source.bytes(rowsSignal, reuse)) {
      read += chunk.length;
      yield chunk;
    }
  }
  const progress = () => (source.size === undefined ? undefined : Math.min(1, read / source.size));
  const common = { archived, bytes: () => read, close: () => source.close() };
  if (isJson(top)) {
    const encoding = { name: "utf-8", mark: hasMark(top) ? 3 : 0, certain: true } as const;
    const findings = { file, encoding: "utf-8", byteOrderMark: encoding.mark > 0 };
    const lines = (s?: AbortSignal) =>
      linesOf(decodeText(counted(s), encoding, file), progress, file);
    return { ...common, kind: "json", findings, lines };
  }
  refuseForeign(top, file);
  const encoding = await encodingOf(input, signal);
  const sample = await sampleOf(input, encoding);
  const { delimiter, lineEnd } = findDialect(sample, input.whole, {
    delimiter: options.delimiter,
    names: [],
    file,
  });
  const records = splitSample(sample, delimiter, lineEnd === "CR", input.whole);
  const width = records.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  const lane = laneFor({ lineEnd }, false);
  return {
    ...common,
    kind: "text",
    findings: {
      file,
      encoding: encoding.name,
      byteOrderMark: encoding.mark > 0,
      encodingCertain: encoding.certain,
      delimiter,
      ...(lineEnd === undefined ? {} : { lineEnd }),
    },
    rows: (rowsSignal) =>
      lane({
        chunks: decodeText(counted(rowsSignal, lane === scanRows), encoding, file),
        delimiter,
        lineEnd,
        headerWidth: width,
        firstLine: 1,
        columns: Array.from({ length: width }, (_, column) => column),
        file,
        progress,
        signal: rowsSignal,
      }),
  };
}

function hasMark(top: Uint8Array): boolean {
  return top[0] === 0xef && top[1] === 0xbb && top[2] === 0xbf;
}

/** An object from the first character on. */
function isJson(top: Uint8Array): boolean {
  const start = asciiOf(top, hasMark(top) ? 3 : 0, 4096);
  return /^\s*\{\s*"/.test(start);
}

async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
  progress: () => number | undefined,
  file: string,
): AsyncGenerator<RawLine> {
  let line = 1;
  let parts: Uint8Array[] = [];
  let length = 0;
  const take = (last: Uint8Array): string => {
    const text = utf8(concat([...parts, last]));
    parts = [];
    length = 0;
    return text;
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, from)) {
      const text = take(chunk.subarray(from, at));
      from = at + 1;
      if (text.trim() !== "") yield { line, text, progress: progress() };
      line++;
    }
    const rest = chunk.subarray(from);
    length += rest.length;
    if (length > MAX_LINE_BYTES) {
      throw inputError("a line of more than 16 MiB", {
        file,
        line,
        hint: "write one request body a line, of at most 1,000 conversions",
      });
    }
    if (rest.length > 0) parts.push(rest);
  }
  const text = take(new Uint8Array(0));
  if (text.trim() !== "") yield { line, text, progress: progress() };
}
