/** Files that are broken, and what is said about each: never a row that is merged or lost without a word. */
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { FirsthashError } from "../../src/base/errors.ts";
import type { OpenOptions } from "../../src/read/open.ts";
import { cellsOf, readBytes } from "./helpers.ts";

type Case = readonly [what: string, bytes: string | Buffer, message: RegExp, options?: OpenOptions];

const HEAD = "Email,Phone\n";
const latin = (text: string): Buffer => Buffer.from(text, "latin1");
const with16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, "utf16le");

const REFUSED: readonly Case[] = [
  ["nothing", "", /list.csv: is empty/],
  ["a byte order mark alone", "\ufeff", /is empty/],
  ["blank lines alone", "\n\r\n \n", /is empty/],
  ["a header of empty cells", ",,,\n,,,\n", /is empty/],
  ["a sep= line alone", "sep=;\n", /is empty/],
  ["sep= with a delimiter that is not read", "sep=^\nEmail^Phone\n", /list.csv:1: sep= names/],
  [
    "a quote that is never closed",
    `${HEAD}a,b\n"canary,b\nc,d\n`,
    /list.csv:3: a quoted cell that is never closed/,
  ],
  [
    "a quote that is never closed, in a later cell on a later line",
    `${HEAD}"a\nb","canary\nc`,
    /list.csv:3: a quoted cell/,
  ],
  [
    "a quote that is never closed, in the header",
    'Email,"Phone\na,b\n',
    /list.csv:1: a quoted cell/,
  ],
  ["a quote inside a cell", `${HEAD}a,b\nca"nary,b\n`, /list.csv:3: a quote inside a cell/],
  ["a space before the quote", `${HEAD}a, "canary"\n`, /list.csv:2: a quote inside a cell/],
  [
    "text behind a closing quote",
    `${HEAD}"can"ary,b\n`,
    /list.csv:2: text after the closing quote/,
  ],
  ["a space behind a closing quote", `${HEAD}"canary" ,b\n`, /list.csv:2: text after/],
  ["quotes that are not doubled", `${HEAD}"the "canary" one",b\n`, /list.csv:2: text after/],
  ["quotes with backslashes", `${HEAD}"the \\"canary\\" one",b\n`, /list.csv:2: text after/],
  [
    "an unclosed quote that meets the next one",
    `${HEAD}"a,b\n"canary",d\n`,
    /list.csv:2: text after/,
  ],
  [
    "an unclosed quote of more than 4 MiB",
    `${HEAD}"${"canary ".repeat(700_000)}`,
    /list.csv:2: a record of more than 4 MiB/,
  ],
  ["a broken quote in a file of CRs", 'Email,Phone\ra,b\r"canary,b\r', /list.csv:3: a quoted cell/],
  [
    "UTF-8 that is cut in a character",
    Buffer.from(`${HEAD}Zoë,b\nc,Zoë`).subarray(0, -1),
    /ends in the middle of a character \(utf-8\)/,
  ],
  [
    "UTF-16 that is cut in a character",
    with16(HEAD).subarray(0, -1),
    /ends in the middle of a character \(utf-16le\)/,
  ],
  ["UTF-16 with half a surrogate pair", with16(`${HEAD}a,\ud83d\n`), /is not valid utf-16le/],
  [
    "UTF-16 that ends in half a surrogate pair",
    with16(`${HEAD}a,\ud83d`),
    /ends in the middle of a character/,
  ],
  [
    "Latin-1 that is said to be UTF-8",
    latin(`${HEAD}caf\xe9,b\n`),
    /byte offset 15 is not valid utf-8/,
    { encoding: "utf-8" },
  ],
  [
    "Latin-1 that is said to be Shift_JIS",
    latin(`${HEAD}caf\xe9,b\n`),
    /byte offset 15 is not valid shift_jis/,
    { encoding: "shift_jis" },
  ],
  [
    "UTF-8 with one damaged letter",
    Buffer.concat([Buffer.from(`${HEAD}Zoë,Müller\nc,`), Buffer.of(0xff), Buffer.from("\n")]),
    /is not valid utf-8/,
  ],
  [
    "overlong UTF-8",
    Buffer.concat([Buffer.from(`${HEAD}Zoë Müller né,`), Buffer.of(0xc0, 0x80)]),
    /is not valid utf-8|is a NUL/,
  ],
  ["a NUL in text", `${HEAD}a\0canary,b\n`, /byte offset 13 is a NUL/],
  ["a tail of NULs after a crash", `${HEAD}a,b\n${"\0".repeat(10)}`, /byte offset 16 is a NUL/],
  ["UTF-32", Buffer.concat([Buffer.of(0xff, 0xfe, 0, 0), Buffer.alloc(8)]), /UTF-32/],
  ["an encoding that is not there", HEAD, /`encoding`/, { encoding: "klingon" }],
  ["an old workbook", Buffer.from("d0cf11e0a1b11ae1".padEnd(64, "0"), "hex"), /\(\.xls\)/],
  ["a zip without a workbook", Buffer.from("504b0506".padEnd(44, "0"), "hex"), /is a zip archive/],
  ["half a zip", Buffer.from("504b0304".padEnd(80, "a"), "hex"), /damaged workbook/],
  ["gzip", gzipSync(HEAD), /gzip/],
  ["zstd", Buffer.from("28b52ffd00000000", "hex"), /zstd/],
  ["bzip2", Buffer.from("BZh91AY"), /bzip2/],
  ["xz", Buffer.from("fd377a585a00", "hex"), /xz/],
  ["7-Zip", Buffer.from("377abcaf271c", "hex"), /7-Zip/],
  ["RAR", Buffer.from("526172211a0700", "hex"), /RAR/],
  ["PDF", "%PDF-1.7\n", /PDF/],
  ["RTF", "{\\rtf1", /RTF/],
  ["PNG", Buffer.from("89504e470d0a1a0a", "hex"), /PNG/],
  ["Parquet", "PAR1xxxx", /Parquet/],
  ["SQLite", "SQLite format 3\0", /SQLite/],
  ["DuckDB", Buffer.from(`${"a".repeat(16)}4455434b40000000`, "hex"), /DuckDB/],
  ["Arrow", "ARROW1\0\0", /Arrow/],
  ["Avro", "Obj\u0001", /Avro/],
  ["Access", "\0\u0001\0\0Standard ACE DB\0", /Access/],
  ["HTML that is called .xls", "\ufeff\n<html><table><tr><td>canary</td></tr></table>", /HTML/],
  ["an HTML page in UTF-16", with16("<!DOCTYPE html><p>canary"), /HTML/],
  ["XML", '<?xml version="1.0"?><rows/>', /XML/],
  ["JSON", '[{"email":"canary@example.com"}]', /JSON/],
  [
    "a person in the first row",
    "canary@example.com,x\ny@example.com,z\n",
    /list.csv:1: the first row looks like data/,
  ],
];

