import { CsvError, parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { utf8 } from "#host";
import { FirsthashError } from "../../../src/base/errors.ts";
import type { Delimiter, LaneInput, QuoteFault } from "../../../src/read/text/contract.ts";
import { parseRows } from "../../../src/read/text/parse.ts";
import {
  CsvScanner,
  type ScanFault,
  type ScannedBatch,
  scanRows,
} from "../../../src/read/text/scan.ts";
import type { RowBatch } from "../../../src/read/types.ts";
import { caseCount, type Random, seed, seededRandom, timeFor } from "../../helpers/differential.ts";

interface Row {
  readonly line: number;
  readonly width: number;
  readonly cells: readonly string[];
}

interface Reading {
  readonly rows: readonly Row[];
  readonly fault: QuoteFault | undefined;
}

interface Document {
  readonly text: string;
  readonly delimiter: Delimiter;
  readonly headerWidth: number;
  readonly columns: readonly number[];
  readonly maxRecordBytes?: number;
}

const DELIMITERS: readonly Delimiter[] = [",", ";", "\t", "|"];
const FAULTS: Readonly<Record<string, QuoteFault>> = {
  CSV_INVALID_CLOSING_QUOTE: "after",
  INVALID_OPENING_QUOTE: "inside",
  CSV_QUOTE_NOT_CLOSED: "unclosed",
};

/** csv-parse over the whole text; what lane.ts adds (blank records, lines, widths) is done here. */
function reference({ text, delimiter, headerWidth, columns }: Document): Reading {
  const rows: Row[] = [];
  let line = 1;
  const take = (record: readonly string[]) => {
    const lineOfRecord = line;
    line += 1 + record.join(delimiter).split(/\r\n|\r|\n/).length - 1;
    if (record.every((cell) => cell === "")) return null;
    const filled = record.findLastIndex((cell) => cell !== "") + 1;
    rows.push({
      line: lineOfRecord,
      width: Math.min(record.length, Math.max(headerWidth, filled)),
      cells: columns.map((column) => record[column] ?? ""),
    });
    return null;
  };
  try {
    parse(text, {
      delimiter,
      record_delimiter: ["\r\n", "\n"],
      relax_column_count: true,
      skip_empty_lines: false,
      bom: false,
      on_record: take,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { rows, fault: FAULTS[error.code] };
  }
  return { rows, fault: undefined };
}

function rowsOf(batch: ScannedBatch, columns: readonly number[]): Row[] {
  return Array.from({ length: batch.length }, (_, row) => ({
    line: batch.line(row),
    width: batch.width(row),
    cells: columns.map((column) => {
      const cell = batch.cell(row, column);
      // A look-up by bytes must see the same text.
      const bytes = utf8(batch.bytes, batch.cellStart(row, column), batch.cellEnd(row, column));
      const text = batch.isEscaped(row, column) ? bytes.replaceAll('""', '"') : bytes;
      if (text !== cell) throw new Error(`bytes ${text} of cell ${cell}`);
      return cell;
    }),
  }));
}

/** The scanner over the text in pieces of the sizes that `size` gives. */
function scan(
  document: Document,
  size: () => number,
): Omit<Reading, "fault"> & { fault?: ScanFault } {
  const { text, delimiter, columns } = document;
  const scanner = new CsvScanner({ ...document, delimiter: delimiter.charCodeAt(0), firstLine: 1 });
  const bytes = Buffer.from(text);
  const rows: Row[] = [];
  for (let at = 0; at < bytes.length && scanner.fault === undefined; ) {
    // A copy that is wiped behind the scanner's back: it must keep nothing of the chunk.
    const chunk = Buffer.from(bytes.subarray(at, at + size()));
    at += chunk.length;
    const batch = scanner.push(chunk);
    chunk.fill(0x22);
    rows.push(...rowsOf(batch, columns));
  }
  if (scanner.fault === undefined) rows.push(...rowsOf(scanner.finish(), columns));
  return scanner.fault === undefined ? { rows } : { rows, fault: scanner.fault };
}

function document(text: string, changes: Partial<Document> = {}): Document {
  return { text, delimiter: ",", headerWidth: 3, columns: [0, 1, 2, 3], ...changes };
}

function expectSame(given: Document, size: () => number): void {
  const slow = reference(given);
  const fast = scan(given, size);
  try {
    expect({ rows: fast.rows, fault: fast.fault?.kind }).toEqual(slow);
  } catch (error) {
    throw new Error(`differs on ${JSON.stringify(given)}`, { cause: error });
  }
}

const CELL = ["a", "b", " ", "é", "😀", "横", "0", "\uFEFF", "'", "\\"];

function wellFormed(random: Random, delimiter: Delimiter): string {
  const plain = (length: number) =>
    Array.from({ length }, () => random.pick(random.chance(0.03) ? ["\r"] : CELL)).join("");
  const lineEnd = random.pick(["\n", "\r\n", ""]);
  const end = () => lineEnd || random.pick(["\n", "\r\n"]);
  const cell = () => {
    if (random.chance(0.6)) return plain(random.int(5)).replace(/\r$/, "");
    const inside = [...CELL, '""', delimiter, "\n", "\r\n", "\r"];
    return `"${Array.from({ length: random.int(6) }, () => random.pick(inside)).join("")}"`;
  };
  let text = "";
  for (let records = random.int(6); records >= 0; records--) {
    const cells = Array.from({ length: random.chance(0.8) ? 3 : random.int(6) }, cell);
    text += cells.join(delimiter) + (records > 0 || random.chance(0.5) ? end() : "");
  }
  return text;
}

function garbage(random: Random, delimiter: Delimiter): string {
  const alphabet = `ab"""${delimiter}${delimiter}\n\r \u00e9`;
  if (random.chance(0.5)) return random.text(random.int(30), alphabet);
  // Well-formed but for one character, which is the harder case.
  const text = wellFormed(random, delimiter);
  const at = random.int(text.length + 1);
  return text.slice(0, at) + random.pick([...alphabet, ""]) + text.slice(at + random.int(2));
}

function pieces(random: Random): () => number {
  const most = random.pick([1, 2, 3, 7, 20, 1000]);
  return () => 1 + random.int(most);
}

describe("CsvScanner", () => {
  const count = caseCount(200);
  it(`reads what csv-parse reads, and errs where it errs, in ${count} documents cut at random`, {
    timeout: timeFor(count, 1_000),
  }, () => {
    const random = seededRandom(seed());
    let faulty = 0;
    for (let done = 0; done < count; done++) {
      const delimiter = random.pick(DELIMITERS);
      const text = (random.chance(0.5) ? wellFormed : garbage)(random, delimiter);
      const columns = [0, 1, 2, 3, 4, 5, 6].filter(() => random.chance(0.7));
      const given = { text, delimiter, headerWidth: 1 + random.int(4), columns };
      const slow = reference(given);
      const fast = scan(given, pieces(random));
      if (slow.fault !== undefined) faulty++;
      if (
        JSON.stringify([fast.rows, fast.fault?.kind]) !== JSON.stringify([slow.rows, slow.fault])
      ) {
        expect.fail(
          `${JSON.stringify(given)}: ${JSON.stringify(fast)}, not ${JSON.stringify(slow)}`,
        );
      }
    }
    expect(faulty).toBeGreaterThan(count / 10);
    expect(faulty).toBeLessThan(count / 2);
  });

  it.each([
    ["nothing", ""],
    ["one line end", "\n"],
    ["blank lines of every kind", '\n\r\n,,\n""\r\n"",""\na,b,c'],
    ["no line end at the end", "a,b,c"],
    ["a delimiter at the end", "a,b,"],
    ["a delimiter and a line end at the end", "a,b,\r\n"],
    ["an empty quoted cell at the end", 'a,b,""'],
    ["CRLF and LF mixed", "a,b\r\nc,d\ne,f\r\n"],
    ["a lone CR in a cell", "a\rb,c\nd,e"],
    ["a lone CR at the end of a cell", "a\r,b\nc\r\r\nd"],
    ["a lone CR at the end of the text", "a,b\nc\r"],
    ["line ends of every kind in quotes", '"a\r\nb\nc\rd\r\r\ne",f\ng,h'],
    ["doubled quotes", '"a""b","""","""""",""""""\n'],
    ["delimiters in quotes", '"a,b",",",","\n'],
    ["quotes that look closed", '"a"",b"\n'],
    ["spaces around quotes", ' "a"\n'],
    ["a space behind a quote", '"a" ,b\n'],
    ["a quote inside a cell", 'a"b\n'],
    ["a quote at the end of a cell", 'a,b"\n'],
    ["a lone CR behind a quote", '"a"\rb\n'],
    ["a lone CR behind a quote, at the end", '"a"\r'],
    ["an open quote", 'a,b\n"c,d\ne,f'],
    ["an open quote and nothing more", '"'],
    ["an open quote that ends in a doubled one", '"a""'],
    ["more cells than headers", "a,b,c,d,e\na,b,c,,\na,b,c,,e,\n"],
    ["fewer cells than headers", "a\n,b\n"],
    ["text outside ASCII", "é,\u{1f600},横\n\uFEFFa,b\n"],
  ])("agrees with csv-parse on %s, however it is cut", (_, text) => {
    for (let size = 1; size <= Math.max(1, Buffer.byteLength(text)); size++) {
      expectSame(document(text), () => size);
    }
  });

  it("agrees on the other delimiters", () => {
    for (const delimiter of DELIMITERS) {
      const text = `a,b;c|d\te\n"a,b;c|d\te"${delimiter}"x"`;
      expectSame(document(text, { delimiter }), () => 4);
    }
  });

  it.each([
    ["inside", 'a,b\n\nc\rd,e\rf"g', 4],
    ["after", 'a\n"b\nc","d\n" e', 3],
    ["unclosed", 'a\r\n"b\r\nc",x,"d\n\n\n', 3],
    ["unclosed", 'a\n"b', 2],
  ] as const)("gives the line on which the cell begins that is %s", (kind, text, line) => {
    for (let size = 1; size <= text.length; size++) {
      expect(scan(document(text), () => size).fault).toEqual({ kind, line });
    }
  });

  it("stops at a record over the limit, with the line of the cell that reaches it", () => {
    const text = `a,b\n"c\nd","${"\n".repeat(30)}",e\nf"g`;
    for (let size = 1; size <= text.length; size++) {
      const { rows, fault } = scan(document(text, { maxRecordBytes: 20 }), () => size);
      expect(fault).toEqual({ kind: "too-long", line: 3 });
      expect(rows).toEqual([{ line: 1, width: 2, cells: ["a", "b", "", ""] }]);
    }
  });

  it("takes a record of just the limit", () => {
    const text = "abcde,fghi\r\nabc\n";
    for (let size = 1; size <= text.length; size++) {
      const { rows, fault } = scan(document(text, { maxRecordBytes: 11 }), () => size);
      expect(fault).toBeUndefined();
      expect(rows).toHaveLength(2);
    }
  });

  it("meets a fault within the limit first, however much comes behind it", () => {
    const text = `a"b${"c".repeat(100)}`;
    for (let size = 1; size <= text.length; size++) {
      const { fault } = scan(document(text, { maxRecordBytes: 20 }), () => size);
      expect(fault).toEqual({ kind: "inside", line: 1 });
    }
  });

  it("takes time in proportion to a record that comes byte by byte", () => {
    const started = performance.now();
    const text = `"${"\n".repeat(1 << 18)}"`;
    expect(scan(document(text), () => 1).rows).toHaveLength(1);
    // A fraction of a second; half a minute if every byte had the record scanned again.
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it("says that a cell is escaped only where it is", () => {
    const scanner = new CsvScanner({
      delimiter: 44,
      headerWidth: 3,
      firstLine: 1,
      columns: [0, 1, 2],
    });
    const batch = scanner.push(Buffer.from('"a""b","c",d\n"e",f,"""g"\n'));
    const escaped = [0, 1].map((row) => [0, 1, 2].map((column) => batch.isEscaped(row, column)));
    expect(escaped).toEqual([
      [true, false, false],
      [false, false, true],
    ]);
  });

  it("keeps the rows of a batch as they were while the batch outgrows its arrays", () => {
    const text = Array.from({ length: 1000 }, (_, row) => `${row},"x""y",${row}z\n`).join("");
    expectSame(document(text), () => 1 << 20);
  });

  it("refuses a column that was not asked for", () => {
    const scanner = new CsvScanner({ delimiter: 44, headerWidth: 3, firstLine: 1, columns: [2] });
    const batch = scanner.push(Buffer.from("a,b,c\n"));
    expect(batch.cell(0, 2)).toBe("c");
    expect(() => batch.cell(0, 1)).toThrow(RangeError);
    expect(() => batch.cell(1, 2)).toThrow(RangeError);
  });
});

describe("scanRows", () => {
  function input(text: string, changes: Partial<LaneInput> = {}): LaneInput {
    async function* chunks() {
      for (const byte of Buffer.from(text)) yield Buffer.from([byte]);
    }
    return {
      chunks: chunks(),
      delimiter: ";",
      lineEnd: "LF",
      headerWidth: 2,
      firstLine: 5,
      columns: [1],
      file: "crm.csv",
      progress: () => 0.5,
      ...changes,
    };
  }

  async function outcome(lane: AsyncIterable<RowBatch>) {
    const rows: unknown[] = [];
    try {
      for await (const batch of lane) {
        for (let row = 0; row < batch.length; row++) {
          rows.push([batch.line(row), batch.width(row), batch.cell(row, 0), batch.cell(row, 1)]);
        }
      }
    } catch (error) {
      if (!(error instanceof FirsthashError)) throw error;
      // Which rows come before a fault depends on the chunks; the fault does not.
      return { message: error.message, line: error.line };
    }
    return rows;
  }

  const count = Math.ceil(caseCount(200) / 10);
  it(`gives the rows and faults of the reference lane, in ${count} texts`, {
    timeout: timeFor(count, 200),
  }, async () => {
    const random = seededRandom(seed());
    for (let done = 0; done < count; done++) {
      const text = (random.chance(0.3) ? wellFormed : garbage)(random, ";");
      const slow = await outcome(parseRows(input(text, { columns: [0, 1] })));
      const fast = await outcome(scanRows(input(text, { columns: [0, 1] })));
      expect([text, fast]).toEqual([text, slow]);
    }
  });

  it("gives rows with their lines, counted from the text's first line", async () => {
    const seen: unknown[] = [];
    for await (const batch of scanRows(input("a;b\n\nc;d"))) {
      for (let row = 0; row < batch.length; row++) {
        seen.push([batch.line(row), batch.cell(row, 1), batch.progress]);
      }
    }
    expect(seen).toEqual([
      [5, "b", 0.5],
      [7, "d", 0.5],
    ]);
  });

  it("gives the rows in front of a fault, then names file and line and no cell", async () => {
    const seen: string[] = [];
    const reading = (async () => {
      for await (const batch of scanRows(input('a;b\nsecret;"jane'))) seen.push(batch.cell(0, 1));
    })();
    const error: unknown = await reading.catch((thrown) => thrown);
    expect(error).toBeInstanceOf(FirsthashError);
    expect(error).toMatchObject({ code: "input", file: "crm.csv", line: 6 });
    expect(JSON.stringify([error, String(error)])).not.toMatch(/secret|jane/);
    expect(seen).toEqual(["b"]);
  });

  it("stops when it is told to", async () => {
    const rows = scanRows(input("a;b\n", { signal: AbortSignal.abort() }));
    await expect(rows.next()).rejects.toMatchObject({ code: "interrupted" });
  });

  it("does not take text whose records end at a lone CR", async () => {
    await expect(scanRows(input("a", { lineEnd: "CR" })).next()).rejects.toThrow(RangeError);
  });
});
