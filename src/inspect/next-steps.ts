/** What a file can be for `prepare`, what is missing for that, and the command to run next. */
import type { Problem } from "../base/errors.ts";
import { columnOf } from "../base/fields.ts";
import { DELIMITERS, type Delimiter } from "../base/option-values.ts";
import { type FlagOption, flagsOf } from "../base/options.ts";
import { PREPARE_OPTIONS, type PrepareOptions } from "../prepare/options.ts";
import type { Field } from "../read/columns/headers.ts";
import { shellPath, shellWord } from "./shell.ts";
import type { InspectionOptions, InspectReport, KeysReport, Role, RoleReport } from "./types.ts";

type Report = Omit<InspectReport, "roles">;

const IDENTIFIERS = ["email", "phone", "hashed-email", "hashed-phone"] as const;

/** One role where the columns tell which; both where they do not. */
export function nextSteps(report: Report, options: InspectionOptions): RoleReport[] {
  const has = hasField(report);
  const identifies = IDENTIFIERS.some(has);
  // A CRM export has a date too (when the record was made), but no conversion name or value.
  const converts = has("time") && (has("name") || has("value") || has("click-id"));
  const roles: Role[] =
    identifies === converts && !converts
      ? ["contacts", "conversions"]
      : [converts ? "conversions" : "contacts"];
  return roles.map((role) => ({
    role,
    missing: missingFor(role, report),
    command: commandFor(role, report, options),
  }));
}

function hasField({ columns, unclear }: Report): (field: Field | "key") => boolean {
  return (field) =>
    columns.some(({ fields }) => fields.includes(field)) ||
    unclear.some((entry) => entry.field === field);
}

function missingFor(role: Role, report: Report): Problem[] {
  const has = hasField(report);
  const missing: Problem[] = [];
  const need: Need = (message, hint, option) => missing.push({ message, hint, option });
  if (report.rows === 0) need("rows below the header", "check the export's filter");
  if (role === "conversions") needConversion(report, need);
  const joins = role === "contacts" || !IDENTIFIERS.some(has);
  if (joins && !has("key")) need("a column that joins the two files", '`key: "<header>"`', "key");
  if (joins && report.keys !== undefined) needKeys(report.keys, report.rows, need);
  if (role === "contacts" && !IDENTIFIERS.some(has)) {
    need(
      "a column of e-mail addresses or phone numbers",
      "`columns.email`, `columns.phone`",
      "columns",
    );
  }
  for (const { field, columns } of report.unclear) {
    const numbers = columns.map((column) => `#${column}`).join(" or ");
    const message = `a choice between ${numbers} for ${field}`;
    if (field === "key") need(message, '`key: "<header>"`', field);
    else need(message, `\`${columnOf(field)}\``, "columns");
  }
  if (refusedPhones(report) > 0) {
    const numbers = `the country of phone numbers without one (${refusedPhones(report)})`;
    need(numbers, '`country: "<code>"`', "country");
  }
  return missing;
}

/** @param option the one that would give it, by its name in the library */
type Need = (message: string, hint: string, option?: keyof PrepareOptions) => void;

function needConversion(report: Report, need: Need): void {
  const has = hasField(report);
  const { times, values } = report;
  if (!has("time")) need("a column of conversion times", "`columns.time`", "columns");
  if (!has("name")) need("the conversion name", '`goal: "<name>"`, or `columns.name`', "goal");
  if (times !== undefined && times.withoutZone > 0) {
    need("the time zone of the times", '`timeZone: "<iana>"`', "timeZone");
  }
  if (times !== undefined && times.withoutTime > 0) {
    need(
      `the time of day of dates without one (${times.withoutTime})`,
      '`assumeTime: "<HH:mm>"`',
      "assumeTime",
    );
  }
  if (times !== undefined && times.unreadable > 0) {
    need(
      `times in a known form (${times.unreadable} are in none)`,
      "mend these cells, or `dateFormat`",
      "dateFormat",
    );
  }
  if (times?.dateOrder === "unclear" || times?.dateOrder === "mixed") {
    need("the order of day and month", "`dateOrder` mdy, dmy or ymd", "dateOrder");
  }
  if (values?.decimal === "unclear" || values?.decimal === "mixed") {
    need("the decimal mark of the values", "`decimal` point or comma", "decimal");
  }
  if (values !== undefined && values.unreadable > 0) {
    const numbers = `values that are numbers (${values.unreadable} are none)`;
    need(numbers, "mend these cells, or `columns.value`", "columns");
  }
  if (report.currencies !== undefined && report.currencies.unreadable > 0) {
    const codes = `currencies of three letters (${report.currencies.unreadable} are not)`;
    need(codes, "mend these cells, or `columns.currency`", "columns");
  }
}

