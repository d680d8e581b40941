/**
 * Several files of one kind as one table: exports by month, or of two programs. Each is read in its own encoding and
 * with its own delimiter and header; a column of the whole stands for a column of each file, or for none.
 */
import { lineInFile } from "../base/lines.ts";
import type { RowBatch, Table } from "./types.ts";

/** One of the files. */
export interface FilePart {
  readonly table: Table;
  /** By column of the whole: the file's own, or undefined where it has none. */
  readonly columns: readonly (number | undefined)[];
}

export interface SeveralFiles {
  readonly table: Table;
  /** Rows of a file, as the last whole pass counted them. */
  rowsOf(file: number): number;
}

/**
 * @param headers of the whole; of them only those are printed that a file has
 * @returns a table whose lines tell their file, see `base/lines.ts`. Closing it closes the files.
 */
export function severalFiles(
  headers: readonly string[],
  files: readonly [FilePart, ...FilePart[]],
): SeveralFiles {
  const counts = files.map(() => 0);
  const { findings } = files[0].table;
  async function* rows(asked: readonly number[], signal?: AbortSignal): AsyncGenerator<RowBatch> {
    for (const [at, file] of files.entries()) {
      const own = asked.map((column) => file.columns[column]);
      const columns = [...new Set(own.filter((column) => column !== undefined))];
      let count = 0;
      for await (const batch of file.table.rows(
        columns.sort((a, b) => a - b),
        signal,
      )) {
        count += batch.length;
        yield partBatch(batch, at, file, headers.length, files.length);
      }
      counts[at] = count;
    }
  }
  const table: Table = {
    headers,
    headersPrintable: files.every((file) => file.table.headersPrintable),
    repeatable: files.every((file) => file.table.repeatable),
    findings: {
      ...findings,
      file: `${findings.file} and ${files.length - 1} more`,
      get notes() {
        return files.flatMap((file) => file.table.findings.notes);
      },
    },
    rows,
    async close() {
      for (const file of files) await file.table.close();
    },
  };
  return { table, rowsOf: (file) => counts[file] ?? 0 };
}

function partBatch(
  batch: RowBatch,
  at: number,
  { table, columns }: FilePart,
  width: number,
  files: number,
): RowBatch {
  return {
    length: batch.length,
    progress: batch.progress === undefined ? undefined : (at + batch.progress) / files,
    line: (row) => lineInFile(at, batch.line(row)),
    // Too short or too long is told by the file's own header.
    width: (row) => width + Math.sign(batch.width(row) - table.headers.length),
    cell(row, column) {
      const own = columns[column];
      return own === undefined ? "" : batch.cell(row, own);
    },
    isRounded(row, column) {
      const own = columns[column];
      return own !== undefined && batch.isRounded?.(row, own) === true;
    },
  };
}

/** Whether files have the same columns in the same order, as names are compared. */
export function sameHeaders(tables: readonly Table[], nameOf: (header: string) => string): boolean {
  const [first, ...others] = tables.map(({ headers }) => headers.map(nameOf).join("\n"));
  return others.every((other) => other === first);
}
