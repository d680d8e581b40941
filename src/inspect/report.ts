/** The report of `inspect` as one object: counts, codes, line numbers and headers. */

import { ROW_REASONS } from "../base/reasons.ts";
import { VERSION } from "../base/version.ts";
import type { ValueSurvey } from "../conversion/money.ts";
import { ORDERS, type TimeSurvey } from "../conversion/time/survey.ts";
import { DEFAULT_EMAIL_RULES, PHONE_RULES } from "../identity/rules.ts";
import { printableHeader } from "../read/columns/columns.ts";
import type { Field } from "../read/columns/headers.ts";
import { reportCounts, reportField } from "../report/summary.ts";
import { nextSteps } from "./next-steps.ts";
import type {
  ColumnReport,
  Inspection,
  InspectionOptions,
  InspectReport,
  TimesReport,
  ValuesReport,
} from "./types.ts";

export function reportInspection(
  inspection: Inspection,
  options: InspectionOptions,
): InspectReport {
  const { table, found, keys, repeated, identifiers, survey, currencies } = inspection;
  const [key] = keys;
  const report: Omit<InspectReport, "roles"> = {
    schema: "firsthash.inspect/1",
    version: VERSION,
    rules: [DEFAULT_EMAIL_RULES, PHONE_RULES.name],
    ...table.findings,
    rows: inspection.rows,
    ...(inspection.isPartial && { partial: true as const }),
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
          damaged: repeated.damaged,
          areCut: repeated.areCut,
        },
      }),
    ...(identifiers.lanes.length > 0 && { people: { ...identifiers.people } }),
    ...(found.columns.time !== undefined && { times: reportTimes(survey.times) }),
    ...(found.columns.value !== undefined && { values: reportValues(survey.values) }),
    ...(found.columns.currency !== undefined && {
      currencies: { cells: currencies.cells, unreadable: currencies.unreadable },
    }),
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
