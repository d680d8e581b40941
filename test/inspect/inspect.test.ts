/** What `inspect` says of a file: counts that a person can check by eye, and never a value. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  type InspectOptions,
  type InspectReport,
  inspect,
  renderInspection,
} from "../../src/index.ts";
import type { InputSource } from "../../src/read/types.ts";
import { number, row, workbook } from "../read/workbook/workbooks.ts";

const SAMPLES = join(import.meta.dirname, "../../samples");

async function* once(bytes: string | Uint8Array): AsyncGenerator<Uint8Array> {
  yield typeof bytes === "string" ? Buffer.from(bytes) : bytes;
}

function inspectText(
  lines: readonly string[] | Uint8Array,
  options: InspectOptions = {},
): Promise<InspectReport> {
  const bytes = lines instanceof Uint8Array ? lines : `${lines.join("\n")}\n`;
  return inspect(once(bytes), { name: "list.csv", ...options });
}

const column = (report: InspectReport, header: string) =>
  report.columns.find((candidate) => candidate.header === header);

const codes = (counts: readonly { code: string; count: number }[] | undefined) =>
  Object.fromEntries((counts ?? []).map(({ code, count }) => [code, count]));

const missing = (report: InspectReport, role = 0) =>
  report.roles[role]?.missing.map(({ hint }) => hint);

describe("the samples", () => {
  it("tells of the contacts which cells are of use, and why the others are not", async () => {
    const report = await inspect(join(SAMPLES, "contacts.csv"), { country: "US" });
    expect(report).toMatchObject({
      schema: "firsthash.inspect/1",
      encoding: "utf-8",
      delimiter: ",",
      lineEnd: "LF",
      headerLine: 1,
      rows: 20,
      malformed: [],
      unclear: [],
      keys: { column: 1, different: 20, repeated: { count: 0 }, empty: 0 },
      people: { rows: 20, both: 14, emailOnly: 2, phoneOnly: 3, neither: 1, noConsent: 0 },
    });
    const email = column(report, "Email");
    expect(email).toMatchObject({ fields: ["email"], identifiers: { usable: 16, absent: 2 } });
    expect(codes(email?.identifiers?.refused)).toEqual({
      "email-domain-invalid": 1,
      "email-more-than-one": 1,
    });
    expect(email?.identifiers?.refused.map(({ lines }) => lines)).toEqual([[17], [12]]);
    expect(codes(column(report, "Phone")?.identifiers?.refused)).toEqual({
      "phone-spreadsheet-damaged": 1,
    });
    expect(column(report, "Country")).toMatchObject({ cells: { filled: 20, absent: 0 } });
    expect(column(report, "Notes")).toEqual({ number: 7, header: "Notes", fields: [] });
    expect(report.roles.map(({ role }) => role)).toEqual(["contacts"]);
    expect(missing(report)).toEqual([]);
  });

  it("tells of the conversions how times and values are written, and the command to run", async () => {
    const report = await inspect(join(SAMPLES, "conversions.csv"));
    expect(report.people).toBeUndefined();
    expect(report.times).toEqual({ cells: 24, unreadable: 0, withoutTime: 0, withoutZone: 24 });
    expect(report.values).toEqual({ cells: 23, unreadable: 0, decimal: "point" });
    expect(report.keys).toMatchObject({
      different: 21,
      repeated: { count: 3, lines: [22, 24, 25] },
    });
    expect(missing(report)).toEqual(['`timeZone: "<iana>"`']);
    expect(report.roles[0]?.command).toMatch(
      /^firsthash prepare --conversions \S+conversions\.csv --contacts <file> --key "Contact ID" --time-zone <iana> -o upload\.csv$/,
    );
  });

  it.each(["contacts.csv", "conversions.csv"])("shows no cell of %s", async (name) => {
    const text = readFileSync(join(SAMPLES, name), "utf8");
    const [, ...lines] = text.trimEnd().split("\n");
    const report = await inspect(join(SAMPLES, name), { country: "US" });
    const said = JSON.stringify(report) + renderInspection(report).join("\n");
    const cells = lines.flatMap((line) => line.split(/[",]/)).map((cell) => cell.trim());
    // Short cells (US, 75) stand in any text, and this one is the example in a reason's text.
    const telling = cells.filter((cell) => cell.length > 4 && cell !== "4.15555E+09");
    expect(telling.length).toBeGreaterThan(40);
    for (const cell of telling) expect(said).not.toContain(cell);
  });
});

describe("columns", () => {
  it("counts each of several columns by itself, and a person once", async () => {
    const report = await inspectText([
      "Contact ID,Email,Work Email,Phone,Mobile,Hashed Email Address",
      `1,ann@example.com,ann@contoso.com,,+1 206 555 0101,${"ab".repeat(32)}`,
      "2,,bob@contoso.com,,,",
      "3,,,206 555 0102,,",
      "4,broken,,,,nonsense",
    ]);
    expect(column(report, "Email")?.identifiers).toMatchObject({ usable: 1, absent: 2 });
    expect(column(report, "Work Email")?.identifiers).toMatchObject({ usable: 2, absent: 2 });
    expect(codes(column(report, "Hashed Email Address")?.identifiers?.refused)).toEqual({
      "hash-malformed": 1,
    });
    expect(report.people).toMatchObject({ both: 1, emailOnly: 1, phoneOnly: 0, neither: 2 });
    expect(missing(report)).toEqual(['`country: "<code>"`']);
  });

  it("reads phones with --country, and asks for none then", async () => {
    const lines = ["Contact ID,Phone", "1,206 555 0101"];
    const report = await inspectText(lines, { country: "US" });
    expect(report.people).toMatchObject({ phoneOnly: 1 });
    expect(missing(report)).toEqual([]);
    expect(report.roles[0]?.command).toContain("--country US");
    await expect(inspectText(lines, { country: "Atlantis" })).rejects.toThrow("`country`");
  });

  it("names the columns between which the user must choose, without failing", async () => {
    const report = await inspectText([
      "Customer ID,Contact ID,Conversion Name,Conversion Time,Conversion Date",
      "1,2,Sale,2026-11-19T10:00:00Z,2026-11-19",
    ]);
    expect(report.unclear).toEqual([
      { field: "key", columns: [1, 2] },
      { field: "time", columns: [4, 5] },
    ]);
    expect(report.keys).toBeUndefined();
    expect(missing(report)).toEqual(['`key: "<header>"`', "`columns.time`"]);
    expect(renderInspection(report).join("\n")).toContain('unclear: "Customer ID" or "Contact ID"');
  });

  it("takes the columns that the user names, and fails where there is none", async () => {
    const lines = [
      "Nr,Kontakt,When,Email",
      "7,ann@example.com,2026-11-19T10:00:00Z,bob@example.com",
    ];
    const columns = { email: "Kontakt", time: "When", "contacts.key": "Nr" };
    const report = await inspectText(lines, { columns });
    expect(column(report, "Nr")?.fields).toEqual(["key"]);
    expect(column(report, "Kontakt")?.fields).toEqual(["email"]);
    expect(column(report, "Email")?.fields).toEqual([]);
    expect(report.roles[0]?.command).toContain("--column email=Kontakt");
    await expect(inspectText(lines, { key: "Nummer" })).rejects.toMatchObject({ code: "usage" });
  });

  it("does not look at people who did not agree", async () => {
    const report = await inspectText(
      ["Contact ID,Email,OK", "1,ann@example.com,yes", "2,bob@example.com,no", "3,c@example.com,"],
      { columns: { consent: "OK" } },
    );
    expect(report.people).toMatchObject({ rows: 3, emailOnly: 1, noConsent: 2 });
    expect(column(report, "Email")?.identifiers).toMatchObject({ usable: 1, absent: 0 });
  });

  it("shows numbers instead of headers that could be data", async () => {
    const report = await inspectText(["Ann Marlowe,Seattle,Sleepless", "b,c,d"]);
    expect(report.columns.map(({ header }) => header)).toEqual([undefined, undefined, undefined]);
    expect(renderInspection(report).join("\n")).toContain("not read      #1, #2, #3");
    expect(JSON.stringify(report)).not.toContain("Marlowe");
    expect(report.roles.map(({ role }) => role)).toEqual(["contacts", "conversions"]);
  });

  it("refuses a file without a header, and does not print its first row", async () => {
    const failed = inspectText(["ann@example.com,2065550101", "bob@example.com,2065550102"]);
    await expect(failed).rejects.toMatchObject({ code: "input", line: 1 });
    await expect(failed).rejects.not.toThrow(/ann|206/);
  });

  it("takes control characters out of headers", async () => {
    const report = await inspectText(["Email,Phone,\u001b[2JNotes", "ann@example.com,,x"]);
    expect(report.columns[2]?.header).toBe(" [2JNotes");
  });
});

describe("keys", () => {
  it("counts keys that come more than once as the join compares them", async () => {
    const keys = ["a", " a ", "A", "b", "a", "", "b", "c"];
    const report = await inspectText(["Contact ID,Email", ...keys.map((key) => `${key},x`)]);
    expect(report.keys).toEqual({
      column: 1,
      different: 4,
      repeated: { count: 2, lines: [3, 8] },
      empty: 1,
      damaged: 0,
      areCut: false,
    });
  });

  it("counts many keys", async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `${1 + (index % 15_000)},x`);
    const report = await inspectText(["Contact ID,Email", ...lines]);
    expect(report.keys).toMatchObject({ different: 15_000, repeated: { count: 5000 } });
  });

  it("puts no header into the command that a shell would run", async () => {
    const report = await inspectText(["Contact ID $(date),Email", "1,x"], {
      columns: { "contacts.key": "#1" },
    });
    expect(report.roles[0]?.command).not.toContain("$(");
    expect(report.roles[0]?.command).toContain('--key "#1"');
  });
});

describe("times and values", () => {
  const timesOf = async (...cells: string[]) =>
    (await inspectText(["Conversion Time,x", ...cells.map((cell) => `${cell},1`)])).times;

  it.each([
    [["11/13/2026 10:00"], "mdy"],
    [["13/11/2026 10:00"], "dmy"],
    [["01/02/2026 10:00"], "unclear"],
    [["13/11/2026 10:00", "11/13/2026 10:00"], "mixed"],
    [["2026-11-13T10:00:00Z"], undefined],
  ] as const)("of %j finds the order %s", async (cells, order) => {
    expect((await timesOf(...cells))?.dateOrder).toBe(order);
  });

  it("counts what has no zone, no time of day, no known form", async () => {
    expect(
      await timesOf("2026-11-13T10:00:00Z", "2026-11-13 10:00", "2026-11-13", "soon", ""),
    ).toEqual({ cells: 4, unreadable: 1, withoutTime: 1, withoutZone: 2 });
  });

  const decimalOf = async (...cells: string[]) =>
    (await inspectText(["Amount;x", ...cells.map((cell) => `${cell};1`)])).values?.decimal;

  it.each([
    [["1.5"], "point"],
    [["1,5"], "comma"],
    [["1.234"], "unclear"],
    [["1.234", "1,5"], "comma"],
    [["1.5", "1,5"], "mixed"],
    [["15"], undefined],
  ] as const)("of %j finds the decimal mark %s", async (cells, mark) => {
    expect(await decimalOf(...cells)).toBe(mark);
  });

  it("asks for all that prepare would ask for", async () => {
    const report = await inspectText([
      "Email,Amount,Close Date",
      "ann@example.com,1.234,01/02/2026 10:00",
      "ann@example.com,1.234,01/02/2026",
    ]);
    expect(missing(report)).toEqual([
      '`goal: "<name>"`, or `columns.name`',
      '`timeZone: "<iana>"`',
      '`assumeTime: "<HH:mm>"`',
      "`dateOrder` mdy, dmy or ymd",
      "`decimal` point or comma",
    ]);
    expect(report.roles[0]?.command).toBe(
      "firsthash prepare --conversions list.csv --goal <name> --time-zone <iana> --assume-time <HH:mm> --date-order <order> --decimal <mark> -o upload.csv",
    );
  });
});

describe("files", () => {
  it("counts rows with too few and too many cells apart", async () => {
    const report = await inspectText([
      "Contact ID,Email",
      "1",
      "2,x@example.com,y",
      "3,z@example.com",
    ]);
    expect(report.rows).toBe(3);
    expect(codes(report.malformed)).toEqual({ "row-too-short": 1, "row-too-long": 1 });
    expect(report.people?.rows).toBe(1);
  });

  it("tells encoding, byte order mark, delimiter, line ends and the lines above the header", async () => {
    const text = "Report of today;\r\n\r\nKontakt-ID;E-Mail-Adresse\r\n1;Zoë@example.com\r\n";
    const bytes = Buffer.from(`\ufeff${text}`, "utf16le");
    expect(await inspectText(bytes)).toMatchObject({
      encoding: "utf-16le",
      byteOrderMark: true,
      delimiter: ";",
      lineEnd: "CRLF",
      headerLine: 3,
      rows: 1,
    });
  });

  it("tells a guessed encoding", async () => {
    const bytes = Buffer.from("Contact ID,Email,Notes\n1,a@example.com,caf\xe9\n", "latin1");
    const report = await inspectText(bytes);
    expect(report).toMatchObject({ encoding: "windows-1252", encodingCertain: false });
    expect(renderInspection(report).join("\n")).toContain("windows-1252 (a guess)");
    const certain = await inspectText(bytes, { read: { encoding: "latin1" } });
    expect(certain.encodingCertain).toBe(true);
    expect(certain.roles[0]?.command).toContain("--encoding contacts=latin1");
  });

  it("reads a sheet of a workbook", async () => {
    const rows =
      row(1, "Contact ID", "Email", "Phone") + row(2, "1", "a@example.com", number("12065550101"));
    const bytes = workbook({ sheets: { Notes: "", "My People": rows } });
    const report = await inspectText(bytes, { read: { sheet: "My People" }, country: "US" });
    expect(report).toMatchObject({ kind: "workbook", sheet: "My People", people: { both: 1 } });
    expect(report.roles[0]?.command).toContain('--sheet "contacts=My People"');
  });

  it("reads records of a program", async () => {
    const report = await inspect([{ "Contact ID": 1, Email: "a@example.com" }] as InputSource);
    expect(report).toMatchObject({ kind: "records", rows: 1, people: { emailOnly: 1 } });
  });

  it("says that nothing stands below the header", async () => {
    const report = await inspectText(["Contact ID,Email"]);
    expect(report.rows).toBe(0);
    expect(report.roles[0]?.missing[0]?.message).toBe("rows below the header");
  });

  it("stops when it is told to", async () => {
    const controller = new AbortController();
    controller.abort();
    const failed = inspect(join(SAMPLES, "contacts.csv"), { signal: controller.signal });
    await expect(failed).rejects.toMatchObject({ code: "interrupted" });
  });
});
