/** The end of a run: publish what is good, and say what happened. */
import { butWritten, type Problem } from "../base/errors.ts";
import { VERSION } from "../base/version.ts";
import { PHONE_RULES } from "../identity/rules.ts";
import { READINGS } from "../join/key-readings.ts";
import { printableHeader } from "../read/columns/columns.ts";
import {
  type DestinationReport,
  type InputReport,
  type PeopleReport,
  type PrepareReport,
  publishedFiles,
  type RowsReport,
  type RunReport,
  reportDays,
  reportPeople,
  reportReasons,
  reportRows,
  reportWarnings,
} from "../report/summary.ts";
import type { Input, Inputs } from "./inputs.ts";
import type { People } from "./people.ts";
import type { Plan } from "./plan.ts";
import type { Survey } from "./survey.ts";
import type { RunningUpload } from "./uploads.ts";

export interface Run {
  readonly inputs: Inputs;
  readonly survey: Survey;
  readonly people: People;
  readonly uploads: readonly RunningUpload[];
  readonly plan: Plan;
}

/** Publishes the uploads of `prepare` and says what happened. */
export async function publishAndReport(run: Run): Promise<PrepareReport> {
  const { inputs, survey, uploads, plan } = run;
  const prepared = reportPrepared(run);
  return {
    schema: "firsthash.prepare/1",
    ...(await publishUploads(uploads, survey.rows, plan, fileNames(inputs.conversions))),
    ...prepared,
    notes: [...prepared.notes, ...uploads.flatMap(({ upload }) => upload.plan.notes)],
    people: reportPreparedPeople(run),
  };
}

/** The people of `prepare`, with the files of their lines. */
export function reportPreparedPeople({
  inputs,
  people,
}: Pick<Run, "inputs" | "people">): PeopleReport {
  const from = inputs.contacts ?? inputs.conversions;
  return reportPeople(
    people.tally,
    inputs.contacts === undefined ? "conversions" : "contacts",
    fileNames(from),
  );
}

/** The files of an input that is several, as messages call them. */
export function fileNames({ parts }: Input): readonly string[] | undefined {
  return parts?.map(({ table }) => table.findings.file);
}

/** The inputs of `prepare`, which `adjust` may read too, and what is worth saying about their join. */
export function reportPrepared(
  run: Pick<Run, "inputs" | "survey" | "people">,
): Pick<RunReport, "inputs" | "notes"> {
  const { inputs, survey, people } = run;
  return {
    inputs: [
      ...reportFiles(inputs.conversions, survey.rows),
      ...(inputs.contacts === undefined ? [] : reportFiles(inputs.contacts, people.tally.rows)),
    ],
    notes: joinNotes(run),
  };
}

/**
 * Publishes each upload that has rows and not too many refused ones. Each stands for itself: what one
 * destination refuses says nothing about the file of another, which is complete.
 *
 * @param read rows of the input that the uploads are made of
 * @param files the files of that input, where it is several
 */
export async function publishUploads(
  uploads: readonly RunningUpload[],
  read: number,
  plan: Plan,
  files?: readonly string[],
): Promise<Omit<RunReport, "inputs" | "notes">> {
  const problems: Problem[] = [];
  const destinations: DestinationReport[] = [];
  for (const upload of uploads) {
    const rows = reportRows(upload.tally, read);
    const problem = whyNotPublish(upload, rows, plan);
    if (problem !== undefined) problems.push(problem);
    try {
      destinations.push(await publishOne(upload, rows, problem === undefined, plan, files));
    } catch (error) {
      throw butWritten(error, publishedFiles(destinations));
    }
  }
  return {
    version: VERSION,
    asOf: new Date(plan.asOf * 1000).toISOString().replace(".000", ""),
    dryRun: plan.dryRun,
    destinations,
    problems,
    ok: problems.length === 0,
  };
}

