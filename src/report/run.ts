/** The end of a run: publish what is good, and say what happened. */
import type { Problem } from "../errors.ts";
import { PHONE_RULES } from "../identity/rules.ts";
import { READINGS } from "../join/diagnose.ts";
import type { People } from "../join/people.ts";
import type { Survey } from "../join/survey.ts";
import type { PrepareOptions } from "../options.ts";
import type { Plan } from "../plan.ts";
import { printableHeader } from "../read/columns.ts";
import type { Input, Inputs } from "../read/inputs.ts";
import { VERSION } from "../version.ts";
import type { RunningUpload } from "../write/uploads.ts";
import {
  type DestinationReport,
  type InputReport,
  type PrepareReport,
  type RowsReport,
  reportPeople,
  reportReasons,
  reportRows,
  reportWarnings,
} from "./summary.ts";

export interface Run {
  readonly inputs: Inputs;
  readonly survey: Survey;
  readonly people: People;
  readonly uploads: readonly RunningUpload[];
  readonly plan: Plan;
  readonly options: PrepareOptions;
}

/** Publishes the uploads that have rows and not too many refused ones. */
export async function publishAndReport(run: Run): Promise<PrepareReport> {
  const { inputs, survey, people, uploads, plan, options } = run;
  const dryRun = options.dryRun ?? false;
  const problems: Problem[] = [];
  const destinations: DestinationReport[] = [];
  for (const upload of uploads) {
    const rows = reportRows(upload.tally, survey.rows);
    const problem = whyNotPublish(upload, rows, plan);
    if (problem !== undefined) problems.push(problem);
    destinations.push(await publishOne(upload, rows, problem === undefined, options, dryRun));
  }
  return {
    schema: "firsthash.prepare/1",
    version: VERSION,
    asOf: new Date(plan.asOf * 1000).toISOString().replace(".000", ""),
    dryRun,
    inputs: [
      reportInput(inputs.conversions, survey.rows),
      ...(inputs.contacts === undefined ? [] : [reportInput(inputs.contacts, people.tally.rows)]),
    ],
    people: reportPeople(people.tally, inputs.contacts === undefined ? "conversions" : "contacts"),
    destinations,
    notes: joinNotes(run),
    problems,
    ok: problems.length === 0,
  };
}

async function publishOne(
  { destination, upload, tally }: RunningUpload,
  rows: RowsReport,
  good: boolean,
  { output }: PrepareOptions,
  dryRun: boolean,
): Promise<DestinationReport> {
  const written = good ? await upload.commit() : [];
  if (!good) await upload.discard();
  const name = typeof output === "string" ? output : "stdout";
  return {
    destination: destination.id,
    layout: upload.plan.layout,
    rules: [destination.emailRules, PHONE_RULES.name],
    rows,
    identifiers: tally.identifiers,
    reasons: reportReasons(tally),
    warnings: reportWarnings(tally),
    published: good && !dryRun,
    files: dryRun ? [] : written.map((file) => ({ ...file, file: file.path ?? name })),
    next: destination.next,
  };
}

function whyNotPublish(
  { destination, tally }: RunningUpload,
  rows: RowsReport,
  { maxRefused }: Plan,
): Problem | undefined {
  const share = (rows.refused / rows.read) * 100;
  if (share > maxRefused) {
    return {
      message: `${destination.id}: ${rows.refused} of ${rows.read} rows (${percent(share)}) were refused, more than ${maxRefused} %; nothing was written`,
      hint: "see the reasons above (--verbose for all), mend the export, or allow more with --max-refused",
    };
  }
  if (tally.written === 0) {
    return {
      message: `${destination.id}: no row can be written`,
      hint: "see the reasons above (--verbose for all)",
    };
  }
  return undefined;
}

function percent(share: number): string {
  return `${share < 10 ? share.toFixed(1) : Math.round(share)} %`;
}

function reportInput({ role, table, columns, key }: Input, rows: number): InputReport {
  const name = (column: number) => printableHeader(table, column) ?? `#${column + 1}`;
  const named = Object.entries(columns).map(([field, numbers]) => [field, numbers.map(name)]);
  return {
    ...table.findings,
    role,
    rows,
    columns: Object.fromEntries(key === undefined ? named : [["key", [name(key)]], ...named]),
  };
}

/** Few keys with a contact: the same ids are probably written in two ways. */
function joinNotes({ people, survey }: Run): string[] {
  const { keysFound, likelyCause } = people;
  if (keysFound === undefined || likelyCause === undefined) return [];
  const { text } = READINGS[likelyCause.reading];
  return [
    `only ${keysFound} of ${survey.keys.size} keys of the conversions have a contact; ${text}: ${likelyCause.matches} more contacts would match without that difference`,
  ];
}
