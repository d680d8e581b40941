/** The conversions that a file was made from, read as `prepare` reads them, to say whose each row should be. */
import { batches, type Inputs, rowFaults } from "../prepare/inputs.ts";
import type { Plan } from "../prepare/plan.ts";
import { surveyConversions } from "../prepare/survey.ts";
import type { UploadedPeople } from "./people.ts";

/**
 * Reads the conversions and tells whose each is. Rows that give no conversion are passed over: no row of an upload
 * can be theirs.
 *
 * @throws FirsthashError "usage" where times or values can be read in two ways, naming the option that decides
 */
export async function readConversions(
  people: UploadedPeople,
  inputs: Inputs,
  plan: Plan,
): Promise<void> {
  const { conversions } = inputs;
  const { columns, key } = conversions;
  if (key === undefined) throw new Error("conversions without a key");
  const survey = await surveyConversions(inputs, plan);
  const records = survey.reader({ ...plan, columns });
  const faultOf = rowFaults(conversions);
  for await (const batch of batches(conversions, "conversions", plan)) {
    for (let row = 0; row < batch.length; row++) {
      if (faultOf(batch, row) !== undefined) continue;
      const record = records.read(batch, row);
      if (record.ok) people.addConversion(record.conversion, batch, row, key);
    }
  }
}