async function publishOne(
  { destination, upload, tally }: RunningUpload,
  rows: RowsReport,
  good: boolean,
  { outputName, dryRun }: Plan,
  files: readonly string[] | undefined,
): Promise<DestinationReport> {
  const written = good ? await upload.commit() : [];
  if (!good) await upload.discard();
  return {
    destination: destination.id,
    layout: upload.plan.layout,
    rules: [destination.emailRules, PHONE_RULES.name],
    rows,
    identifiers: tally.identifiers,
    reasons: reportReasons(tally, destination.texts, files),
    warnings: reportWarnings(tally, destination.texts, files),
    days: reportDays(tally),
    published: written.length > 0 && !dryRun,
    files: dryRun
      ? []
      : written.map(({ path, ...file }) => ({ file: path ?? outputName, ...file })),
    next: destination.next,
  };
}

function whyNotPublish(
  { destination, tally, plain }: RunningUpload,
  rows: RowsReport,
  { maxRefused }: Plan,
): Problem | undefined {
  const phones = plain.problem(tally.reasons);
  if (phones !== undefined) return phones;
  const tooMany = refusedTooMany(rows, maxRefused, `${destination.id}: `);
  if (rows.read === 0) return undefined;
  if (tooMany !== undefined) return tooMany;
  const known =
    tally.reasons.get("already-sent").count + tally.reasons.get("already-sent-changed").count;
  if (tally.written === 0 && (known === 0 || rows.refused > 0)) {
    return {
      message: `${destination.id}: no row can be written`,
      hint: "see the reasons for each row that was left out",
    };
  }
  return undefined;
}

/** The problem of more refused rows than `maxRefused` allows, if so. */
export function refusedTooMany(
  rows: RowsReport,
  maxRefused: number,
  what = "",
): Problem | undefined {
  const share = (rows.refused / rows.read) * 100;
  if (share <= maxRefused) return undefined;
  return {
    message: `${what}${rows.refused} of ${rows.read} rows (${percent(share)}) were refused, more than ${maxRefused} %; nothing was written`,
    hint: "see the reasons, mend the export, or allow more with `maxRefused`",
  };
}

function percent(share: number): string {
  return `${share < 10 ? share.toFixed(1) : Math.round(share)} %`;
}

/** One input, or each of its files. What was found out about all of them stands with the first. */
function reportFiles(input: Input, rows: number): InputReport[] {
  const { role, parts, table } = input;
  if (parts === undefined) return [reportInput(input, rows)];
  const own = new Set(parts.flatMap((part) => part.table.findings.notes));
  const shared = table.findings.notes.filter((note) => !own.has(note));
  return parts.map((part, at) => {
    const report = reportInput({ role, ...part }, part.rows());
    return at === 0 ? { ...report, notes: [...report.notes, ...shared] } : report;
  });
}

export function reportInput(
  { role, table, columns, key, whole }: Input,
  rows: number,
): InputReport {
  const name = (column: number) => printableHeader(table, column) ?? `#${column + 1}`;
  const named = Object.entries(columns).map(([field, numbers]) => [field, numbers.map(name)]);
  return {
    ...table.findings,
    role,
    rows,
    columns: Object.fromEntries(key === undefined ? named : [["key", [name(key)]], ...named]),
    ...whole?.(),
  };
}

/** Few keys with a contact: the same ids are probably written in two ways. */
function joinNotes({ people, survey }: Pick<Run, "people" | "survey">): string[] {
  const several = people.severalKeys.most;
  const notes = fewNotes(people, survey);
  if (several === undefined) return notes;
  const { mark, rows } = several;
  const cells =
    rows === 1
      ? "1 key cell of the conversions has no contact and seems"
      : `${rows} key cells of the conversions have no contact and seem`;
  return [...notes, `${cells} to hold several keys; read each with \`keySeparator: "${mark}"\``];
}

function fewNotes({ keysFound, likelyCause, fewMatch }: People, survey: Survey): string[] {
  if (!fewMatch) return [];
  const found = keysFound === 0 ? "none" : `only ${keysFound}`;
  const few = `${found} of the ${survey.keys.size} different keys of the conversions has a contact`;
  if (likelyCause === undefined) {
    return [`${few}; check that both key columns hold the same kind of id`];
  }
  const { text } = READINGS[likelyCause.reading];
  return [
    `${few}; ${text}: contacts that would match without that: ${likelyCause.matches}; read them so with \`keyReading: "${likelyCause.reading}"\``,
  ];
}
