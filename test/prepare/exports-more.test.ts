/**
 * What would go wrong without a word in exports of other programs: a zone that only the header says, the making of a record
 * taken for the end of a deal, a company's id taken for a person's, lines of an order taken for orders.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FirsthashError, type PrepareOptions, prepare } from "../../src/index.ts";
import { scratch } from "../helpers/run.ts";

const bytes = (...lines: string[]) => new TextEncoder().encode(`${lines.join("\n")}\n`);
const RUN = { goal: "Sale", asOf: "2026-11-21T12:00:00Z" } as const;

/** The times of the rows that were written. */
async function timesOf(options: Omit<PrepareOptions, "output">): Promise<string[]> {
  const output = join(scratch(), "upload.csv");
  await prepare({ ...RUN, ...options, output });
  const rows = readFileSync(output, "utf8").trim().split("\r\n").slice(2);
  return rows.map((row) => /\d+\/\d+\/2026 [\d:]+ [AP]M/.exec(row)?.[0] ?? "");
}

async function usage(options: PrepareOptions): Promise<string> {
  const error = await prepare({ ...RUN, dryRun: true, ...options }).catch(
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof FirsthashError && error.code === "usage")) throw error;
  return error.message;
}

describe("the zone of a time", () => {
  const stripe = (header: string) =>
    bytes(
      `id,${header},Amount,Currency,Customer Email`,
      "ch_1,2026-11-10 14:15:00,20.00,usd,ann@example.com",
    );

  it.each([
    // Stripe, docs.stripe.com/reports/columns; Typeform writes Submit Date (UTC)
    ["Created date (UTC)", "America/New_York", "11/10/2026 2:15:00 PM"],
    ["Created date (UTC)", undefined, "11/10/2026 2:15:00 PM"],
    ["Submit Date (UTC)", "Asia/Tokyo", "11/10/2026 2:15:00 PM"],
    ["Order Date (Europe/Berlin)", "America/New_York", "11/10/2026 1:15:00 PM"],
    ["Order Date (EST)", "America/New_York", "11/10/2026 7:15:00 PM"],
    ["Order Date (Month/Day)", "America/New_York", "11/10/2026 7:15:00 PM"],
    ["Order Date (local)", "America/New_York", "11/10/2026 7:15:00 PM"],
  ])(
    "is that of its header, where it says one: %s in a run in %s",
    async (header, timeZone, time) => {
      const columns = { time: header, email: "Customer Email" };
      expect(await timesOf({ conversions: stripe(header), columns, timeZone })).toEqual([time]);
    },
  );

  it("that the header says is found, and said", async () => {
    const conversions = stripe("Created date (UTC)");
    const report = await prepare({
      ...RUN,
      conversions,
      timeZone: "America/New_York",
      dryRun: true,
    });
    expect(report.inputs[0]?.columns.time).toEqual(["Created date (UTC)"]);
    expect(report.inputs[0]?.notes.join()).toContain("are read as UTC, as the header");
  });

  it("stops the run where the header names another than the run", async () => {
    const conversions = stripe("Order Date (CET)");
    expect(await usage({ conversions, timeZone: "America/New_York" })).toContain(
      "`timeZone` is not the zone that the header of the time column names",
    );
  });

  it("is each file's own", async () => {
    const files = [stripe("Created date (UTC)"), stripe("Order Date")];
    expect(await timesOf({ conversions: { files }, timeZone: "America/New_York" })).toEqual([
      "11/10/2026 2:15:00 PM",
      "11/10/2026 7:15:00 PM",
    ]);
  });
});

describe("the time of a deal", () => {
  // Close: developer.close.com, fields of opportunities
  const close = "id,lead_id,contact_id,value,date_won,date_created";
  const row = "oppo_1,lead_1,cont_1,20,2026-11-10,2026-10-01T10:00:00Z";

  it("is asked for where only the making of the record has a known name", async () => {
    const people = bytes("lead_id,contact_id,primary_email", "lead_1,cont_1,ann@example.com");
    expect(
      await usage({
        contacts: people,
        conversions: bytes(close, row),
        columns: { email: "primary_email" },
      }),
    ).toMatch(/has 2 columns for time: "date_created", "date_won"/);
  });

  it.each(["Expected close date", "Close probability", "Lost date reason", "Won by"])(
    "is the making of the order where %s is no end",
    async (header) => {
      const deals = bytes(`Email,Created At,${header}`, "ann@example.com,2026-11-10T14:15:00Z,x");
      expect(await timesOf({ conversions: deals })).toEqual(["11/10/2026 2:15:00 PM"]);
    },
  );
});

it("a contact's id goes before that of a company with several", async () => {
  const contacts = bytes(
    "lead_id,contact_id,Email",
    "lead_1,cont_1,ann@example.com",
    "lead_2,cont_2,bob@example.com",
  );
  const conversions = bytes(
    "lead_id,contact_id,Close Date",
    "lead_1,cont_2,2026-11-10T14:15:00Z",
    "lead_2,cont_1,2026-11-11T14:15:00Z",
  );
  const report = await prepare({ ...RUN, contacts, conversions, dryRun: true });
  expect(report.inputs.map(({ columns }) => columns.key)).toEqual([["contact_id"], ["contact_id"]]);
});

it("Squarespace writes an order on several lines, as Shopify does", async () => {
  const conversions = bytes(
    "Order ID,Email,Financial Status,Paid at,Total,Created at,Lineitem name",
    "00001,ann@example.com,PAID,2026-11-10 14:15:00 -0500,20.00,2026-11-10 14:15:00 -0500,Mug",
    "00001,ann@example.com,,,,,Cup",
    "00002,bob@example.com,PAID,2026-11-11 14:15:00 -0500,30.00,2026-11-11 14:15:00 -0500,Mug",
  );
  const report = await prepare({ ...RUN, conversions, currency: "USD", dryRun: true });
  expect(report.destinations[0]?.rows).toMatchObject({ read: 3, written: 2, excluded: 1 });
});

describe("the e-mail of a user", () => {
  // sha256 of ann@example.com and of host@example.com, by coreutils
  const ANN = "71d4f55f72fa128dfb468a1a3901507c804b74316488744d769d7f4b16696476";
  const HOST = "61c0ee79db216f84107d8d2d7bfb35266f66b06773a99a0786e3a173ffe920ee";
  const uploaded = async (header: string, row: string) => {
    const output = join(scratch(), "upload.csv");
    const conversions = bytes(header, row, row.replace("ann@example.com", ""));
    const report = await prepare({ ...RUN, conversions, output, maxRefused: 1 });
    return { text: readFileSync(output, "utf8"), written: report.destinations[0]?.rows.written };
  };

  it("is the host's in Calendly, and never taken for the invitee, who has one or none", async () => {
    const { text, written } = await uploaded(
      "User Name,User Email,Invitee Name,Invitee Email,Event Created Date & Time",
      "Host,host@example.com,Ann,ann@example.com,2026-11-10T14:15:00Z",
    );
    expect(text).toContain(ANN);
    expect(text).not.toContain(HOST);
    expect(written).toBe(1);
  });

  it("is the person's where no other column is", async () => {
    const header = "User Email,Created At";
    const { text } = await uploaded(header, "ann@example.com,2026-11-10T14:15:00Z");
    expect(text).toContain(ANN);
  });
});
