/** Which columns of the inputs of a run hold what: of one file each, or of several. */
import { FirsthashError, optionError, usageError } from "../base/errors.ts";
import { CONVERSION_FIELDS, PERSON_FIELDS, type Role } from "../base/fields.ts";
import { zoneOfHeader } from "../conversion/time/header-zone.ts";
import {
  type Columns,
  describeHeaders,
  knownKey,
  missingColumn,
  resolveColumns,
  resolveKeys,
  severalColumns,
} from "../read/columns/columns.ts";
import type { Table } from "../read/types.ts";
import { type Found, keyByEvidence, timeByEvidence } from "./evidence.ts";
import { choicesFor, joinInputs, type Side } from "./files.ts";
import type { ConversionInputs, Input, Inputs } from "./inputs.ts";
import { orderLines } from "./order-lines.ts";
import { checkPlainColumns } from "./plain-columns.ts";
import { conversionNotes, faxNotes } from "./unread-columns.ts";

/** The columns of each side. Files whose columns differ are looked at one by one, beside those of the other side. */
export async function assignSides(
  conversions: Side,
  contacts: Side | undefined,
  reading: ConversionInputs,
): Promise<Omit<Inputs, "close">> {
  if (conversions.whole !== undefined && (contacts === undefined || contacts.whole !== undefined)) {
    const assigned = await assignColumns(conversions.whole, contacts?.whole, reading);
    return {
      conversions: conversions.attach(assigned.conversions),
      contacts: assigned.contacts && contacts?.attach(assigned.contacts),
    };
  }
  const sales = tablesOf(conversions);
  const people = contacts === undefined ? [undefined] : tablesOf(contacts);
  const assign = (of: Table, and: Table | undefined) =>
    assignColumns(of, and, { ...reading, columns: choicesFor([of, and], reading.columns) });
  const ofContacts: Input[] = [];
  for (const table of people) {
    const { contacts: found } = (await firstThatFits(sales, (other) => assign(other, table)))
      .outcome;
    if (found !== undefined) ofContacts.push(found);
  }
  const ofConversions: Input[] = [];
  for (const table of sales) {
    const { outcome, at } = await firstThatFits(people, (other) => assign(table, other));
    if (outcome.contacts?.key !== ofContacts[at]?.key) throw twoKeys(ofContacts[at]);
    ofConversions.push(outcome.conversions);
  }
  return {
    conversions: joinInputs(ofConversions, conversions),
    contacts: contacts && joinInputs(ofContacts, contacts),
  };
}

function tablesOf({ whole, files }: Side): readonly Table[] {
  return whole === undefined ? files : [whole];
}

/** A file need not join with every file of the other side. @throws what the first of them met */
async function firstThatFits<Item, Fit>(
  items: readonly Item[],
  attempt: (item: Item) => Promise<Fit>,
): Promise<{ readonly outcome: Fit; readonly at: number }> {
  const errors: unknown[] = [];
  for (const [at, item] of items.entries()) {
    try {
      return { outcome: await attempt(item), at };
    } catch (error) {
      if (!(error instanceof FirsthashError && error.code === "usage")) throw error;
      errors.push(error);
    }
  }
  throw errors[0];
}

/** One file of the conversions would be joined by another column of the contacts than the others: never in silence. */
function twoKeys(contacts: Input | undefined): Error {
  return usageError(
    `the files of conversions name contacts by different columns of ${contacts?.table.findings.file}`,
    'run once for each kind of file, or name one column with `columns["contacts.key"]`',
  );
}

async function assignColumns(
  conversions: Table,
  contacts: Table | undefined,
  reading: ConversionInputs,
): Promise<Omit<Inputs, "close">> {
  const choices = reading.columns;
  const orders = orderLines(conversions);
  if (contacts === undefined) {
    if (reading.key !== undefined) {
      throw optionError(
        "key",
        "needs a second file to join",
        "give `contacts`, or leave `key` out",
      );
    }
    const known = resolveColumns(conversions, [...CONVERSION_FIELDS, ...PERSON_FIELDS], choices);
    const { columns, notes } = await withTime(conversions, known, reading);
    needConversionColumns(conversions, columns, reading);
    needIdentifier(conversions, columns, columns);
    checkPlainColumns(conversions, columns);
    const unread = await conversionNotes(conversions, columns, reading);
    const table = withNotes(conversions, [...notes, ...unread, ...faxNotes(conversions, columns)]);
    return {
      conversions: { role: "conversions", table, columns, key: undefined, orders },
      contacts,
    };
  }
  const byEvidence = await unnamedKey(contacts, conversions, reading);
  const keys = resolveKeys(contacts, conversions, reading.key, choices, byEvidence?.found);
  const known = resolveColumns(conversions, CONVERSION_FIELDS, choices);
  const ofConversions = await withTime(conversions, known, reading);
  const ofContacts = resolveColumns(contacts, PERSON_FIELDS, choices);
  needConversionColumns(conversions, ofConversions.columns, reading);
  needIdentifier(contacts, ofContacts, ofConversions.columns);
  checkPlainColumns(conversions, ofConversions.columns);
  const notes = [
    ...(byEvidence === undefined ? [] : [byEvidence.note]),
    ...(await conversionNotes(conversions, ofConversions.columns, reading)),
  ];
  return {
    conversions: {
      role: "conversions",
      table: withNotes(conversions, [...ofConversions.notes, ...notes]),
      columns: ofConversions.columns,
      key: keys.conversions,
      orders,
    },
    contacts: {
      role: "contacts",
      table: withNotes(contacts, faxNotes(contacts, ofContacts)),
      columns: ofContacts,
      key: keys.contacts,
    },
  };
}

