/** Verifies an upload file: recognizes it, checks every row, and compares it with the contacts. */

import { FirsthashError, inputError, interruptedError, usageError } from "../base/errors.ts";
import type { ColumnChoices } from "../base/fields.ts";
import type { CountryCode } from "../base/types.ts";
import { VERSION } from "../base/version.ts";
import { parseInstant } from "../conversion/time/time.ts";
import { destinationById } from "../destinations/catalog.ts";
import type { Destination } from "../destinations/types.ts";
import { openBodies } from "../form/bodies.ts";
import { FindingCounts } from "../form/findings.ts";
import { type Head, readHead, TOP_ROWS, type TopRow } from "../form/head.ts";
import { RowCheck } from "../form/rows.ts";
import { bodyShapes } from "../form/shapes.ts";
import { resolveCountry } from "../identity/country.ts";
import { DEFAULT_EMAIL_RULES } from "../identity/rules.ts";
import { openTable } from "../read/open.ts";
import { openRaw, type RawLines, type RawTable } from "../read/raw.ts";
import type { ByteInput, InputSource, ReadOptions, RowBatch, Table } from "../read/types.ts";
import { type AgainstReport, compareWithContacts, contactColumns } from "./against.ts";
import { DigestTable } from "./digests.ts";
import type { FileFacts, Recognized, VerifyReport } from "./report.ts";

/** How far `verify` has come. */
export interface VerifyProgress {
  readonly stage: "upload file" | "contacts";
  readonly rows: number;
  /** 0 to 1; undefined when the size is not known. */
  readonly share: number | undefined;
}

