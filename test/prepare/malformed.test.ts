/**
 * Broken inputs through the whole of `prepare`: each ends in an error that says where and what to do, or in
 * rows that are counted under a reason; never in a crash, and never with a personal value in what is said.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inspect as show } from "node:util";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { FirsthashError } from "../../src/base/errors.ts";
import type { PrepareOptions } from "../../src/prepare/options.ts";
import { prepare } from "../../src/prepare/prepare.ts";
import { renderSummary } from "../../src/report/render.ts";
import { encode } from "../helpers/encode.ts";
import { scratch } from "../helpers/run.ts";
import { number, row, workbook } from "../read/workbook/workbooks.ts";

/** What stands in cells and must not be said. */
const SECRETS = ["kanarie", "2065550101", "206 555 0101", "kontakt-77"];

const PEOPLE = [
  "Contact ID,Email,Phone",
  "kontakt-77,kanarie@example.com,+1 206 555 0101",
  "2,kanarie2@example.com,",
];
const DEALS = [
  "Contact ID,Conversion Name,Conversion Time,Conversion Value",
  "kontakt-77,Sale,2026-11-19T10:00:00Z,5",
  "2,Sale,2026-11-19T11:00:00Z,6",
];
const text = (lines: readonly string[]) => `${lines.join("\n")}\n`;
const with16 = (content: string) => encode(content, "utf-16le with mark");
const sheet = (rows: string) => workbook({ sheets: { Sheet1: rows } });
const PEOPLE_SHEET = row(1, "Contact ID", "Email") + row(2, "kontakt-77", "kanarie@example.com");

type Bytes = string | Uint8Array;

interface Case {
  readonly contacts?: Bytes | null;
  readonly conversions?: Bytes;
  readonly options?: Partial<PrepareOptions>;
  /** The error's code and message. */
  readonly fails?: readonly ["input" | "usage", RegExp];
  /** Lines by reason, of a run that goes through. */
  readonly counts?: Readonly<Record<string, readonly number[]>>;
  /** Of the contacts' side. */
  readonly people?: Readonly<Record<string, readonly number[]>>;
}

const deals = (...rows: string[]) => text([DEALS[0] as string, ...rows]);
const people = (...rows: string[]) => text([PEOPLE[0] as string, ...rows]);

