/**
 * Row conservation (rules.md 9): whatever the inputs, each conversion that was read ends in exactly one
 * way, the report's numbers add up to the rows, and the upload holds the rows that the report says.
 */
import { createHash } from "node:crypto";
import { Writable } from "node:stream";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type PrepareOptions,
  type PrepareReport,
  prepare,
  type RowEvent,
} from "../../src/index.ts";
import { caseCount } from "../helpers/differential.ts";
import { expectCellEvents, expectRowEvents } from "../helpers/row-events.ts";

const AS_OF = "2026-11-20T12:00:00Z";
const RUNS = caseCount(30);

type Row = readonly string[];

interface Case {
  readonly contacts: readonly Row[];
  readonly conversions: readonly Row[];
  readonly options: Omit<PrepareOptions, "conversions" | "contacts" | "output">;
}

const CONTACT_HEADER = ["Contact ID", "Email", "Phone", "Consent"];
const CONVERSION_HEADER = ["Contact ID", "Name", "Time", "Value", "Currency", "Click", "Ref"];

const rarely = (text: string) => ({ weight: 1, arbitrary: fc.constant(text) });
const mostly = (...texts: string[]) => ({ weight: 8, arbitrary: fc.constantFrom(...texts) });

const width = fc.oneof(mostly("right"), rarely("short"), rarely("long"));

function resize(row: Row, to: string): Row {
  return to === "short" ? row.slice(0, -2) : to === "long" ? [...row, "more"] : row;
}

/** A few keys, so that they meet; some of them only nearly the same. */
const key = fc.oneof(
  mostly("1", "2", "3", "4", "5", "6", "7", "8"),
  rarely(""),
  rarely("  "),
  rarely(" 3 "),
  rarely("03"),
  rarely('k,\n"x"'),
);

const contactRow = fc
  .tuple(
    key,
    fc.oneof(
      mostly("ann@example.com", "bob@example.com", "eve42@example.com", "zed@example.com"),
      rarely(""),
      rarely("n/a"),
      rarely("A.n.n+x@Example.COM "),
      rarely("no address"),
      rarely("a@b@example.com"),
      rarely("ø@example.com"),
      rarely("x@example.com; y@example.com"),
    ),
    fc.oneof(
      mostly("+12065550101", "+12065550102", "+12065550103", "", ""),
      rarely("206 555 0100"),
      rarely("12"),
      rarely("1-800-FLOWERS"),
    ),
    fc.oneof(mostly("Yes"), rarely("no"), rarely("")),
    width,
  )
  .map(([...cells]) => resize(cells.slice(0, -1), cells.at(-1) ?? ""));

const conversionRow = fc
  .tuple(
    key,
    fc.oneof(
      mostly("Sale", "Lead"),
      rarely(""),
      rarely("=1+1"),
      rarely("a@example.com"),
      rarely("x".repeat(101)),
      rarely("two\nlines"),
    ),
    fc.oneof(
      mostly("2026-11-10T10:00:00Z", "2026-11-11T08:30:00+02:00"),
      rarely(""),
      rarely("2026-11-10"),
      rarely("2020-01-01T00:00:00Z"),
      rarely("2027-01-01T00:00:00Z"),
      rarely("some day"),
      rarely("2026-11-20T11:59:00Z"),
    ),
    fc.oneof(
      mostly("5", "12.5", ""),
      rarely("-1"),
      rarely("12.34567"),
      rarely("much"),
      rarely("9999999999999"),
    ),
    fc.oneof(mostly("USD", "eur", ""), rarely("dollars"), rarely("TRY")),
    fc.oneof(mostly(""), rarely("0123456789abcdef0123456789ABCDEF"), rarely("x")),
    fc.oneof(
      { weight: 8, arbitrary: fc.string({ maxLength: 8 }) },
      rarely("ref@example.com"),
      rarely("+1 206 555 0100"),
    ),
    width,
  )
  .map(([...cells]) => resize(cells.slice(0, -1), cells.at(-1) ?? ""));

// First rows that are good, so that there is something to write and the forms are known.
const GOOD_CONVERSION: Row = ["1", "Sale", "2026-11-10T10:00:01Z", "1", "USD", "", "r"];
const GOOD_CONTACT: Row = ["1", "ann@example.com", "", "Yes"];