/** Options of {@link verify}. */
export interface VerifyOptions {
  /** What to call an input that is no path, in messages. */
  readonly name?: string | undefined;
  /** Check as a file of this destination; recognized by its columns when left out. */
  readonly to?: string | undefined;
  /** The present, for the 90 days: ISO 8601 with a zone, or a Date. Now by default. */
  readonly asOf?: string | Date | undefined;
  /** The CRM export that the file was made from: its digests are derived again and compared. */
  readonly against?: InputSource | undefined;
  /** What to call the contacts where they are no path. */
  readonly againstName?: string | undefined;
  /** Columns of the contacts, where they are not found by their names. */
  readonly columns?: ColumnChoices | undefined;
  /** Country of phone numbers of contacts that name none: ISO code or English name. */
  readonly country?: string | undefined;
  /** How to read the file and the contacts, where detection is wrong. */
  readonly read?:
    | {
        readonly file?: Omit<ReadOptions, "repeatable"> | undefined;
        readonly contacts?: Omit<ReadOptions, "repeatable"> | undefined;
      }
    | undefined;
  readonly onProgress?: ((progress: VerifyProgress) => void) | undefined;
  /** Stops the run. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Checks an upload file of any destination, made by firsthash, by hand or by another tool: its
 * structure, plain text left behind, the shape of its digests, times, values, names, ids, duplicates.
 * The file is streamed; memory grows with its rows by a few dozen bytes each, and by what one digest
 * takes (about 60 bytes) with `against`.
 *
 * @param source a path, or the bytes of a file: CSV, TSV, one of these in a zip, .xlsx, JSON Lines
 * @param options the destination, the present, the contacts to compare with
 * @returns findings by code, with counts and places; never a value
 * @throws FirsthashError `input` for what cannot be read or is no upload file, `usage` for bad options
 *
 * @example
 * ```ts
 * import { verify } from "firsthash";
 *
 * const file =
 *   "Email,Conversion Name,Conversion Time,Conversion Value\n" +
 *   "jane@contoso.com,Lead,2026-11-19 10:00:00,5\n";
 * const report = await verify([Buffer.from(file)], { asOf: "2026-11-20T12:00:00Z" });
 * console.log(report.recognized.destination); // adobe
 * console.log(report.findings[0]?.code); // plaintext-email-in-hash-column
 * ```
 */
export async function verify(
  source: ByteInput,
  options: VerifyOptions = {},
): Promise<VerifyReport> {
  const settings = readOptions(options);
  const name = options.name ?? (typeof source === "string" ? source : "input");
  // What is wrong with the contacts is said before a large file is read.
  const contacts = await openContacts(options);
  try {
    const raw = await openRaw(source, name, options.read?.file ?? {}, options.signal);
    try {
      return await verifyOpened(raw, name, contacts, settings, options);
    } finally {
      await raw.close();
    }
  } finally {
    await contacts?.close();
  }
}

interface Settings {
  readonly to: Destination | undefined;
  /** Seconds since 1970. */
  readonly asOf: number;
  readonly region: CountryCode | undefined;
}

function readOptions({ to, asOf, country }: VerifyOptions): Settings {
  const region = country === undefined ? undefined : resolveCountry(country);
  if (country !== undefined && region === undefined) {
    throw usageError(
      "--country is not a country that we know",
      "give an ISO code such as US or DE, or an English name",
    );
  }
  const seconds =
    typeof asOf === "string"
      ? parseInstant(asOf)
      : Math.floor((asOf?.getTime() ?? Date.now()) / 1000);
  if (seconds === undefined || Number.isNaN(seconds)) {
    throw usageError(
      "--as-of is not an instant",
      "write it with a zone: 2026-11-20T12:00:00Z, or 2026-11-20T07:00:00-05:00",
    );
  }
  return { to: to === undefined ? undefined : destinationById(to), asOf: seconds, region };
}

async function openContacts(options: VerifyOptions): Promise<Table | undefined> {
  const { against, columns = {}, read, signal } = options;
  if (against === undefined) return undefined;
  const name = options.againstName ?? (typeof against === "string" ? against : "contacts");
  const knownNames = Object.values(columns).flat();
  const table = await openTable(against, name, { ...read?.contacts, knownNames }, signal);
  try {
    contactColumns(table, columns);
    return table;
  } catch (error) {
    await table.close();
    throw error;
  }
}

/** A file whose first rows were looked at, and all its rows. */
interface Recognition {
  readonly head: Head;
  rows(): AsyncIterable<RowBatch>;
}

async function verifyOpened(
  raw: RawTable | RawLines,
  file: string,
  contacts: Table | undefined,
  settings: Settings,
  options: VerifyOptions,
): Promise<VerifyReport> {
  const findings = new FindingCounts();
  const { head, rows } = await recognize(raw, file, settings, findings, options.signal);
  const digests = contacts === undefined ? undefined : new DigestTable();
  const check = new RowCheck({
    head,
    findings,
    asOf: settings.asOf,
    delimited: raw.kind === "text",
    digests,
  });
  checkBytes(raw, head, findings);
  const unreadable = await checkRows(rows(), check, head.headerLine, findings, options);
  check.finish();
  checkSize(raw, head, findings);
  const against =
    digests === undefined || contacts === undefined
      ? undefined
      : await compareWithContacts(digests, {
          table: contacts,
          columns: options.columns ?? {},
          rules:
            head.shape?.destination.emailRules ?? settings.to?.emailRules ?? DEFAULT_EMAIL_RULES,
          region: settings.region,
          signal: options.signal,
          onBatch: (count, share) =>
            options.onProgress?.({ stage: "contacts", rows: count, share }),
        });
  if (against !== undefined) addComparison(against, findings);
  const list = findings.list();
  return {
    schema: "firsthash.verify/1",
    version: VERSION,
    asOf: new Date(settings.asOf * 1000).toISOString().replace(".000", ""),
    input: factsOf(raw),
    recognized: recognizedAs(head),
    rows: check.rows,
    identifiers: check.identifiers,
    findings: list,
    ...(unreadable !== undefined && { unreadable }),
    ...(against !== undefined && { against }),
    ok: list.every(({ severity }) => severity !== "error"),
  };
}

async function recognize(
  raw: RawTable | RawLines,
  file: string,
  { to }: Settings,
  findings: FindingCounts,
  signal: AbortSignal | undefined,
): Promise<Recognition> {
  if (raw.kind === "json") {
    const bodies = await openBodies(raw, bodyShapes(to && [to]), findings, signal);
    if (bodies === undefined) throw noUpload(file);
    return bodies;
  }
  const { batch, rows } = await firstBatch(raw.rows(signal));
  const head = batch === undefined ? undefined : readHead(topRows(batch), to, findings);
  if (head === undefined) throw noUpload(file);
  return { head, rows };
}

function noUpload(file: string): Error {
  return inputError("is no upload file that we know", {
    file,
    hint: "looked for the columns of microsoft-bulk, microsoft-import, adobe and microsoft-api, and for columns of digests; name the destination with --to to see what is missing",
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
  { signal, onProgress }: VerifyOptions,
): Promise<string | undefined> {
  let rows = 0;
  try {
    for await (const batch of batches) {
      if (signal?.aborted) throw interruptedError();
      for (let row = 0; row < batch.length; row++) {
        if (batch.line(row) > headerLine || headerLine === 0) check.check(batch, row);
      }
      rows += batch.length;
      onProgress?.({ stage: "upload file", rows, share: batch.progress });
    }
  } catch (error) {
    if (!(error instanceof FirsthashError) || error.code !== "input") throw error;
    findings.add("unreadable", error.line);
    return error.message;
  }
  return undefined;
}

function addComparison({ email, phone, columns }: AgainstReport, findings: FindingCounts): void {
  const wrong = email.wrong + phone.wrong;
  if (wrong > 0) findings.add("digests-wrong", undefined, undefined, wrong);
  for (const [name, { rows, unknown }] of Object.entries({ email, phone })) {
    if (unknown === 0) continue;
    // Where the contacts could explain a column and explain none of it, that must not pass for a check.
    const comparable = columns[name] !== undefined || columns[`hashed-${name}`] !== undefined;
    const code = comparable && unknown === rows ? "digests-untraced" : "digests-unknown";
    findings.add(code, undefined, undefined, unknown);
  }
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

/** What a file is like as bytes: encoding, delimiter, line ends, archive, size. */

/** What can be said before the rows are read. */
export function checkBytes(raw: RawTable | RawLines, head: Head, findings: FindingCounts): void {
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
export function checkSize(
  raw: RawTable | RawLines,
  { shape }: Head,
  findings: FindingCounts,
): void {
  if (shape !== undefined && raw.bytes() > shape.destination.limits.bytes)
    findings.add("too-large");
}
