/** Request bodies, one JSON object a line, as rows of cells. */

import { plainNumber } from "../read/number.ts";
import type { RawLines } from "../read/raw.ts";
import { arrayBatch, type RowBatch } from "../read/types.ts";
import type { FindPlain } from "./cells.ts";
import type { FindingCounts } from "./findings.ts";
import type { FileColumn, Head, Told } from "./head.ts";
import type { BodyShape } from "./shapes.ts";

export interface Bodies {
  readonly head: Head;
  rows(signal?: AbortSignal): AsyncIterable<RowBatch>;
}

/** Columns for fields that the destination does not have. */
const SPARE = 8;

type Item = Readonly<Record<string, unknown>>;

/** @returns undefined where the first line is no body of any of the shapes */
export async function openBodies(
  raw: RawLines,
  shapes: readonly BodyShape[],
  told: Told,
  signal: AbortSignal | undefined,
): Promise<Bodies | undefined> {
  const lines = raw.lines(signal)[Symbol.asyncIterator]();
  const first = await lines.next();
  if (first.done === true) return undefined;
  const body = asObject(parsed(first.value.text));
  const found = shapes.find(({ list }) => Array.isArray(body?.[list])) ?? fallback(body, shapes);
  if (found === undefined) return undefined;
  const { shape } = found;
  const columns = [
    ...shape.columns.map(
      ({ header, role }): FileColumn => ({ role, label: header, phoneLike: false }),
    ),
    ...Array.from(
      { length: SPARE },
      (_, index): FileColumn => ({
        role: "unknown",
        label: shape.columns.length + index + 1,
        phoneLike: false,
      }),
    ),
  ];
  const head: Head = { shape, alsoFits: [], columns, headerLine: 0, zone: { kind: "none" } };
  const reader = new BodyReader(found, told);
  return {
    head,
    async *rows() {
      for (
        let next: IteratorResult<{ line: number; text: string; progress: number | undefined }> =
          first;
        next.done !== true;
        next = await lines.next()
      ) {
        const { line, text, progress } = next.value;
        const rows = reader.read(text, line);
        if (rows.length > 0) {
          yield arrayBatch(
            rows,
            rows.map(() => line),
            columns.length,
            progress,
          );
        }
      }
    },
  };
}

/** A single conversion a line, without the body around it: recognized, and found to be malformed. */
function fallback(body: Item | undefined, shapes: readonly BodyShape[]): BodyShape | undefined {
  if (body === undefined) return undefined;
  return shapes.find(({ shape }) => {
    const known = shape.columns.filter(({ header }) => header in body);
    return known.length >= 3 && known.length * 2 > shape.columns.length;
  });
}

class BodyReader {
  readonly #shape: BodyShape;
  readonly #findings: FindingCounts;
  readonly #find: FindPlain;
  readonly #index: ReadonlyMap<string, number>;
  readonly #paths: ReadonlySet<string>;
  /** Fields that the destination does not have, in the order in which they came. */
  readonly #spare = new Map<string, number>();

  constructor(shape: BodyShape, { findings, find }: Told) {
    this.#shape = shape;
    this.#findings = findings;
    this.#find = find;
    this.#paths = pathsOf(shape.shape.columns.map(({ header }) => header));
    this.#index = new Map(shape.shape.columns.map(({ header }, index) => [header, index] as const));
  }

  read(text: string, line: number): string[][] {
    const { list, beside, itemsPerBody } = this.#shape;
    const body = asObject(parsed(text));
    if (body === undefined) {
      this.#findings.add("body-malformed", line);
      this.#search(text, line);
      return [];
    }
    const items = body[list];
    if (!Array.isArray(items)) {
      this.#findings.add("body-malformed", line);
      return [this.#cells(body, line)];
    }
    for (const [key, value] of Object.entries(body)) {
      if (key === list) continue;
      if (!beside.includes(key)) {
        this.#findings.add("body-malformed", line);
        this.#search(key, line);
      }
      this.#search(JSON.stringify(value) ?? "", line);
    }
    if (items.length > itemsPerBody) this.#findings.add("too-many-items", line);
    return items.flatMap((value: unknown) => {
      const item = asObject(value);
      if (item !== undefined) return [this.#cells(item, line)];
      this.#findings.add("body-malformed", line);
      this.#search(JSON.stringify(value) ?? "", line);
      return [];
    });
  }

  #cells(item: Item, line: number): string[] {
    const cells: string[] = new Array(this.#index.size + SPARE).fill("");
    for (const [key, value] of leavesOf(item, "", this.#paths)) {
      const cell = this.#cell(value, line);
      const index = this.#index.get(key) ?? this.#spareIndex(key, line);
      // A second one of a list: two addresses of one person.
      if (index === undefined || cells[index] !== "") this.#search(cell, line);
      else cells[index] = cell;
    }
    return cells;
  }

  #spareIndex(key: string, line: number): number | undefined {
    const known = this.#spare.get(key);
    if (known !== undefined) return known;
    this.#search(key, line);
    if (this.#spare.size >= SPARE) return undefined;
    const index = this.#index.size + this.#spare.size;
    this.#spare.set(key, index);
    return index;
  }

  #cell(value: unknown, line: number): string {
    if (value === null || value === undefined) return "";
    if (typeof value === "string") return value;
    if (typeof value === "number") return plainNumber(String(value));
    this.#findings.add("body-malformed", line);
    return typeof value === "object" ? (JSON.stringify(value) ?? "") : String(value);
  }

  #search(text: string, line: number): void {
    const code = this.#find(text);
    if (code !== undefined) this.#findings.add(code, line);
  }
}

/**
 * The members of an item by their paths, as columns name them: `a.b`, `list[].b`. What no column lies below
 * stays whole.
 */
function* leavesOf(
  value: Item,
  above: string,
  paths: ReadonlySet<string>,
): Generator<readonly [path: string, value: unknown]> {
  for (const [key, member] of Object.entries(value)) {
    const path = `${above}${key}`;
    const object = asObject(member);
    if (object !== undefined && paths.has(path)) yield* leavesOf(object, `${path}.`, paths);
    else if (Array.isArray(member) && paths.has(`${path}[]`)) {
      for (const entry of member as unknown[]) {
        const item = asObject(entry);
        if (item === undefined) yield [`${path}[]`, entry];
        else yield* leavesOf(item, `${path}[].`, paths);
      }
    } else yield [path, member];
  }
}

/** Paths that columns lie below, or that are a column's own. */
function pathsOf(headers: readonly string[]): ReadonlySet<string> {
  return new Set(
    headers.flatMap((header) => {
      const parts = header.split(".");
      return parts.map((_, index) => parts.slice(0, index + 1).join("."));
    }),
  );
}

/** The parser's error quotes the text, so none leaves here. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): Item | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Item)
    : undefined;
}
