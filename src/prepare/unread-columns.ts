/** What a file has and is not read, or is read and should not be: said in a note, with the option that mends it. */
import { LISTED_CURRENCIES } from "../conversion/currency.ts";
import { isAbsent } from "../identity/absent.ts";
import { type Columns, printableHeader } from "../read/columns/columns.ts";
import { knownHeader } from "../read/columns/headers.ts";
import type { Table } from "../read/types.ts";
import type { ConversionInputs } from "./inputs.ts";

/** Rows that are looked at for a column of currencies. */
const ROWS = 1000;

const FAX = /fax/iu;

function nameOf(table: Table, column: number): string {
  const header = printableHeader(table, column);
  return header === undefined ? `column ${column + 1}` : `"${header}"`;
}

/** Columns of people that hold the number of a machine. */
export function faxNotes(table: Table, { phone = [] }: Columns): string[] {
  return phone
    .filter((column) => FAX.test(table.headers[column] ?? ""))
    .map(
      (column) =>
        `${nameOf(table, column)} is read as a phone number, and a fax reaches no person; name another column with \`columns.phone\``,
    );
}

/** @param reading says the currency of the run, where one was given */
export async function conversionNotes(
  table: Table,
  columns: Columns,
  { currency, signal }: Pick<ConversionInputs, "currency" | "signal">,
): Promise<string[]> {
  const notes: string[] = [];
  const adjusts = table.headers.findIndex(
    (header) => knownHeader(header)?.field === "adjustment-type",
  );
  if (adjusts >= 0) {
    notes.push(
      `${nameOf(table, adjusts)} and what belongs to it are not read here; \`firsthash adjust\` writes corrections`,
    );
  }
  if (columns.value === undefined || columns.currency !== undefined || currency !== undefined) {
    return notes;
  }
  const [column] = await currencyColumns(table, columns, signal);
  notes.push(
    column === undefined
      ? "the values have no currency, so that the goal's is taken; give `currency` if it is another"
      : `${nameOf(table, column)} seems to hold currencies and is not read; name it with \`columns.currency\``,
  );
  return notes;
}

/** Columns of which every cell that is not empty is a currency. */
async function currencyColumns(
  table: Table,
  taken: Columns,
  signal: AbortSignal | undefined,
): Promise<number[]> {
  if (!table.repeatable) return [];
  const used = new Set(Object.values(taken).flat());
  const open = table.headers.map((_, column) => column).filter((column) => !used.has(column));
  const fits = new Map(open.map((column) => [column, 0]));
  let rows = 0;
  for await (const batch of table.rows(open, signal)) {
    for (let row = 0; row < batch.length && rows < ROWS; row++, rows++) {
      for (const [column, count] of fits) {
        const cell = batch.cell(row, column);
        if (isAbsent(cell)) continue;
        if (LISTED_CURRENCIES.has(cell.trim().toUpperCase())) fits.set(column, count + 1);
        else fits.delete(column);
      }
    }
    if (rows >= ROWS || fits.size === 0) break;
  }
  return [...fits].flatMap(([column, count]) => (count > 0 ? [column] : []));
}
