/** The rows that were refused, as a CSV in the columns of `prepare --rejects`: places, codes and ids, no cell. */
import { basename, dirname, extname, join } from "node:path";
import { FirsthashError } from "../base/errors.ts";
import { readJsonObject } from "../read/source.ts";
import { csvLine } from "../write/csv.ts";
import type { Answer } from "./answer.ts";
import { bulkBatches } from "./bulk-rows.ts";
import { rowCodeText } from "./service-codes.ts";

export const REJECTS_HEADER = [
  "command",
  "input",
  "line",
  "column",
  "outcome",
  "code",
  "text",
  "advice",
  "client id",
] as const;

/**
 * The file of conversions that an upload was made of, by the manifest of that run: the one that is named, or
 * `<name>.manifest.json` beside the upload. Undefined where there is none, or it is of other bytes.
 */
export async function sourceOfRows(
  file: string,
  sha256: string,
  manifest?: string,
): Promise<string | undefined> {
  const usual = join(dirname(file), `${basename(file, extname(file))}.manifest.json`);
  let content: Readonly<Record<string, unknown>>;
  try {
    content = await readJsonObject(manifest ?? usual);
  } catch (error) {
    // One that was not named need not be there.
    if (manifest === undefined && error instanceof FirsthashError) return undefined;
    throw error;
  }
  const list = (key: string) => (Array.isArray(content[key]) ? (content[key] as unknown[]) : []);
  const isOf = list("outputs").some((output) => fieldOf(output, "sha256") === sha256);
  if (!isOf) return undefined;
  const input = list("inputs").find((each) => fieldOf(each, "role") === "conversions");
  return fieldOf(input, "file");
}

function fieldOf(value: unknown, name: string): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const field = (value as Readonly<Record<string, unknown>>)[name];
  return typeof field === "string" ? field : undefined;
}

/**
 * One line for each error of a row. Where `prepare` wrote the Client Ids (`row-<line>`) and the manifest names
 * the conversions, `input` and `line` are those of the conversions; else those of the upload.
 */
export async function* rejectLines(
  file: string,
  answer: Answer,
  source: string | undefined,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const codesOf = answer.walk();
  yield Buffer.from(csvLine(REJECTS_HEADER, ","));
  let at = 0;
  for await (const rows of bulkBatches(file, file, signal)) {
    const lines: string[] = [];
    for (const { row } of rows) {
      const clientId = row.cell("clientId");
      const place = placeOf(file, row.line, clientId, source);
      for (const { name, number } of codesOf(at)) {
        const { text, advice = "" } = rowCodeText(name, number);
        const code = number === undefined ? name : `${number} ${name}`;
        const cells = ["upload", ...place, "", "refused", code, text, advice, clientId];
        lines.push(csvLine(cells, ","));
      }
      at++;
    }
    if (lines.length > 0) yield Buffer.from(lines.join(""));
  }
}

function placeOf(
  file: string,
  line: number,
  clientId: string,
  source: string | undefined,
): readonly [file: string, line: string] {
  const ownLine = /^row-(\d+)$/.exec(clientId)?.[1];
  return source === undefined || ownLine === undefined ? [file, String(line)] : [source, ownLine];
}
