import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { readSheet } from "read-excel-file/node";
import { afterAll, describe, expect, it } from "vitest";
import writeXlsxFile from "write-excel-file/node";
import { FirsthashError } from "../../../src/base/errors.ts";
import { openTable } from "../../../src/read/open.ts";
import { unpack, zipEntries } from "../../../src/read/workbook/zip.ts";
import { cellsOf, readAll, readBytes } from "../helpers.ts";
import { number, row, type WorkbookForm, workbook } from "./workbooks.ts";

const folder = mkdtempSync(join(tmpdir(), "firsthash-workbook-"));
afterAll(() => rmSync(folder, { recursive: true }));

const HEAD = row(1, "Email", "Phone", "Close Date", "Amount");

/** The cells of one data row below the header. */
async function cellsIn(cells: readonly (string | null)[], form: WorkbookForm = {}) {
  const bytes = workbook({ ...form, sheets: { Sheet1: HEAD + row(2, "a@example.com", ...cells) } });
  return (await readBytes(bytes)).rows[0]?.cells.slice(1);
}

async function failure(bytes: Uint8Array, sheet?: string): Promise<FirsthashError> {
  const error: unknown = await readBytes(bytes, { sheet }).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(FirsthashError);
  return error as FirsthashError;
}

describe("cells of a workbook", () => {
  it("keeps numbers digit for digit, without an exponent", async () => {
    for (const [stored, text] of [
      ["4155552671", "4155552671"],
      ["4.155552671E9", "4155552671"],
      ["123456789012345678", "123456789012345678"],
      ["19.989999999999998", "19.99"],
      ["0.10000000000000001", "0.1"],
      // Computed in the sheet: 0.1 + 0.2, and a sum of prices.
      ["0.30000000000000004", "0.3"],
      ["1234.5600000000002", "1234.56"],
      ["-1.0000000000000002E-2", "-0.01"],
      ["23.788100000000003", "23.7881"],
      ["1.2345678901234567E+16", "12345678901234568"],
      ["1.5E-3", "0.0015"],
      ["-2E2", "-200"],
      ["10.50", "10.50"],
      ["0", "0"],
    ] as const) {
      expect([stored, (await cellsIn([number(stored)]))?.[0]]).toEqual([stored, text]);
    }
  });

  it("writes dates as ISO text without a zone, whatever the format's form", async () => {
    const codes = [
      "yyyy\\-mm\\-dd\\ hh:mm:ss",
      "[$-409]m/d/yy h:mm AM/PM;@",
      "dd.mm.yyyy",
      "yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;",
      "[h]:mm:ss",
      "0.00&quot; days&quot;",
      "#,##0.00\\ [$€-407]",
      "0.00E+00",
      "mm:ss.0",
    ];
    const at = "46345.545138888891";
    const expected: (readonly [number, string, string])[] = [
      [1, at, "2026-11-19T13:05:00"],
      [2, "46345", "2026-11-19"],
      [2, at, "2026-11-19T13:05:00"],
      [1, "46345", "2026-11-19T00:00:00"],
      [3, at, "2026-11-19T13:05:00"],
      [4, at, "2026-11-19T13:05:00"],
      [5, "46345", "2026-11-19"],
      [6, "46345", "2026-11-19"],
      [7, "36.5", "36.5"],
      [8, "46345", "46345"],
      [9, "46345.5", "46345.5"],
      [10, "46345.5", "46345.5"],
      [11, "46345.545144675925", "2026-11-19T13:05:00.500"],
      [1, "46345.5451389", "2026-11-19T13:05:00"],
      [1, "0.5", "0.5"],
      [1, "-3", "-3"],
      [1, "9E9", "9000000000"],
    ];
    for (const [style, stored, text] of expected) {
      const cells = await cellsIn([null, number(stored, style)], { codes });
      expect([style, stored, cells?.[1]]).toEqual([style, stored, text]);
    }
  });

  it("reads the calendar of 1904, written as 1 or as true", async () => {
    for (const properties of ['date1904="1"', 'date1904="true"']) {
      expect((await cellsIn([number("44883.5", 1)], { properties }))?.[0]).toBe(
        "2026-11-19T12:00:00",
      );
    }
  });

  it("reads texts of every kind, booleans, formulas by their value, and errors as nothing", async () => {
    const texts = [
      "<t>plain &amp; simple</t>",
      "<r><t>rich </t></r><r><rPr><b/></rPr><t>text</t></r>",
      "<t>東京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh>",
      "<t>line_x000D_\nend</t>",
    ];
    for (const [cell, text] of [
      ['<c r="@" t="s"><v>0</v></c>', "plain & simple"],
      ['<c r="@" t="s"><v>1</v></c>', "rich text"],
      ['<c r="@" t="s"><v>2</v></c>', "東京"],
      ['<c r="@" t="s"><v>3</v></c>', "line\r\nend"],
      ['<c r="@" t="str"><f>A1&amp;"x"</f><v>formula</v></c>', "formula"],
      ['<c r="@" t="str"><f>A1</f><v></v></c>', ""],
      ['<c r="@"><f>1+1</f><v>2</v></c>', "2"],
      ['<c r="@" t="b"><v>1</v></c>', "TRUE"],
      ['<c r="@" t="e"><v>#N/A</v></c>', ""],
      ['<c r="@" t="d"><v>2026-11-19T13:05:00</v></c>', "2026-11-19T13:05:00"],
      ['<c r="@" t="s"/>', ""],
      ['<c r="@" t="inlineStr"><is><t><![CDATA[a<b]]></t></is></c>', "a<b"],
    ] as const) {
      expect([cell, (await cellsIn([cell], { texts }))?.[0]]).toEqual([cell, text]);
    }
  });

  it("reads tags with a prefix, and cells and rows without their places", async () => {
    const bytes = workbook({
      replace: {
        "xl/worksheets/sheet1.xml": strToU8(
          '<x:worksheet><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>Email</x:t></x:is></x:c></x:row><x:row><x:c><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>',
        ),
      },
    });
    expect(cellsOf(await readBytes(bytes))).toEqual([["7"]]);
  });
});

