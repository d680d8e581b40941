/**
 * Random bytes and mutated samples: every case ends in a table or in an error of ours, whatever the
 * chunks, and no cell is in the error. FIRSTHASH_DIFF sets the number of cases.
 */
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { FirsthashError } from "../../src/base/errors.ts";
import { openTable } from "../../src/read/open.ts";
import type { LaneInput } from "../../src/read/text/contract.ts";
import { parseRows } from "../../src/read/text/parse.ts";
import { caseCount } from "../helpers/differential.ts";
import { chunked, collect, readAll } from "./helpers.ts";
import { row, workbook } from "./workbook/workbooks.ts";

const CASES = caseCount(300);

/** mulberry32: small, seeded, the same on every machine. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const CANARY = "kanarienvogel";
const TEXT = `Contact ID,Email,Phone\r\n1,${CANARY}1@example.com,"+1 ""${CANARY}"""\r\n\r\n2,"${CANARY}\r\nzwei",Zoë ${CANARY}\r\n`;
const SAMPLES: readonly Buffer[] = [
  Buffer.from(TEXT),
  Buffer.from(`\ufeff${TEXT}`, "utf16le"),
  Buffer.from(TEXT, "latin1"),
  Buffer.from(TEXT.replaceAll("\r\n", "\r")),
  Buffer.from(`sep=;\n${TEXT.replaceAll(",", ";")}`),
  Buffer.from(`### INSTRUCTIONS ###,,\nParameters:TimeZone=+0000,,\n${TEXT}`),
  workbook({
    sheets: { Sheet1: row(1, "Email", "Phone") + row(2, `${CANARY}@example.com`, CANARY) },
    texts: [`<t>${CANARY}</t>`],
  }),
];
const SYNTAX = [0x22, 0x2c, 0x3b, 0x09, 0x0a, 0x0d, 0x00, 0xff, 0xc3, 0x80, 0x23, 0x3d];

function mutated(sample: Buffer, next: () => number): Buffer {
  let bytes = Buffer.from(sample);
  for (let i = 1 + Math.floor(next() * 4); i > 0; i--) {
    const at = Math.floor(next() * (bytes.length + 1));
    const byte = SYNTAX[Math.floor(next() * SYNTAX.length)] ?? 0;
    const kind = next();
    if (kind < 0.4) bytes[at] = next() < 0.5 ? byte : Math.floor(next() * 256);
    else if (kind < 0.6)
      bytes = Buffer.concat([
        bytes.subarray(0, at),
        bytes.subarray(at + 1 + Math.floor(next() * 9)),
      ]);
    else if (kind < 0.8)
      bytes = Buffer.concat([bytes.subarray(0, at), Buffer.of(byte), bytes.subarray(at)]);
    else if (kind < 0.9) bytes = Buffer.from(bytes.subarray(0, at));
    else bytes = Buffer.concat([bytes, bytes.subarray(at)]);
  }
  return bytes;
}

function input(seed: number): Buffer {
  const next = random(seed);
  const sample = SAMPLES[seed % SAMPLES.length];
  if (sample !== undefined && next() < 0.8) return mutated(sample, next);
  const length = Math.floor(next() * 200);
  return Buffer.from(
    Array.from({ length }, () =>
      next() < 0.4 ? (SYNTAX[Math.floor(next() * 12)] ?? 0) : Math.floor(next() * 256),
    ),
  );
}

async function outcome(bytes: Buffer, sizes: () => number): Promise<unknown> {
  try {
    const table = await openTable(chunked(bytes, sizes), "list.csv");
    const rows = await readAll(table);
    await table.close();
    return { headers: table.headers, rows };
  } catch (error) {
    if (!(error instanceof FirsthashError)) throw error;
    const shown = `${error.stack} ${inspect(error, { depth: 9, showHidden: true })} ${error.hint}`;
    // The header that a mutation makes of a cell may be printed; these errors are of reading, not of columns.
    expect(shown).not.toContain(CANARY);
    return { code: error.code, message: error.message };
  }
}

describe("any bytes at all", () => {
  it(
    `end in rows or in an error of ours, in any chunks (${CASES} cases)`,
    async () => {
      for (let seed = 1; seed <= CASES; seed++) {
        const bytes = input(seed);
        const next = random(-seed);
        const whole = await outcome(bytes, () => bytes.length).catch((error) => {
          throw new Error(`seed ${seed}`, { cause: error });
        });
        expect([seed, await outcome(bytes, () => 1 + Math.floor(next() * 40))]).toEqual([
          seed,
          whole,
        ]);
      }
    },
    60_000 + CASES * 100,
  );

  it("give the same rows and errors in the csv-parse lane, one byte at a time or in random chunks", async () => {
    const alphabet = ["a", "é", '"', ",", "\n", "\r\n", "\r", '""', "x,y"];
    for (let seed = 1; seed <= Math.min(CASES, 2000); seed++) {
      const next = random(seed);
      const length = 1 + Math.floor(next() * 14);
      const text = Array.from(
        { length },
        () => alphabet[Math.floor(next() * alphabet.length)],
      ).join("");
      const run = async (sizes: () => number): Promise<unknown> => {
        const lane: LaneInput = {
          chunks: chunked(Buffer.from(text), sizes),
          delimiter: ",",
          lineEnd: seed % 3 === 0 ? "CR" : "LF",
          headerWidth: 3,
          firstLine: 2,
          columns: [0, 1, 2, 3],
          file: "list.csv",
          progress: () => undefined,
        };
        return collect(parseRows(lane), [0, 1, 2, 3]).catch((error: unknown) => {
          if (!(error instanceof FirsthashError)) throw error;
          return error.message;
        });
      };
      const whole = await run(() => 1000);
      expect([text, await run(() => 1)]).toEqual([text, whole]);
      expect([text, await run(() => 1 + Math.floor(next() * 4))]).toEqual([text, whole]);
    }
  }, 600_000);
});