/** The columns, with that of the time as far as the cells tell it where no header does. */
async function withTime(
  table: Table,
  columns: Columns,
  { columns: { time: chosen }, times, signal }: ConversionInputs,
): Promise<{ readonly columns: Columns; readonly notes: readonly string[] }> {
  if (columns.time !== undefined) {
    if (!chosen) refuseCreation(table, columns.time);
    return { columns, notes: zoneNotes(table, columns.time, times?.timeZone) };
  }
  const time = await timeByEvidence(table, columns, signal);
  if (time === undefined) return { columns, notes: [] };
  const found = [time.found];
  return {
    columns: { ...columns, time: found },
    notes: [time.note, ...zoneNotes(table, found, times?.timeZone)],
  };
}

/** When a record was made, and when a deal came to its end: an export that has both means the end. */
const CREATION = /creat|erstell|angelegt|créat|créé|creaci|creazi|criaç|aangemaakt|作成/i;
const END = /\b(?:won|closed?|closing|converted|signed)\b/i;
const NO_END = /expect|est\.|estimat|plan|forecast|lost|reason|probab|by$|value|amount|name/i;

/** @throws FirsthashError "usage" where the only time that is known by its name is that of the record's making */
function refuseCreation(table: Table, time: readonly number[]): void {
  const [column = -1] = time;
  if (!CREATION.test(table.headers[column] ?? "")) return;
  const words = (header: string) => header.replaceAll("_", " ");
  const ends = table.headers.flatMap((header, at) => {
    const isTime = /date|time|\b(?:at|on)\b/i.test(words(header));
    return isTime && END.test(words(header)) && !NO_END.test(words(header)) ? [at] : [];
  });
  if (ends.length > 0) throw severalColumns(table, "time", [column, ...ends]);
}

function zoneNotes(table: Table, time: readonly number[], timeZone: string | undefined): string[] {
  const [column = -1] = time;
  const zone = zoneOfHeader(table.headers[column] ?? "", timeZone);
  return zone === undefined
    ? []
    : [`times without a zone are read as ${zone}, as the header of the time column says`];
}

/** The join columns by their values, where neither the user nor a header names them. */
async function unnamedKey(
  contacts: Table,
  conversions: Table,
  { key, columns, signal }: ConversionInputs,
): Promise<Found<Readonly<Record<Role, number>>> | undefined> {
  const named = key ?? columns["contacts.key"] ?? columns["conversions.key"];
  if (named !== undefined || knownKey(contacts, conversions) !== undefined) return undefined;
  return keyByEvidence(contacts, conversions, signal);
}

/** The table with more to say of it. */
export function withNotes(table: Table, notes: readonly string[]): Table {
  if (notes.length === 0) return table;
  const findings = {
    ...table.findings,
    get notes() {
      return [...table.findings.notes, ...notes];
    },
  };
  return { ...table, findings };
}

function needConversionColumns(table: Table, columns: Columns, reading: ConversionInputs): void {
  if (columns.time === undefined) throw missingColumn(table, "time");
  if (reading.goalMap !== undefined && columns.stage === undefined) {
    throw missingColumn(table, "stage");
  }
  if (reading.goal === undefined && reading.goalMap === undefined && columns.name === undefined) {
    throw missingColumn(table, "name", "give one name for all rows with `goal`");
  }
}

export function needIdentifier(table: Table, person: Columns, conversion: Columns): void {
  const fields = ["email", "phone", "hashed-email", "hashed-phone"] as const;
  if (fields.some((field) => person[field] !== undefined)) return;
  if (conversion["click-id"] !== undefined) return;
  throw usageError(
    `no column of ${table.findings.file} is known to hold an e-mail address or a phone number; ${describeHeaders(table)}`,
    "name it with `columns.email` or `columns.phone`",
  );
}
