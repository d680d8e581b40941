import { expect, test } from "vitest";
import { recordBlocks } from "../../src/read/blocks.ts";
import { CsvScanner, type ScannedBatch } from "../../src/read/scan.ts";
import { caseCount, type Random, seed, seededRandom } from "../helpers/differential.ts";

const WIDTH = 2;
const SCAN = {
  delimiter: 0x2c,
  headerWidth: WIDTH,
  columns: [0, 1],
  maxRecordBytes: 4 * 1024 * 1024,
};

interface Rows {
  readonly rows: [line: number, width: number, ...cells: string[]][];
  readonly fault: unknown;
}

/** Well-formed records, now and then with something in them that is a fault. */
function document(random: Random): string {
  const pieces = ["a", "é", "", '"q"', '"x,y"', '"l\nm"', '"l\r\nm"', '"d""d"', '""', "\r", " "];
  const faults = ['"', 'a"', '"a"b', '"'];
  let text = "";
  for (let n = random.int(30); n > 0; n--) {
    text += random.chance(0.01) ? random.pick(faults) : random.pick(pieces);
    text += random.pick([",", ",", "\n", "\r\n"]);
  }
  return text;
}

function addRows(to: Rows["rows"], batch: ScannedBatch, firstLine: number): void {
  for (let row = 0; row < batch.length; row++) {
    const cells = SCAN.columns.map((column) => batch.cell(row, column));
    to.push([firstLine + batch.line(row), batch.width(row), ...cells]);
  }
}

function whole(text: string): Rows {
  const scanner = new CsvScanner({ ...SCAN, firstLine: 2 });
  const rows: Rows["rows"] = [];
  addRows(rows, scanner.push(Buffer.from(text)), 0);
  addRows(rows, scanner.finish(), 0);
  return { rows, fault: scanner.fault };
}

async function* cut(random: Random, text: string): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; ) {
    const to = from + 1 + random.int(20);
    yield bytes.subarray(from, to);
    from = to;
  }
}

async function inBlocks(random: Random, text: string): Promise<Rows & { blocks: number }> {
  const rows: Rows["rows"] = [];
  let line = 2;
  let blocks = 0;
  for await (const { bytes, final } of recordBlocks(cut(random, text), () => undefined, 16)) {
    blocks++;
    const scanner = new CsvScanner({ ...SCAN, firstLine: 0 });
    addRows(rows, scanner.push(bytes), line);
    if (final) addRows(rows, scanner.finish(), line);
    const { fault } = scanner;
    if (fault) return { rows, blocks, fault: { ...fault, line: fault.line + line } };
    line += scanner.line;
  }
  return { rows, blocks, fault: undefined };
}

test("gives the same rows, lines and faults in blocks as in one piece", async () => {
  const random = seededRandom(seed());
  let blocks = 0;
  let faults = 0;
  const count = caseCount(5000);
  for (let n = 0; n < count; n++) {
    const text = document(random);
    const expected = whole(text);
    const { blocks: cuts, ...found } = await inBlocks(random, text);
    expect(found, JSON.stringify(text)).toEqual(expected);
    blocks += cuts;
    if (expected.fault !== undefined) faults++;
  }
  expect(blocks).toBeGreaterThan(3 * count);
  expect(faults).toBeGreaterThan(count / 20);
});

test("gives out what it cannot cut, so that the fault in it is found", async () => {
  const text = `a,b\n"${"x".repeat(9 * 1024 * 1024)}`;
  async function* chunks() {
    const bytes = Buffer.from(text);
    for (let from = 0; from < bytes.length; from += 65536) yield bytes.subarray(from, from + 65536);
  }
  let last: Uint8Array | undefined;
  for await (const { bytes } of recordBlocks(chunks(), () => undefined)) last = bytes;
  const scanner = new CsvScanner({ ...SCAN, firstLine: 0 });
  scanner.push(last as Uint8Array);
  expect(scanner.fault?.kind).toBe("too-long");
});

test("gives out what stands before bytes that cannot be read, then the error", async () => {
  async function* chunks() {
    yield Buffer.from('a,b\nc,"d');
    throw new Error("cut");
  }
  const seen: string[] = [];
  await expect(async () => {
    for await (const { bytes, final } of recordBlocks(chunks(), () => undefined)) {
      seen.push(Buffer.from(bytes).toString());
      expect(final).toBe(false);
    }
  }).rejects.toThrow("cut");
  expect(seen).toEqual(['a,b\nc,"d']);
});
