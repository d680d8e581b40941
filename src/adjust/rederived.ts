/** Originals out of the conversions and contacts that were uploaded, by the rules that `prepare` has. */
import type { RecordReader } from "../conversion/record.ts";
import type { KeyTable } from "../join/keys.ts";
import { batches, cellCountFault, type Input, type Inputs } from "../prepare/inputs.ts";
import { type FindPerson, findPeople, type People } from "../prepare/people.ts";
import type { Plan } from "../prepare/plan.ts";
import { type Survey, surveyConversions } from "../prepare/survey.ts";
import { whyNobody } from "../prepare/uploads.ts";
import type { RowBatch } from "../read/types.ts";
import { usableId } from "./corrections.ts";
import { isTooOld, type Original, type OriginalReason, Originals } from "./originals.ts";

export interface Rederived {
  readonly originals: Originals;
  readonly inputs: Inputs;
  readonly survey: Survey;
  readonly people: People;
}

/**
 * Reads the conversions as `prepare` does, and keeps those that a correction refers to.
 *
 * @param ids ids that the corrections refer to
 */
export async function rederive(inputs: Inputs, ids: KeyTable, plan: Plan): Promise<Rederived> {
  const { conversions } = inputs;
  const survey = await surveyConversions(inputs, plan);
  const people = await findPeople(inputs, survey, plan);
  const records = survey.reader({ ...plan, columns: conversions.columns });
  const originals = new Originals(ids);
  const find = onlyRules(people);
  for await (const batch of batches(conversions, "conversions", plan)) {
    for (let row = 0; row < batch.length; row++) {
      const slot = ids.find(usableId(batch, row, conversions.columns["conversions.id"]));
      if (slot < 0) continue;
      originals.add(slot, originalOf(batch, row, conversions, records, find, plan));
    }
  }
  return { originals, inputs, survey, people };
}

/** All destinations that take adjustments are Microsoft's, with one set of rules. */
function onlyRules({ find }: People): FindPerson {
  const [only, ...others] = find.values();
  if (only === undefined || others.length > 0) throw new Error("adjustments under several rules");
  return only;
}

function originalOf(
  batch: RowBatch,
  row: number,
  conversions: Input,
  records: RecordReader,
  find: FindPerson,
  plan: Plan,
): Original | OriginalReason {
  if (cellCountFault(conversions.table, batch, row) !== undefined) return "original-left-out";
  const record = records.read(batch, row);
  if (!record.ok) return "original-left-out";
  if (isTooOld(plan, record.conversion)) return "original-too-old";
  const match = find(batch, row);
  const nobody = whyNobody(record.conversion.clickId, match);
  if (nobody !== undefined) return nobody === "no-consent" ? nobody : "original-left-out";
  return match.ok ? { ...record.conversion, ...match.identifiers } : record.conversion;
}