const CASES: Readonly<Record<string, Case>> = {
  // -- nothing, or not a table ---------------------------------------------------------------------------
  "no bytes": { contacts: "", fails: ["input", /contacts: is empty/] },
  "blank lines alone": { contacts: "\n \r\n\n", fails: ["input", /is empty/] },
  "a byte order mark alone": { conversions: "\ufeff", fails: ["input", /is empty/] },
  "a header alone": { contacts: text(PEOPLE.slice(0, 1)), fails: ["input", /no rows below/] },
  "conversions with a header alone": { conversions: deals(), fails: ["input", /no rows below/] },
  "a header over blank rows": { contacts: people("", ",,", ""), fails: ["input", /no rows below/] },
  "no header": {
    contacts: text(PEOPLE.slice(1)),
    fails: ["input", /contacts:1: the first row looks like data/],
  },
  "conversions without a header": {
    conversions: text(DEALS.slice(1)),
    fails: ["input", /conversions:1: the first row looks like data/],
  },
  "a web page instead of an export": {
    contacts: "<!DOCTYPE html>\n<html><body>Log in to kanarie@example.com</body></html>\n",
    fails: ["input", /HTML|web page/],
  },
  "a JSON file": {
    contacts: '[{"Contact ID": "kontakt-77", "Email": "kanarie@example.com"}]\n',
    fails: ["input", /JSON/],
  },
  "a PDF": { contacts: "%PDF-1.7\n%kanarie\n", fails: ["input", /PDF/] },
  "a gzip": { contacts: gzipSync(text(PEOPLE)), fails: ["input", /gzip|compressed/] },
  "an old workbook (.xls)": {
    contacts: Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(600)]),
    fails: ["input", /xls/],
  },
  "a picture": {
    contacts: Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), Buffer.alloc(100, 7)]),
    fails: ["input", /contacts/],
  },
  "random bytes": {
    contacts: Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919 + (i >> 3)) % 256)),
    fails: ["input", /contacts/],
  },
  // -- encodings ---------------------------------------------------------------------------------------
  "UTF-8 that is cut in a letter": {
    contacts: Buffer.from(people("2,Zoë@example.com,", "kontakt-77,kanarieë")).subarray(0, -2),
    fails: ["input", /contacts: ends in the middle of a character \(utf-8\)/],
  },
  "a byte that is not UTF-8 among much that is": {
    contacts: Buffer.concat([
      Buffer.from(people("2,ärger-übel-öl-ßß@example.com,")),
      Buffer.from([0xff, 0x0a]),
    ]),
    fails: ["input", /byte offset \d+ is not valid utf-8/],
  },
  "a NUL in a cell": {
    contacts: people("kontakt-77,kanarie\0@example.com,"),
    fails: ["input", /byte offset \d+ is a NUL/],
  },
  "UTF-16 that is cut in a letter": {
    contacts: with16(text(PEOPLE)).subarray(0, -1),
    fails: ["input", /ends in the middle of a character \(utf-16le\)/],
  },
  "UTF-16 with half a surrogate pair": {
    contacts: with16(people("kontakt-77,kanarie\ud83d@example.com,")),
    fails: ["input", /byte offset \d+ is not valid utf-16le/],
  },
  "UTF-32": {
    contacts: Buffer.concat([Buffer.from("fffe0000", "hex"), Buffer.alloc(64, 0x41)]),
    fails: ["input", /UTF-32/],
  },
  "an encoding that is named wrong": {
    contacts: Buffer.from(people("2,k\xe4narie@example.com,"), "latin1"),
    options: { read: { contacts: { encoding: "utf-8" } } },
    fails: ["input", /byte offset 26 is not valid utf-8/],
  },
  "an encoding that nobody knows": {
    options: { read: { contacts: { encoding: "utf-9" } } },
    fails: ["usage", /`encoding` is not an encoding/],
  },
  "an encoding that the byte order mark contradicts": {
    contacts: with16(text(PEOPLE)),
    options: { read: { contacts: { encoding: "windows-1252" } } },
    fails: ["usage", /the byte order mark of contacts says utf-16le/],
  },
  // -- quotes and cells ----------------------------------------------------------------------------------
  "a quote that is never closed": {
    contacts: people('kontakt-77,"kanarie@example.com,', "2,b@example.com,"),
    fails: ["input", /contacts:2: a quoted cell that is never closed/],
  },
  "a quote inside a cell": {
    contacts: people('kontakt-77,kan"arie@example.com,'),
    fails: ["input", /contacts:2: a quote inside a cell/],
  },
  "text behind a closing quote": {
    conversions: deals('"kontakt-77"x,Sale,2026-11-19T10:00:00Z,5'),
    fails: ["input", /conversions:2: text after the closing quote/],
  },
  "a broken quote in the header": {
    contacts: 'Contact ID,"Email,Phone\nkontakt-77,kanarie@example.com,\n',
    fails: ["input", /contacts:1: a quoted cell/],
  },
  "a record of 5 MiB": {
    contacts: people(`kontakt-77,"${"kanarie\n".repeat(700_000)}`),
    fails: ["input", /contacts:2: a record of more than 4 MiB/],
  },
  "a cell of 1 MiB": {
    contacts: people(`kontakt-77,${"kanarie".repeat(150_000)}@example.com,`, "2,b@example.com,"),
    counts: { "no-identifier": [2] },
  },
  "rows with fewer cells": {
    conversions: deals("kontakt-77", "2,Sale,2026-11-19T11:00:00Z,6", "2,Sale"),
    counts: { "row-too-short": [2, 4] },
  },
  "rows with more cells": {
    conversions: deals("2,Sale,2026-11-19T11:00:00Z,6", "kontakt-77,Sale,kanarie,x,y,z"),
    counts: { "row-too-long": [3] },
  },
  "contacts with fewer and more cells": {
    contacts: people("kontakt-77", "2,kanarie2@example.com,,", "kontakt-77,a,b,c,d"),
    counts: { "no-contact": [2] },
    people: { "row-too-short": [2], "row-too-long": [4] },
  },
  "a decimal comma that splits its row": {
    conversions: deals("2,Sale,2026-11-19T11:00:00Z,6", "2,Sale,2026-11-19T12:00:00Z,6,50"),
    counts: { "row-too-long": [3] },
  },
  "the wrong delimiter": {
    options: { read: { contacts: { delimiter: ";" } } },
    fails: ["usage", /no column of contacts|`key`|known to join/],
  },
  "sep= with a delimiter that is not read": {
    contacts: `sep=^\n${text(PEOPLE)}`,
    fails: ["input", /contacts:1: sep=/],
  },
  // -- headers -------------------------------------------------------------------------------------------
  "two columns with the key's name": {
    contacts: "Contact ID,Contact ID,Email\n1,kontakt-77,kanarie@example.com\n",
    fails: ["usage", /`key` names 2 columns of contacts/],
  },
  "two columns of times": {
    conversions: deals().replace("Conversion Value", "Conversion Date"),
    fails: ["usage", /2 columns for time/],
  },
  "no column that joins": {
    contacts: text(PEOPLE).replace("Contact ID", "Nr"),
    fails: ["usage", /known to join/],
  },
  "no column of e-mail or phone": {
    contacts: text(PEOPLE).replace("Email,Phone", "First Name,Last Name"),
    fails: ["usage", /no column of contacts is known to hold an e-mail address or a phone number/],
  },
  "no column of times": {
    conversions: text(DEALS).replace("Conversion Time", "Last Modified"),
    fails: ["usage", /no column of conversions is known to hold the time/],
  },
  "an empty header over the e-mail column": {
    contacts: text(PEOPLE).replace("Email,Phone", ",Phone"),
    counts: { "no-identifier": [3] },
  },
  "a header again in the middle": {
    contacts: text([...PEOPLE, ...PEOPLE]),
    conversions: text([...DEALS, DEALS[0] as string]),
    // The second header refers to itself among the contacts; its time is none.
    counts: { "time-unreadable": [4] },
  },
  "two files pasted together, one with a byte order mark": {
    conversions: `${text(DEALS)}\ufeff${text(DEALS)}`,
    counts: { "time-unreadable": [4], duplicate: [5, 6] },
  },
  "a column that is not there": {
    options: { columns: { email: "E-Mail Business" } },
    fails: ["usage", /`columns.email` names no column of contacts/],
  },
  // -- cells of conversions --------------------------------------------------------------------------------
  "no key": {
    conversions: deals(",Sale,2026-11-19T10:00:00Z,5", "2,Sale,2026-11-19T11:00:00Z,6"),
    counts: { "no-key": [2] },
  },
  "keys that nobody has": {
    conversions: deals("9,Sale,2026-11-19T10:00:00Z,5", "2,Sale,2026-11-19T11:00:00Z,6"),
    counts: { "no-contact": [2] },
  },
  "times that are none": {
    conversions: deals(
      "2,Sale,2026-11-19T11:00:00Z,6",
      "2,Sale,kanarie,6",
      "2,Sale,2026-02-30T10:00:00Z,6",
      "2,Sale,2026-11-19T25:00:00Z,6",
      "2,Sale,,6",
      "2,Sale,2026-11-19,6",
    ),
    counts: { "time-unreadable": [3, 4, 5], "time-absent": [6], "time-missing": [7] },
  },
  "times outside of the 90 days": {
    conversions: deals(
      "2,Sale,2026-11-19T11:00:00Z,6",
      "2,Sale,2026-01-01T11:00:00Z,6",
      "2,Sale,2027-01-01T11:00:00Z,6",
      "2,Sale,0001-01-01T00:00:00Z,6",
      "2,Sale,9999-12-31T23:59:59Z,6",
    ),
    counts: { "time-too-old": [3, 5], "time-in-future": [4, 6] },
  },
  "times without a zone": {
    conversions: deals("2,Sale,2026-11-19 11:00:00,6"),
    fails: ["usage", /conversions:2: a conversion time without a time zone/],
  },
  "dates of which day and month cannot be told": {
    conversions: deals("2,Sale,01/02/2026 11:00 Z,6", "2,Sale,03/04/2026 11:00,6"),
    options: { timeZone: "UTC" },
    fails: ["usage", /day and month cannot be told apart/],
  },
  "values that are none": {
    conversions: deals(
      "2,Sale,2026-11-19T11:00:00Z,kanarie",
      "2,Sale,2026-11-19T12:00:00Z,-5",
      "2,Sale,2026-11-19T13:00:00Z,1e5",
      "2,Sale,2026-11-19T14:00:00Z,1234567890123",
      "2,Sale,2026-11-19T15:00:00Z,0.12345",
      "2,Sale,2026-11-19T16:00:00Z,NaN5",
      "2,Sale,2026-11-19T17:00:00Z,7",
    ),
    counts: {
      "value-unreadable": [2, 4, 7],
      "value-negative": [3],
      "value-too-large": [5],
      "value-too-precise": [6],
    },
  },
  "names that are none": {
    conversions: deals(
      "2,,2026-11-19T11:00:00Z,6",
      `2,${"n".repeat(101)},2026-11-19T11:00:00Z,6`,
      "2,kanarie@example.com,2026-11-19T11:00:00Z,6",
      '2,"Sa\nle",2026-11-19T11:00:00Z,6',
      "2,Sale,2026-11-19T11:00:00Z,6",
    ),
    counts: {
      "name-missing": [2],
      "name-too-long": [3],
      "name-looks-personal": [4],
      "name-malformed": [5],
    },
  },
  "client ids that are people": {
    conversions: text([
      `${DEALS[0]},Client Id`,
      "2,Sale,2026-11-19T11:00:00Z,6,order-1",
      "2,Sale,2026-11-19T12:00:00Z,6,kanarie@example.com",
      `2,Sale,2026-11-19T13:00:00Z,6,${"c".repeat(101)}`,
    ]),
    counts: { "client-id-looks-personal": [3], "client-id-too-long": [4] },
  },
  // -- cells of people -------------------------------------------------------------------------------------
  "identifiers that are none": {
    contacts: people(
      "kontakt-77,kanarie,+1 999 999",
      "2,kanarie@ex@ample.com,4.15555E+09",
      "3,a@example.com; b@example.com,+1 206 555 0101 / +1 206 555 0102",
    ),
    conversions: deals(
      "kontakt-77,Sale,2026-11-19T11:00:00Z,6",
      "2,Sale,2026-11-19T11:00:00Z,6",
      "3,Sale,2026-11-19T11:00:00Z,6",
    ),
    counts: { "no-identifier": [2, 3, 4] },
    people: {
      "email-at-sign": [2, 3],
      "email-more-than-one": [4],
      "phone-invalid": [2],
      "phone-spreadsheet-damaged": [3],
      "phone-more-than-one": [4],
    },
  },
  "hashes in a plain column": {
    contacts: people(`2,${"ab".repeat(32)},`, "kontakt-77,kanarie@example.com,"),
    counts: { "no-identifier": [3] },
    people: { "already-hashed": [2] },
  },
  "plain text in a hashed column": {
    contacts:
      "Contact ID,Hashed Email,Phone\n2,kanarie@example.com,\nkontakt-77,,+1 206 555 0101\n",
    counts: { "no-identifier": [3] },
    people: { "hash-malformed": [2] },
  },
  "people who contradict each other": {
    contacts: people("2,kanarie@example.com,", "2,kanarie2@example.com,"),
    counts: { "no-contact": [2], "contact-conflict": [3] },
    people: { "contact-conflict": [3] },
  },
  // -- workbooks -------------------------------------------------------------------------------------------
  "a workbook that is cut off": {
    contacts: sheet(PEOPLE_SHEET).subarray(0, -40),
    fails: ["input", /contacts: .*(damaged|cut|zip)/i],
  },
  "a ZIP that is no workbook": {
    contacts: workbook({ leaveOut: ["xl/workbook.xml", "_rels/.rels", "[Content_Types].xml"] }),
    fails: ["input", /contacts: /],
  },
  "a workbook with an empty sheet": { contacts: sheet(""), fails: ["input", /is empty/] },
  "a sheet that is not there": {
    contacts: sheet(PEOPLE_SHEET),
    options: { read: { contacts: { sheet: "People" } } },
    fails: ["usage", /sheet/],
  },
  "a workbook whose XML is broken": {
    contacts: sheet(`${PEOPLE_SHEET}<row r="3"><c r="A3"><v>kanarie`),
    fails: ["input", /contacts: /],
  },
  "a workbook with a shared text that is not there": {
    contacts: sheet(PEOPLE_SHEET + row(3, '<c r="@" t="s"><v>99</v></c>')),
    fails: ["input", /contacts: /],
  },
  "a workbook with times that are no dates": {
    conversions: sheet(
      row(1, "Contact ID", "Conversion Name", "Conversion Time") +
        row(2, "2", "Sale", "2026-11-19T11:00:00Z") +
        row(3, "2", "Sale", number("-5", 1)) +
        row(4, "2", "Sale", number("99999999", 1)),
    ),
    options: { timeZone: "UTC" },
    counts: { "time-unreadable": [3, 4] },
  },
};

