/**
 * The same people in every encoding, dialect and language give the same upload file, byte for byte. The
 * files are made by samples/make-encodings.py, whose encoders are Python's own.
 */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { PrepareOptions } from "../../src/prepare/options.ts";
import { prepare } from "../../src/prepare/prepare.ts";
import { SAMPLES, scratch } from "../helpers/run.ts";

const FOLDER = join(SAMPLES, "encodings");

interface Pair {
  readonly name: string;
  readonly contacts: string;
  readonly conversions: string;
  /** Lines above the header, which move the line numbers in the client ids. */
  readonly linesAbove: number;
  readonly encoding?: string;
  readonly columns?: NonNullable<PrepareOptions["columns"]>;
}

const PAIRS: readonly Pair[] = JSON.parse(readFileSync(join(FOLDER, "manifest.json"), "utf8"));

async function upload(
  options: Pick<PrepareOptions, "contacts" | "conversions" | "columns" | "read">,
) {
  const output = join(scratch(), "upload.csv");
  const report = await prepare({
    ...options,
    country: "US",
    timeZone: "America/New_York",
    asOf: "2026-11-20T12:00:00Z",
    output,
  });
  return { report, text: readFileSync(output, "latin1") };
}

let expected = "";

beforeAll(async () => {
  const { text, report } = await upload({
    contacts: join(SAMPLES, "contacts.csv"),
    conversions: join(SAMPLES, "conversions.csv"),
  });
  expect(report.destinations[0]?.rows).toMatchObject({ read: 24, written: 19 });
  expected = text;
});

/** The upload of a file whose rows stand so many lines lower. */
function shifted(text: string, lines: number): string {
  return text.replace(/\brow-(\d+)/g, (_, line: string) => `row-${Number(line) + lines}`);
}

describe.each(PAIRS)("$name", ({ contacts, conversions, linesAbove, encoding, columns }) => {
  it("gives the upload of the plain samples", async () => {
    const read = { encoding };
    const { text } = await upload({
      contacts: join(FOLDER, contacts),
      conversions: join(FOLDER, conversions),
      columns,
      read: { contacts: read, conversions: read },
    });
    expect(text).toBe(shifted(expected, linesAbove));
  });
});

it("has client ids that a shift is seen in", () => {
  expect(expected).toContain("row-2");
  expect(shifted(expected, 1)).not.toBe(expected);
});

it("mixes two forms in one run", async () => {
  const { text } = await upload({
    contacts: join(FOLDER, "contacts.shift_jis-japanese.csv"),
    conversions: join(FOLDER, "conversions.xlsx"),
    columns: { "contacts.key": "顧客ID", "conversions.key": "Contact ID" },
  });
  expect(text).toBe(expected);
});

it("holds the files that the script makes, and no others", () => {
  const folder = scratch();
  execFileSync("python3", [join(SAMPLES, "make-encodings.py"), folder]);
  const made = readdirSync(folder).sort();
  expect(readdirSync(FOLDER).sort()).toEqual(made);
  for (const name of made) {
    const same = readFileSync(join(FOLDER, name)).equals(readFileSync(join(folder, name)));
    expect(`${name}: ${same ? "same" : "different"}`).toBe(`${name}: same`);
  }
});