/** Keys by which the other file can be joined. */
function needKeys(
  { different, empty, damaged, areCut }: KeysReport,
  rows: number,
  need: Need,
): void {
  if (rows > 0 && different === 0) {
    need(`keys in the key column (${empty} cells are empty)`, "name another with `key`", "key");
  }
  if (damaged > 0) {
    const whole = `whole keys (${damaged} are errors or were rounded by a spreadsheet)`;
    need(whole, "export them as text", "key");
  }
  if (areCut) {
    need(
      "whole keys (they end in zeros from the 16th digit on)",
      "a spreadsheet keeps 15 digits of a number: export them as text, and do not open the file in it",
      "key",
    );
  }
}

/** Phone numbers that a default country would make readable. */
function refusedPhones({ columns }: Report): number {
  return columns
    .flatMap(({ identifiers }) => identifiers?.refused ?? [])
    .reduce((sum, { code, count }) => sum + (code === "phone-no-country" ? count : 0), 0);
}

const OTHER: Readonly<Record<Role, Role>> = { contacts: "conversions", conversions: "contacts" };

function commandFor(role: Role, report: Report, options: InspectionOptions): string {
  const has = hasField(report);
  const joins = role === "contacts" || !IDENTIFIERS.some(has);
  const { times, values } = report;
  const { key, columns = {}, country, read = {} } = options;
  const given: (readonly [option: string, value: string | undefined])[] = [
    [role, report.file === "stdin" ? "-" : shellPath(report.file)],
    [OTHER[role], joins ? "<file>" : undefined],
    ["key", joins ? keyArgument(report, key) : undefined],
    ...Object.entries(columns).flatMap(([field, headers]) =>
      [headers].flat().map((header) => ["columns", shellWord(`${field}=${header}`)] as const),
    ),
    ["read.encoding", read.encoding && `${role}=${shellWord(read.encoding)}`],
    ["read.delimiter", read.delimiter && `${role}=${delimiterWord(read.delimiter)}`],
    ["read.sheet", read.sheet && shellWord(`${role}=${read.sheet}`)],
    [
      "country",
      country === undefined ? ask(refusedPhones(report) > 0, "<code>") : shellWord(country),
    ],
  ];
  if (role === "conversions") {
    given.push(
      ["goal", ask(!has("name"), "<name>")],
      ["timeZone", ask((times?.withoutZone ?? 0) > 0, "<iana>")],
      ["assumeTime", ask((times?.withoutTime ?? 0) > 0, "<HH:mm>")],
      ["dateOrder", ask(isOpen(times?.dateOrder), "<order>")],
      ["decimal", ask(isOpen(values?.decimal), "<mark>")],
    );
  }
  given.push(["output", "upload.csv"]);
  const flags = flagsOf(PREPARE_OPTIONS);
  const words = given
    .filter(([, value]) => value !== undefined && value !== "")
    .map(([option, value]) => `${nameOf(flags[option] as FlagOption)} ${value}`);
  return ["firsthash prepare", ...words].join(" ");
}

function nameOf({ flag, short }: FlagOption): string {
  return short === undefined ? `--${flag}` : `-${short}`;
}

function delimiterWord(delimiter: Delimiter): string | undefined {
  return Object.entries(DELIMITERS).find(([, character]) => character === delimiter)?.[0];
}

function ask(missing: boolean, placeholder: string): string | undefined {
  return missing ? placeholder : undefined;
}

function isOpen(found: string | undefined): boolean {
  return found === "unclear" || found === "mixed";
}

/** Not needed where `prepare` finds the column by its name; then it does no harm to say it. */
function keyArgument({ columns, keys }: Report, given: string | undefined): string {
  if (given !== undefined) return shellWord(given);
  const column = columns.find(({ number }) => number === keys?.column);
  if (column === undefined) return "<header>";
  // A header is somebody else's text, and this one is to be pasted into a shell.
  const plain = column.header !== undefined && /^[\p{L}\p{N} _.:()/-]+$/u.test(column.header);
  return shellWord(plain ? (column.header as string) : `#${column.number}`);
}
