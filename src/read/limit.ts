/** The first rows of a table and no more: a first look at a huge file. */
import type { RowBatch, Table } from "./types.ts";

/** @param most at least 1 */
export function firstRowsOf(table: Table, most: number): Table {
  let isCut = false;
  const findings = {
    ...table.findings,
    get notes() {
      const note = `only the first ${most} rows were read, as \`rowsAtMost\` says`;
      return isCut ? [...table.findings.notes, note] : table.findings.notes;
    },
  };
  async function* rows(columns: readonly number[], signal?: AbortSignal): AsyncGenerator<RowBatch> {
    let left = most;
    for await (const batch of table.rows(columns, signal)) {
      isCut = batch.length > left;
      if (!isCut) yield batch;
      else if (left > 0) yield shortened(batch, left);
      left -= batch.length;
      if (isCut) return;
    }
  }
  // Another thread would scan all of the text.
  const { text, ...others } = table;
  return { ...others, findings, rows };
}

/** A batch of which only the first rows are shown. */
export function shortened(batch: RowBatch, length: number): RowBatch {
  return {
    length,
    progress: batch.progress,
    line: (row) => batch.line(row),
    width: (row) => batch.width(row),
    cell: (row, column) => batch.cell(row, column),
    isRounded: (row, column) => batch.isRounded?.(row, column) === true,
  };
}
