/** `onRow` in each job, and the file of `--rejects`. `prepare` alone is held in test/prepare/conservation.test.ts. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import {
  adjust,
  hashContacts,
  type PrepareReport,
  prepare,
  type RowEvent,
  verify,
} from "../../src/index.ts";
import { counted, expectCellEvents, expectRowEvents, partedEvents } from "../helpers/row-events.ts";
import { SAMPLES, scratch } from "../helpers/run.ts";
import { warmFirsthash } from "../helpers/warm.ts";

const AS_OF = "2026-11-20T12:00:00Z";

function listener() {
  const events: RowEvent[] = [];
  return { events, onRow: (event: RowEvent) => void events.push(event) };
}

const CONTACTS = [
  "Id,Email,Mobile,Phone,Country",
  "1,mailto:ann@example.com,n/a,206-555-0101 ext 3,US",
  "2,no address,12,206-555-0102,US",
  "3,bob@example.com,,,US",
  "3,other@example.com,,,US",
  "N/A,eve@example.com,,,US",
  "4,zed@example.com,,(206) 555-0104,US",
  "5,short",
  "",
].join("\n");

const CONVERSIONS = [
  "Id,Conversion Time",
  ...["1", "2", "3", "4", "4", "9", "", "1.5E+17", "5"].map(
    (id, n) => `${id},2026-11-1${n % 2}T10:00:00Z`,
  ),
  "4,2020-01-01T10:00:00Z",
  "4,2026-11-10T10:00:00Z",
  "",
].join("\n");

const bytes = (text: string) => [Buffer.from(text)];
const BASE = { key: "Id", goal: "Sale", asOf: AS_OF, maxRefused: 100, country: "US", dryRun: true };

describe("onRow", () => {
  it("of prepare tells of every row for each destination, and of each cell once", async () => {
    const { events, onRow } = listener();
    const report = await prepare({
      ...BASE,
      contacts: bytes(CONTACTS),
      conversions: bytes(CONVERSIONS),
      to: ["microsoft-bulk", "google-leads"],
      onRow,
    });
    for (const { destination, rows, reasons } of report.destinations) {
      expectRowEvents(events, "conversions", { rows: { ...rows }, reasons }, destination);
    }
    expectCellEvents(events, report.people);
    const { malformed } = report.people;
    const contacts = partedEvents(events).rows.filter(({ input }) => input === "contacts");
    expect(counted(contacts, ({ code }) => code)).toEqual(
      Object.fromEntries(malformed.map(({ code, count }) => [code, count])),
    );
    expect(events).toContainEqual(
      expect.objectContaining({
        input: "contacts",
        file: "contacts",
        line: 3,
        column: "Email",
        outcome: "refused",
        code: "email-at-sign",
      }),
    );
  });

  it.each([undefined, true])("of hash, perKey %s", async (perKey) => {
    const { events, onRow } = listener();
    const report = await hashContacts({
      contacts: bytes(CONTACTS),
      key: "Id",
      country: "US",
      maxRefused: 100,
      dryRun: true,
      perKey,
      onRow,
    });
    expectRowEvents(events, "contacts", { rows: { ...report.rows }, reasons: report.reasons });
    expectCellEvents(events, report.people);
  });

  it("of adjust tells of every correction", async () => {
    const { events, onRow } = listener();
    const report = await adjust({
      corrections: join(SAMPLES, "corrections.csv"),
      original: join(SAMPLES, "outputs/microsoft-bulk.csv"),
      timeZone: "America/New_York",
      asOf: AS_OF,
      dryRun: true,
      onRow,
    });
    const [destination] = report.destinations;
    if (destination === undefined) throw new Error("no destination");
    const { rows, reasons } = destination;
    expectRowEvents(events, "corrections", { rows: { ...rows }, reasons });
  });

  it("of verify tells of every row once, and of every finding with its line", async () => {
    const upload = [
      "Type,Parent Id,Name,Client Id,Conversion Name,Conversion Time,Hashed Email Address",
      "Format Version,,6.0,,,,",
      `Offline Conversion,,,r1,Sale,11/10/2026 10:00:00 AM,${"a".repeat(64)}`,
      "Offline Conversion,,,r2,Sale,nonsense,ann@example.com",
      `Offline Conversion,,,r3,,11/10/2026 10:00:00 AM,${"b".repeat(64)}`,
      "",
    ].join("\r\n");
    const { events, onRow } = listener();
    const report = await verify(bytes(upload), {
      asOf: AS_OF,
      against: bytes("Email\nann@example.com\n"),
      onRow,
    });
    const checked = events.filter(({ outcome }) => outcome === "checked");
    expect(checked.map(({ line }) => line)).toEqual([3, 4, 5]);
    expect(report.rows).toBe(3);
    const found = events.filter(({ outcome }) => outcome !== "checked");
    const withLine = report.findings.filter(({ places }) => places.length > 0);
    expect(counted(found, ({ code }) => code)).toEqual(
      Object.fromEntries(withLine.map(({ code, count }) => [code, count])),
    );
    expect(found).toContainEqual(
      expect.objectContaining({ line: 5, code: "digests-untraced", outcome: "error" }),
    );
    for (const event of events) expect(event).toMatchObject({ input: "file", file: "input" });
  });

  it("never tells a value", async () => {
    const { events, onRow } = listener();
    const options = { ...BASE, contacts: bytes(CONTACTS), conversions: bytes(CONVERSIONS), onRow };
    await prepare(options);
    const said = JSON.stringify(events);
    for (const cell of ["ann@", "bob@", "555-0101", "no address", "1.5E+17"]) {
      expect(said).not.toContain(cell);
    }
  });
});

const COLUMNS = "command,input,line,column,outcome,code,text,advice,destination";

describe("--rejects", () => {
  const folder = scratch();
  const at = (name: string) => join(folder, name);
  const run = (...args: string[]) => warmFirsthash(args, { cwd: folder });
  writeFileSync(at("contacts.csv"), CONTACTS);
  writeFileSync(at("conversions.csv"), CONVERSIONS);
  const PREPARE = [
    ...["prepare", "--contacts", "contacts.csv", "--conversions", "conversions.csv"],
    ...[
      "--key",
      "Id",
      "--goal",
      "Sale",
      "--as-of",
      AS_OF,
      "--country",
      "US",
      "--max-refused",
      "100",
    ],
  ];

  it("has one line for each loss, in three forms that say the same", async () => {
    for (const form of ["csv", "jsonl", "xlsx"]) {
      const flags = ["-o", `${form}.csv`, "--rejects", `rejects-${form}.${form}`];
      expect(await run(...PREPARE, ...flags, "--report", `${form}.json`)).toMatchObject({
        code: 0,
      });
    }
    const [head, ...lines] = readFileSync(at("rejects-csv.csv"), "utf8").trim().split("\r\n");
    expect(head?.replace("\ufeff", "")).toBe(COLUMNS);
    const report = JSON.parse(readFileSync(at("csv.json"), "utf8")) as PrepareReport;
    const { destinations, people } = report;
    const sums = [
      ...(destinations[0]?.reasons ?? []),
      ...people.malformed,
      ...people.email.refused,
      ...people.phone.refused,
    ];
    expect(lines).toHaveLength(sums.reduce((sum, { count }) => sum + count, 0));
    const objects = readFileSync(at("rejects-jsonl.jsonl"), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(objects).toHaveLength(lines.length);
    expect(Object.keys(objects[0]).join()).toBe(COLUMNS);
    expect(objects).toContainEqual({
      command: "prepare",
      input: "conversions.csv",
      line: 9,
      column: "",
      outcome: "refused",
      code: "key-spreadsheet-damaged",
      text: expect.any(String),
      advice: expect.any(String),
      destination: "microsoft-bulk",
    });
    const sheet = unzipSync(readFileSync(at("rejects-xlsx.xlsx")));
    const part = (name: string) => strFromU8(sheet[name] ?? new Uint8Array());
    expect(part("xl/worksheets/sheet1.xml").match(/<row /g)).toHaveLength(lines.length + 1);
    expect(part("xl/sharedStrings.xml")).toContain("key-spreadsheet-damaged");
  });

  it("is written for hash, adjust and verify in the same columns", async () => {
    const upload = join(SAMPLES, "outputs/microsoft-bulk.csv");
    const runs = {
      hash: ["contacts.csv", "--key", "Id", "--max-refused", "100", "-o", "hashed.csv"],
      adjust: [
        ...["--corrections", join(SAMPLES, "corrections.csv"), "--original", upload],
        ...["--time-zone", "America/New_York", "--as-of", AS_OF, "--dry-run"],
      ],
      verify: [upload, "--as-of", "2027-11-20T12:00:00Z"],
    };
    for (const [command, args] of Object.entries(runs)) {
      await run(command, ...args, "--rejects", `${command}.csv`);
      const [head, ...lines] = readFileSync(at(`${command}.csv`), "utf8")
        .trim()
        .split("\r\n");
      expect(head?.replace("\ufeff", "")).toBe(COLUMNS);
      expect(lines.length).toBeGreaterThan(0);
      for (const line of lines) expect(line).toMatch(new RegExp(`^${command},[^,]+,\\d+,`));
    }
  });

  it("is there where too many rows were refused and nothing else is", async () => {
    const flags = ["--max-refused", "1", "-o", "none.csv", "--rejects", "why.csv"];
    expect(await run(...PREPARE.slice(0, -2), ...flags)).toMatchObject({ code: 1 });
    expect(readdirSync(folder)).toContain("why.csv");
    expect(readdirSync(folder)).not.toContain("none.csv");
  });

  it("leaves nothing where the run stops", async () => {
    const flags = ["--key", "Nobody", "-o", "none.csv", "--rejects", "stopped.csv"];
    const args = PREPARE.filter((arg) => arg !== "--key" && arg !== "Id");
    expect(await run(...args, ...flags)).toMatchObject({ code: 2 });
    expect(readdirSync(folder).filter((name) => name.includes("stopped"))).toEqual([]);
  });

  it.each([
    ["an end that says no form", "rejects.txt"],
    ["a file that is read", "contacts.csv"],
    ["the output", "same.csv"],
  ])("refuses %s", async (_, name) => {
    const { code, stderr } = await run(...PREPARE, "-o", "same.csv", "--rejects", name, "--force");
    expect(code).toBe(2);
    expect(stderr).not.toContain("Error:");
    expect(readFileSync(at("contacts.csv"), "utf8")).toBe(CONTACTS);
  });
});
