/** What one file may hold, at its limit, a row or a byte under it and over it: the limits themselves, not smaller ones. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { DESTINATIONS } from "../../src/destinations/catalog.ts";
import type { Destination, Format, UploadRow } from "../../src/destinations/types.ts";
import { prepare } from "../../src/prepare/prepare.ts";
import { encoderFor } from "../../src/write/encoders.ts";
import { scratch } from "../helpers/run.ts";
import { CLICK, JOHN, PHONE, row } from "./rows.ts";

const byId = Object.fromEntries(DESTINATIONS.map((each) => [each.id, each]));
const bulk = byId["microsoft-bulk"] as Destination;

it("are those of the sources", () => {
  const limits = Object.fromEntries(DESTINATIONS.map(({ id, limits }) => [id, limits]));
  const unknown = Number.POSITIVE_INFINITY;
  expect(limits).toEqual({
    // sandbox.md: 2.5 million rows (bulk-download-upload.md: 4 million). bulk-download-upload.md: 100 MB.
    "microsoft-bulk": { rows: 2_500_000, bytes: 100_000_000 },
    // Help article 56852: 100,000 rows per upload.
    "microsoft-import": { rows: 100_000, bytes: unknown },
    // None is stated; the rows go through Microsoft's import.
    adobe: { rows: 100_000, bytes: unknown },
    // applyofflineconversions.md: 1,000 a request (error 5601), see microsoft-api.test.ts.
    "microsoft-api": { rows: unknown, bytes: unknown },
    // None is stated; kept as for Microsoft's import.
    "google-leads": { rows: 100_000, bytes: unknown },
    // events:ingest takes 2,000 events a request, see google.test.ts.
    "google-data-manager": { rows: unknown, bytes: unknown },
    "adobe-google": { rows: 100_000, bytes: unknown },
  });
});

/** Adds one row again and again. @returns how many were taken */
function fill(destination: Destination, format: Format, item: UploadRow, tries: number): number {
  const encoder = encoderFor(destination.plan({ format }), "inner.csv");
  let taken = 0;
  while (taken < tries && encoder.add(item)) {
    taken++;
    if (taken % 1000 === 0) encoder.take();
  }
  return taken;
}

const full = row({ value: "1", currency: "USD", email: JOHN, phone: PHONE });

describe.each([
  ["microsoft-import", "csv"],
  ["microsoft-import", "xlsx"],
  ["adobe", "csv"],
  ["adobe", "xlsx"],
] as const)("%s .%s", (id, format) => {
  it("takes 100,000 rows and not one more", () => {
    expect(fill(byId[id] as Destination, format, full, 100_001)).toBe(100_000);
  });
});

describe("microsoft-bulk", () => {
  it("takes 2,500,000 rows and not one more, were they small enough", { timeout: 120_000 }, () => {
    const limits = { ...bulk.limits, bytes: Number.POSITIVE_INFINITY };
    const small = row({ name: "L", clickId: CLICK });
    expect(fill({ ...bulk, limits }, "csv", small, 2_500_001)).toBe(2_500_000);
  });

  // A zip is around the same text, whose bytes are what counts; compressing 100 MB would only take time.
  it.each([
    ["csv", bulk.limits.bytes],
    ["tsv", 1_000_000],
    ["csv.zip", 1_000_000],
    ["tsv.zip", 1_000_000],
  ] as const)(
    ".%s takes %i bytes of text and not one more",
    { timeout: 120_000 },
    (format, bytes) => {
      const destination = { ...bulk, limits: { ...bulk.limits, bytes } };
      const bare = format.slice(0, 3) as "csv" | "tsv";
      const sizeOf = (rows: readonly UploadRow[]) => {
        const encoder = encoderFor(bulk.plan({ format: bare }), "");
        for (const each of rows) encoder.add(each);
        return encoder.end().reduce((sum, { length }) => sum + length, 0);
      };
      const head = sizeOf([]);
      const line = sizeOf([full]) - head;
      const room = bytes - head;
      // All but the last line; it is made longer by its client id until it just fits.
      const lines = Math.floor(room / line) - 1;
      const rest = room - (lines + 1) * line;
      const padded = (extra: number) =>
        row({ ...full, clientId: full.clientId.padEnd(full.clientId.length + extra, "0") });
      for (const [extra, fits] of [
        [rest - 1, true],
        [rest, true],
        [rest + 1, false],
      ] as const) {
        if (extra < 0) continue;
        const encoder = encoderFor(destination.plan({ format }), "inner.csv");
        for (let i = 0; i < lines; i++) {
          encoder.add(full);
          if (i % 1000 === 0) encoder.take();
        }
        expect(encoder.add(padded(extra)), `${extra} of ${rest}`).toBe(fits);
      }
    },
  );
});

it.each([
  [100_000, [100_000]],
  [100_001, [100_000, 1]],
])(
  "%i conversions are written to files of %j rows, and the report says so",
  async (count, rows) => {
    const folder = scratch();
    function* conversions() {
      for (let i = 0; i < count; i++) {
        yield {
          "Conversion Name": "Sale",
          "Conversion Time": new Date(Date.UTC(2026, 10, 1) + i * 1000).toISOString(),
          Email: "ann@example.com",
        };
      }
    }
    const output = join(folder, "a.csv");
    const { destinations } = await prepare({
      conversions: conversions(),
      asOf: "2026-11-20T12:00:00Z",
      to: "microsoft-import",
      output,
    });
    expect(destinations[0]?.rows.written).toBe(count);
    const files = destinations[0]?.files ?? [];
    expect(files.map((file) => file.rows)).toEqual(rows);
    expect(files.map(({ file }) => file.slice(folder.length + 1))).toEqual(
      readdirSync(folder).sort(),
    );
    expect(readdirSync(folder)).toHaveLength(rows.length);
  },
);
