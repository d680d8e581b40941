/** The report of `inspect` as one object: counts, codes, line numbers and headers. */

import { ROW_REASONS, type RowReason } from "../base/reasons.ts";
import type { Count } from "../base/tally.ts";
import { VERSION } from "../base/version.ts";
import type { ValueSurvey } from "../conversion/money.ts";
import { ORDERS, type TimeSurvey } from "../conversion/time/survey.ts";
import { DEFAULT_EMAIL_RULES, PHONE_RULES } from "../identity/rules.ts";
import { printableHeader } from "../read/columns/columns.ts";
import type { Field } from "../read/columns/headers.ts";
import type { Findings } from "../read/types.ts";
import {
  type CountReport,
  type FieldReport,
  reportCounts,
  reportField,
} from "../report/summary.ts";
import type { Inspection, InspectOptions } from "./inspect.ts";
import { nextSteps, type RoleReport } from "./next-steps.ts";

/** A column, in the order of the file. */
export interface ColumnReport {
  /** 1-based; `#3` names the third column where a header cannot. */
  readonly number: number;
  /** Missing where the headers may be somebody's data. */
  readonly header?: string;
  /** What the column was taken for; empty when it is not read. */
  readonly fields: readonly (Field | "key")[];
  /** Cells of a column that is read and identifies nobody. */
  readonly cells?: { readonly filled: number; readonly absent: number };
  /** Cells of a column of e-mail addresses, phone numbers or their hashes. */
  readonly identifiers?: FieldReport;
}

/** Day and month, zone and time of day of the time column. */
export interface TimesReport {
  readonly cells: number;
  readonly unreadable: number;
  /** Dates alone: refused without --assume-time. */
  readonly withoutTime: number;
  /** Times that need --time-zone. */
  readonly withoutZone: number;
  /** Missing where every date tells its order by its form, as ISO 8601 does. */
  readonly dateOrder?: "mdy" | "dmy" | "ymd" | "unclear" | "mixed";
}

export interface ValuesReport {
  readonly cells: number;
  readonly unreadable: number;
  /** Missing where no value shows a mark. */
  readonly decimal?: "point" | "comma" | "unclear" | "mixed";
}

export interface KeysReport {
  readonly column: number;
  readonly different: number;
  /** Keys that occur more than once, and where the first of them come for the second time. */
  readonly repeated: Count;
  readonly empty: number;
}

/** The rows as people: which of them have an identifier that can be used. */
export interface UsableReport {
  readonly rows: number;
  readonly both: number;
  readonly emailOnly: number;
  readonly phoneOnly: number;
  readonly neither: number;
  /** By the values of the consent column, where one was named. These rows are not looked at. */
  readonly noConsent: number;
}

export interface InspectReport extends Findings {
  readonly schema: "firsthash.inspect/1";
  readonly version: string;
  readonly rules: readonly string[];
  readonly rows: number;
  /** Rows with too few or too many cells; they are counted nowhere else. */
  readonly malformed: readonly CountReport<RowReason>[];
  readonly columns: readonly ColumnReport[];
  /** Fields for which several columns have an equal claim, by number. */
  readonly unclear: readonly {
    readonly field: Field | "key";
    readonly columns: readonly number[];
  }[];
  readonly keys?: KeysReport;
  readonly people?: UsableReport;
  readonly times?: TimesReport;
  readonly values?: ValuesReport;
  /** What the file can be for `prepare`, what is missing for that, and the command. */
  readonly roles: readonly RoleReport[];
}

/** What the report is made of besides the counts. */
export type InspectionOptions = InspectOptions & { readonly name: string };

export function reportInspection(
  inspection: Inspection,
  options: InspectionOptions,
): InspectReport {
  const { table, found, keys, repeated, identifiers, survey } = inspection;
  const [key] = keys;
  const report: Omit<InspectReport, "roles"> = {
    schema: "firsthash.inspect/1",
    version: VERSION,
    rules: [DEFAULT_EMAIL_RULES, PHONE_RULES.name],
    ...table.findings,
    rows: inspection.rows,
    malformed: reportCounts(inspection.malformed, ROW_REASONS),
    columns: reportColumns(inspection),
    unclear: [
      ...(keys.length > 1 ? [{ field: "key" as const, columns: keys.map(numberOf) }] : []),
      ...found.unclear.map(([field, columns]) => ({ field, columns: columns.map(numberOf) })),
    ],
    ...(repeated !== undefined &&
      key !== undefined && {
        keys: {
          column: numberOf(key),
          different: repeated.different,
          repeated: repeated.repeated,
          empty: repeated.empty,
        },
      }),
    ...(identifiers.lanes.length > 0 && { people: { ...identifiers.people } }),
    ...(found.columns.time !== undefined && { times: reportTimes(survey.times) }),
    ...(found.columns.value !== undefined && { values: reportValues(survey.values) }),
  };
  return { ...report, roles: nextSteps(report, options) };
}

function numberOf(column: number): number {
  return column + 1;
}

function reportColumns(inspection: Inspection): ColumnReport[] {
  const { table, found, keys, identifiers, cells } = inspection;
  return table.headers.map((_, column) => {
    const header = printableHeader(table, column);
    const counts = cells.get(column);
    const lane = identifiers.lanes.find((candidate) => candidate.column === column);
    const fields = Object.entries(found.columns).filter(([, numbers]) => numbers.includes(column));
    return {
      number: numberOf(column),
      ...(header !== undefined && { header }),
      fields: [
        ...(keys.length === 1 && keys[0] === column ? (["key"] as const) : []),
        ...fields.map(([field]) => field as Field),
      ],
      ...(counts !== undefined && { cells: { filled: counts.filled, absent: counts.absent } }),
      ...(lane !== undefined && { identifiers: reportField(lane.tally) }),
    };
  });
}

function reportTimes(survey: TimeSurvey): TimesReport {
  const { cells, unreadable, withoutTime, withoutZone, numericLine, excludedAt } = survey;
  const possible = ORDERS.filter(([order]) => excludedAt[order] === undefined);
  const [only] = possible;
  const dateOrder = only === undefined ? "mixed" : possible.length > 1 ? "unclear" : only[0];
  return {
    cells,
    unreadable,
    withoutTime,
    withoutZone,
    ...(numericLine !== undefined && { dateOrder }),
  };
}

function reportValues(survey: ValueSurvey): ValuesReport {
  const { cells, unreadable, ambiguousLine, excludedAt } = survey;
  const { point, comma } = excludedAt;
  const decimal =
    point !== undefined && comma !== undefined
      ? "mixed"
      : point !== undefined
        ? "comma"
        : comma !== undefined
          ? "point"
          : ambiguousLine !== undefined
            ? "unclear"
            : undefined;
  return { cells, unreadable, ...(decimal !== undefined && { decimal }) };
}
