/**
 * The main job, stage by stage. Three passes: over the conversions, to learn which contacts matter and
 * how times and values are written; over the contacts, of which only those are hashed; and over the
 * conversions again, to write.
 */

import type { RecordReader } from "../conversion/record.ts";
import { loadZones } from "../conversion/time/zone.ts";
import type { RowBatch } from "../read/types.ts";
import type { PrepareReport } from "../report/summary.ts";
import { batches, openInputs, placer, type RowFault, rowFaults } from "./inputs.ts";
import { RunLedger } from "./ledger.ts";
import { writeRunManifest } from "./manifest.ts";
import type { PrepareOptions } from "./options.ts";
import { findPeople, type People } from "./people.ts";
import { watchedOf } from "./plain-columns.ts";
import { planPrepare } from "./plan.ts";
import { ofWholeRun } from "./progress.ts";
import { publishAndReport } from "./publish.ts";
import { surveyConversions } from "./survey.ts";
import { readTemplate } from "./template.ts";
import { checkOutputs, openUploads, type RunningUpload, wantsOf } from "./uploads.ts";

/**
 * Reads conversions and contacts, normalizes and hashes e-mail addresses and phone numbers, joins,
 * checks, and writes the upload file.
 *
 * @param options where to read and write, and how to understand the inputs
 * @returns what was read and written, and what was left out and why; never a cell of the inputs
 * @throws FirsthashError with an exit code and a hint; then nothing was written
 *
 * @example
 * ```ts
 * import { prepare } from "firsthash";
 *
 * const report = await prepare({
 *   contacts: "samples/contacts.csv",
 *   conversions: "samples/conversions.csv",
 *   key: "Contact ID",
 *   country: "US",
 *   timeZone: "America/New_York",
 *   asOf: "2026-11-20T12:00:00Z",
 *   dryRun: true,
 * });
 * console.log(report.destinations[0]?.rows.written); // 19
 * ```
 */
export async function prepare(options: PrepareOptions): Promise<PrepareReport> {
  if (options?.timeZone !== undefined) await loadZones();
  const planned = planPrepare(options);
  await checkOutputs(planned);
  const template = await readTemplate(planned);
  const inputs = await openInputs(planned);
  const plan = { ...planned, onProgress: ofWholeRun(inputs, planned) };
  try {
    const { conversions } = inputs;
    const survey = await surveyConversions(inputs, plan);
    const people = await findPeople(inputs, survey, plan);
    const records = survey.reader({ ...plan, columns: conversions.columns });
    const ledger = await RunLedger.ask(conversions, records, plan);
    const wants = wantsOf(plan, conversions.columns, template);
    const uploads = await openUploads(plan, wants, {
      rows: survey.rows,
      ledger,
      watched: watchedOf(conversions, plan),
      placed: placer(conversions),
    });
    try {
      const faultOf = rowFaults(conversions);
      for await (const batch of batches(conversions, "output", plan)) {
        for (let row = 0; row < batch.length; row++) {
          settleRow(batch, row, faultOf(batch, row), records, people, uploads, ledger);
        }
        for (const { upload } of uploads) await upload.flush();
      }
      const published = await publishAndReport({ inputs, survey, people, uploads, plan });
      const report = (await ledger?.publish(published)) ?? published;
      await writeRunManifest(report, plan);
      return report;
    } finally {
      for (const { upload } of uploads) await upload.discard();
    }
  } finally {
    await inputs.close();
  }
}

/** Every row ends here, once for each upload: written, or counted under the reason why not. */
function settleRow(
  batch: RowBatch,
  row: number,
  fault: RowFault | undefined,
  records: RecordReader,
  people: People,
  uploads: readonly RunningUpload[],
  ledger: RunLedger | undefined,
): void {
  const record = fault === undefined ? records.read(batch, row) : refusedRow(fault);
  if (!record.ok) {
    for (const upload of uploads) upload.leaveOut(record.reason, batch.line(row));
    return;
  }
  const key = ledger?.keyOf(record.conversion, batch, row);
  for (const [rules, find] of people.find) {
    const match = find(batch, row);
    for (const upload of uploads) {
      if (upload.destination.emailRules === rules) {
        upload.take(record.conversion, match, record.warnings, key);
      }
    }
  }
}

function refusedRow(reason: RowFault) {
  return { ok: false, reason } as const;
}
