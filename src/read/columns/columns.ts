/** Which column holds which field: what the user says, then the names that exports are known to write. */
import { closestMatch } from "leven";
import { type FirsthashError, optionError, usageError } from "../../base/errors.ts";
import {
  type AdjustField,
  type ColumnChoices,
  columnOf,
  type Field as PrepareField,
  type Role,
} from "../../base/fields.ts";
import type { Table } from "../types.ts";
import {
  ALONE,
  type Field,
  headerKey,
  isContactId,
  isKeyHeader,
  isOwnId,
  knownHeader,
} from "./headers.ts";

/** Choices of any command. */
export type AnyChoices = ColumnChoices<PrepareField | AdjustField>;

export type TableHead = Pick<Table, "headers" | "headersPrintable" | "findings">;

/** Column numbers (0-based) of each field that was found, in the order in which they are tried. */
export type Columns = Readonly<Partial<Record<Field, readonly number[]>>>;

/** Several columns of these fall back on each other; of any other field just one may be found. */
const FALLING_BACK: ReadonlySet<Field> = new Set<Field>([
  "email",
  "phone",
  "country",
  "hashed-email",
  "hashed-phone",
]);

/**
 * `fields`: those that this table may hold. Fields that the user chose are looked up and must be there;
 * the others are found by name where there is one. What is needed and missing is the caller's to say,
 * with `missingColumn`.
 */
export function resolveColumns(
  table: TableHead,
  fields: readonly Field[],
  choices: AnyChoices,
): Columns {
  const { columns, unclear } = findColumns(table, fields, choices);
  for (const [field, best] of unclear) throw severalColumns(table, field, best);
  return columns;
}

export interface FoundColumns {
  readonly columns: Columns;
  /** Fields for which several columns have an equal claim, and those columns. */
  readonly unclear: readonly (readonly [field: Field, columns: readonly number[]])[];
}

/** As `resolveColumns`, but what is unclear is told and not an error. */
export function findColumns(
  table: TableHead,
  fields: readonly Field[],
  choices: AnyChoices,
): FoundColumns {
  const columns: Partial<Record<Field, readonly number[]>> = {};
  const unclear: (readonly [Field, readonly number[]])[] = [];
  const taken = new Set<number>();
  for (const field of fields) {
    const names = choiceList(choices[field]);
    if (names.length === 0) continue;
    const found = [...new Set(names.map((name) => findColumn(table, name, columnOf(field))))];
    columns[field] = found;
    for (const column of found) taken.add(column);
  }
  for (const field of fields) {
    // An empty list is a choice too: there is no such column.
    if (columns[field] !== undefined || choices[field] !== undefined) continue;
    // A column that the user gave to one field is not another field too: plain e-mail is not its hash.
    const found = knownColumns(table, field).filter(({ column }) => !taken.has(column));
    const best = inOrder(field, found);
    if (best.length > 1 && !FALLING_BACK.has(field)) unclear.push([field, best]);
    else if (best.length > 0) columns[field] = best;
  }
  return { columns, unclear };
}

interface Candidate {
  readonly column: number;
  readonly rank: number;
}

function knownColumns(table: TableHead, field: Field): Candidate[] {
  return table.headers
    .flatMap((header, column) => {
      const known = knownHeader(header);
      return known?.field === field ? [{ column, rank: known.rank }] : [];
    })
    .sort((a, b) => a.rank - b.rank || a.column - b.column);
}

function inOrder(field: Field, found: readonly Candidate[]): number[] {
  const best = FALLING_BACK.has(field)
    ? found.filter(({ rank }) => rank < ALONE || rank === found[0]?.rank)
    : found.filter(({ rank }) => rank === found[0]?.rank);
  return best.map(({ column }) => column);
}

/** The error for a field that several columns have a claim to. */
export function severalColumns(table: TableHead, field: Field, columns: readonly number[]): Error {
  return usageError(
    `${table.findings.file} has ${columns.length} columns for ${field}: ${nameColumns(table, columns)}`,
    `choose one with \`${columnOf(field)}\``,
  );
}

/** The error for a field that is needed and has no column. */
export function missingColumn(table: TableHead, field: Field, instead?: string): FirsthashError {
  return usageError(
    `no column of ${table.findings.file} is known to hold the ${field}; ${describeHeaders(table)}`,
    `name it with \`${columnOf(field)}\`${instead === undefined ? "" : `, or ${instead}`}`,
  );
}

/** The join column of each input. */
export type KeyColumns = Readonly<Record<Role, number>>;

/**
 * The join columns. What the user says comes first; without a word, the one header that names the
 * person's id (`Contact ID`) in both tables, or the contacts' own id and the one header of the conversions
 * that names a contact's (`Record ID`, `Associated Contact IDs`); else those that were `found` by their values.
 */
export function resolveKeys(
  contacts: TableHead,
  conversions: TableHead,
  key: string | undefined,
  choices: AnyChoices,
  found?: KeyColumns,
): KeyColumns {
  const ofContacts = choiceOf("contacts", choices) ?? key;
  const ofConversions = choiceOf("conversions", choices) ?? key;
  if (ofContacts === undefined && ofConversions === undefined) {
    return knownKey(contacts, conversions) ?? found ?? unknownKey(contacts, conversions);
  }
  const contactsColumn = findColumn(
    contacts,
    (ofContacts ?? ofConversions) as string,
    ofContacts === key ? "key" : columnOf("contacts.key"),
  );
  const conversionsColumn = findColumn(
    conversions,
    (ofConversions ?? ofContacts) as string,
    ofConversions === key ? "key" : columnOf("conversions.key"),
  );
  return { contacts: contactsColumn, conversions: conversionsColumn };
}

