/**
 * Compares the digests of a file with those of the contacts that it was made from. The file has no key,
 * so a digest is right when it is that of some contact. What is wrong is named: every contact's value is
 * also hashed under the mistakes that other tools are known to make.
 */
import { inputError } from "../base/errors.ts";
import type { EmailRuleSet } from "../base/types.ts";
import { isAbsent } from "../identity/absent.ts";
import type { PhoneSettings } from "../identity/identify.ts";
import {
  EMAIL_MISTAKES,
  PHONE_MISTAKES,
  RIGHT,
  visitEmailReadings,
  visitHashedReadings,
  visitPhoneReadings,
} from "../identity/mistakes.ts";
import type { Columns } from "../read/columns/columns.ts";
import type { RowBatch, Table } from "../read/types.ts";
import { compareField, type FieldComparison, OTHER_COLUMN } from "./field.ts";
import type { PersonReport, TogetherReport, UploadedPeople } from "./people.ts";

export interface AgainstReport {
  readonly file: string;
  /** Rows read from the contacts. */
  readonly rows: number;
  readonly rules: EmailRuleSet;
  readonly columns: Readonly<Record<string, readonly string[]>>;
  readonly email: FieldComparison;
  readonly phone: FieldComparison;
  /** Whether the two digests of a row are one contact's. */
  readonly together: TogetherReport;
  /** Whether each row has the digests of its conversion's person; where the conversions were given. */
  readonly persons?: PersonReport;
}

export interface AgainstOptions {
  readonly table: Table;
  readonly columns: Columns;
  /** The column that says which rows are one person. */
  readonly key: number | undefined;
  readonly rules: EmailRuleSet;
  readonly phones: PhoneSettings;
  readonly signal: AbortSignal | undefined;
  readonly onBatch: (rows: number, share: number | undefined) => void;
}

/** Reads the contacts once and marks those digests of the file that one of them explains. */
export async function compareWithContacts(
  people: UploadedPeople,
  options: AgainstOptions,
): Promise<Omit<AgainstReport, "together" | "persons">> {
  const { table, columns, key, rules, signal } = options;
  const { digests } = people;
  const numbers = [
    ...new Set([...Object.values(columns).flat(), ...(key === undefined ? [] : [key])]),
  ];
  const mark = (batch: RowBatch, row: number) => markContact(batch, row, people, options);
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
  people: UploadedPeople,
  { columns, key, rules, phones }: AgainstOptions,
): void {
  const found = new Set<number>();
  const mark = (digest: string, inEmail: number, inPhone: number) => {
    const number = people.digests.mark(digest, inEmail, inPhone);
    if (number >= 0) found.add(number);
  };
  const inEmail = (digest: string, bits: number) =>
    mark(digest, bits, (bits & RIGHT) === 0 ? 0 : OTHER_COLUMN);
  const inPhone = (digest: string, bits: number) =>
    mark(digest, (bits & RIGHT) === 0 ? 0 : OTHER_COLUMN, bits);
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
  if (found.size > 0) people.addContact(batch, row, key, found);
}
