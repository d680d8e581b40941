/**
 * CSV and TSV lines (RFC 4180, CRLF). A cell is quoted only where it must be: it holds the delimiter,
 * a quote, CR or LF. Leading and trailing spaces are part of a cell in RFC 4180, and Microsoft's SDKs
 * do not quote them either, so they are left as they are.
 *
 * Lines are composed as strings, by hand: a general writer is three times slower, because it looks at
 * every cell, and most cells here are digests and times that can never need a quote.
 */
import type { Column, Limits, TablePlan, UploadRow } from "../destinations/types.ts";
import { type Encoder, TextBlocks } from "./encoder.ts";

const LINE_END = "\r\n";

type Delimiter = "," | "\t";

const NEEDS_QUOTES = { ",": /[",\r\n]/, "\t": /["\t\r\n]/ } as const;

/** One cell, in quotes where needed. */
function quoted(cell: string, delimiter: Delimiter): string {
  return NEEDS_QUOTES[delimiter].test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** One line with its end. */
export function csvLine(cells: readonly string[], delimiter: Delimiter): string {
  return cells.map((cell) => quoted(cell, delimiter)).join(delimiter) + LINE_END;
}

/** A function that writes the line of a row. */
function lineWriter(columns: readonly Column[], delimiter: Delimiter): (row: UploadRow) => string {
  const needsQuotes = NEEDS_QUOTES[delimiter];
  // Cells that are the same in every row are joined to what stands between the others, once.
  const varying: { readonly column: Column; readonly before: string }[] = [];
  let between = "";
  for (const [index, column] of columns.entries()) {
    if (index > 0) between += delimiter;
    if (column.always !== undefined) {
      between += quoted(column.always, delimiter);
    } else {
      varying.push({ column, before: between });
      between = "";
    }
  }
  const end = between + LINE_END;
  return (row) => {
    let line = "";
    for (const { column, before } of varying) {
      const cell = column.cell(row);
      line +=
        column.alphabet === "free" && needsQuotes.test(cell)
          ? `${before}"${cell.replaceAll('"', '""')}"`
          : before + cell;
    }
    return line + end;
  };
}

/** A table as CSV or TSV. */
export function csvEncoder(plan: TablePlan & { limits: Limits }, delimiter: Delimiter): Encoder {
  const { columns, head, limits } = plan;
  const lineOf = lineWriter(columns, delimiter);
  const blocks = new TextBlocks();
  let rows = 0;
  if (plan.byteOrderMark) blocks.push("\ufeff");
  for (const cells of head) blocks.push(csvLine(cells, delimiter));
  return {
    add(row) {
      if (rows >= limits.rows) return false;
      const line = lineOf(row);
      if (!blocks.fits(line, limits.bytes)) return false;
      blocks.push(line);
      rows++;
      return true;
    },
    take: () => blocks.take(),
    end: () => blocks.end(),
  };
}
