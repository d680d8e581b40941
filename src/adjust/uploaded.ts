/**
 * Originals out of the upload that was written then. Everything is taken as it stands: a time that is
 * not in a form that this program writes, or a digest that is none, is not repaired.
 */

import { inputError, interruptedError, usageError } from "../base/errors.ts";
import { readCurrency } from "../conversion/currency.ts";
import { readClickId } from "../conversion/ids.ts";
import { readName } from "../conversion/names.ts";
import { OLDEST } from "../conversion/time/time.ts";
import type { EpochSeconds } from "../conversion/types.ts";
import { readWritten } from "../destinations/times.ts";
import { asSha256Hex } from "../identity/digest.ts";
import type { AdjustOptions } from "../prepare/options.ts";
import { openRaw, type RawLines, type RawTable } from "../read/raw.ts";
import type { Findings } from "../read/types.ts";
import type { Original, OriginalReason } from "./originals.ts";

/** A conversion of the upload, in its own words. */
interface Written {
  readonly id: string;
  readonly original: Original | OriginalReason;
}

export interface Uploaded {
  /** Whether its rows have ids (`Client Id`); only the Bulk file's do. */
  readonly hasIds: boolean;
  readonly findings: Findings;
  /** All its conversions. To be read once. */
  rows(): AsyncIterable<Written>;
  close(): Promise<void>;
}

const FIELDS = [
  "id",
  "type",
  "adjusted",
  "name",
  "time",
  "currency",
  "clickId",
  "email",
  "phone",
] as const;
type Field = (typeof FIELDS)[number];
type Cells = Readonly<Record<Field, string>>;

/** Headers of the Bulk file and of the import, in lower case; the body's names are in `fromItem`. */
const HEADERS: ReadonlyMap<string, Field> = new Map([
  ["client id", "id"],
  ["type", "type"],
  ["adjustment type", "adjusted"],
  ["conversion name", "name"],
  ["conversion time", "time"],
  ["conversion currency code", "currency"],
  ["conversion currency", "currency"],
  ["microsoft click id", "clickId"],
  ["hashed email address", "email"],
  ["hashed phone number", "phone"],
]);

/** What stands above the header: instructions of a template, at most. */
const HEADER_WITHIN = 50;

/** @throws FirsthashError "input" for a file that is not an upload for Microsoft Advertising */
export async function openUploaded(
  original: NonNullable<AdjustOptions["original"]>,
  { names, signal }: AdjustOptions,
  asOf: EpochSeconds,
): Promise<Uploaded> {
  const file = names?.original ?? (typeof original === "string" ? original : "original");
  const raw = await openRaw(original, file, {}, signal);
  try {
    return raw.kind === "json"
      ? fromBodies(raw, file, asOf, signal)
      : await fromTable(raw, file, asOf, signal);
  } catch (error) {
    await raw.close();
    throw error;
  }
}

function notAnUpload(file: string, line: number): Error {
  return inputError("is not an upload for Microsoft Advertising as it was written", {
    file,
    line,
    hint: "give the file that prepare wrote for microsoft-bulk, microsoft-import or microsoft-api",
  });
}

async function fromTable(
  raw: RawTable,
  file: string,
  asOf: EpochSeconds,
  signal: AbortSignal | undefined,
): Promise<Uploaded> {
  const rows = rowsOf(raw, signal);
  const { columns, line } = await findHeader(rows, file);
  const hasIds = columns.has("id");
  return {
    hasIds,
    findings: { ...raw.findings, kind: raw.kind, headerLine: line, notes: [] },
    async *rows() {
      for await (const { line, cells } of rows) {
        const found = cellsOf(columns, cells);
        if (found.type === "Format Version" || found.adjusted !== "") continue;
        if (hasIds && found.type !== "Offline Conversion") throw notAnUpload(file, line);
        yield { id: found.id, original: readOriginal(found, asOf) };
      }
    },
    close: () => raw.close(),
  };
}

interface Line {
  readonly line: number;
  readonly cells: readonly string[];
}

async function* rowsOf(raw: RawTable, signal: AbortSignal | undefined): AsyncGenerator<Line> {
  for await (const batch of raw.rows(signal)) {
    if (signal?.aborted) throw interruptedError();
    for (let row = 0; row < batch.length; row++) {
      const cells = Array.from({ length: batch.width(row) }, (_, at) => batch.cell(row, at));
      yield { line: batch.line(row), cells };
    }
  }
}

