/**
 * The first pass over the conversions: which contacts they refer to, and how their times and values are
 * written. No value is kept, only the keys.
 */

import { mayUseThread } from "#host";
import { decideValues, type ValueReader } from "../conversion/money.ts";
import { ConversionSurvey } from "../conversion/record.ts";
import { decideTimes, type TimeReader } from "../conversion/time/time.ts";
import { loadZones } from "../conversion/time/zone.ts";
import { KeyTable } from "../join/keys.ts";
import { batches, type Inputs, noRows, rowFaults } from "./inputs.ts";
import type { Plan } from "./plan.ts";

export interface Survey {
  /** Data rows of the conversions. */
  readonly rows: number;
  /** Keys that the conversions refer to; empty where there is nothing to join. */
  readonly keys: KeyTable;
  readonly times: TimeReader;
  readonly values: ValueReader;
  readonly clientIds: ConversionSurvey["clientIds"];
}

/** @throws FirsthashError "usage" where times or values can be read in two ways, naming the option that decides */
export async function surveyConversions({ conversions }: Inputs, plan: Plan): Promise<Survey> {
  const { table, columns, key } = conversions;
  const survey = new ConversionSurvey(columns, plan.times.dateFormat, plan.reference);
  const keys = new KeyTable({ shared: mayUseThread(plan.threads) });
  const faultOf = rowFaults(conversions);
  let rows = 0;
  for await (const batch of batches(conversions, "conversions", plan)) {
    for (let row = 0; row < batch.length; row++) {
      // A row with too few or too many cells is refused later; its cells stand in the wrong columns.
      if (faultOf(batch, row) !== undefined) continue;
      survey.observe(batch, row);
      if (key !== undefined) keys.internCell(batch, row, key);
    }
    rows += batch.length;
  }
  if (rows === 0 && !plan.allowEmpty) throw noRows(table);
  if (survey.times.namesZone) await loadZones();
  const where = table.findings.file;
  return {
    rows,
    keys,
    times: decideTimes(survey.times, { ...plan.times, asOf: plan.asOf, where }),
    values: decideValues(survey.values, { decimal: plan.decimal, where }),
    clientIds: survey.clientIds,
  };
}
