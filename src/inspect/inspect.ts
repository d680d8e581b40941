/** What is in a file: one pass, counts only. For who wants to know before the first run. */

import {
  CONVERSION_FIELDS,
  columnOf,
  DEFAULT_CONSENT_VALUES,
  PERSON_FIELDS,
} from "../base/fields.ts";
import { checkOptions } from "../base/options.ts";
import { Counts } from "../base/tally.ts";
import { ConversionSurvey } from "../conversion/record.ts";
import { phoneSettings } from "../identity/phone-settings.ts";
import { DEFAULT_EMAIL_RULES } from "../identity/rules.ts";
import { cellCountFault, columnNumbers } from "../prepare/inputs.ts";
import { rowsAtMostOption } from "../prepare/settings.ts";
import { type FoundColumns, findColumn, findColumns, keyColumns } from "../read/columns/columns.ts";
import { openTable } from "../read/open.ts";
import type { InputSource, Table } from "../read/types.ts";
import { CellCounts, CurrencyCounts, IdentifierCounts, RepeatedKeys } from "./counts.ts";
import { INSPECT_OPTIONS, type InspectOptions } from "./options.ts";
import { reportInspection } from "./report.ts";
import type { Inspection, InspectReport } from "./types.ts";

/**
 * Reads one file and tells how it would be read: encoding, delimiter, header; which columns were
 * recognized and how many of their cells are empty, usable or refused; how times and values are
 * written; which keys come more than once; and what is missing for `prepare`.
 *
 * @param input a path, a stream of bytes, or records; read once
 * @returns counts, codes, line numbers and headers; never a cell
 * @throws FirsthashError "input" for what cannot be read, "usage" for an option that does not fit
 *
 * @example
 * ```ts
 * import { inspect } from "firsthash";
 *
 * const report = await inspect("samples/contacts.csv", { country: "US" });
 * console.log(report.people?.both); // 14
 * ```
 */
export async function inspect(
  input: InputSource,
  options: InspectOptions = {},
): Promise<InspectReport> {
  checkOptions("inspect", options, INSPECT_OPTIONS);
  const phones = phoneSettings(options);
  const name = options.name ?? (typeof input === "string" ? input : "input");
  const knownNames = [options.key, ...Object.values(options.columns ?? {}).flat()].filter(
    (header) => header !== undefined,
  );
  const table = await openTable(input, name, { ...options.read, knownNames }, options.signal);
  try {
    const found = findColumns(
      table,
      [...PERSON_FIELDS, ...CONVERSION_FIELDS],
      options.columns ?? {},
    );
    const keys = keysOf(table, options);
    const { columns } = found;
    const settings = { ...phones, rules: DEFAULT_EMAIL_RULES };
    const inspection: Inspection = {
      rows: 0,
      isPartial: false,
      table,
      found,
      keys,
      repeated: keys.length === 1 ? new RepeatedKeys() : undefined,
      malformed: new Counts(),
      identifiers: new IdentifierCounts(columns, settings, new Set(DEFAULT_CONSENT_VALUES)),
      cells: plainColumns(found),
      survey: new ConversionSurvey(columns),
      currencies: new CurrencyCounts(columns.currency),
    };
    await countRows(inspection, options);
    return reportInspection(inspection, { ...options, name });
  } finally {
    await table.close();
  }
}

function keysOf(table: Table, { key, columns = {} }: InspectOptions): readonly number[] {
  for (const name of ["contacts.key", "conversions.key"] as const) {
    const choice = [columns[name] ?? []].flat()[0];
    if (choice !== undefined) return [findColumn(table, choice, columnOf(name))];
  }
  return key === undefined ? keyColumns(table) : [findColumn(table, key, "key")];
}

/** One counter for each column that is read and holds no identifier. */
function plainColumns({ columns }: FoundColumns): ReadonlyMap<number, CellCounts> {
  const {
    email,
    phone,
    "hashed-email": hashedEmail,
    "hashed-phone": hashedPhone,
    ...plain
  } = columns;
  return new Map(
    Object.values(plain).flatMap((all) => all.map((column) => [column, new CellCounts()])),
  );
}

async function countRows(inspection: Inspection, options: InspectOptions): Promise<void> {
  const { table, found, keys, repeated, malformed, identifiers, cells, survey } = inspection;
  const [key] = keys;
  const rowsAtMost = rowsAtMostOption(options.rowsAtMost, 0) ?? Number.POSITIVE_INFINITY;
  for await (const batch of table.rows(columnNumbers(found.columns, key), options.signal)) {
    const length = Math.min(batch.length, rowsAtMost - inspection.rows);
    for (let row = 0; row < length; row++) {
      const fault = cellCountFault(table, batch, row);
      if (fault !== undefined) {
        malformed.add(fault, batch.line(row));
        continue;
      }
      if (key !== undefined) {
        const isRounded = batch.isRounded?.(row, key) === true;
        repeated?.observe(batch.cell(row, key), batch.line(row), isRounded);
      }
      for (const [column, counts] of cells) counts.observe(batch.cell(row, column));
      survey.observe(batch, row);
      inspection.currencies.observe(batch, row);
      identifiers.observe(batch, row);
    }
    inspection.rows += length;
    inspection.isPartial = length < batch.length;
    options.onProgress?.({ rows: inspection.rows, share: batch.progress });
    if (inspection.isPartial) break;
  }
}
