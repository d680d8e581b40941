/** Rows that are held as arrays of cells. */
import type { RowBatch } from "./types.ts";

/** Rows in one batch of the lanes that hold cells as text. */
export const BATCH_ROWS = 1000;

/** Cells from the header's width on do not count when all of them are empty (trailing delimiters). */
export function countedWidth(cells: readonly string[], headerWidth: number): number {
  let width = cells.length;
  if (width <= headerWidth) return width;
  while (width > headerWidth && cells[width - 1] === "") width--;
  return width;
}

export function arrayBatch(
  rows: readonly (readonly string[])[],
  lines: readonly number[],
  headerWidth: number,
  progress: number | undefined,
): RowBatch {
  return {
    length: rows.length,
    line: (row) => lines[row] ?? 0,
    width: (row) => countedWidth(rows[row] ?? [], headerWidth),
    cell: (row, column) => rows[row]?.[column] ?? "",
    progress,
  };
}