const cases: fc.Arbitrary<Case> = fc
  .record({
    contacts: fc.array(contactRow, { maxLength: 25 }),
    conversions: fc.array(conversionRow, { maxLength: 30 }),
    choices: fc.record(
      {
        onConflict: fc.constantFrom("drop", "first", "last"),
        country: fc.constantFrom("US", "DE"),
        currency: fc.constant("USD"),
        assumeTime: fc.constant("09:00"),
      },
      { requiredKeys: [] },
    ),
    columns: fc.record(
      {
        consent: fc.constant("Consent"),
        "client-id": fc.constant("Ref"),
        "click-id": fc.constant("Click"),
      },
      { requiredKeys: [] },
    ),
  })
  .map(({ contacts, conversions, choices, columns }) => ({
    contacts: [GOOD_CONTACT, ...contacts],
    conversions: [GOOD_CONVERSION, ...conversions],
    options: {
      // A few keys with many contacts would stop the run.
      onConflict: "drop" as const,
      ...choices,
      key: "Contact ID",
      timeZone: "UTC",
      asOf: AS_OF,
      maxRefused: 100,
      columns: { name: "Name", time: "Time", value: "Value", currency: "Currency", ...columns },
    },
  }));

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
const csv = (header: Row, rows: readonly Row[]) =>
  Buffer.from([header, ...rows].map((row) => `${row.map(quoted).join(",")}\r\n`).join(""));

/** Bytes in pieces, so that rows fall across them. */
async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function run(
  { contacts, conversions, options }: Case,
  to = "microsoft-bulk",
  size = 53,
): Promise<{ report: PrepareReport; output: Buffer; events: readonly RowEvent[] }> {
  const chunks: Buffer[] = [];
  const output = new Writable({
    write(chunk, _, done) {
      chunks.push(Buffer.from(chunk));
      done();
    },
  });
  const events: RowEvent[] = [];
  const report = await prepare({
    ...options,
    onRow: (event) => events.push(event),
    contacts: pieces(csv(CONTACT_HEADER, contacts), size),
    conversions: pieces(csv(CONVERSION_HEADER, conversions), size),
    to,
    output,
  });
  return { report, output: Buffer.concat(chunks), events };
}

/** Reads a CSV back: cells may hold commas, quotes and line breaks. */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n|$)/gy;
  let row: string[] = [];
  while (cell.lastIndex < text.length) {
    const match = cell.exec(text);
    if (match === null) throw new Error("the output is not well-formed CSV");
    const [, content = "", end] = match;
    row.push(content.startsWith('"') ? content.slice(1, -1).replaceAll('""', '"') : content);
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** The rows of a Bulk file by header, without the `Format Version` row. */
function bulkRows(output: Buffer): Record<string, string>[] {
  if (output.length === 0) return [];
  const [header = [], , ...rows] = parse(output.toString().replace(/^\ufeff/, ""));
  return rows.map((row) => Object.fromEntries(row.map((cell, at) => [header[at] ?? "", cell])));
}

/** A row whose cells are all empty is a blank line, and no row. */
const readable = (rows: readonly Row[]) => rows.filter((row) => row.some((cell) => cell !== ""));

function expectSum(report: PrepareReport, conversions: readonly Row[]): void {
  const [destination] = report.destinations;
  expect(report.destinations).toHaveLength(1);
  if (destination === undefined) return;
  const { read, written, duplicate, refused, unmatched, excluded } = destination.rows;
  expect(written + duplicate + refused + unmatched + excluded).toBe(read);
  expect(read).toBe(readable(conversions).length);
  expect(destination.reasons.reduce((sum, { count }) => sum + count, 0)).toBe(read - written);
  const { both, emailOnly, phoneOnly, clickIdOnly } = destination.identifiers;
  expect(both + emailOnly + phoneOnly + clickIdOnly).toBe(written);
}

describe("every row that is read ends in one way", () => {
  it("in the Bulk file, whose rows are those that were written", async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (input) => {
        const { report, output, events } = await run(input);
        expectSum(report, input.conversions);
        for (const { rows, reasons } of report.destinations) {
          expectRowEvents(events, "conversions", { rows: { ...rows }, reasons });
        }
        expectCellEvents(events, report.people);
        const rows = bulkRows(output);
        expect(rows.length).toBe(report.destinations[0]?.rows.written);
        for (const row of rows) {
          const { "Hashed Email Address": email = "", "Hashed Phone Number": phone = "" } = row;
          const click = row["Microsoft Click Id"] ?? "";
          expect(email).toMatch(/^(?:[0-9a-f]{64})?$/);
          expect(phone).toMatch(/^(?:[0-9a-f]{64})?$/);
          expect(click).toMatch(/^(?:[0-9a-f]{32})?$/);
          expect(email + phone + click).not.toBe("");
        }
      }),
      { numRuns: RUNS },
    );
  });

  it.each(["microsoft-import", "adobe", "microsoft-api"])("for %s", async (to) => {
    await fc.assert(
      fc.asyncProperty(cases, async (input) => {
        const { report, output } = await run(input, to);
        expectSum(report, input.conversions);
        const written = report.destinations[0]?.rows.written ?? 0;
        expect(output.length === 0).toBe(written === 0);
        if (to === "microsoft-api") {
          expect(output.toString().match(/"ConversionTime"/g)?.length ?? 0).toBe(written);
        }
      }),
      { numRuns: RUNS / 5 },
    );
  });
});

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** Rows by the line on which they begin, the header being line 1. */
function linesOf(rows: readonly Row[]): Map<number, Row> {
  const lines = new Map<number, Row>();
  let line = 2;
  for (const row of rows) {
    lines.set(line, row);
    line += row.join("").split("\n").length;
  }
  return lines;
}

