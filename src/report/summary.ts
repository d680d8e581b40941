/**
 * The report of a run as one object: what `--json` prints, `--report` saves and `prepare` returns. It
 * is made of counts, codes, line numbers, file names and headers, so it may be mailed to an agency.
 */
import type { Advice, Problem } from "../base/errors.ts";
import type { InputRole, Role } from "../base/fields.ts";
import { fileOf, lineOf } from "../base/lines.ts";
import {
  CELL_REASONS,
  type CellReason,
  DUPLICATE,
  type Outcome,
  type OwnTexts,
  REPAIRS,
  type Repair,
  ROW_REASONS,
  type RowReason,
  WARNINGS,
  type Warning,
} from "../base/reasons.ts";
import type { Counts, FieldTally, PeopleTally, RowTally } from "../base/tally.ts";
import type { Findings } from "../read/types.ts";

/** A reason, repair or warning with its count. */
export interface CountReport<Code extends string> {
  readonly code: Code;
  readonly count: number;
  /** The first few lines. */
  readonly lines: readonly number[];
  /** Where the input is several files: the file of each of these lines. */
  readonly files?: readonly string[];
  readonly text: string;
  readonly advice?: Advice;
}

export interface InputReport extends Findings {
  readonly role: InputRole;
  /** Data rows read. */
  readonly rows: number;
  /** Field to headers (or `#n` for the n-th column, where headers cannot be printed). */
  readonly columns: Readonly<Record<string, readonly string[]>>;
  /** Size and SHA-256 of the file, where a manifest was asked for. */
  readonly bytes?: number;
  readonly sha256?: string;
}

export interface FieldReport {
  readonly usable: number;
  readonly absent: number;
  readonly refused: readonly CountReport<Exclude<CellReason, "absent">>[];
  readonly repaired: readonly CountReport<Repair>[];
}

export interface PeopleReport {
  /** Where the identifiers come from. */
  readonly from: Role;
  /** Rows whose identifiers were looked at: contacts that a conversion refers to, or conversions. */
  readonly rows: number;
  /** Rows that were not looked at, because their consent column does not say yes. */
  readonly withoutConsent: number;
  /** Contacts that were left out because of their cell count. */
  readonly malformed: readonly CountReport<RowReason>[];
  readonly email: FieldReport;
  readonly phone: FieldReport;
}

export interface FileReport {
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
  /** SHA-256 of the file, where it was asked for. */
  readonly sha256?: string;
}

/** Rows whose conversions are of one day. */
export interface DayReport {
  /** In UTC: `2026-11-20`. */
  readonly day: string;
  readonly written: number;
  /** Duplicates, and rows that were refused, unmatched or excluded after their time was read. */
  readonly leftOut: number;
}

/** How the rows ended. `read` is the sum of the other five. */
export interface RowsReport {
  readonly read: number;
  readonly written: number;
  readonly duplicate: number;
  readonly refused: number;
  readonly unmatched: number;
  readonly excluded: number;
}

export interface DestinationReport {
  readonly destination: string;
  readonly layout: string;
  readonly rules: readonly string[];
  readonly rows: RowsReport;
  readonly identifiers: RowTally["identifiers"];
  readonly reasons: readonly (CountReport<RowReason | "duplicate"> & {
    readonly outcome: Outcome | "duplicate";
  })[];
  readonly warnings: readonly CountReport<Warning>[];
  /** By the day of the conversion. Rows whose time could not be read or taken are of no day. */
  readonly days: readonly DayReport[];
  /** False when nothing was published: too many refused, nothing to write, or a dry run. */
  readonly published: boolean;
  readonly files: readonly FileReport[];
  readonly next: string;
}

/** What every run that writes an upload says. */
export interface RunReport {
  readonly version: string;
  /** The present of the run, ISO 8601 in UTC. */
  readonly asOf: string;
  readonly dryRun: boolean;
  readonly inputs: readonly InputReport[];
  readonly destinations: readonly DestinationReport[];
  /** Things worth saying about the whole run. */
  readonly notes: readonly string[];
  /** Why an output was not published. */
  readonly problems: readonly Problem[];
  /** True when every destination was published (or would have been, in a dry run). */
  readonly ok: boolean;
}

export interface PrepareReport extends RunReport {
  readonly schema: "firsthash.prepare/1";
  readonly people: PeopleReport;
}

