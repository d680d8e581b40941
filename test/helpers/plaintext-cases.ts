/**
 * The property that nothing personal leaves (rules.md 10): `prepare` never writes a file in which `verify`
 * finds plain text, whatever stands in the columns that come out as they are.
 */
import { Writable } from "node:stream";
import fc from "fast-check";
import { expect } from "vitest";
import { FirsthashError } from "../../src/base/errors.ts";
import type { PrepareOptions, prepare } from "../../src/index.ts";
import { verify } from "../../src/verify/verify.ts";
import { seededRandom } from "./differential.ts";
import { EXAMPLE_NUMBERS, type ExampleNumber } from "./example-numbers.ts";
import { HARMLESS } from "./harmless.ts";

const AS_OF = "2026-11-20T12:00:00Z";

type Prepare = typeof prepare;

const COUNTRIES = ["US", "GB", "DE", "FR", "IT", "JP", "BR", "SG"] as const;

const numbersOf = (country: string): readonly ExampleNumber[] =>
  EXAMPLE_NUMBERS.filter(({ region }) => region === country);

const WRITINGS: readonly ((number: ExampleNumber) => string)[] = [
  ({ e164 }) => e164,
  ({ e164 }) => e164.slice(1),
  ({ e164 }) => `00${e164.slice(1)}`,
  ({ international }) => international,
  ({ international }) => `00 ${international.slice(1)}`,
  ({ national }) => national,
  ({ national }) => national.replace(/\D/g, ""),
  ({ national }) => national.replace(/\D+/g, "."),
  ({ national }) =>
    national
      .normalize("NFKC")
      .replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
];

interface Row {
  readonly cells: readonly string[];
}

interface Case {
  readonly rows: readonly Row[];
  readonly country: string | undefined;
  readonly joined: boolean;
  readonly to: string;
}

const HEADER = ["Ref", "E-mail", "Phone", "Goal", "Time", "Amount", "Reference", "Credit", "Model"];
const KINDS = Object.values(HARMLESS);

export const plaintextCases: fc.Arbitrary<Case> = fc
  .record({
    country: fc.constantFrom(...COUNTRIES),
    told: fc.boolean(),
    joined: fc.boolean(),
    to: fc.constantFrom("microsoft-bulk", "microsoft-import", "microsoft-api", "adobe"),
    rows: fc.integer({ min: 1, max: 60 }),
    seed: fc.integer(),
  })
  .map(({ country, told, joined, to, rows: count, seed }) => {
    const random = seededRandom(seed);
    const people = Array.from({ length: count }, (_, row) => {
      const number = random.pick(numbersOf(country));
      const phone = random.pick(WRITINGS)(number);
      return { email: `p${row}.x@example.com`, phone };
    });
    const words = (text: string) =>
      random.pick([text, text, `Call ${text}`, `${text} (new)`, `Deal, ${text}.`]);
    // Each plain column is drawn from people's cells in half of the cases, and then in half of its rows.
    const drawn = new Map(
      ["Goal", "Amount", "Reference", "Model"].map((name) => [name, random.chance(0.5)]),
    );
    const plain = (column: string, row: number, harmless: () => string) => {
      if (drawn.get(column) !== true || !random.chance(0.5)) return harmless();
      const person = random.chance(0.7) ? people[row] : random.pick(people);
      return words(random.chance(0.3) ? (person?.email ?? "") : (person?.phone ?? ""));
    };
    const reference = random.pick(KINDS);
    const rows = people.map(({ email, phone }, row) => ({
      cells: [
        `k${row}`,
        email,
        random.chance(0.8) ? phone : "",
        plain("Goal", row, () => random.pick(["Sale", "Lead", "Demo booked"])),
        `2026-11-${10 + (row % 9)}T10:00:${String(row % 60).padStart(2, "0")}Z`,
        random.chance(0.5) ? "12.5" : plain("Amount", row, () => "7"),
        plain("Reference", row, () => reference(random)),
        "0.5",
        plain("Model", row, () => "Linear"),
      ],
    }));
    return { rows, country: told ? country : undefined, joined, to };
  });

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
const csv = (rows: readonly (readonly string[])[]) =>
  Buffer.from(rows.map((row) => `${row.map(quoted).join(",")}\r\n`).join(""));

/** What the run wrote; undefined where it stopped. */
export async function written(
  run: Prepare,
  { rows, country, joined, to }: Case,
): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  const output = new Writable({
    write(chunk, _, done) {
      chunks.push(Buffer.from(chunk));
      done();
    },
  });
  const cells = rows.map((row) => row.cells);
  const options: PrepareOptions = {
    conversions: [csv([HEADER, ...cells])],
    ...(joined && {
      contacts: [csv([HEADER.slice(0, 3), ...cells.map((row) => row.slice(0, 3))])],
      key: "Ref",
    }),
    columns: {
      name: "Goal",
      time: "Time",
      value: "Amount",
      "client-id": "Reference",
      "attribution-credit": "Credit",
      "attribution-model": "Model",
    },
    decimal: "point",
    timeZone: "UTC",
    asOf: AS_OF,
    maxRefused: 100,
    country,
    to,
    output,
  };
  try {
    const report = await run(options);
    return report.destinations[0]?.published === true ? Buffer.concat(chunks) : undefined;
  } catch (error) {
    // A usage error for an order of day and month, or none of the columns: nothing was written.
    if (error instanceof Error && error.name === FirsthashError.name) return undefined;
    throw error;
  }
}

async function plaintextIn(run: Prepare, each: Case): Promise<readonly string[]> {
  const file = await written(run, each);
  if (file === undefined) return [];
  const found: string[] = [];
  for (const country of [undefined, each.country]) {
    const report = await verify([file], { asOf: AS_OF, country });
    for (const { code } of report.findings) if (code.startsWith("plaintext-")) found.push(code);
  }
  return found;
}

export const noPlaintext = (run: Prepare, count: (wrote: boolean) => void = () => {}) =>
  fc.asyncProperty(plaintextCases, async (each) => {
    const found = await plaintextIn(run, each);
    count(found.length === 0);
    expect(found).toEqual([]);
  });
