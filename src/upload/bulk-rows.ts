/**
 * Rows of a Bulk file by the names of its columns: of the upload itself, and of the service's answer, whose
 * columns stand in another order and are hundreds.
 */
import { interruptedError } from "../base/errors.ts";
import { openRaw } from "../read/raw.ts";
import type { ByteInput, RowBatch } from "../read/types.ts";

const HEADERS = {
  type: "type",
  clientId: "client id",
  name: "conversion name",
  time: "conversion time",
  clickId: "microsoft click id",
  email: "hashed email address",
  phone: "hashed phone number",
  error: "error",
  errorNumber: "error number",
} as const;

export type BulkField = keyof typeof HEADERS;

/** One row; good until the next one is asked for. */
export interface BulkRow {
  /** Line of the file, 1-based. */
  readonly line: number;
  /** "" where the file has no such column. */
  cell(field: BulkField): string;
}

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
  const raw = await openRaw(source, file, {}, signal);
  try {
    if (raw.kind === "json") return;
    let reader: RowReader | undefined;
    for await (const batch of raw.rows(signal)) {
      if (signal?.aborted) throw interruptedError();
      const first = reader === undefined ? 1 : 0;
      reader ??= readerFor(batch);
      if (reader === undefined) return;
      yield rowsOf(reader, batch, first);
    }
  } finally {
    await raw.close();
  }
}

function* rowsOf(
  reader: RowReader,
  batch: RowBatch,
  first: number,
): Generator<{ readonly row: BulkRow; readonly type: RowType }> {
  for (let at = first; at < batch.length; at++) {
    const row = reader.at(batch, at);
    const type = row.cell("type");
    if (type === CONVERSION || type === CONVERSION_ERROR) yield { row, type };
  }
}

class RowReader implements BulkRow {
  line = 0;
  readonly #columns: ReadonlyMap<BulkField, number>;
  #batch: RowBatch | undefined;
  #row = 0;

  constructor(columns: ReadonlyMap<BulkField, number>) {
    this.#columns = columns;
  }

  at(batch: RowBatch, row: number): this {
    this.#batch = batch;
    this.#row = row;
    this.line = batch.line(row);
    return this;
  }

  cell(field: BulkField): string {
    const column = this.#columns.get(field);
    return column === undefined ? "" : (this.#batch?.cell(this.#row, column) ?? "");
  }
}

function readerFor(batch: RowBatch): RowReader | undefined {
  if (batch.length === 0) return undefined;
  const columns = new Map<BulkField, number>();
  for (let column = 0; column < batch.width(0); column++) {
    const header = batch.cell(0, column).trim().toLowerCase();
    const found = Object.entries(HEADERS).find(([, name]) => name === header)?.[0];
    if (found !== undefined && !columns.has(found as BulkField)) {
      columns.set(found as BulkField, column);
    }
  }
  return columns.has("type") && columns.has("name") ? new RowReader(columns) : undefined;
}
