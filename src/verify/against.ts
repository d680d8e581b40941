/**
 * Compares the digests of a file with those of the contacts that it was made from. The file has no key,
 * so a digest is right when it is that of some contact. What is wrong is named: every contact's value is
 * also hashed under the mistakes that other tools are known to make.
 */
import { inputError, usageError } from "../base/errors.ts";
import type { ColumnChoices } from "../base/fields.ts";
import type { EmailRuleSet } from "../base/types.ts";
import type { DigestField } from "../form/rows.ts";
import { isAbsent } from "../identity/absent.ts";
import type { PhoneSettings } from "../identity/identify.ts";
import {
  EMAIL_MISTAKES,
  type EmailMistake,
  PHONE_MISTAKES,
  type PhoneMistake,
  RIGHT,
  visitEmailReadings,
  visitHashedReadings,
  visitPhoneReadings,
} from "../identity/mistakes.ts";
import { type Columns, describeHeaders, resolveColumns } from "../read/columns/columns.ts";
import type { RowBatch, Table } from "../read/types.ts";
import type { DigestTable } from "./digests.ts";

export type Mistake = EmailMistake | PhoneMistake | "other-column";

const TEXTS: Readonly<Record<Mistake, string>> = {
  "trimmed-lower-cased": "trimmed and lower-cased only: dots and +suffix before the @ were kept",
  "other-rules": "normalized by another vendor's rules: dots and +suffix removed for Gmail only",
  "lower-cased": "lower-cased only, blanks around it kept",
  trimmed: "only trimmed, otherwise hashed as it stands in the export",
  raw: "hashed exactly as it stands in the export",
  "plus-kept": "dots removed, +suffix kept",
  "dots-kept": "+suffix removed, dots before the @ kept",
  "accents-kept": "accents before the @ kept",
  "upper-cased": "upper-cased before hashing",
  "double-hashed": "hashed twice: the digest was hashed again",
  "line-end": "hashed with a line end behind the value (as by echo x | sha256sum)",
  "utf-16": "hashed as UTF-16 (as by SQL Server over NVARCHAR), not as UTF-8",
  "no-plus": "digits with the country code, but without the +",
  digits: "only the digits as they stand in the export",
  national: "the national number, without the country code",
  "national-zero": "the national number with a leading 0",
  "plus-on-national": "a + put before the digits, whatever the country",
  "separators-stripped": "spaces, dashes and parentheses taken out, no country code added",
  "double-zero": "00 instead of the +",
  "other-column": "the right digest in the wrong column: e-mail and phone are exchanged",
};

/** Bit of a digest that is right for the other column. Above those of the mistakes. */
const OTHER_COLUMN = 1 << 30;

export interface MistakeReport {
  readonly code: Mistake;
  /** Rows that are not right and that this mistake explains, no earlier one in the list does. */
  readonly rows: number;
  readonly text: string;
}

/** How the digests of one column compare. `rows` is the sum of the others. */
export interface FieldComparison {
  /** Rows with a digest. */
  readonly rows: number;
  readonly right: number;
  readonly wrong: number;
  /** Equal to nothing that was derived. */
  readonly unknown: number;
  readonly mistakes: readonly MistakeReport[];
  /** The mistake that explains the column as a whole: what the tool probably did. */
  readonly likely?: Mistake;
}

export interface AgainstReport {
  readonly file: string;
  /** Rows read from the contacts. */
  readonly rows: number;
  readonly rules: EmailRuleSet;
  readonly columns: Readonly<Record<string, readonly string[]>>;
  readonly email: FieldComparison;
  readonly phone: FieldComparison;
}

export interface AgainstOptions {
  readonly table: Table;
  readonly columns: ColumnChoices;
  readonly rules: EmailRuleSet;
  readonly phones: PhoneSettings;
  readonly signal: AbortSignal | undefined;
  readonly onBatch: (rows: number, share: number | undefined) => void;
}

const FIELDS = ["email", "phone", "country", "hashed-email", "hashed-phone"] as const;

/** @throws FirsthashError "usage" where no column holds an e-mail address or a phone number */
export function contactColumns(table: Table, choices: ColumnChoices): Columns {
  const columns = resolveColumns(table, FIELDS, choices);
  if (FIELDS.some((field) => field !== "country" && columns[field] !== undefined)) return columns;
  throw usageError(
    `no column of ${table.findings.file} is known to hold an e-mail address or a phone number; ${describeHeaders(table)}`,
    "name it with `columns.email` or `columns.phone`",
  );
}

