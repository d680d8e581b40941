/**
 * Mutated samples through the whole of `prepare` and `inspect`: each run ends in rows that add up or in an error
 * of ours, and nothing that is said or written holds a cell. FIRSTHASH_DIFF sets the number of runs.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Writable } from "node:stream";
import { inspect as show } from "node:util";
import { expect, it } from "vitest";
import { FirsthashError } from "../../src/base/errors.ts";
import { inspect } from "../../src/inspect/inspect.ts";
import { prepare } from "../../src/prepare/prepare.ts";
import { caseCount } from "../helpers/differential.ts";
import { SAMPLES } from "../helpers/run.ts";

const RUNS = caseCount(200);

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

/** The samples, with a word in every cell of a person that must not come out. */
const CONTACTS = readFileSync(join(SAMPLES, "contacts.csv"), "utf8")
  .split("\n")
  .map((line, index) => (index === 0 || line === "" ? line : line.replace(",", `,${CANARY} `)))
  .join("\n")
  .replace(/([\w.]+)@/g, `${CANARY}.$1@`);
const CONVERSIONS = readFileSync(join(SAMPLES, "conversions.csv"), "utf8");

const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, "utf16le");
const FORMS: readonly ((text: string) => Buffer)[] = [
  (text) => Buffer.from(text),
  utf16,
  (text) => Buffer.from(text, "latin1"),
  (text) => Buffer.from(text.replaceAll("\n", "\r\n")),
  (text) => Buffer.from(text.replaceAll("\n", "\r")),
];

/** What breaks formats, and what breaks cells. */
const PIECES = [
  ...['"', '""', ",", ";", "\t", "\n", "\r", "\r\n", "\0", "\ufeff", "\u200b", "\u2028", "ü"],
  ...[
    "=",
    "+",
    "@",
    "#",
    "sep=;\n",
    "Parameters:TimeZone=+0000\n",
    "9".repeat(400),
    ",".repeat(50),
  ],
  ...["1e999", "-1", "0001-01-01", "2026-13-45", "01/02/2026", "__proto__", "constructor", "$x"],
  ...["\ud83d", "٣٤٥", "１２３", "(0)", "ext. 9", "mailto:", "<", ">", '="1"', "'", "\\"],
].map((piece) => Buffer.from(piece));

function mutated(sample: Buffer, next: () => number): Buffer {
  let bytes = Buffer.from(sample);
  const at = () => Math.floor(next() * (bytes.length + 1));
  for (let left = Math.floor(next() * 6); left > 0; left--) {
    const [from, kind] = [at(), next()];
    const piece = PIECES[Math.floor(next() * PIECES.length)] as Buffer;
    const cut = Math.floor(next() * 30);
    if (kind < 0.5) {
      bytes = Buffer.concat([bytes.subarray(0, from), piece, bytes.subarray(from)]);
    } else if (kind < 0.65) {
      bytes = Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + cut)]);
    } else if (kind < 0.8) {
      bytes = Buffer.concat([bytes.subarray(0, from), piece, bytes.subarray(from + cut)]);
    } else if (kind < 0.9) {
      bytes[from % Math.max(1, bytes.length)] = Math.floor(next() * 256);
    } else if (kind < 0.95) {
      const other = at();
      bytes = Buffer.concat([bytes, bytes.subarray(Math.min(from, other), Math.max(from, other))]);
    } else bytes = Buffer.from(bytes.subarray(0, from));
  }
  return bytes;
}

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** All that can be seen of a failure, or a bug to be told. */
function failure(error: unknown): string {
  if (!(error instanceof FirsthashError)) throw error;
  return `${error.stack} ${show(error, { depth: 9, showHidden: true })}`;
}

const outcomes: Record<string, number> = {};

async function runOne(seed: number): Promise<void> {
  const next = random(seed);
  const form = FORMS[seed % FORMS.length] ?? utf16;
  const people = mutated(form(CONTACTS), next);
  const deals = next() < 0.5 ? mutated(form(CONVERSIONS), next) : form(CONVERSIONS);
  const size = next() < 0.2 ? 1 + Math.floor(next() * 50) : 1 << 16;
  const written: Buffer[] = [];
  const output = new Writable({
    write(chunk: Buffer, _, done) {
      written.push(chunk);
      done();
    },
  });
  const said: string[] = [];
  try {
    const report = await prepare({
      contacts: pieces(people, size),
      conversions: pieces(deals, size),
      country: "US",
      timeZone: "America/New_York",
      asOf: "2026-11-20T12:00:00Z",
      maxRefused: 100,
      output,
      reference: seed % 7 === 0,
    });
    said.push(JSON.stringify(report));
    const { read, ...ends } = report.destinations[0]?.rows ?? { read: -1 };
    expect(Object.values(ends).reduce((sum, count) => sum + count, 0)).toBe(read);
    count("runs");
  } catch (error) {
    said.push(failure(error));
    count((error as FirsthashError).code);
  }
  said.push(
    await inspect(pieces(people, size), { country: "US" }).then(
      (report) => JSON.stringify(report),
      failure,
    ),
  );
  const all = said.join("\n") + Buffer.concat(written).toString();
  // A mutation can make the header of a cell, by taking the line end between them; headers may be said.
  if (!headerTouched(people)) expect(all).not.toContain(CANARY);
}

function headerTouched(people: Buffer): boolean {
  const text = people.toString(people.includes(0) ? "utf16le" : "latin1");
  return (
    /^[^\r\n]*kanarienvogel/.test(text) || !text.includes("Contact ID,First Name,Last Name,Email")
  );
}

function count(outcome: string): void {
  outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
}

it(`ends ${RUNS} runs on mutated samples in rows that add up or in an error of ours`, async () => {
  for (let seed = 1; seed <= RUNS; seed++) {
    await runOne(seed).catch((error) => {
      throw new Error(`seed ${seed}`, { cause: error });
    });
  }
  // Neither side of the outcomes may be what all runs come to.
  expect(outcomes.runs).toBeGreaterThan(RUNS / 10);
  expect(outcomes.input).toBeGreaterThan(RUNS / 100);
  if (process.env.FIRSTHASH_DIFF !== undefined) console.info(outcomes);
}, 36_000_000);