describe("sheets", () => {
  it("counts lines as the sheet's rows, skips empty rows, and knows wide rows", async () => {
    const rows =
      HEAD +
      row(4, "a@example.com") +
      row(5, null, null) +
      row(9, "b@example.com", null, null, null, "stray");
    const { rows: read } = await readBytes(workbook({ sheets: { Sheet1: rows } }));
    expect(read.map(({ line, width }) => [line, width])).toEqual([
      [4, 4],
      [9, 5],
    ]);
  });

  it("finds the header below a report's title, and in a sheet that begins in column B", async () => {
    const rows =
      row(2, null, "Closed deals") +
      row(3, null, "As of 2026-11-19") +
      row(6, null, "Email", "Amount") +
      row(7, null, "a@example.com", number("5"));
    const {
      headers,
      findings,
      rows: read,
    } = await readBytes(workbook({ sheets: { Report: rows } }));
    expect(headers).toEqual(["", "Email", "Amount"]);
    expect(findings).toMatchObject({ headerLine: 6, sheet: "Report", kind: "workbook" });
    expect(read).toEqual([{ line: 7, width: 3, cells: ["", "a@example.com", "5"] }]);
  });

  it("takes the first visible sheet, or the one that is named or numbered", async () => {
    const bytes = workbook({
      sheets: { Hidden: row(1, "Phone"), Deals: HEAD, Notes: row(1, "Company") },
      attributes: { Hidden: 'state="hidden"' },
    });
    const sheetOf = async (sheet?: string) => (await readBytes(bytes, { sheet })).findings.sheet;
    expect(await sheetOf()).toBe("Deals");
    expect(await sheetOf("Notes")).toBe("Notes");
    expect(await sheetOf("notes")).toBe("Notes");
    expect(await sheetOf("1")).toBe("Hidden");
    expect(await failure(bytes, "Note")).toMatchObject({
      code: "usage",
      hint: 'did you mean "Notes"?',
    });
    expect(await failure(bytes, "9")).toMatchObject({ code: "usage" });
  });

  it("does not give every row the width of one stray cell", async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => row(i + 2, "a@example.com"));
    const stray = '<row r="30000"><c r="XFD30000"><v>1</v></c></row>';
    const before = process.memoryUsage().rss;
    const table = await openTable(
      [workbook({ sheets: { Sheet1: HEAD + rows.join("") + stray } })] as never,
      "x",
    );
    let last = 0;
    for await (const batch of table.rows([0])) last = batch.width(batch.length - 1);
    expect(last).toBe(16_384);
    expect(process.memoryUsage().rss - before).toBeLessThan(500_000_000);
  });

  it("reads again from one opening", async () => {
    const path = join(folder, "again.xlsx");
    writeFileSync(path, workbook({ sheets: { Sheet1: HEAD + row(2, "a@example.com") } }));
    const table = await openTable(path, path);
    expect(await readAll(table)).toEqual(await readAll(table));
    await table.close();
  });

  it("agrees with read-excel-file on a workbook that write-excel-file made", async () => {
    const path = join(folder, "peer.xlsx");
    const data = [
      [{ value: "Email" }, { value: "Amount" }, { value: "Won" }, { value: "Close Date" }],
      ...Array.from({ length: 500 }, (_, i) => [
        { value: `person${i}@example.com` },
        { value: i / 8, type: Number },
        { value: i % 2 === 0, type: Boolean },
        {
          value: new Date(Date.UTC(2026, 10, 19, 13, 5, i % 60)),
          type: Date,
          format: "yyyy-mm-dd hh:mm:ss",
        },
      ]),
    ];
    await writeXlsxFile(data as never).toFile(path);
    const theirs = (await readSheet(path)).slice(1).map((cells) =>
      cells.map((cell) => {
        // Theirs are cut to the millisecond below, often 13:05:53.999 for 13:05:54.
        if (cell instanceof Date) return new Date(cell.getTime() + 1).toISOString().slice(0, 19);
        return typeof cell === "boolean" ? String(cell).toUpperCase() : String(cell);
      }),
    );
    const table = await openTable(path, path);
    expect((await readAll(table)).map(({ cells }) => cells)).toEqual(theirs);
    await table.close();
  });
});

