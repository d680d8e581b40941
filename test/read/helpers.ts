/** What the tests of reading share. */
import { type OpenOptions, openTable } from "../../src/read/open.ts";
import type { Findings, RowBatch, Table } from "../../src/read/types.ts";

export interface ReadRow {
  readonly line: number;
  readonly width: number;
  readonly cells: readonly string[];
}

export interface ReadResult {
  readonly headers: readonly string[];
  readonly findings: Findings;
  readonly rows: readonly ReadRow[];
}

/** Rows as plain values; a batch is only good until the next one. */
export async function collect(
  batches: AsyncIterable<RowBatch>,
  columns: readonly number[],
): Promise<ReadRow[]> {
  const rows: ReadRow[] = [];
  for await (const batch of batches) {
    for (let row = 0; row < batch.length; row++) {
      const cells = columns.map((column) => batch.cell(row, column));
      rows.push({ line: batch.line(row), width: batch.width(row), cells });
    }
  }
  return rows;
}

export async function readAll(table: Table): Promise<ReadRow[]> {
  const columns = table.headers.map((_, column) => column);
  return collect(table.rows(columns), columns);
}

export async function* chunked(bytes: Uint8Array, sizes: () => number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; ) {
    const size = Math.max(1, sizes());
    yield Buffer.from(bytes.subarray(at, at + size));
    at += size;
  }
}

/** Reads bytes as a stream named list.csv. */
export async function readBytes(
  bytes: Uint8Array | string,
  options: OpenOptions = {},
  chunk = 1 << 16,
): Promise<ReadResult> {
  const all = typeof bytes === "string" ? Buffer.from(bytes) : bytes;
  const table = await openTable(
    chunked(all, () => chunk),
    "list.csv",
    options,
  );
  try {
    return { headers: table.headers, findings: table.findings, rows: await readAll(table) };
  } finally {
    await table.close();
  }
}

export function cellsOf(result: ReadResult): (readonly string[])[] {
  return result.rows.map((row) => row.cells);
}