/** Reads the contacts once and marks those digests of the file that one of them explains. */
export async function compareWithContacts(
  digests: DigestTable,
  options: AgainstOptions,
): Promise<AgainstReport> {
  const { table, rules, signal } = options;
  const columns = contactColumns(table, options.columns);
  const numbers = [...new Set(Object.values(columns).flat())];
  const mark = (batch: RowBatch, row: number) => markContact(batch, row, columns, digests, options);
  let rows = 0;
  for await (const batch of table.rows(numbers, signal)) {
    for (let row = 0; row < batch.length; row++) mark(batch, row);
    rows += batch.length;
    options.onBatch(rows, batch.progress);
  }
  if (rows === 0)
    throw inputError("there are no rows below the header", { file: table.findings.file });
  const name = (column: number) =>
    table.headersPrintable ? (table.headers[column] ?? "") : `#${column + 1}`;
  return {
    file: table.findings.file,
    rows,
    rules,
    columns: Object.fromEntries(
      Object.entries(columns).map(([field, list]) => [field, list.map(name)]),
    ),
    email: compareField("email", EMAIL_MISTAKES, digests),
    phone: compareField("phone", PHONE_MISTAKES, digests),
  };
}

const NO_COLUMNS: readonly number[] = [];
const TWICE = {
  email: 2 << EMAIL_MISTAKES.indexOf("double-hashed"),
  phone: 2 << PHONE_MISTAKES.indexOf("double-hashed"),
} as const;

function markContact(
  batch: RowBatch,
  row: number,
  columns: Columns,
  digests: DigestTable,
  { rules, phones }: AgainstOptions,
): void {
  const inEmail = (digest: string, bits: number) =>
    digests.mark(digest, bits, (bits & RIGHT) === 0 ? 0 : OTHER_COLUMN);
  const inPhone = (digest: string, bits: number) =>
    digests.mark(digest, (bits & RIGHT) === 0 ? 0 : OTHER_COLUMN, bits);
  for (const column of columns.email ?? NO_COLUMNS) {
    visitEmailReadings(batch.cell(row, column), rules, inEmail);
  }
  const country = columns.country
    ?.map((column) => batch.cell(row, column))
    .find((cell) => !isAbsent(cell));
  for (const column of columns.phone ?? NO_COLUMNS) {
    visitPhoneReadings(batch.cell(row, column), country, phones, inPhone);
  }
  for (const column of columns["hashed-email"] ?? NO_COLUMNS) {
    visitHashedReadings(batch.cell(row, column), TWICE.email, inEmail);
  }
  for (const column of columns["hashed-phone"] ?? NO_COLUMNS) {
    visitHashedReadings(batch.cell(row, column), TWICE.phone, inPhone);
  }
}

/**
 * A digest may be explained by several mistakes (an address in lower case is the same raw and trimmed),
 * and a tool's own mistake explains its right digests too. So the mistake that explains the most rows of
 * all is the likely one, and rows are given to the mistakes in that order.
 */
function compareField(
  field: DigestField,
  mistakes: readonly (EmailMistake | PhoneMistake)[],
  digests: DigestTable,
): FieldComparison {
  const groups = [...digests.rowsByMarks(field)];
  const sum = (test: (marks: number) => boolean) =>
    groups.reduce((total, [marks, rows]) => (test(marks) ? total + rows : total), 0);
  const all: { code: Mistake; bit: number }[] = mistakes.map((code, index) => ({
    code,
    bit: 2 << index,
  }));
  all.push({ code: "other-column", bit: OTHER_COLUMN });
  const isWrong = (marks: number) => (marks & RIGHT) === 0;
  const explained = all
    .map(({ code, bit }) => ({
      code,
      bit,
      total: sum((marks) => (marks & bit) !== 0),
      wrong: sum((marks) => isWrong(marks) && (marks & bit) !== 0),
    }))
    .filter(({ wrong }) => wrong > 0)
    .sort((a, b) => b.total - a.total || b.wrong - a.wrong);
  const reports: MistakeReport[] = [];
  let before = 0;
  for (const { code, bit } of explained) {
    const earlier = before;
    const rows = sum((marks) => isWrong(marks) && (marks & earlier) === 0 && (marks & bit) !== 0);
    if (rows > 0) reports.push({ code, rows, text: TEXTS[code] });
    before |= bit;
  }
  const rows = sum(() => true);
  const right = sum((marks) => !isWrong(marks));
  const wrong = reports.reduce((total, report) => total + report.rows, 0);
  const [likely] = reports;
  return {
    rows,
    right,
    wrong,
    unknown: rows - right - wrong,
    mistakes: reports,
    ...(likely !== undefined && { likely: likely.code }),
  };
}
