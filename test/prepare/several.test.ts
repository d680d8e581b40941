/** Several files as one input: each in its own dialect, with lines that say their file. */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FirsthashError } from "../../src/base/errors.ts";
import type { RowEvent } from "../../src/base/row-events.ts";
import type { PrepareOptions } from "../../src/prepare/options.ts";
import { prepare } from "../../src/prepare/prepare.ts";
import { renderSummary } from "../../src/report/render.ts";
import { firsthash, scratch } from "../helpers/run.ts";

const text = (...lines: string[]) => `${lines.join("\n")}\n`;
const sha256 = (value: string) => createHash("sha256").update(value).digest("hex");

const US_PEOPLE = text(
  "Contact ID,Email,Phone",
  "A-1001,ann@example.com,(212) 555-0101",
  "A-1002,bob@example.com,",
);
const DE_PEOPLE = text("Kontakt-ID;E-Mail;Telefon", "B-2001;cleo@contoso.com;0171 3920012");
const US_DEALS = text(
  "Contact ID,Close Date,Amount",
  'A-1001,11/13/2026 2:15 PM,"1,250.50"',
  "A-1002,11/05/2026 2:15 PM,20.00",
);
const DE_DEALS = text(
  "Kontakt-ID;Schlusstermin;Betrag",
  "B-2001;13.11.2026 14:15;1.250,50",
  "B-2001;gestern;7,00",
);

const BASE = {
  goal: "Sale",
  country: "US",
  timeZone: "UTC",
  asOf: "2026-11-21T12:00:00Z",
  maxRefused: 100,
} as const;

function written(files: Readonly<Record<string, string>>): (name: string) => string {
  const folder = scratch();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return (name) => join(folder, name);
}

const ALL = {
  "us-people.csv": US_PEOPLE,
  "de-people.csv": DE_PEOPLE,
  "us-deals.csv": US_DEALS,
  "de-deals.csv": DE_DEALS,
};

/** The rows of a Bulk file as objects. */
function rows(path: string): Record<string, string>[] {
  const [head = "", ...lines] = readFileSync(path, "utf8")
    .replace("\ufeff", "")
    .trim()
    .split("\r\n");
  const names = head.split(",");
  return lines
    .map((line) => line.split(","))
    .map((cells) => Object.fromEntries(names.map((name, at) => [name, cells[at] ?? ""])))
    .filter((row) => row.Type !== "Format Version");
}

async function usage(options: PrepareOptions): Promise<FirsthashError> {
  const error = await prepare(options).catch((thrown: unknown) => thrown);
  if (error instanceof FirsthashError && error.code === "usage") return error;
  throw error;
}