it("writes the digests of the one person whose key the conversion has", async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(cases, async (input) => {
      const { "client-id": _, ...columns } = input.options.columns ?? {};
      const { output } = await run({ ...input, options: { ...input.options, columns } });
      const lines = linesOf(input.conversions);
      for (const row of bulkRows(output)) {
        const conversion = lines.get(Number(row["Client Id"]?.slice("row-".length)));
        expect(conversion, "the client id names a line of the conversions").toBeDefined();
        const wanted = conversion?.[0]?.trim();
        const people = input.contacts.filter(
          (contact) => contact.length === CONTACT_HEADER.length && contact[0]?.trim() === wanted,
        );
        const [, email = "", phone = ""] = people[0] ?? [];
        // An empty key joins nobody; such a row stands on its click id.
        if (people.length !== 1 || wanted === "") continue;
        if (/^[a-z0-9]+@example\.com$/.test(email)) {
          expect(row["Hashed Email Address"]).toBe(sha256(email));
          compared++;
        }
        if (/^\+1206555\d{4}$/.test(phone)) {
          expect(row["Hashed Phone Number"]).toBe(sha256(phone));
          compared++;
        }
      }
    }),
    { numRuns: RUNS },
  );
  expect(compared).toBeGreaterThan(RUNS / 2);
});

it("gives the same bytes for the same input, in whatever pieces it comes", async () => {
  await fc.assert(
    fc.asyncProperty(cases, fc.integer({ min: 1, max: 4000 }), async (input, size) => {
      const first = await run(input);
      const again = await run(input);
      expect(again.output.equals(first.output)).toBe(true);
      expect(again.report).toEqual(first.report);
      const other = await run(input, "microsoft-bulk", size);
      expect(other.output.equals(first.output)).toBe(true);
    }),
    { numRuns: RUNS / 3 },
  );
});

it("does not depend on the order of the contacts, when conflicts are dropped", async () => {
  const shuffled = cases.chain((input) => {
    const { length } = input.contacts;
    return fc.tuple(
      fc.constant({ ...input, options: { ...input.options, onConflict: "drop" as const } }),
      fc.shuffledSubarray([...input.contacts], { minLength: length, maxLength: length }),
    );
  });
  await fc.assert(
    fc.asyncProperty(shuffled, async ([input, contacts]) => {
      const first = await run(input);
      const other = await run({ ...input, contacts });
      expect(other.output.equals(first.output)).toBe(true);
      expect(other.report.destinations[0]?.rows).toEqual(first.report.destinations[0]?.rows);
    }),
    { numRuns: RUNS / 2 },
  );
});
