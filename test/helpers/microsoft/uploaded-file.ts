/** Reads an uploaded Bulk file, apart from the product's own reader, and judges its rows as the service does. */
import type { Goal } from "./state.ts";
import type { ServiceError } from "./wire.ts";
import { readArchive } from "./zip-archive.ts";

/** A record of the file, by the name of its column. */
export type UploadedRow = Readonly<Record<string, string>>;

export interface UploadedFile {
  readonly entryName: string | undefined;
  /** Bytes of the file, unpacked. */
  readonly bytes: Buffer;
  readonly separator: "," | "\t";
  readonly rows: UploadedRows;
  /** The status of an upload whose file is not taken as a whole. */
  readonly refusal: string | undefined;
}

const MOST_ROWS = 2_500_000;

/** @throws Error where the service would answer the upload itself with a fault. */
export function readUploadedFile(bytes: Buffer, fileName: string): UploadedFile {
  const packed = fileName.toLowerCase().endsWith(".zip");
  if (!packed && !/\.(csv|tsv)$/i.test(fileName)) throw new Error("invalid-extension");
  const entries = packed ? readArchive(bytes) : [];
  if (packed && entries.length === 0) throw new Error("no-file");
  if (entries.length > 1) throw new Error("several-files");
  const content = packed ? (entries[0]?.bytes ?? Buffer.alloc(0)) : bytes;
  const text = content.toString("utf8").replace(/^\ufeff/, "");
  const separator = text.slice(0, text.indexOf("\n")).includes("\t") ? "\t" : ",";
  const rows = new UploadedRows(text, separator);
  return {
    entryName: entries[0]?.name,
    bytes: content,
    separator,
    rows,
    refusal: rows.refusal,
  };
}

/** The conversions of a file, made one by one: a file of 2,500,000 rows need not stand in memory as objects. */
export class UploadedRows implements Iterable<UploadedRow> {
  readonly #text: string;
  readonly #separator: string;
  readonly length: number;
  /** The status of an upload whose file is not taken as a whole. */
  readonly refusal: string | undefined;

  constructor(text: string, separator: string) {
    this.#text = text;
    this.#separator = separator;
    let records = 0;
    for (const _ of parseSeparated(text, separator)) records += 1;
    this.length = Math.max(0, records - 2);
    this.refusal = this.#whyNot();
  }

  *[Symbol.iterator](): Generator<UploadedRow> {
    let header: readonly string[] | undefined;
    let formatVersion = true;
    for (const record of parseSeparated(this.#text, this.#separator)) {
      if (header === undefined) header = record;
      else if (formatVersion) formatVersion = false;
      else yield named(header, record);
    }
  }

  #whyNot(): string | undefined {
    const records = parseSeparated(this.#text, this.#separator);
    const header = records.next().value ?? [];
    if (header[0] !== "Type") return "Failed";
    const first = named(header, records.next().value ?? []);
    if (first.Type !== "Format Version" || !/^6(\.0)?$/.test(first.Name ?? "")) {
      return "UploadFileFormatNotSupported";
    }
    return this.length > MOST_ROWS ? "UploadFileRowCountExceeded" : undefined;
  }
}

function named(header: readonly string[], record: readonly string[]): UploadedRow {
  const row: Record<string, string> = {};
  for (const [index, name] of header.entries()) row[name] = record[index] ?? "";
  return row;
}

/** Ordinary CSV: quotes doubled, line ends inside quotes. */
export function* parseSeparated(text: string, separator: string): Generator<string[], undefined> {
  let record: string[] = [];
  let at = 0;
  while (at < text.length) {
    let cell = "";
    if (text[at] === '"') {
      const parts: string[] = [];
      for (;;) {
        const quote = text.indexOf('"', at + 1);
        if (quote < 0) throw new Error("quote is not closed");
        parts.push(text.slice(at + 1, quote));
        at = quote + 1;
        if (text[at] !== '"') break;
        parts.push('"');
      }
      cell = parts.join("");
    } else {
      const start = at;
      while (at < text.length && text[at] !== separator && text[at] !== "\n") at += 1;
      cell = text.slice(start, at).replace(/\r$/, "");
    }
    record.push(cell);
    if (text[at] === "\r") at += 1;
    const ends = at >= text.length || text[at] === "\n";
    at += 1;
    if (ends) {
      yield record;
      record = [];
    }
  }
}

const TIME = /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d{2}):(\d{2})(?:[ \u202f](AM|PM))?$/;

/** `M/d/yyyy h:mm:ss tt` or `MM/dd/yyyy HH:mm:ss`, in UTC. */
export function bulkTime(text: string): Date | undefined {
  const match = TIME.exec(text);
  if (match === null) return undefined;
  const [month, day, year, hour, minute, second] = match.slice(1, 7).map(Number) as number[];
  const half = match[7];
  if (half !== undefined && (hour === undefined || hour < 1 || hour > 12)) return undefined;
  const hours = half === undefined ? hour : ((hour ?? 0) % 12) + (half === "PM" ? 12 : 0);
  const date = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day, hours, minute, second));
  return date.getUTCMonth() === (month ?? 0) - 1 && date.getUTCDate() === day ? date : undefined;
}

