/**
 * Whole exports, as their vendors' programs write them (test/fixtures/exports/README.md), prepared with no
 * more than a country, a time zone and a goal; with `assumeTime` where the export has days alone, and with a
 * reading of keys where the rules ask for one.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type PrepareOptions, prepare } from "../../src/index.ts";
import { ROOT } from "../helpers/run.ts";
import { row, workbook } from "../read/workbook/workbooks.ts";

const FIXTURES = join(ROOT, "test/fixtures/exports");

interface Export {
  readonly name: string;
  readonly flags: Partial<PrepareOptions>;
  readonly conversions?: string;
  readonly contacts?: string;
  /** The folder whose contacts they are, where it is another. */
  readonly people?: string;
  readonly written: number;
  /** Rows that are left out, by reason. */
  readonly left?: Readonly<Record<string, number>>;
}

const US = { country: "US", timeZone: "America/New_York" } as const;
const DE = { country: "DE", timeZone: "Europe/Berlin" } as const;
const NOON = { assumeTime: "12:00" } as const;

const EXPORTS: readonly Export[] = [
  { name: "salesforce-report", flags: { ...US, ...NOON }, written: 8 },
  { name: "salesforce-german", flags: { ...DE, ...NOON }, written: 8 },
  {
    name: "dynamics",
    conversions: "opportunities-related.csv",
    flags: { ...US, ...NOON },
    written: 7,
  },
  { name: "shopify-orders", flags: US, written: 8, left: { "order-continued": 3 } },
  {
    name: "shopify-orders",
    people: "shopify-customers",
    flags: US,
    written: 8,
    left: { "order-continued": 3 },
  },
  // Two deals have two contacts each.
  { name: "hubspot", flags: US, written: 6, left: { "no-contact": 2 } },
  { name: "woocommerce", flags: US, written: 8 },
  { name: "pipedrive", flags: US, written: 8 },
  { name: "zoho", flags: { ...US, ...NOON }, written: 8 },
  { name: "callrail", flags: US, written: 8 },
  { name: "google-sheets", flags: US, written: 8 },
  {
    name: "unicode-text",
    conversions: "conversions.txt",
    contacts: "contacts.txt",
    flags: DE,
    written: 8,
  },
];

const AS_OF = "2026-11-21T12:00:00Z";

/** Rows as a sheet, one below the other. */
const sheet = (rows: readonly (readonly string[])[]) =>
  rows.map((cells, at) => (cells.length === 0 ? "" : row(at + 1, ...cells))).join("");

const people = Array.from({ length: 9 }, (_, at) => ({
  id: `003Hs00000dF${at}Kq`,
  guid: `5f0c8d6e-2222-ed11-b83d-0022480000${10 + at}`,
  email: `person${at}@example.com`,
  phone: `(212) 555-01${30 + at}`,
}));

describe("exports", () => {
  it.each(EXPORTS)(
    "$name $people is prepared as it comes",
    async ({ name, people = name, flags, written, left = {}, ...files }) => {
      const contacts = join(FIXTURES, people, files.contacts ?? "contacts.csv");
      const report = await prepare({
        conversions: join(FIXTURES, name, files.conversions ?? "conversions.csv"),
        ...(existsSync(contacts) ? { contacts } : {}),
        ...flags,
        goal: "Sale",
        asOf: AS_OF,
        dryRun: true,
      });
      const [upload] = report.destinations;
      const reasons = upload?.reasons.map(({ code, count }) => [code, count]);
      expect(Object.fromEntries(reasons ?? [])).toEqual(left);
      expect(upload?.rows.written).toBe(written);
      expect(report.ok).toBe(true);
    },
  );

  it("a formatted Salesforce report: title, filters, an empty first column, a total, two lines below", async () => {
    const title = [
      ["", "Won this month"],
      ["", "As of 2026-11-20 08:37:12"],
      [],
      ["", "Filtered By"],
      [],
    ];
    const below = [[], ["", "Confidential Information - Do Not Distribute"]];
    const contacts = workbook({
      sheets: {
        Contacts: sheet([
          ...title,
          ["", "Contact ID  ↑", "Last Name", "Email", "Phone"],
          ...people.map(({ id, email, phone }) => ["", id, "Example", email, phone]),
          ["", "Total", "Count", "9"],
          ...below,
          ["", "Copyright © 2000-2026 salesforce.com, inc. All rights reserved."],
        ]),
      },
    });
    const conversions = workbook({
      sheets: {
        Won: sheet([
          ...title,
          ["", "Contact ID", "Amount", "Amount Currency", "Close Date  ↓"],
          ...people.map(({ id }, at) => ["", id, `${at + 1}00`, "USD", `11/1${at}/2026`]),
          ["", "Total", "4500"],
          ...below,
          ["", "Copyright © 2000-2026 salesforce.com, inc. All rights reserved."],
        ]),
      },
    });
    const report = await prepare({
      contacts,
      conversions,
      ...US,
      ...NOON,
      goal: "Sale",
      asOf: AS_OF,
      dryRun: true,
    });
    expect(report.destinations[0]?.rows).toMatchObject({ read: 9, written: 9, refused: 0 });
    expect(report.inputs[0]?.notes.join()).toMatch(/lines 16 to 19 are the report's footer/);
  });

  it("a Dynamics workbook: columns that must not be changed, hidden ones, a currency by its name", async () => {
    const hidden = `<cols><col min="1" max="3" hidden="1"/></cols>`;
    const fixed = ["(Do Not Modify) Row Checksum", "(Do Not Modify) Modified On"];
    const withHidden = (rows: readonly (readonly string[])[]) =>
      workbook({
        sheets: { Sheet1: "" },
        replace: {
          "xl/worksheets/sheet1.xml": new TextEncoder().encode(
            `<worksheet>${hidden}<sheetData>${sheet(rows)}</sheetData></worksheet>`,
          ),
        },
      });
    const report = await prepare({
      contacts: withHidden([
        [
          "(Do Not Modify) Contact",
          ...fixed,
          "Full Name",
          "Email",
          "Business Phone",
          "Country/Region: Address 1",
        ],
        ...people.map(({ guid, email, phone }) => [
          guid,
          "a/b==",
          "2026-11-19",
          "Example",
          email,
          phone,
          "US",
        ]),
      ]),
      conversions: withHidden([
        [
          "(Do Not Modify) Opportunity",
          ...fixed,
          "Topic",
          "Contact",
          "Est. Close Date",
          "Actual Close Date",
          "Actual Revenue",
          "Currency",
        ],
        ...people.map(({ guid }, at) => [
          `7a0c8d6e-2222-ed11-b83d-0022480000${40 + at}`,
          "c/d==",
          "2026-11-19",
          "Deal",
          guid,
          "2026-11-30",
          `2026-11-1${at}`,
          "900",
          "US Dollar",
        ]),
      ]),
      ...US,
      ...NOON,
      goal: "Sale",
      asOf: AS_OF,
      dryRun: true,
    });
    expect(report.destinations[0]?.rows).toMatchObject({ read: 9, written: 9 });
    expect(report.inputs[0]?.notes.join()).toMatch(
      /joined by "Contact" and the contacts' "\(Do Not/,
    );
  });
});
