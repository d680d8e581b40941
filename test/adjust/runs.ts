/** Runs of prepare and adjust on small inputs, without a disk but for outputs. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { adjust } from "../../src/adjust/adjust.ts";
import type { AdjustOptions } from "../../src/adjust/options.ts";
import type { PrepareOptions } from "../../src/prepare/options.ts";
import { prepare } from "../../src/prepare/prepare.ts";
import { scratch } from "../helpers/run.ts";

export const AS_OF = "2026-11-20T12:00:00Z";

/** Rows of objects, as the library takes them. */
export type Rows = readonly Readonly<Record<string, unknown>>[];

export const CONVERSIONS: Rows = [
  {
    "Order ID": "A-1",
    Email: "Ann.Lee@example.com",
    Phone: "+1 206 555 0101",
    ...sale("10T10:00:00Z", 100),
  },
  { "Order ID": "A-2", Email: "bob@example.com", Phone: "", ...sale("11T11:00:00Z", 200) },
  { "Order ID": "A-3", Email: "", Phone: "+44 20 7946 0105", ...sale("12T12:00:00Z", 300) },
  { "Order ID": "A-4", Email: "", Phone: "", ...sale("12T13:00:00Z", 400) },
];

export function sale(time: string, value: number, currency = "EUR") {
  return {
    "Conversion Name": "Sale",
    "Conversion Time": `2026-11-${time}`,
    "Conversion Value": value,
    "Conversion Currency": currency,
  };
}

/** Runs prepare and gives the path of what it wrote. */
export async function upload(
  file: string,
  options: Partial<PrepareOptions> = {},
  rows: Rows = CONVERSIONS,
): Promise<string> {
  const output = join(scratch(), file);
  const columns = { "client-id": "Order ID" };
  await prepare({ conversions: rows, columns, asOf: AS_OF, maxRefused: 100, output, ...options });
  return output;
}

export interface Adjusted {
  /** Cells of the data rows by header. */
  readonly rows: readonly Readonly<Record<string, string>>[];
  /** Reason code to the lines where it happened. */
  readonly left: Readonly<Record<string, readonly number[]>>;
  readonly report: Awaited<ReturnType<typeof adjust>>;
}

/** Runs adjust into a Bulk file and reads it. */
export async function adjusted(
  corrections: Rows,
  options: Partial<AdjustOptions>,
): Promise<Adjusted> {
  const output = join(scratch(), "adjustments.csv");
  const report = await adjust({ corrections, asOf: AS_OF, maxRefused: 100, output, ...options });
  const [destination] = report.destinations;
  const left = Object.fromEntries(
    (destination?.reasons ?? []).map(({ code, lines }) => [code, lines]),
  );
  return { rows: destination?.published ? readBulk(output) : [], left, report };
}

/** A Bulk file whose cells have neither quotes nor commas. */
function readBulk(path: string): Record<string, string>[] {
  const [head = "", , ...lines] = readFileSync(path, "utf8").replace("\ufeff", "").split("\r\n");
  const headers = head.split(",");
  return lines
    .filter((line) => line !== "")
    .map((line) => {
      const cells = line.split(",");
      return Object.fromEntries(headers.map((header, index) => [header, cells[index] ?? ""]));
    });
}