/** Reads up to the header. By hand, because a `for` loop would close the rows behind it. */
async function findHeader(
  rows: AsyncGenerator<Line>,
  file: string,
): Promise<{ readonly columns: ReadonlyMap<Field, number>; readonly line: number }> {
  for (let read = 0; read < HEADER_WITHIN; read++) {
    const next = await rows.next();
    if (next.done === true) break;
    const { line, cells } = next.value;
    const zone = /^\s*Parameters:TimeZone=(.*)$/i.exec(cells[0] ?? "")?.[1];
    // Times under another zone, or under names of zones, are not ours.
    if (zone !== undefined && !/^\+0000;?$/.test(zone.trim())) throw notAnUpload(file, line);
    const columns = columnsOf(cells);
    if (!columns.has("name")) continue;
    if (!["time", "clickId", "email", "phone"].every((field) => columns.has(field as Field))) {
      throw notAnUpload(file, line);
    }
    return { columns, line };
  }
  throw notAnUpload(file, 1);
}

function columnsOf(headers: readonly string[]): ReadonlyMap<Field, number> {
  const columns = new Map<Field, number>();
  headers.forEach((header, column) => {
    const field = HEADERS.get(header.trim().toLowerCase());
    if (field !== undefined && !columns.has(field)) columns.set(field, column);
  });
  return columns;
}

function cellsOf(columns: ReadonlyMap<Field, number>, cells: readonly string[]): Cells {
  const found = FIELDS.map((field) => [field, cells[columns.get(field) ?? -1] ?? ""]);
  return Object.fromEntries(found) as Cells;
}

function fromBodies(
  raw: RawLines,
  file: string,
  asOf: EpochSeconds,
  signal: AbortSignal | undefined,
): Uploaded {
  return {
    hasIds: false,
    findings: { ...raw.findings, kind: "json", headerLine: 0, notes: [] },
    async *rows() {
      for await (const { line, text } of raw.lines(signal)) {
        for (const item of itemsOf(text, file, line)) {
          yield { id: "", original: readOriginal(fromItem(item, file, line), asOf) };
        }
      }
    },
    close: () => raw.close(),
  };
}

function itemsOf(text: string, file: string, line: number): readonly unknown[] {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // The parser's message quotes the text.
    throw notAnUpload(file, line);
  }
  if (typeof body === "object" && body !== null) {
    if ("OfflineConversions" in body && Array.isArray(body.OfflineConversions)) {
      return body.OfflineConversions;
    }
    if ("OfflineConversionAdjustments" in body) {
      throw usageError(
        `${file}: holds adjustments, not the conversions that they adjust`,
        "give the upload of the conversions",
      );
    }
  }
  throw notAnUpload(file, line);
}

function fromItem(item: unknown, file: string, line: number): Cells {
  if (typeof item !== "object" || item === null) throw notAnUpload(file, line);
  const text = (name: string) => {
    const value = (item as Readonly<Record<string, unknown>>)[name];
    return typeof value === "string" ? value : "";
  };
  return {
    id: "",
    type: "",
    adjusted: "",
    name: text("ConversionName"),
    time: text("ConversionTime"),
    currency: text("ConversionCurrencyCode"),
    clickId: text("MicrosoftClickId"),
    email: text("HashedEmailAddress"),
    phone: text("HashedPhoneNumber"),
  };
}

function readOriginal(cells: Cells, asOf: EpochSeconds): Original | OriginalReason {
  const name = readName(cells.name);
  const time = readWritten(cells.time);
  const email = asSha256Hex(cells.email);
  const phone = asSha256Hex(cells.phone);
  const clickId = readClickId(cells.clickId);
  const currency = readCurrency(cells.currency);
  const digests =
    (email === undefined) === (cells.email === "") &&
    (phone === undefined) === (cells.phone === "");
  const identified = email !== undefined || phone !== undefined || clickId !== undefined;
  if (!name.ok || time === undefined || clickId === "malformed" || !digests || !identified) {
    return "original-malformed";
  }
  if (currency === "malformed" || time > asOf) return "original-malformed";
  if (asOf - time > OLDEST) return "original-too-old";
  return {
    name: name.name,
    time,
    ...(clickId !== undefined && { clickId }),
    ...(email !== undefined && { email }),
    ...(phone !== undefined && { phone }),
    ...(currency !== undefined && { currency }),
  };
}
