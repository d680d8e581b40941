/** The names of a conversion in an upload without ids, out of what a correction says of it. */

import { PeopleTally } from "../base/tally.ts";
import { decideValues, ValueSurvey } from "../conversion/money.ts";
import { createRecordReader } from "../conversion/record.ts";
import { PersonReader } from "../identity/person.ts";
import type { Input } from "../prepare/inputs.ts";
import type { Plan } from "../prepare/plan.ts";
import type { CorrectionSurvey, KeysOf } from "./corrections.ts";
import { contentKeys, isTooOld } from "./originals.ts";

/** Conversion name, time, and each of click id, e-mail and phone, by the rules of the destination. */
export function contentNames(
  { columns }: Input,
  { conversionTimes }: CorrectionSurvey,
  plan: Plan,
): KeysOf {
  const { time, name, stage, "click-id": clickId } = columns;
  const rules = plan.uploads[0]?.destination.emailRules;
  if (conversionTimes === undefined || time === undefined || rules === undefined) {
    throw new Error("openAdjustInputs lets no such corrections through without a time");
  }
  const records = createRecordReader({
    columns: {
      time,
      ...(name !== undefined && { name }),
      ...(stage !== undefined && { stage }),
      ...(clickId !== undefined && { "click-id": clickId }),
    },
    times: conversionTimes,
    values: decideValues(new ValueSurvey()),
    region: plan.phones.region,
    goal: plan.goal,
    goalMap: plan.goalMap,
  });
  const settings = { ...plan.phones, rules };
  const people = new PersonReader(columns, settings, plan.consentValues, new PeopleTally());
  return (batch, row) => {
    const record = records.read(batch, row);
    if (!record.ok) return "original-unnamed";
    if (isTooOld(plan, record.conversion)) return "original-too-old";
    return contentKeys({ ...record.conversion, ...people.identify(batch, row) });
  };
}
