/**
 * Corrections of conversions that were uploaded before: a new value (Restate), or taken back (Retract).
 * First what the corrections refer to, then those conversions as they were uploaded, then the
 * corrections again, to write.
 */

import { rowClientId } from "../conversion/ids.ts";
import { loadZones } from "../conversion/time/zone.ts";
import { KeyTable } from "../join/keys.ts";
import { placer } from "../prepare/inputs.ts";
import { watchedOf } from "../prepare/plain-columns.ts";
import {
  publishUploads,
  reportInput,
  reportPrepared,
  reportPreparedPeople,
} from "../prepare/publish.ts";
import { checkOutputs, openUploads, type RunningUpload } from "../prepare/uploads.ts";
import type { AdjustReport, InputReport } from "../report/summary.ts";
import { contentNames } from "./content.ts";
import {
  type Correction,
  type CorrectionSurvey,
  idCell,
  type KeysOf,
  readCorrections,
  surveyCorrections,
  withoutContradictions,
} from "./corrections.ts";
import { type AdjustInputs, openAdjustInputs } from "./inputs.ts";
import type { AdjustOptions } from "./options.ts";
import { contentKeys, Originals } from "./originals.ts";
import { type AdjustPlan, planAdjust } from "./plan.ts";
import { type Rederived, rederive } from "./rederived.ts";
import type { Uploaded } from "./uploaded.ts";

/**
 * Reads corrections, finds the conversions that they correct, and writes Restate and Retract records.
 * Name, time and digests of a conversion come out exactly as they were uploaded: they are taken from
 * the upload itself, or from the conversions and contacts by the rules of `prepare`. A correction
 * without such a conversion is left out.
 *
 * @param options where to read and write, and how to understand the inputs
 * @returns what was read and written, and what was left out and why; never a cell of the inputs
 * @throws FirsthashError with an exit code and a hint; then nothing was written
 *
 * @example
 * ```ts
 * import { adjust } from "firsthash";
 *
 * const report = await adjust({
 *   corrections: "samples/corrections.csv",
 *   original: "samples/outputs/microsoft-bulk.csv",
 *   timeZone: "America/New_York",
 *   asOf: "2026-11-20T12:00:00Z",
 *   dryRun: true,
 * });
 * console.log(report.destinations[0]?.rows.written); // 4
 * ```
 */
export async function adjust(options: AdjustOptions): Promise<AdjustReport> {
  if (options.timeZone !== undefined) await loadZones();
  const plan = planAdjust(options);
  await checkOutputs(plan);
  const inputs = await openAdjustInputs(plan);
  try {
    const { corrections } = inputs;
    const survey = await surveyCorrections(corrections, plan);
    const found = await findOriginals(inputs, survey, plan);
    const read = await readCorrections(corrections, survey, found, plan);
    const uploads = await openUploads(
      plan,
      { adjustments: true },
      { watched: watchedOf(corrections, plan), placed: placer(corrections) },
    );
    try {
      for (const [index, correction] of withoutContradictions(read).entries()) {
        for (const upload of uploads) settle(correction, upload);
        if (index % 10_000 === 0) for (const { upload } of uploads) await upload.flush();
      }
      return {
        schema: "firsthash.adjust/1",
        ...(await publishUploads(uploads, survey.rows, plan)),
        ...found.report([reportInput(corrections, survey.rows)]),
      };
    } finally {
      for (const { upload } of uploads) await upload.discard();
    }
  } finally {
    await inputs.close();
  }
}

/** Every correction ends here, once for each upload: written, or counted under the reason why not. */
function settle(correction: Correction, upload: RunningUpload): void {
  const { line } = correction;
  if (!correction.ok) {
    upload.leaveOut(correction.reason, line);
    return;
  }
  const { original, adjustment, warnings } = correction;
  upload.write({ ...original, line, clientId: rowClientId(line), adjustment }, warnings);
}

interface FoundOriginals {
  readonly originals: Originals;
  readonly keysOf: KeysOf;
  /** The part of the report about the inputs. */
  report(corrections: readonly InputReport[]): Pick<AdjustReport, "inputs" | "notes" | "people">;
}

async function findOriginals(
  { corrections, source }: AdjustInputs,
  survey: CorrectionSurvey,
  plan: AdjustPlan,
): Promise<FoundOriginals> {
  const byId: KeysOf = (batch, row) => [idCell(batch, row, corrections)];
  if (source.kind === "prepared") {
    const rederived = await rederive(source.inputs, survey.ids, plan);
    return {
      originals: rederived.originals,
      keysOf: byId,
      report: (first) => preparedReport(first, rederived),
    };
  }
  const { uploaded } = source;
  const { originals, rows } = await indexUploaded(uploaded, survey);
  return {
    originals,
    keysOf: uploaded.hasIds ? byId : contentNames(corrections, survey, plan),
    report: (first) => ({
      inputs: [...first, { ...uploaded.findings, role: "original", rows, columns: {} }],
      notes: [],
    }),
  };
}

function preparedReport(first: readonly InputReport[], rederived: Rederived) {
  const { inputs, notes } = reportPrepared(rederived);
  return { inputs: [...first, ...inputs], notes, people: reportPreparedPeople(rederived) };
}

async function indexUploaded(
  uploaded: Uploaded,
  { ids }: CorrectionSurvey,
): Promise<{ readonly originals: Originals; readonly rows: number }> {
  const keys = uploaded.hasIds ? ids : new KeyTable();
  const originals = new Originals(keys);
  let rows = 0;
  for await (const { id, original } of uploaded.rows()) {
    rows++;
    if (uploaded.hasIds) originals.add(keys.find(id), original);
    else if (typeof original !== "string") {
      for (const key of contentKeys(original)) originals.add(keys.intern(key), original);
    }
  }
  return { originals, rows };
}
