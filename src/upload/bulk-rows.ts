/**
 * Rows of a Bulk file: of the upload itself, and of the service's answer, whose columns stand in another order
 * and are hundreds.
 */
import type { ByteInput } from "../read/types.ts";
import { type NamedRow, namedBatches, type TableForm } from "./named-rows.ts";

export type BulkField =
  | "type"
  | "clientId"
  | "name"
  | "time"
  | "clickId"
  | "email"
  | "phone"
  | "adjustmentType"
  | "error"
  | "errorNumber";

const FORM: TableForm<BulkField> = {
  headers: {
    type: "type",
    clientId: "client id",
    name: "conversion name",
    time: "conversion time",
    clickId: "microsoft click id",
    email: "hashed email address",
    phone: "hashed phone number",
    adjustmentType: "adjustment type",
    error: "error",
    errorNumber: "error number",
  },
  required: ["type", "name"],
};

export type BulkRow = NamedRow<BulkField>;

/** What a row is. Others (`Format Version`, other entities) are passed over. */
export const CONVERSION = "Offline Conversion";
export const CONVERSION_ERROR = "Offline Conversion Error";

type RowType = typeof CONVERSION | typeof CONVERSION_ERROR;

/**
 * All rows of conversions and of errors, told one by one.
 *
 * @returns false where the first row is not the header of a Bulk file
 * @throws FirsthashError "input" where the bytes cannot be read as a table, "interrupted"
 */
export async function readBulk(
  source: ByteInput,
  file: string,
  onRow: (row: BulkRow, type: RowType) => void,
  signal?: AbortSignal,
): Promise<boolean> {
  let known = false;
  for await (const rows of bulkBatches(source, file, signal)) {
    known = true;
    for (const { row, type } of rows) onRow(row, type);
  }
  return known;
}

/** The same, some thousand rows at a time. Nothing is yielded where the first row is no header of a Bulk file. */
export async function* bulkBatches(
  source: ByteInput,
  file: string,
  signal?: AbortSignal,
): AsyncGenerator<Iterable<{ readonly row: BulkRow; readonly type: RowType }>> {
  for await (const rows of namedBatches(source, file, FORM, signal)) yield conversions(rows);
}

function* conversions(
  rows: Iterable<BulkRow>,
): Generator<{ readonly row: BulkRow; readonly type: RowType }> {
  for (const row of rows) {
    const type = row.cell("type");
    if (type === CONVERSION || type === CONVERSION_ERROR) yield { row, type };
  }
}

/** Name, time and identifiers: what makes a conversion the same to Microsoft. */
export function contentKey(
  name: string,
  time: string | number,
  clickId: string,
  email: string,
  phone: string,
): string {
  return `${name}\n${time}\n${clickId}\n${email}\n${phone}`.toLowerCase();
}