const error = (code: number, errorCode: string): ServiceError => ({ code, errorCode });

const DAY = 86_400_000;
const DIGEST = /^[0-9a-f]{64}$/;

export interface Judgement {
  readonly goals: readonly Goal[];
  readonly now: Date;
}

/** The errors of a row. They are those of Microsoft's list of codes; several may stand on one row. */
export function errorsOf(row: UploadedRow, { goals, now }: Judgement): ServiceError[] {
  if (row.Type !== "Offline Conversion") return [error(4203, "BulkServiceUnknownTypeForRow")];
  const errors: ServiceError[] = [];
  const name = row["Conversion Name"] ?? "";
  const goal = goals.find((each) => each.name === name);
  const clickId = row["Microsoft Click Id"] ?? "";
  const digests = [row["Hashed Email Address"] ?? "", row["Hashed Phone Number"] ?? ""];
  const hashed = digests.some((digest) => digest !== "") && goal?.enhanced !== false;
  if (clickId === "" && !hashed) {
    errors.push(error(5603, "OfflineConversionMicrosoftClickIdNullOrEmpty"));
  } else if (clickId !== "" && !/^[0-9a-f]{32}$/i.test(clickId)) {
    errors.push(error(5604, "OfflineConversionMicrosoftClickIdInvalid"));
  }
  if (digests[0] !== "" && !DIGEST.test(digests[0] ?? "")) {
    errors.push(error(0, "ConversionEmailAddressIsNotHashed"));
  }
  if (digests[1] !== "" && !DIGEST.test(digests[1] ?? "")) {
    errors.push(error(0, "ConversionPhoneNumberIsNotHashed"));
  }
  if (name === "") errors.push(error(5605, "OfflineConversionNameNullOrEmpty"));
  else if (goal === undefined || goal.status === "Paused") {
    errors.push(error(5606, "OfflineConversionNameInvalid"));
  } else if (goal.createdAt !== undefined && now.getTime() - goal.createdAt.getTime() < DAY / 12) {
    errors.push(error(5615, "OfflineConversionNotAcceptedForGoal"));
  }
  errors.push(...timeErrors(row["Conversion Time"] ?? "", now), ...valueErrors(row, now));
  return errors;
}

function timeErrors(text: string, now: Date): ServiceError[] {
  if (text === "") return [error(5608, "OfflineConversionTimeNullOrEmpty")];
  const time = bulkTime(text);
  if (time === undefined) return [error(5607, "OfflineConversionTimeInvalid")];
  if (time > now) return [error(5614, "FutureConversionTimeCannotBeSet")];
  if (now.getTime() - time.getTime() > 90 * DAY) {
    return [error(5609, "OfflineConversionTimeOutOfWindow")];
  }
  return [];
}

function valueErrors(row: UploadedRow, now: Date): ServiceError[] {
  const errors: ServiceError[] = [];
  const value = row["Conversion Value"] ?? "";
  const isMoney = (text: string) => /^\d+(\.\d+)?$/.test(text) && Number(text) <= 999_999_999_999;
  if (value !== "" && !isMoney(value)) errors.push(error(5610, "OfflineConversionValueInvalid"));
  const currency = row["Conversion Currency Code"] ?? "";
  if (currency !== "" && !/^[A-Z]{3}$/.test(currency)) {
    errors.push(error(5611, "OfflineConversionCurrencyCodeInvalid"));
  }
  const kind = row["Adjustment Type"] ?? "";
  if (kind === "") return errors;
  const adjusted = row["Adjustment Value"] ?? "";
  const at = bulkTime(row["Adjustment Time"] ?? "");
  if (kind !== "Restate" && kind !== "Retract") {
    errors.push(error(5618, "OfflineConversionInvalidAdjustmentType"));
  }
  if (at === undefined) errors.push(error(5621, "OfflineConversionAdjustmentTimeInvalid"));
  else if (at > now) errors.push(error(5622, "OfflineConversionFutureAdjustmentTimeCannotBeSet"));
  else if (at < (bulkTime(row["Conversion Time"] ?? "") ?? at)) {
    errors.push(error(5620, "OfflineConversionAdjustmentTimeEarlierThanConversionTime"));
  }
  if (kind === "Retract" && adjusted !== "") {
    errors.push(error(5624, "OfflineConversionAdjustmentValueNotExpected"));
  }
  if (kind === "Restate" && !isMoney(adjusted)) {
    errors.push(error(5625, "OfflineConversionAdjustmentValueRequired"));
  }
  return errors;
}

/** Microsoft's duplicate key. The same conversion with another digest is another key, and counts again. */
export function duplicateKey(row: UploadedRow): string {
  const time = bulkTime(row["Conversion Time"] ?? "");
  return JSON.stringify([
    row["Microsoft Click Id"] ?? "",
    row["Conversion Name"] ?? "",
    time === undefined ? "" : time.toISOString(),
    row["Hashed Email Address"] ?? "",
    row["Hashed Phone Number"] ?? "",
  ]);
}