describe("several files", () => {
  it("are read each in its own dialect, by its own header, into rows with ids of their own", async () => {
    const at = written(ALL);
    const events: RowEvent[] = [];
    const report = await prepare({
      ...BASE,
      contacts: { files: [at("us-people.csv"), at("de-people.csv")] },
      conversions: { files: [at("us-deals.csv"), at("de-deals.csv")] },
      output: at("upload.csv"),
      manifest: at("upload.manifest.json"),
      onRow: (event) => events.push(event),
    });
    expect(
      rows(at("upload.csv")).map((row) => [
        row["Client Id"],
        row["Conversion Time"],
        row["Conversion Value"],
        row["Hashed Email Address"],
      ]),
    ).toEqual([
      ["row-2", "11/13/2026 2:15:00 PM", "1250.5", sha256("ann@example.com")],
      ["row-3", "11/5/2026 2:15:00 PM", "20", sha256("bob@example.com")],
      ["f2-row-2", "11/13/2026 2:15:00 PM", "1250.5", sha256("cleo@contoso.com")],
    ]);
    expect(
      report.inputs.map(({ role, file, rows: count, delimiter }) => [role, file, count, delimiter]),
    ).toEqual([
      ["conversions", at("us-deals.csv"), 2, ","],
      ["conversions", at("de-deals.csv"), 2, ";"],
      ["contacts", at("us-people.csv"), 2, ","],
      ["contacts", at("de-people.csv"), 1, ";"],
    ]);
    expect(report.inputs[1]?.columns).toMatchObject({
      key: ["Kontakt-ID"],
      time: ["Schlusstermin"],
    });
    expect(report.destinations[0]?.reasons).toMatchObject([
      { code: "time-unreadable", count: 1, lines: [3], files: [at("de-deals.csv")] },
    ]);
    expect(renderSummary(report).join("\n")).toContain(`(${at("de-deals.csv")}:3)`);
    const lost = events.filter(({ outcome }) => outcome !== "written" && outcome !== "repaired");
    expect(lost).toMatchObject([
      // Cleo's number is none of the United States.
      { input: "contacts", file: at("de-people.csv"), line: 2, column: expect.any(String) },
      { input: "conversions", file: at("de-deals.csv"), line: 3, code: "time-unreadable" },
    ]);
    const manifest = JSON.parse(readFileSync(at("upload.manifest.json"), "utf8"));
    expect(manifest.inputs.map((input: { sha256: string }) => input.sha256)).toEqual(
      [US_DEALS, DE_DEALS, US_PEOPLE, DE_PEOPLE].map(sha256),
    );
  });

  it("with the same columns are one table, also where only the values say what joins them", async () => {
    const at = written({
      "people-1.csv": text("Ref,Email", "X-7001,ann@example.com"),
      "people-2.csv": text("Ref,Email", "X-7002,bob@example.com"),
      "sales-1.csv": text("Buyer,When", "X-7002,2026-11-13 14:15"),
      "sales-2.csv": text("Buyer,When", "X-7001,2026-11-14 14:15"),
    });
    const report = await prepare({
      ...BASE,
      contacts: { files: [at("people-1.csv"), at("people-2.csv")] },
      conversions: { files: [at("sales-1.csv"), at("sales-2.csv")] },
      dryRun: true,
    });
    expect(report.destinations[0]?.rows).toMatchObject({ read: 2, written: 2 });
    expect(report.inputs.map(({ rows: count }) => count)).toEqual([1, 1, 1, 1]);
    expect(report.inputs[0]?.notes.join()).toContain("2 of 2 values stand in both");
  });

  it("that each leave day and month open are asked about, whatever another file says", async () => {
    const at = written({
      ...ALL,
      "open.csv": text("Contact ID,Close Date,Amount", "A-1001,11/05/2026 2:15 PM,1"),
    });
    const error = await usage({
      ...BASE,
      contacts: at("us-people.csv"),
      conversions: { files: [at("us-deals.csv"), at("open.csv")] },
      dryRun: true,
    });
    expect(error).toMatchObject({ option: "dateOrder", file: at("open.csv"), line: 2 });
  });

  it("count a row that stands in two of them once", async () => {
    const at = written({ ...ALL, "again.csv": US_DEALS });
    const report = await prepare({
      ...BASE,
      contacts: at("us-people.csv"),
      conversions: { files: [at("us-deals.csv"), at("again.csv")] },
      dryRun: true,
    });
    expect(report.destinations[0]?.rows).toMatchObject({ read: 4, written: 2, duplicate: 2 });
    expect(report.destinations[0]?.reasons[0]?.files).toEqual([at("again.csv"), at("again.csv")]);
  });

  it("are refused where one is named twice, where there is none, and where one would be written over", async () => {
    const at = written(ALL);
    const deals = at("us-deals.csv");
    const contacts = at("us-people.csv");
    const twice = await usage({
      ...BASE,
      contacts,
      conversions: { files: [deals, deals] },
      dryRun: true,
    });
    expect(twice.message).toContain("names a file twice");
    const none = await usage({ ...BASE, contacts, conversions: { files: [] }, dryRun: true });
    expect(none.message).toContain("names no file");
    const over = await usage({
      ...BASE,
      contacts,
      conversions: { files: [deals, at("de-deals.csv")] },
      output: at("de-deals.csv"),
      force: true,
    });
    expect(over.message).toContain("input");
    expect(readFileSync(at("de-deals.csv"), "utf8")).toBe(DE_DEALS);
  });

  it("that name contacts by different columns are not joined by one of them", async () => {
    const at = written({
      "people.csv": text(
        "Contact ID,Customer ID,Email",
        "7001,7002,ann@example.com",
        "7002,7001,bob@example.com",
      ),
      "one.csv": text("Contact ID,Close Date", "7001,2026-11-13 14:15"),
      "two.csv": text("Customer ID,Close Date", "7001,2026-11-13 14:15"),
    });
    const error = await usage({
      ...BASE,
      contacts: at("people.csv"),
      conversions: { files: [at("one.csv"), at("two.csv")] },
      dryRun: true,
    });
    expect(error.message).toContain("by different columns");
  });

  it("say which of them lacks a column", async () => {
    const at = written({ ...ALL, "no-time.csv": text("Contact ID,Amount", "A-1001,5") });
    const error = await usage({
      ...BASE,
      contacts: at("us-people.csv"),
      conversions: { files: [at("us-deals.csv"), at("no-time.csv")] },
      dryRun: true,
    });
    expect(error.message).toContain(`no column of ${at("no-time.csv")} is known to hold the time`);
  });
});

describe("the command line", () => {
  const FLAGS = ["--goal", "Sale", "--country", "US", "--time-zone", "UTC", "--max-refused", "100"];

  it("takes files one by one, by patterns, and from standard input", async () => {
    const at = written(ALL);
    mkdirSync(at("more"));
    writeFileSync(
      join(at("more"), "us-deals.csv"),
      text("Contact ID,Close Date", "A-1002,11/19/2026 9:00 AM"),
    );
    const { code, stderr } = await firsthash(
      [
        ...["prepare", ...FLAGS, "--as-of", "2026-11-21T12:00:00Z", "--dry-run"],
        ...[
          "--contacts",
          at("*-people.csv"),
          "--conversions",
          at("**/us-deals.csv"),
          "--conversions",
          "-",
        ],
      ],
      { input: DE_DEALS },
    );
    expect(stderr).toMatch(
      /conversions +\S*more\/us-deals\.csv: 1 row [\s\S]*?\n *conversions +\S*us-deals\.csv: 2 rows [\s\S]*?\n *conversions +stdin: 2 rows/,
    );
    expect(stderr).toContain("4 of 5 rows would be written");
    expect(code).toBe(0);
  });

  it("refuses a pattern that matches nothing, without printing it", async () => {
    const { code, stderr } = await firsthash([
      "prepare",
      ...FLAGS,
      "--conversions",
      "ann@example.com*.csv",
    ]);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining("--conversions is a pattern that matches no file"),
    ]);
    expect(stderr).not.toContain("ann@");
  });
});
