/**
 * The form of an upload file, and plain text in it: the file is recognized, and every row is checked. It needs
 * no contacts and makes no digest, so that an upload may ask it too.
 */
import { FirsthashError, inputError, interruptedError } from "../base/errors.ts";
import type { CountryCode } from "../base/types.ts";
import { loadZones } from "../conversion/time/zone.ts";
import type { Destination } from "../destinations/types.ts";
import { openRaw, type RawLines, type RawTable } from "../read/raw.ts";
import type { ByteInput, ReadOptions, RowBatch } from "../read/types.ts";
import { openBodies } from "./bodies.ts";
import { plainFinder } from "./cells.ts";
import { FindingCounts, type OnFinding } from "./findings.ts";
import { type Head, readHead, TOP_ROWS, type Told, type TopRow } from "./head.ts";
import type { FileFacts, Recognized } from "./report.ts";
import { type DigestSink, type IdentifierCounts, RowCheck } from "./rows.ts";
import { bodyShapes } from "./shapes.ts";

export interface FormSettings {
  /** What to call the file in messages. */
  readonly name: string;
  /** Check as a file of this destination; recognized by its columns where it is undefined. */
  readonly to: Destination | undefined;
  /** The present, in seconds since 1970. */
  readonly asOf: number;
  /** The country of numbers that name none: without one those are not looked for in plain columns. */
  readonly region?: CountryCode | undefined;
  /** Columns whose bare digits are no phone numbers. */
  readonly allowPlain?: readonly string[] | undefined;
  /** How to read the file, where detection is wrong. */
  readonly read?: Omit<ReadOptions, "repeatable"> | undefined;
  /** Gets every digest of the file, where they are to be compared. */
  readonly digests?: DigestSink | undefined;
  /** Told of each finding that has a line. */
  readonly onFinding?: OnFinding | undefined;
  /** Told of each row to upload when it was checked, by its line. */
  readonly onChecked?: ((line: number) => void) | undefined;
  readonly onProgress?: ((rows: number, share: number | undefined) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What a file is, and what is wrong with it. */
export interface FormCheck {
  readonly input: FileFacts;
  readonly recognized: Recognized;
  /** Where its digests and its columns come from; undefined for columns of no destination that we know. */
  readonly destination: Destination | undefined;
  /** Rows to upload that were checked. */
  readonly rows: number;
  readonly identifiers: Readonly<IdentifierCounts>;
  /** Still open: a comparison with contacts adds to it. */
  readonly findings: FindingCounts;
  /** Why the file could not be read to its end; undefined where it could. */
  readonly unreadable: string | undefined;
}

/**
 * Reads a file once, in a stream, and checks its form.
 *
 * @throws FirsthashError "input" for what cannot be read or is no upload file
 */
export async function checkForm(source: ByteInput, settings: FormSettings): Promise<FormCheck> {
  const { name, read = {}, signal } = settings;
  const raw = await openRaw(source, name, read, signal);
  try {
    return await checkOpened(raw, settings);
  } finally {
    await raw.close();
  }
}

async function checkOpened(raw: RawTable | RawLines, settings: FormSettings): Promise<FormCheck> {
  const { name, asOf, digests, region, allowPlain, signal } = settings;
  await loadZones();
  const findings = new FindingCounts(settings.onFinding);
  const find = plainFinder(region);
  const { head, rows } = await recognize(raw, name, settings, { findings, find }, signal);
  const check = new RowCheck({
    head,
    findings,
    asOf,
    delimited: raw.kind === "text",
    digests,
    find,
    region,
    allowPlain,
    onChecked: settings.onChecked,
  });
  checkBytes(raw, head, findings);
  const unreadable = await checkRows(rows(), check, head.headerLine, findings, settings);
  check.finish();
  checkSize(raw, head, findings);
  return {
    input: factsOf(raw),
    recognized: recognizedAs(head),
    destination: head.shape?.destination,
    rows: check.rows,
    identifiers: check.identifiers,
    findings,
    unreadable,
  };
}

/** A file whose first rows were looked at, and all its rows. */
interface Recognition {
  readonly head: Head;
  rows(): AsyncIterable<RowBatch>;
}

async function recognize(
  raw: RawTable | RawLines,
  file: string,
  { to }: FormSettings,
  told: Told,
  signal: AbortSignal | undefined,
): Promise<Recognition> {
  if (raw.kind === "json") {
    const bodies = await openBodies(raw, bodyShapes(to && [to]), told, signal);
    if (bodies === undefined) throw noUpload(file);
    return bodies;
  }
  const { batch, rows } = await firstBatch(raw.rows(signal));
  const head = batch === undefined ? undefined : readHead(topRows(batch), to, told);
  if (head === undefined) throw noUpload(file);
  return { head, rows };
}

function noUpload(file: string): Error {
  return inputError("is not an upload file we recognise", {
    reason: "no-upload-file",
    file,
    hint: "we looked for the columns of microsoft-bulk, microsoft-import, adobe and microsoft-api, and for columns of digests; name the destination with `to` to see what is missing",
  });
}

/** The first batch, to look at, and all batches from it on. */
async function firstBatch(
  batches: AsyncIterable<RowBatch>,
): Promise<{ readonly batch: RowBatch | undefined; readonly rows: () => AsyncIterable<RowBatch> }> {
  const iterator = batches[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done === true) return { batch: undefined, rows: async function* () {} };
  async function* rows(): AsyncGenerator<RowBatch> {
    yield first.value;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return { batch: first.value, rows };
}

function topRows(batch: RowBatch): TopRow[] {
  return Array.from({ length: Math.min(batch.length, TOP_ROWS) }, (_, row) => ({
    line: batch.line(row),
    cells: Array.from({ length: batch.width(row) }, (_, column) => batch.cell(row, column)),
  }));
}

/** @returns why the rows could not be read to the end */
async function checkRows(
  batches: AsyncIterable<RowBatch>,
  check: RowCheck,
  headerLine: number,
  findings: FindingCounts,
  { signal, onProgress }: FormSettings,
): Promise<string | undefined> {
  let rows = 0;
  try {
    for await (const batch of batches) {
      if (signal?.aborted) throw interruptedError();
      for (let row = 0; row < batch.length; row++) {
        if (batch.line(row) > headerLine || headerLine === 0) check.check(batch, row);
      }
      rows += batch.length;
      onProgress?.(rows, batch.progress);
    }
  } catch (error) {
    if (!(error instanceof FirsthashError) || error.code !== "input") throw error;
    findings.add("unreadable", error.line);
    return error.message;
  }
  return undefined;
}

function factsOf(raw: RawTable | RawLines): FileFacts {
  const { file, encoding, byteOrderMark, delimiter, lineEnd, sheet } = raw.findings;
  return {
    file,
    kind: raw.kind,
    ...(encoding !== undefined && { encoding }),
    ...(byteOrderMark !== undefined && { byteOrderMark }),
    ...(delimiter !== undefined && { delimiter }),
    ...(lineEnd !== undefined && { lineEnd }),
    ...(sheet !== undefined && { sheet }),
    zipped: raw.archived > 0,
    bytes: raw.bytes(),
  };
}

function recognizedAs({ shape, alsoFits }: Head): Recognized {
  if (shape === undefined) return { alsoFits };
  const { destination, layout, adjustments } = shape;
  return { destination: destination.id, title: destination.title, layout, adjustments, alsoFits };
}

/** What can be said before the rows are read. */
function checkBytes(raw: RawTable | RawLines, head: Head, findings: FindingCounts): void {
  if (raw.archived > 1) findings.add("archive-several-files");
  if (raw.kind === "workbook") return;
  const { encoding, byteOrderMark, delimiter, lineEnd } = raw.findings;
  const { shape } = head;
  if (encoding !== "utf-8") findings.add("encoding-not-utf8", 1);
  else if (shape?.byteOrderMark === true && byteOrderMark === false) {
    findings.add("byte-order-mark-missing", 1);
  } else if (shape?.byteOrderMark === false && byteOrderMark === true) {
    findings.add("byte-order-mark-unexpected", 1);
  }
  if (raw.kind === "json") return;
  if (shape !== undefined && delimiter !== undefined && !takes(head, delimiter)) {
    findings.add("delimiter-wrong", head.headerLine);
  }
  if (lineEnd === "CR") findings.add("line-end-lone-cr", 1);
  else if (lineEnd === "mixed") findings.add("line-ends-mixed");
  else if (lineEnd === "LF" && shape !== undefined) findings.add("line-end-lf");
}

/** Commas, and tabs where the destination takes a TSV. */
function takes({ shape }: Head, delimiter: string): boolean {
  if (delimiter === ",") return true;
  return delimiter === "\t" && shape?.destination.formats.includes("tsv") === true;
}

/** What is known when the file was read. */
function checkSize(raw: RawTable | RawLines, { shape }: Head, findings: FindingCounts): void {
  if (shape !== undefined && raw.bytes() > shape.destination.limits.bytes)
    findings.add("too-large");
}