/** The rows of its destinations are those of the corrections. */
export interface AdjustReport extends RunReport {
  readonly schema: "firsthash.adjust/1";
  /** Missing where identifiers came out of the upload that was written then. */
  readonly people?: PeopleReport;
}

type Texts<Code extends string> = Record<Code, { readonly text: string; readonly advice?: Advice }>;

/** Where a run wrote to: one for each destination, and one for `hash`. */
export function destinationsOf(
  report: RunReport | HashReport,
): readonly (DestinationReport | HashReport)[] {
  return "destinations" in report ? report.destinations : [report];
}

/** The files that are there, of what was published. */
export function publishedFiles(
  destinations: readonly Pick<DestinationReport, "published" | "files">[],
): string[] {
  return destinations.flatMap(({ published, files }) =>
    published ? files.map(({ file }) => file) : [],
  );
}

export function reportCounts<Code extends string>(
  counts: Counts<Code>,
  texts: Texts<Code>,
  files: readonly string[] = [],
): CountReport<Code>[] {
  return counts.entries().map(([code, { count, lines }]) => {
    const { text, advice } = texts[code];
    return {
      code,
      count,
      lines: lines.map(lineOf),
      ...(files.length > 1 && { files: lines.map((line) => files[fileOf(line)] ?? "") }),
      text,
      ...(advice !== undefined && { advice }),
    };
  });
}

export function reportField(tally: FieldTally, files?: readonly string[]): FieldReport {
  return {
    usable: tally.usable,
    absent: tally.absent,
    refused: reportCounts(tally.reasons, CELL_REASONS, files),
    repaired: reportCounts(tally.repairs, REPAIRS, files),
  };
}

/** @param files of the input, where it is several */
export function reportPeople(
  tally: PeopleTally,
  from: Role,
  files?: readonly string[],
): PeopleReport {
  return {
    from,
    rows: tally.referred,
    withoutConsent: tally.withoutConsent,
    malformed: reportCounts(tally.malformed, ROW_REASONS, files),
    email: reportField(tally.email, files),
    phone: reportField(tally.phone, files),
  };
}

export function reportRows(tally: RowTally, read: number): RowsReport {
  const sums = { refused: 0, unmatched: 0, excluded: 0 };
  for (const [code, { count }] of tally.reasons.entries()) sums[ROW_REASONS[code].outcome] += count;
  return { read, written: tally.written, duplicate: tally.duplicates.total(), ...sums };
}

export function reportReasons(
  tally: RowTally,
  own: OwnTexts = {},
  files?: readonly string[],
): DestinationReport["reasons"] {
  return [
    ...reportCounts(tally.duplicates, { duplicate: DUPLICATE }, files).map((count) => ({
      ...count,
      ...own[count.code],
      outcome: "duplicate" as const,
    })),
    ...reportCounts(tally.reasons, ROW_REASONS, files).map((count) => ({
      ...count,
      ...own[count.code],
      outcome: ROW_REASONS[count.code].outcome,
    })),
  ];
}

export function reportDays(tally: RowTally): DayReport[] {
  return tally.days.entries().map(({ day, ...counts }) => ({
    day: new Date(day * 86_400_000).toISOString().slice(0, 10),
    ...counts,
  }));
}

export function reportWarnings(
  tally: RowTally,
  own: OwnTexts = {},
  files?: readonly string[],
): DestinationReport["warnings"] {
  return reportCounts(tally.warnings, WARNINGS, files).map((count) => ({
    ...count,
    ...own[count.code],
  }));
}

export interface HashReport {
  readonly schema: "firsthash.hash/1";
  readonly version: string;
  readonly dryRun: boolean;
  readonly inputs: readonly InputReport[];
  readonly people: PeopleReport;
  /** The e-mail rule set and the phone rules. */
  readonly rules: readonly string[];
  readonly rows: RowsReport;
  readonly identifiers: DestinationReport["identifiers"];
  /** Keys of the rows that could be written; where a key column was named. */
  readonly keys?: {
    readonly different: number;
    /** Those that stand in more than one row. */
    readonly repeated: number;
    /** Whether the rows of one key became one. */
    readonly perKey: boolean;
  };
  readonly reasons: DestinationReport["reasons"];
  /** False when nothing was published: too many refused, nothing to write, or a dry run. */
  readonly published: boolean;
  readonly files: readonly FileReport[];
  /** Why nothing was published. */
  readonly problems: readonly Problem[];
  readonly ok: boolean;
}