async function* bytes(content: Bytes): AsyncGenerator<Uint8Array> {
  yield typeof content === "string" ? Buffer.from(content) : content;
}

async function run({ contacts = text(PEOPLE), conversions = text(DEALS), options }: Case) {
  const folder = scratch();
  const output = join(folder, "upload.csv");
  try {
    const report = await prepare({
      ...(contacts !== null && { contacts: bytes(contacts) }),
      conversions: bytes(conversions),
      asOf: "2026-11-20T12:00:00Z",
      maxRefused: 100,
      output,
      ...options,
    });
    const written = existsSync(output) ? readFileSync(output, "utf8") : "";
    return { folder, report, written };
  } catch (error) {
    return { folder, error };
  }
}

const linesOf = (counts: readonly { code: string; lines: readonly number[] }[]) =>
  Object.fromEntries(counts.map(({ code, lines }) => [code, lines]));

describe(`${Object.keys(CASES).length} kinds of broken input`, () => {
  it.each(Object.entries(CASES))("%s", { timeout: 10_000 }, async (_, broken) => {
    const { folder, report, written = "", error } = await run(broken);
    const said =
      error instanceof Error
        ? `${error.stack} ${show(error, { depth: 9, showHidden: true })}`
        : `${JSON.stringify(report)} ${report && renderSummary(report, { verbose: true }).join("\n")}`;
    for (const secret of SECRETS) expect(said + written).not.toContain(secret);

    if (broken.fails !== undefined) {
      const [code, message] = broken.fails;
      expect(error ?? report?.destinations[0]?.rows).toBeInstanceOf(FirsthashError);
      const failure = error as FirsthashError;
      expect(failure.message).toMatch(message);
      expect(failure.code).toBe(code);
      expect(failure.cause).toBeUndefined();
      expect(failure.message).not.toMatch(/undefined|\[object|NaN/);
      expect(readdirSync(folder)).toEqual([]);
      return;
    }
    expect(error).toBeUndefined();
    const destination = report?.destinations[0];
    expect(linesOf(destination?.reasons ?? [])).toEqual(broken.counts);
    const { read = 0, ...ends } = destination?.rows ?? {};
    expect(Object.values(ends).reduce((sum, count) => sum + count, 0)).toBe(read);
    if (broken.people !== undefined) {
      const { malformed = [], email, phone } = report?.people ?? {};
      const all = [...malformed, ...(email?.refused ?? []), ...(phone?.refused ?? [])];
      expect(linesOf(all)).toEqual(broken.people);
    }
  });
});
