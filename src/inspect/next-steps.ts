/** What a file can be for `prepare`, what is missing for that, and the command to run next. */
import type { Problem } from "../base/errors.ts";
import type { Field } from "../read/columns/headers.ts";
import type { InspectionOptions, InspectReport, Role, RoleReport } from "./types.ts";

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
  const need = (message: string, hint: string) => missing.push({ message, hint });
  if (report.rows === 0) need("rows below the header", "check the export's filter");
  if (role === "conversions") needConversion(report, need);
  const joins = role === "contacts" || !IDENTIFIERS.some(has);
  if (joins && !has("key")) need("a column that joins the two files", "--key <header>");
  if (role === "contacts" && !IDENTIFIERS.some(has)) {
    need(
      "a column of e-mail addresses or phone numbers",
      "--column email=<header>, --column phone=<header>",
    );
  }
  for (const { field, columns } of report.unclear) {
    const numbers = columns.map((column) => `#${column}`).join(" or ");
    const option = field === "key" ? "--key" : `--column ${field}=`;
    need(
      `a choice between ${numbers} for ${field}`,
      `${option}<header>`.replace("--key<", "--key <"),
    );
  }
  if (refusedPhones(report) > 0) {
    need(`the country of phone numbers without one (${refusedPhones(report)})`, "--country <code>");
  }
  return missing;
}

function needConversion(report: Report, need: (message: string, hint: string) => void): void {
  const has = hasField(report);
  const { times, values } = report;
  if (!has("time")) need("a column of conversion times", "--column time=<header>");
  if (!has("name")) need("the conversion name", "--goal <name>, or --column name=<header>");
  if (times !== undefined && times.withoutZone > 0) {
    need("the time zone of the times", "--time-zone <iana>");
  }
  if (times !== undefined && times.withoutTime > 0) {
    need(`the time of day of dates without one (${times.withoutTime})`, "--assume-time <HH:mm>");
  }
  if (times?.dateOrder === "unclear" || times?.dateOrder === "mixed") {
    need("the order of day and month", "--date-order mdy, dmy or ymd");
  }
  if (values?.decimal === "unclear" || values?.decimal === "mixed") {
    need("the decimal mark of the values", "--decimal point or comma");
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
  const flags: (readonly [flag: string, value: string | undefined])[] = [
    [`--${role}`, argument(report.file === "stdin" ? "-" : report.file)],
    [`--${OTHER[role]}`, joins ? "<file>" : undefined],
    ["--key", joins ? keyArgument(report, key) : undefined],
    ...Object.entries(columns).flatMap(([field, headers]) =>
      [headers].flat().map((header) => ["--column", argument(`${field}=${header}`)] as const),
    ),
    ["--encoding", read.encoding && `${role}=${argument(read.encoding)}`],
    ["--delimiter", read.delimiter && `${role}=${DELIMITER_WORDS[read.delimiter]}`],
    ["--sheet", read.sheet && argument(`${role}=${read.sheet}`)],
    [
      "--country",
      country === undefined ? ask(refusedPhones(report) > 0, "<code>") : argument(country),
    ],
  ];
  if (role === "conversions") {
    flags.push(
      ["--goal", ask(!has("name"), "<name>")],
      ["--time-zone", ask((times?.withoutZone ?? 0) > 0, "<iana>")],
      ["--assume-time", ask((times?.withoutTime ?? 0) > 0, "<HH:mm>")],
      ["--date-order", ask(isOpen(times?.dateOrder), "<order>")],
      ["--decimal", ask(isOpen(values?.decimal), "<mark>")],
    );
  }
  const given = flags.filter(([, value]) => value !== undefined && value !== "");
  return [
    "firsthash prepare",
    ...given.map(([flag, value]) => `${flag} ${value}`),
    "-o upload.csv",
  ].join(" ");
}

const DELIMITER_WORDS = { ",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe" } as const;

function ask(missing: boolean, placeholder: string): string | undefined {
  return missing ? placeholder : undefined;
}

function isOpen(found: string | undefined): boolean {
  return found === "unclear" || found === "mixed";
}

/** Not needed where `prepare` finds the column by its name; then it does no harm to say it. */
function keyArgument({ columns, keys }: Report, given: string | undefined): string {
  if (given !== undefined) return argument(given);
  const column = columns.find(({ number }) => number === keys?.column);
  if (column === undefined) return "<header>";
  // A header is somebody else's text, and this one is to be pasted into a shell.
  const plain = column.header !== undefined && /^[\p{L}\p{N} _.:()/-]+$/u.test(column.header);
  return argument(plain ? (column.header as string) : `#${column.number}`);
}

/** Quoted for a shell where needed: with the double quotes that all shells know, where they suffice. */
function argument(text: string): string {
  if (/^[\p{L}\p{N}_.,:/\\=@%+-]+$/u.test(text)) return text;
  return /["$`!\\]/.test(text) ? `'${text.replaceAll("'", "'\\''")}'` : `"${text}"`;
}