describe("what cannot be read", () => {
  for (const [what, bytes, message, options] of REFUSED) {
    it(`refuses ${what}`, async () => {
      const input = typeof bytes === "string" ? Buffer.from(bytes) : bytes;
      for (const chunk of input.length > 100_000 ? [1 << 16] : [1, 5, 1 << 16]) {
        const error: unknown = await readBytes(input, options, chunk).catch((thrown) => thrown);
        expect(error).toBeInstanceOf(FirsthashError);
        expect((error as FirsthashError).message).toMatch(message);
        expect(["input", "usage"]).toContain((error as FirsthashError).code);
        expect(`${(error as Error).stack} ${JSON.stringify(error)}`).not.toMatch(/canary/);
      }
    });
  }
});

describe("what is odd and can be read", () => {
  it("takes a header for text that has a database's mark in it", async () => {
    expect((await readBytes("Email,,,DUCK,Phone\na@example.com,,,x,y\n")).rows).toHaveLength(1);
  });

  it("tells rows with too few and too many cells by their width", async () => {
    const { rows } = await readBytes(
      "Email,Phone,City\na\na,b\na,b,c\na,b,c,d\na,b,c,,\na,b,c,,e\n",
    );
    expect(rows.map(({ width }) => width)).toEqual([1, 2, 3, 4, 3, 5]);
  });

  it("skips rows of empty cells, and counts their lines", async () => {
    const { rows } = await readBytes('Email,Phone\n\n,\n"",""\n \na,b\n,,,,\n');
    expect(rows.map(({ line, width }) => [line, width])).toEqual([
      [5, 1],
      [6, 2],
    ]);
  });

  it("counts every line end inside quotes: LF, CRLF and CR", async () => {
    const { rows } = await readBytes('Email,Phone\r\n"a\nb\r\nc\rd",1\r\nx,2\r\n');
    expect(rows.map(({ line }) => line)).toEqual([2, 6]);
    expect(rows[0]?.cells[0]).toBe("a\nb\r\nc\rd");
  });

  it("reads quotes that are doubled, at the edges too", async () => {
    const result = await readBytes('Email,Phone\n"""a""","b""c"\n"","""",\n');
    expect(cellsOf(result)).toEqual([
      ['"a"', 'b"c'],
      ["", '"'],
    ]);
  });

  it("reads a file that mixes LF and CRLF, and says so", async () => {
    const result = await readBytes("Email,Phone\r\na,b\nc,d\r\n");
    expect(result.findings.lineEnd).toBe("mixed");
    expect(cellsOf(result)).toEqual([
      ["a", "b"],
      ["c", "d"],
    ]);
  });

  it("finds the delimiter by the header's names, where cells hold more of another", async () => {
    const { findings, rows } = await readBytes(
      "Email;Notes\na@example.com;a,b,c,d\nb@example.com;e,f,g,h\n",
    );
    expect(findings.delimiter).toBe(";");
    expect(rows[0]?.cells).toEqual(["a@example.com", "a,b,c,d"]);
  });

  it("takes no delimiter from cells that hold two addresses", async () => {
    const { headers, rows } = await readBytes(
      "Email\na@example.com; b@example.com\nc@example.com; d@example.com\n",
    );
    expect(headers).toEqual(["Email"]);
    expect(rows.map(({ cells }) => cells[0])).toEqual([
      "a@example.com; b@example.com",
      "c@example.com; d@example.com",
    ]);
  });

  it("reads the delimiter that the user names", async () => {
    expect((await readBytes("Email|x,Phone\n", { delimiter: "|" })).headers).toEqual([
      "Email",
      "x,Phone",
    ]);
  });

  it("takes the sep= line away, and keeps the file's lines", async () => {
    for (const line of ["sep=;", '"sep=;"', "SEP=;", "sep=;;;"]) {
      const { headers, rows } = await readBytes(`\ufeff${line}\r\nEmail;Phone\r\na;b\r\n`);
      expect([line, headers, rows[0]?.line]).toEqual([line, ["Email", "Phone"], 3]);
    }
  });

  it("reads the templates of Microsoft and Google below their instructions", async () => {
    const top =
      '### INSTRUCTIONS ###,,,,\n"# one, two",,,,\n,,,,\n### TEMPLATE ###,,,,\nParameters:TimeZone=+0000;,,,,\n';
    const { headers, findings, rows } = await readBytes(
      `${top}Microsoft Click ID,Conversion Name,Conversion Time,Conversion Value,Conversion Currency\n,Lead,2026-08-01 18:50:54,1,USD\n`,
    );
    expect(headers[0]).toBe("Microsoft Click ID");
    expect(findings.headerLine).toBe(6);
    expect(findings.notes.join()).toMatch(/`timeZone`/);
    expect(rows[0]?.line).toBe(7);
  });

  it("reads a report below its title and filters", async () => {
    const { headers, findings } = await readBytes(
      "Closed deals,,\nAs of 2026-11-19,,\n\nFiltered by: all,,\nEmail,Phone,Amount\na@example.com,1,2\nb@example.com,3,4\n",
    );
    expect(headers).toEqual(["Email", "Phone", "Amount"]);
    expect(findings.headerLine).toBe(5);
    expect(findings.notes).toEqual(["the rows above the header are not read"]);
  });

  it("keeps empty headers in front and in the middle, and drops them at the end", async () => {
    const result = await readBytes(",Email,,Phone,,\n0,a,x,b,,\n");
    expect(result.headers).toEqual(["", "Email", "", "Phone"]);
    expect(result.rows[0]).toEqual({ line: 2, width: 4, cells: ["0", "a", "x", "b"] });
  });
});
