/**
 * The first pass over the conversions: which contacts they refer to, and how their times and values are
 * written. No value is kept, only the keys.
 */

import { mayUseThread } from "#host";
import { fileOf } from "../base/lines.ts";
import { decideValues } from "../conversion/money.ts";
import {
  ConversionSurvey,
  createRecordReader,
  type RecordOptions,
  type RecordReader,
} from "../conversion/record.ts";
import { zoneOfHeader } from "../conversion/time/header-zone.ts";
import { decideTimes } from "../conversion/time/time.ts";
import { loadZones } from "../conversion/time/zone.ts";
import { KeyReader } from "../join/key-reader.ts";
import { KeyTable } from "../join/keys.ts";
import { batches, type Inputs, noRows, rowFaults } from "./inputs.ts";
import { refuseCutKeys } from "./key-stops.ts";
import type { Plan } from "./plan.ts";

export interface Survey {
  /** Data rows of the conversions. */
  readonly rows: number;
  /** Keys that the conversions refer to; empty where there is nothing to join. */
  readonly keys: KeyTable;
  /** Makes the reader of the rows: each file's by what was found out about its times, values and ids. */
  readonly reader: (options: ReaderOptions) => RecordReader;
}

type ReaderOptions = Omit<RecordOptions, "times" | "values" | "region">;

/** @throws FirsthashError "usage" where times or values can be read in two ways, naming the option that decides */
export async function surveyConversions({ conversions }: Inputs, plan: Plan): Promise<Survey> {
  const { table, columns, key, parts = [{ table }] } = conversions;
  const surveys = parts.map(
    () => new ConversionSurvey(columns, plan.times.dateFormat, plan.reference),
  );
  const keys = new KeyTable({ shared: mayUseThread(plan.threads) });
  const cells = new KeyReader(keys, plan.keys);
  const faultOf = rowFaults(conversions);
  let rows = 0;
  for await (const batch of batches(conversions, "conversions", plan)) {
    for (let row = 0; row < batch.length; row++) {
      // A row with too few or too many cells is refused later; its cells stand in the wrong columns.
      if (faultOf(batch, row) !== undefined) continue;
      surveys[fileOf(batch.line(row))]?.observe(batch, row);
      if (key !== undefined) cells.intern(batch, row, key);
    }
    rows += batch.length;
  }
  if (rows === 0 && !plan.allowEmpty) throw noRows(table);
  if (key !== undefined) refuseCutKeys(conversions, key, cells.cut.count, plan.keys);
  const zones = (conversions.parts ?? [conversions]).map((part) =>
    zoneOfHeader(part.table.headers[part.columns.time?.[0] ?? -1] ?? "", plan.times.timeZone),
  );
  const namesZone = surveys.some(({ times }) => times.namesZone);
  if (namesZone || zones.some((zone) => zone !== undefined)) await loadZones();
  const decided = surveys.map(({ times, values }, file) => {
    const where = parts[file]?.table.findings.file;
    return {
      times: decideTimes(times, {
        ...plan.times,
        ...(zones[file] !== undefined && { timeZone: zones[file] }),
        asOf: plan.asOf,
        where,
      }),
      values: decideValues(values, { decimal: plan.decimal, where }),
    };
  });
  const { region } = plan.phones;
  const reader = (options: ReaderOptions): RecordReader => {
    const readers = decided.map((file) => createRecordReader({ ...options, ...file, region }));
    const [only] = readers;
    if (only !== undefined && readers.length === 1) return only;
    return {
      read: (batch, row) => (readers[fileOf(batch.line(row))] as RecordReader).read(batch, row),
    };
  };
  return { rows, keys, reader };
}
