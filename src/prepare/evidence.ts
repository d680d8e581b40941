/**
 * Columns that no header names, found by what stands in them: the conversions' only column of times, and the
 * one pair of columns whose values agree. Where two could be meant, none is taken: the user is asked. What is
 * found so is said in a note, never taken in silence.
 *
 * No cell is kept beyond the search, and none is printed.
 */

import { parseTime } from "../conversion/time/parse.ts";
import { TimeText } from "../conversion/time/text.ts";
import { isAbsent } from "../identity/absent.ts";
import { type Columns, type KeyColumns, printableHeader } from "../read/columns/columns.ts";
import { headerKey, isContactId, isOwnId, knownHeader } from "../read/columns/headers.ts";
import type { Table } from "../read/types.ts";

/** Rows that are looked at for a column of times. */
const ROWS_FOR_TIME = 1000;

/** Different values of a column of the conversions that are looked for among the contacts. */
const VALUES_FOR_KEY = 5000;

/** Times of something else than the conversion. */
const OTHER_TIMES =
  /birth|geburt|naissance|nacimiento|nascita|nascimento|geboorte|modif|updat|geändert|changed|誕生|生年|更新/iu;

/** Columns that name no contact: organizations, users, addresses, names, and what a deal itself has. */
const NOT_A_CONTACT =
  /account|compan|organi[sz]ation|owner|user|agent|campaign|address|street|city|state|province|zip|postal|country|name$|title|stage|status|source|currency|amount|value|price|quantity|probab|firma|unternehmen|adresse|straße|strasse|ort$|plz|besitzer|société|empresa|azienda|bedrijf/iu;

export interface Found<T> {
  readonly found: T;
  /** What is said about it. */
  readonly note: string;
}

function nameOf(table: Table, column: number): string {
  const header = printableHeader(table, column);
  return header === undefined ? `column ${column + 1}` : `"${header}"`;
}

/** The only column of times of a table; undefined where there is none, or more than one. */
export async function timeByEvidence(
  table: Table,
  taken: Columns,
  signal?: AbortSignal,
): Promise<Found<number> | undefined> {
  if (!table.repeatable) return undefined;
  const used = new Set(Object.values(taken).flat());
  const open = table.headers
    .map((_, column) => column)
    .filter((column) => !used.has(column) && !OTHER_TIMES.test(table.headers[column] ?? ""));
  const cells = new Map(open.map((column) => [column, { filled: 0, times: 0 }]));
  const text = new TimeText();
  let rows = 0;
  for await (const batch of table.rows(open, signal)) {
    for (let row = 0; row < batch.length && rows < ROWS_FOR_TIME; row++, rows++) {
      if (batch.width(row) !== table.headers.length) continue;
      for (const [column, count] of cells) {
        const cell = batch.cell(row, column);
        if (isAbsent(cell)) continue;
        count.filled++;
        // Ten digits alone can be a phone number or an id as well as a Unix time.
        if (parseTime(cell, text) && Number.isNaN(text.unix)) count.times++;
      }
    }
    if (rows >= ROWS_FOR_TIME) break;
  }
  const times = [...cells].filter(([, { filled, times }]) => times > 0 && times >= filled * 0.9);
  const [only] = times;
  if (only === undefined || times.length > 1) return undefined;
  const [found] = only;
  return {
    found,
    note: `${nameOf(table, found)} is taken for the conversion time: it is the only column of times; name another with \`columns.time\``,
  };
}

/** Two columns whose values agree. */
interface Agreement {
  readonly ofContacts: number;
  readonly ofConversions: number;
  readonly matched: number;
  readonly of: number;
}

/**
 * The two columns of which nearly all values of the conversions' stand in the contacts', each in one row.
 * Undefined where no pair does, or more than one. Addresses name contacts too, and are taken where nothing else is
 * there: a shop's orders and its customers have no other column in common.
 */
export async function keyByEvidence(
  contacts: Table,
  conversions: Table,
  signal?: AbortSignal,
): Promise<Found<KeyColumns> | undefined> {
  if (!contacts.repeatable || !conversions.repeatable) return undefined;
  const ids = await agreements(contacts, conversions, couldBeKey, signal);
  const found = ids.length === 0 ? await agreements(contacts, conversions, isEmail, signal) : ids;
  const [only] = found;
  if (only === undefined || found.length > 1) return undefined;
  const { ofContacts, ofConversions, matched, of } = only;
  return {
    found: { contacts: ofContacts, conversions: ofConversions },
    note: `joined by ${nameOf(conversions, ofConversions)} and the contacts' ${nameOf(contacts, ofContacts)}: no other two columns agree (${matched} of ${of} values stand in both); name others with \`key\``,
  };
}

