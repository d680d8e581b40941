/** The result file of an upload: its columns, its rows, and the forms in which it may come. */
import { gzipSync } from "node:zlib";
import type { Order } from "./orders.ts";
import type { Upload } from "./state.ts";
import type { UploadedRow } from "./uploaded-file.ts";
import type { ServiceError } from "./wire.ts";
import { writeArchive } from "./zip-archive.ts";

/** The columns of a conversion, in the order of a result that was seen: not the order of the upload. */
const CONVERSION_COLUMNS = [
  "Microsoft Click Id",
  "Conversion Name",
  "Conversion Value",
  "Conversion Time",
  "Conversion Currency Code",
  "Adjustment Value",
  "Adjustment Time",
  "Adjustment Currency Code",
  "Adjustment Type",
  "External Attribution Credit",
  "External Attribution Model",
  "Hashed Phone Number",
  "Hashed Email Address",
  "Transaction Id",
] as const;

const numbered = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${name} ${index + 1}`);

/** A real file has 481 columns, of all records of the Bulk API; ours stand where they were seen to stand. */
export const RESULT_COLUMNS: readonly string[] = [
  ...["Type", "Status", "Id", "Parent Id", "Sub Type", "Campaign", "Ad Group", "Asset Group"],
  ...["Website", "Sync Time", "Client Id", "Modified Time", "Time Zone", "Budget"],
  ...numbered("Product Condition", 60),
  ...["Bid Adjustment", "Name", "Radius"],
  ...numbered("Final Mobile Url", 180),
  ...["Error", "Error Number", "Field Path", "Error Detail", "Is Excluded"],
  ...CONVERSION_COLUMNS,
  ...numbered("Price Description", 201),
  ...["Goal Category", "Device Type", "Campaign Associations", "Count Type"],
];

/** Errors by the number of the row; a row without an entry is taken. */
export type RowErrors = ReadonlyMap<number, readonly ServiceError[]>;

/** The result as text: byte order mark, CRLF, separator of the upload. */
export function resultText(
  upload: Upload,
  refused: RowErrors,
  words: string,
  order: Order | undefined,
): Buffer {
  const fault = order?.fault;
  const columns =
    fault === "narrow"
      ? ["Type", "Error Number", "Error", "Client Id", "Name", ...CONVERSION_COLUMNS]
      : RESULT_COLUMNS;
  const pieces: Buffer[] = [];
  let lines = [`\ufeff${columns.join(upload.separator)}`];
  const write = (record: UploadedRow) => {
    lines.push(
      columns.map((name) => quoted(record[name] ?? "", upload.separator)).join(upload.separator),
    );
    if (lines.length < 1000) return;
    pieces.push(Buffer.from(`${lines.join("\r\n")}\r\n`));
    lines = [];
  };
  write({ Type: "Format Version", Name: "6.0" });
  const last = (upload.rows?.length ?? 0) - 1;
  let index = -1;
  for (const row of upload.rows ?? []) {
    index += 1;
    if (fault === "rows-missing" && index === last) break;
    const errors = refused.get(index) ?? [];
    if (errors.length === 0 && upload.responseMode === "ErrorsOnly") continue;
    const echo = echoed(row, fault);
    write(echo);
    for (const { code, errorCode } of errors) {
      const unknown = fault === "unknown-error";
      write({
        ...echo,
        Type: `${row.Type} Error`,
        Error: unknown ? words : errorCode,
        "Error Number": unknown ? "99999" : String(code),
        "Error Detail": words,
      });
    }
  }
  if (lines.length > 0) pieces.push(Buffer.from(`${lines.join("\r\n")}\r\n`));
  return Buffer.concat(pieces);
}

function echoed(row: UploadedRow, fault: string | undefined): UploadedRow {
  const narrow = (text: string | undefined) => (text ?? "").replace(/ (AM|PM)$/, "\u202f$1");
  const times =
    fault === "narrow-space"
      ? {
          "Conversion Time": narrow(row["Conversion Time"]),
          "Adjustment Time": narrow(row["Adjustment Time"]),
        }
      : {};
  const clientId = fault === "no-client-ids" ? { "Client Id": "" } : {};
  return { ...row, Name: "", ...times, ...clientId };
}

function quoted(cell: string, separator: string): string {
  const needs = cell.includes('"') || cell.includes(separator) || /[\r\n]/.test(cell);
  return needs ? `"${cell.replaceAll('"', '""')}"` : cell;
}

export interface StoredFile {
  readonly bytes: Buffer;
  readonly type: string;
}

const bombs = new Map<number, Buffer>();

/** Packing takes a second, longer than a client waits in a test: whoever orders a bomb has it packed before. */
export function packedBomb(size = 300_000_000): Buffer {
  const packed =
    bombs.get(size) ?? writeArchive([{ name: "bomb", bytes: Buffer.alloc(size, "0") }]);
  bombs.set(size, packed);
  return packed;
}

/** The file as storage hands it out. */
export function packedResult(text: Buffer, upload: Upload, order: Order | undefined): StoredFile {
  const name = `BulkUpload-${upload.requestId}-Results.${upload.separator === "," ? "csv" : "tsv"}`;
  const zip = (bytes: Buffer) => ({ bytes, type: "application/zip" });
  switch (order?.fault) {
    case "plain-csv":
      return { bytes: text, type: "text/csv" };
    case "gzip":
      return { bytes: gzipSync(text), type: "application/gzip" };
    case "two-entries":
      return zip(
        writeArchive([
          { name, bytes: text },
          { name: "other.csv", bytes: Buffer.from("x") },
        ]),
      );
    case "paths-in-names":
      return zip(writeArchive([{ name: "../../../../tmp/firsthash-escaped.csv", bytes: text }]));
    case "truncated":
      return zip(cut(writeArchive([{ name, bytes: text }])));
    case "wrong-checksum":
      return zip(spoiled(writeArchive([{ name, bytes: text }])));
    case "bomb":
      return zip(packedBomb(order.amount));
    case "empty":
      return zip(Buffer.alloc(0));
    default:
      return zip(writeArchive([{ name, bytes: text }]));
  }
}

function cut(archive: Buffer): Buffer {
  return archive.subarray(0, Math.floor(archive.length / 2));
}

/** One bit of the entry's checksum, in both places where it stands. */
function spoiled(archive: Buffer): Buffer {
  const copy = Buffer.from(archive);
  const central = copy.readUInt32LE(copy.length - 22 + 16);
  for (const at of [14, central + 16]) copy.writeUInt8((copy[at] ?? 0) ^ 1, at);
  return copy;
}