describe("what is no workbook, or a broken one", () => {
  const good = workbook({ sheets: { Sheet1: HEAD + row(2, "canary@example.com") } });

  it("names other archives", async () => {
    for (const [parts, what] of [
      [{ "notes.csv": strToU8("Email") }, "is a zip archive"],
      [{ "xl/workbook.bin": strToU8("x") }, ".xlsb"],
      [{ "Index/Document.iwa": strToU8("x") }, "Numbers"],
      [{ mimetype: strToU8("x"), "content.xml": strToU8("x") }, ".ods"],
      [{ "word/document.xml": strToU8("x") }, "Word"],
      [{ "ppt/presentation.xml": strToU8("x") }, "PowerPoint"],
    ] as const) {
      expect((await failure(Buffer.from(zipSync(parts)))).message).toContain(what);
    }
  });

  it("refuses an archive that is cut off anywhere", async () => {
    for (let length = 4; length < good.length; length += 97) {
      expect((await failure(good.subarray(0, length))).code).toBe("input");
    }
  });

  it("refuses parts that are missing, empty, or not XML", async () => {
    for (const form of [
      { leaveOut: ["xl/workbook.xml"] },
      { leaveOut: ["xl/worksheets/sheet1.xml"] },
      { leaveOut: ["xl/_rels/workbook.xml.rels"] },
      { replace: { "xl/worksheets/sheet1.xml": strToU8("") } },
      { replace: { "xl/worksheets/sheet1.xml": strToU8("<worksheet><sheetData><row") } },
      { replace: { "xl/worksheets/sheet1.xml": strToU8("\xff\xfe not xml") } },
      { sheets: { Sheet1: '<row r="0"/>' } },
      { sheets: { Sheet1: '<row r="99999999"><c r="A1"><v>1</v></c></row>' } },
      { sheets: { Sheet1: '<row r="1"><c r="AAAAAAAAAA1"><v>1</v></c></row>' } },
      { sheets: { Sheet1: '<row r="1"><c r="A1" t="s"><v>77</v></c></row>' } },
      { sheets: { Sheet1: row(2, "Email") + row(1, "Phone") } },
    ] satisfies WorkbookForm[]) {
      expect((await failure(workbook(form))).code).toBe("input");
    }
  });

  it("refuses a checksum or a size that is wrong", async () => {
    const entry = zipEntries(good, "x").get("xl/worksheets/sheet1.xml");
    if (entry === undefined) throw new Error("no sheet");
    const read = async (changed: object, limit?: number) => {
      for await (const _ of unpack(good, { ...entry, ...changed }, "x", limit));
    };
    await read({});
    await expect(read({ crc: entry.crc ^ 1 })).rejects.toThrow(/damaged/);
    await expect(read({ size: entry.size - 1 })).rejects.toThrow(/damaged/);
    await expect(read({ size: entry.size + 1 })).rejects.toThrow(/damaged/);
    await expect(read({ packed: entry.packed - 2 })).rejects.toThrow(/damaged/);
    await expect(read({ encrypted: true })).rejects.toThrow(/encrypted/);
    await expect(read({}, entry.size - 1)).rejects.toThrow(/unpacks to more/);
  });

  const LONGEST = 32_767;

  it("reads a cell as long as Excel allows, however it is written", async () => {
    for (const [written, text] of [
      ["x".repeat(LONGEST), "x".repeat(LONGEST)],
      ["&amp;".repeat(LONGEST), "&".repeat(LONGEST)],
      ["_x000D_".repeat(LONGEST), "\r".repeat(LONGEST)],
    ] as const) {
      const texts = [`<t>${written}</t>`];
      const shared = await cellsIn(['<c t="s"><v>0</v></c>'], { texts });
      expect(shared?.[0] === text).toBe(true);
      const inline = await cellsIn([`<c t="inlineStr"><is><t>${written}</t></is></c>`]);
      expect(inline?.[0] === text).toBe(true);
    }
  });

  const inline = (content: string) => `<c r="B2" t="inlineStr"><is>${content}</is></c>`;

  it.each([
    ["a text", inline(`<t>${"x".repeat(LONGEST + 1)}</t>`)],
    ["a text in runs", inline("<r><t>abcdefghij</t></r>".repeat(30_000))],
    ["a formula's text", `<c r="B2" t="str"><v>${"x".repeat(LONGEST + 1)}</v></c>`],
    ["a number", `<c r="B2"><v>${"4".repeat(8 * LONGEST)}</v></c>`],
  ])("refuses a cell that is longer, with its place: %s", async (_, cell) => {
    const bytes = workbook({ sheets: { Sheet1: HEAD + row(2, "a@example.com", cell) } });
    const error = await failure(bytes);
    expect(error.message).toBe(
      "list.csv:2, column 2: a cell of more than 32,767 characters, which is more than Excel allows",
    );
  });

  it("refuses a shared text that is longer", async () => {
    const texts = [`<t>${"x".repeat(LONGEST + 1)}</t>`];
    const error = await failure(workbook({ texts, sheets: { Sheet1: HEAD } }));
    expect(error.message).toMatch(/a cell of more than 32,767 characters/);
  });

  it.each([
    ["a cell", inline(`<t>${"x".repeat(8_000_000)}</t>`)],
    ["CDATA", inline(`<t><![CDATA[${"<a ".repeat(3_000_000)}]]></t>`)],
    ["a comment", `<!--${"< ".repeat(4_000_000)}-->`],
    ["a tag", `<c r="${"A".repeat(8_000_000)}"/>`],
  ])("looks through no piece again and again that has no end: %s", async (_, cell) => {
    const bytes = workbook({ sheets: { Sheet1: HEAD + row(2, "a@example.com", cell) } });
    expect((await failure(bytes)).message).toMatch(/holds more than 524,288 characters without/);
  });

  it("says the limit that was passed", async () => {
    const bomb = Buffer.from(zipSync({ a: new Uint8Array(5_000_000) }, { level: 9 }));
    const entry = zipEntries(bomb, "x").get("a");
    if (entry === undefined) throw new Error("no part");
    const reading = async (limit: number) => {
      for await (const _ of unpack(bomb, entry, "x", limit));
    };
    await expect(reading(4 * 1024 * 1024)).rejects.toThrow("unpacks to more than 4 MiB");
    await expect(reading(256 * 1024)).rejects.toThrow("unpacks to more than 0.25 MiB");
  });

  it("stops unpacking a bomb at the limit, whatever size it states", async () => {
    const bomb = Buffer.from(zipSync({ a: new Uint8Array(64 * 1024 * 1024) }, { level: 9 }));
    const entry = zipEntries(bomb, "x").get("a");
    if (entry === undefined) throw new Error("no part");
    for (const size of [entry.size, 10, 2 ** 40]) {
      let unpacked = 0;
      const reading = (async () => {
        for await (const piece of unpack(bomb, { ...entry, size }, "x", 1_000_000))
          unpacked += piece.length;
      })();
      await expect(reading).rejects.toBeInstanceOf(FirsthashError);
      expect(unpacked).toBeLessThanOrEqual(1_000_000);
    }
  });
});