/** Pairs of those columns whose values agree, each value in one row of the contacts. */
async function agreements(
  contacts: Table,
  conversions: Table,
  isCandidate: (header: string) => boolean,
  signal: AbortSignal | undefined,
): Promise<Agreement[]> {
  const values = await valuesOf(conversions, isCandidate, signal);
  if (values.size === 0) return [];
  const columns = contacts.headers
    .map((_, column) => column)
    .filter((column) => isCandidate(contacts.headers[column] ?? ""));
  const seen = await countShared(contacts, columns, values, signal);
  return [...seen].flatMap(([pair, counts]) => {
    const [ofContacts = 0, ofConversions = 0] = pair.split(":").map(Number);
    const wanted = values.get(ofConversions) as ReadonlySet<string>;
    if ([...counts.values()].some((count) => count > 1)) return [];
    if (counts.size < 2 || counts.size < wanted.size * 0.8) return [];
    const alike = sameHeader(contacts, ofContacts, conversions, ofConversions);
    // Small numbers agree by chance: 1, 2, 3 are amounts and row numbers too.
    if (!alike && [...wanted].some((value) => value.length < 4)) return [];
    return [{ ofContacts, ofConversions, matched: counts.size, of: wanted.size }];
  });
}

/** In how many rows of the contacts each value stands, by pair of columns. */
async function countShared(
  contacts: Table,
  columns: readonly number[],
  values: ReadonlyMap<number, ReadonlySet<string>>,
  signal: AbortSignal | undefined,
): Promise<Map<string, Map<string, number>>> {
  const seen = new Map<string, Map<string, number>>();
  for await (const batch of contacts.rows(columns, signal)) {
    for (let row = 0; row < batch.length; row++) {
      for (const column of columns) {
        const value = batch.cell(row, column).trim();
        if (value === "") continue;
        for (const [own, wanted] of values) {
          if (!wanted.has(value)) continue;
          const pair = `${column}:${own}`;
          const counts = seen.get(pair) ?? new Map<string, number>();
          counts.set(value, (counts.get(value) ?? 0) + 1);
          seen.set(pair, counts);
        }
      }
    }
  }
  return seen;
}

function couldBeKey(header: string): boolean {
  return knownHeader(header) === undefined && !NOT_A_CONTACT.test(header);
}

function isEmail(header: string): boolean {
  return knownHeader(header)?.field === "email";
}

function sameHeader(a: Table, x: number, b: Table, y: number): boolean {
  const name = headerKey(a.headers[x] ?? "");
  return name !== "" && name === headerKey(b.headers[y] ?? "");
}

/** Different values of each column of the conversions that could hold a contact's id. */
async function valuesOf(
  table: Table,
  isCandidate: (header: string) => boolean,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<number, ReadonlySet<string>>> {
  const columns = table.headers
    .map((_, column) => column)
    .filter((column) => {
      const header = table.headers[column] ?? "";
      return isCandidate(header) && (!isOwnId(header) || isContactId(header));
    });
  const values = new Map(columns.map((column) => [column, new Set<string>()]));
  const unfit = new Set<number>();
  const text = new TimeText();
  for await (const batch of table.rows(columns, signal)) {
    let full = true;
    for (let row = 0; row < batch.length; row++) {
      if (batch.width(row) !== table.headers.length) continue;
      for (const [column, set] of values) {
        if (set.size >= VALUES_FOR_KEY || unfit.has(column)) continue;
        full = false;
        const value = batch.cell(row, column).trim();
        if (isAbsent(value)) continue;
        const isAddress = value.includes("@") && isCandidate !== isEmail;
        if (isAddress || (parseTime(value, text) && Number.isNaN(text.unix))) {
          unfit.add(column);
        } else set.add(value);
      }
    }
    if (full) break;
  }
  for (const [column, set] of values) if (set.size < 2 || unfit.has(column)) values.delete(column);
  return values;
}