function choiceOf(role: Role, choices: AnyChoices): string | undefined {
  const names = choiceList(choices[`${role}.key`]);
  if (names.length > 1) {
    throw optionError(columnOf(`${role}.key`), "is given twice", "a join has one key column");
  }
  return names[0];
}

/** The headers that name a person's id in both tables. */
function commonNames(contacts: TableHead, conversions: TableHead): string[] {
  return [...new Set(contacts.headers.filter(isKeyHeader).map(headerKey))].filter((name) =>
    conversions.headers.some((header) => headerKey(header) === name),
  );
}

/** The join columns as far as headers tell; undefined where they do not. */
export function knownKey(contacts: TableHead, conversions: TableHead): KeyColumns | undefined {
  const both = commonNames(contacts, conversions);
  const [name] = both;
  if (name !== undefined && both.length === 1) {
    const option = "key";
    return {
      contacts: findColumn(contacts, name, option),
      conversions: findColumn(conversions, name, option),
    };
  }
  const [contact, ...more] = both.filter((each) => isContactId(each));
  if (contact !== undefined && more.length === 0) {
    return {
      contacts: findColumn(contacts, contact, "key"),
      conversions: findColumn(conversions, contact, "key"),
    };
  }
  if (both.length > 1) return undefined;
  const own = indexes(contacts.headers, isOwnId);
  const ofContact = indexes(conversions.headers, isContactId);
  if (own.length !== 1 || ofContact.length !== 1) return undefined;
  return { contacts: own[0] as number, conversions: ofContact[0] as number };
}

function unknownKey(contacts: TableHead, conversions: TableHead): never {
  const why =
    commonNames(contacts, conversions).length > 1
      ? `several columns could join ${contacts.findings.file} to ${conversions.findings.file}`
      : `no column is known to join ${contacts.findings.file} to ${conversions.findings.file}`;
  throw usageError(
    `${why}; ${describeHeaders(contacts)}; ${describeHeaders(conversions)}`,
    'name it with `key: "<header>"`, or with `columns["contacts.key"]` and `columns["conversions.key"]`',
  );
}

/** The columns whose headers name a person's id; more than one where only the other file can tell. */
export function keyColumns({ headers }: TableHead): number[] {
  return indexes(headers, isKeyHeader);
}

/** A header as it stands, or as names are compared, or `#3` for the third column. */
export function findColumn(table: TableHead, name: string, option: string): number {
  const wanted = headerKey(name);
  const exact = indexes(table.headers, (header) => header === name);
  const found =
    exact.length > 0 || wanted === ""
      ? exact
      : indexes(table.headers, (header) => headerKey(header) === wanted);
  if (found.length > 1) {
    throw optionError(
      option,
      `names ${found.length} columns of ${table.findings.file}`,
      `choose by number: ${found.map((column) => `#${column + 1}`).join(" or ")}`,
    );
  }
  return found[0] ?? numbered(table, name) ?? notFound(table, name, option);
}

function numbered(table: TableHead, name: string): number | undefined {
  const digits = /^#(\d{1,6})$/.exec(name)?.[1];
  if (digits === undefined) return undefined;
  const column = Number(digits) - 1;
  return column >= 0 && column < table.headers.length ? column : undefined;
}

function notFound(table: TableHead, name: string, option: string): never {
  const near = table.headersPrintable
    ? closestMatch(
        headerKey(name),
        table.headers.map(headerKey).filter((key) => key !== ""),
        { maxDistance: Math.max(2, Math.floor(name.length / 3)) },
      )
    : undefined;
  const suggestion = table.headers.find((header) => headerKey(header) === near);
  throw optionError(
    option,
    `names no column of ${table.findings.file}; ${describeHeaders(table)}`,
    suggestion === undefined
      ? "give a header as it stands in the file, or a number such as #3"
      : `did you mean ${quoted(suggestion)}?`,
  );
}

const MOST_LISTED = 40;

/** The headers, or only their number where they may be somebody's data. */
export function describeHeaders(table: TableHead): string {
  const { headers, findings } = table;
  const count = headers.length === 1 ? "1 column" : `${headers.length} columns`;
  if (!table.headersPrintable) {
    return `${findings.file} has ${count}, whose headers are not shown because they could be data`;
  }
  const listed = headers.slice(0, MOST_LISTED).map(quoted).join(", ");
  const more = headers.length > MOST_LISTED ? `, and ${headers.length - MOST_LISTED} more` : "";
  const guess =
    findings.encodingCertain === false
      ? `, read as ${findings.encoding}, which is a guess: if letters are wrong, give \`encoding\``
      : "";
  return `${findings.file} has ${listed}${more}${guess}`;
}

function nameColumns(table: TableHead, columns: readonly number[]): string {
  return columns
    .map((column) => {
      const header = printableHeader(table, column);
      return header === undefined ? `#${column + 1}` : `"${header}"`;
    })
    .join(", ");
}

/** A header as a terminal may show it; undefined where the headers may be somebody's data. */
export function printableHeader(table: TableHead, column: number): string | undefined {
  return table.headersPrintable ? plainHeader(table.headers[column] ?? "") : undefined;
}

function plainHeader(header: string): string {
  const plain = header.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ");
  return plain.length > 60 ? `${plain.slice(0, 59)}…` : plain;
}

function quoted(header: string): string {
  return `"${plainHeader(header)}"`;
}

function choiceList(choice: string | readonly string[] | undefined): readonly string[] {
  if (choice === undefined) return [];
  return typeof choice === "string" ? [choice] : choice;
}

function indexes(headers: readonly string[], test: (header: string) => boolean): number[] {
  return headers.flatMap((header, column) => (test(header) ? [column] : []));
}
