/** The scanning thread's work, held to a scanner that keeps every row. */
import { expect, it } from "vitest";
import { contactScanner } from "../../src/join/contact-scan.ts";
import { PLAIN_KEYS } from "../../src/join/key-readings.ts";
import { KeyTable } from "../../src/join/keys.ts";
import { CsvScanner, ScannedBatch } from "../../src/read/text/scan.ts";
import { caseCount, type Random, seed, seededRandom, timeFor } from "../helpers/differential.ts";

const COLUMNS = [0, 2, 3];
const SCAN = { delimiter: 0x2c, headerWidth: 4, firstLine: 2, columns: COLUMNS };
const IDS = ["k1", "k2", " k3", "ключ", "x"];

interface Outcome {
  rows: number;
  readonly hits: [slot: number, line: number, ...cells: string[]][];
  readonly malformed: [line: number, reason: string][];
  fault: unknown;
}

/** Rows of four cells, most of them well formed. */
function document(random: Random): string {
  const cells = ["a", "é", "", '"q"', '"x,y"', '"l\nm"', '"l\r\nm"', '"d""d"', '""', "\r", " "];
  let text = "";
  for (let n = random.int(20); n > 0; n--) {
    const row = [random.pick([...IDS, ...IDS, '"k1"', '"k""2"'])];
    const width = random.chance(0.1) ? random.int(7) : 4;
    while (row.length < width) row.push(random.pick(cells));
    text += row.join(",") + random.pick(["\n", "\r\n"]);
    if (random.chance(0.01)) text += random.pick(['"', 'a"', '"a"b']);
  }
  return text;
}

function direct(text: string, keys: KeyTable): Outcome {
  const scanner = new CsvScanner(SCAN);
  const outcome: Outcome = { rows: 0, hits: [], malformed: [], fault: undefined };
  const take = (batch: ScannedBatch) => {
    for (let row = 0; row < batch.length; row++) {
      outcome.rows++;
      const width = batch.width(row);
      if (width < 4) outcome.malformed.push([batch.line(row), "row-too-short"]);
      else if (width > 4) outcome.malformed.push([batch.line(row), "row-too-long"]);
      else {
        const slot = keys.find(batch.cell(row, 0));
        const cells = COLUMNS.map((column) => batch.cell(row, column));
        if (slot >= 0) outcome.hits.push([slot, batch.line(row), ...cells]);
      }
    }
  };
  take(scanner.push(Buffer.from(text)));
  take(scanner.finish());
  outcome.fault = scanner.fault;
  return outcome;
}

/** As the two threads do it, the text cut anywhere. */
function byBlocks(random: Random, text: string, keys: KeyTable): Outcome {
  const scan = contactScanner({ ...SCAN, keys: keys.share(), keyColumn: 0, reading: PLAIN_KEYS });
  const outcome: Outcome = { rows: 0, hits: [], malformed: [], fault: undefined };
  const bytes = Buffer.from(text);
  for (let from = 0, final = false; !final && outcome.fault === undefined; ) {
    const length = Math.min(random.int(40), bytes.length - from);
    const block = new ArrayBuffer(64);
    new Uint8Array(block).set(bytes.subarray(from, from + length));
    from += length;
    final = from === bytes.length;
    const answer = scan({ block, length, final });
    expect(answer.block).toBe(block);
    const { hits, numbers } = answer;
    const cells = hits * COLUMNS.length;
    const batch = ScannedBatch.of({
      length: hits,
      bytes: Buffer.from(answer.bytes.buffer),
      columns: COLUMNS,
      width: 4,
      lines: numbers.subarray(hits, 2 * hits),
      starts: numbers.subarray(2 * hits, 2 * hits + cells),
      ends: numbers.subarray(2 * hits + cells),
    });
    for (let row = 0; row < hits; row++) {
      const texts = COLUMNS.map((column) => batch.cell(row, column));
      outcome.hits.push([numbers[row] as number, batch.line(row), ...texts]);
      expect(batch.width(row)).toBe(4);
    }
    outcome.rows += answer.rows;
    for (const { line, reason } of answer.malformed) outcome.malformed.push([line, reason]);
    outcome.fault = answer.fault;
  }
  return outcome;
}

const count = caseCount(200);

it(`finds the same rows, lines and faults in blocks of any size (${count} cases)`, {
  timeout: timeFor(count, 500),
}, () => {
  const random = seededRandom(seed());
  let hits = 0;
  let faults = 0;
  for (let n = count; n > 0; n--) {
    const keys = new KeyTable({ seed: random.int(2 ** 31), shared: true });
    for (const id of ["k1", "k2", "k3", 'k"2', "ключ"]) keys.intern(id);
    const text = document(random);
    const expected = direct(text, keys);
    expect(byBlocks(random, text, keys)).toEqual(expected);
    hits += expected.hits.length;
    if (expected.fault !== undefined) faults++;
  }
  expect(hits).toBeGreaterThan(count);
  expect(faults).toBeGreaterThan(0);
});
