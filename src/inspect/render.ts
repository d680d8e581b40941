/** The report of `inspect` for people. */

import { grouped, labelled } from "../base/report-lines.ts";
import { DELIMITER_NAMES, lineList, list, phrase, rowCount } from "../report/render.ts";
import type { CountReport } from "../report/summary.ts";
import type { ColumnReport, InspectReport, TimesReport } from "./types.ts";

const FIELD_WIDTH = 14;

/** @returns lines without line ends. */
export function renderInspection(report: InspectReport): string[] {
  return [
    ...renderFile(report),
    ...renderColumns(report),
    ...renderPeople(report),
    ...renderTimes(report.times),
    ...renderValues(report),
    ...renderCurrencies(report),
    ...renderRoles(report),
  ];
}

function renderFile(report: InspectReport): string[] {
  const { encoding, delimiter, lineEnd, sheet } = report;
  const guess = report.encodingCertain === false ? " (a guess)" : "";
  const how = [
    encoding && `${encoding}${report.byteOrderMark ? " with byte order mark" : ""}${guess}`,
    delimiter && DELIMITER_NAMES[delimiter],
    lineEnd && `${lineEnd} line ends`,
    sheet !== undefined && `sheet ${JSON.stringify(sheet)}`,
    `header on line ${report.headerLine}`,
  ].filter(Boolean);
  return [
    labelled(
      "file",
      `${report.file}: ${report.partial ? "the first " : ""}${rowCount(report.rows)}`,
    ),
    labelled("", how.join(", ")),
    ...report.notes.map((note) => labelled("", note)),
    ...report.malformed.map((count) => labelled("malformed", withAdvice(count))),
  ];
}

function renderColumns(report: InspectReport): string[] {
  const lines = report.columns
    .filter(({ fields }) => fields.length > 0)
    .flatMap((column) => renderColumn(column, report));
  for (const { field, columns } of report.unclear) {
    const names = columns.map((number) => columnName(report.columns[number - 1]));
    lines.push(`${field.padEnd(FIELD_WIDTH)}unclear: ${names.join(" or ")}`);
  }
  const unread = report.columns.filter(
    ({ number, fields }) =>
      fields.length === 0 && !report.unclear.some(({ columns }) => columns.includes(number)),
  );
  if (unread.length > 0) {
    lines.push(`${"not read".padEnd(FIELD_WIDTH)}${unread.map(columnName).join(", ")}`);
  }
  return lines.map((line, index) => labelled(index === 0 ? "columns" : "", line));
}

function renderColumn(column: ColumnReport, { keys }: InspectReport): string[] {
  const { fields, cells, identifiers } = column;
  const name = `${fields.join(", ").padEnd(FIELD_WIDTH - 1)} ${columnName(column)}`;
  if (fields[0] === "key" && keys !== undefined) {
    const { different, repeated, empty, damaged } = keys;
    const where =
      repeated.count === 0 ? "" : ` (again on ${lineList(repeated.lines, repeated.count)})`;
    return [
      `${name}: ${grouped(different)} different, ${grouped(repeated.count)} more than once${where}, ${grouped(empty)} empty${damaged > 0 ? `, ${grouped(damaged)} damaged` : ""}`,
    ];
  }
  if (identifiers !== undefined) {
    const { usable, absent, refused, repaired } = identifiers;
    const sum = refused.reduce((total, { count }) => total + count, 0);
    const details = [...refused, ...repaired].map((count) => `  ${withAdvice(count)}`);
    const share = percentOf(usable, usable + absent + sum);
    return [
      `${name}: ${grouped(usable)} usable${share}, ${grouped(absent)} empty, ${grouped(sum)} refused`,
      ...details,
    ];
  }
  return [
    cells === undefined
      ? name
      : `${name}: ${grouped(cells.filled)} filled, ${grouped(cells.absent)} empty`,
  ];
}

function percentOf(part: number, whole: number): string {
  return whole === 0 ? "" : ` (${Math.floor((part / whole) * 100)} %)`;
}

function columnName(column: ColumnReport | undefined): string {
  if (column === undefined) return "";
  return column.header === undefined ? `#${column.number}` : `"${column.header}"`;
}

function withAdvice(reason: CountReport<string>): string {
  return `${phrase(reason)}${reason.advice === undefined ? "" : ` → ${reason.advice.text}`}`;
}

function renderPeople({ people }: InspectReport): string[] {
  if (people === undefined) return [];
  const { both, emailOnly, phoneOnly, neither, noConsent } = people;
  const parts = list([
    [both, "e-mail and phone"],
    [emailOnly, "e-mail only"],
    [phoneOnly, "phone only"],
    [neither, "neither"],
    [noConsent, "without consent, not looked at"],
  ]);
  return parts === "" ? [] : [labelled("usable", parts)];
}

const ORDER_TEXTS = {
  mdy: "month before day",
  dmy: "day before month",
  ymd: "year first",
  unclear: "day and month cannot be told apart",
  mixed: "no one order of day and month fits all",
} as const;

function renderTimes(times: TimesReport | undefined): string[] {
  if (times === undefined) return [];
  const { cells, unreadable, withoutTime, withoutZone, dateOrder } = times;
  const parts = [
    `${grouped(cells)} ${cells === 1 ? "cell" : "cells"}`,
    unreadable > 0 && `${grouped(unreadable)} in no known form`,
    withoutTime > 0 && `${grouped(withoutTime)} without a time of day`,
    withoutZone > 0
      ? `${grouped(withoutZone)} without a time zone`
      : cells > 0 && "all with a time zone",
    dateOrder && ORDER_TEXTS[dateOrder],
  ].filter(Boolean);
  return [labelled("times", parts.join(", "))];
}

const DECIMAL_TEXTS = {
  point: "decimal point",
  comma: "decimal comma",
  unclear: "the mark may be the decimal mark or part thousands",
  mixed: "some with a decimal point, some with a comma",
} as const;

function renderValues({ values }: InspectReport): string[] {
  if (values === undefined) return [];
  const { cells, unreadable, decimal } = values;
  const parts = [
    `${grouped(cells)} ${cells === 1 ? "cell" : "cells"}`,
    unreadable > 0 && `${grouped(unreadable)} that are no number`,
    decimal === undefined ? "no decimals" : DECIMAL_TEXTS[decimal],
  ].filter(Boolean);
  return [labelled("values", parts.join(", "))];
}

function renderCurrencies({ currencies }: InspectReport): string[] {
  if (currencies === undefined || currencies.unreadable === 0) return [];
  const { cells, unreadable } = currencies;
  return [labelled("currencies", `${cells} cells, ${unreadable} that are no currency`)];
}

function renderRoles({ roles }: InspectReport): string[] {
  return roles.flatMap(({ role, missing, command }) => [
    labelled(
      missing.length === 0 ? "ready" : "missing",
      missing.length === 0 ? `as ${role}` : `as ${role}:`,
    ),
    ...missing.map(({ message, hint }) => labelled("", `${message}: ${hint}`)),
    labelled("next", command),
  ]);
}
