/** Records of a program (rows of a database query) as a table. */
import { emptyInput, inputError, interruptedError } from "../base/errors.ts";
import { cannotRead } from "../base/system.ts";
import { isPrintable } from "./columns/header-row.ts";
import { plainNumber } from "./number.ts";
import { arrayBatch, BATCH_ROWS, type ReadOptions, type RowBatch, type Table } from "./types.ts";

type Item = Readonly<Record<string, unknown>>;

/** A key that only later records have would be lost; so many are looked at for their keys. */
const LOOKED_AT = 1000;

export interface RecordsInput {
  readonly items: AsyncIterable<unknown>;
  readonly file: string;
  readonly options: ReadOptions;
  readonly names: readonly string[];
}

export async function openRecords(input: RecordsInput, signal?: AbortSignal): Promise<Table> {
  const { file, options, names } = input;
  const iterator = input.items[Symbol.asyncIterator]();
  const top: Item[] = [];
  const headers = new Map<string, number>();
  let done = false;
  while (!done && (options.repeatable === true || top.length < LOOKED_AT)) {
    if (signal?.aborted) throw interruptedError();
    const next = await nextOf(iterator, file);
    done = next.done === true;
    if (next.done === true) break;
    const item = asRecord(next.value, file, top.length);
    for (const key of Object.keys(item)) {
      if (!headers.has(key)) headers.set(key, headers.size);
    }
    top.push(item);
  }
  if (headers.size === 0) throw emptyInput(file);
  const repeatable = done;
  const list = [...headers.keys()];
  let used = false;
  async function* items(): AsyncGenerator<Item> {
    yield* top;
    if (done) return;
    for (let index = top.length; ; index++) {
      const next = await nextOf(iterator, file);
      if (next.done === true) return;
      yield asRecord(next.value, file, index);
    }
  }
  return {
    findings: { file, kind: "records", headerLine: 1, notes: [] },
    headers: list,
    headersPrintable: isPrintable(list, names),
    repeatable,
    rows(columns, rowsSignal) {
      if (used && !repeatable) throw new Error("these records can be read only once");
      used = true;
      return rowsOf(
        items(),
        { headers, columns, file, total: done ? top.length : undefined },
        rowsSignal,
      );
    },
    async close() {
      if (!done) await iterator.return?.();
    },
  };
}

/** The error of a source may quote the row that it failed on, so it ends here. */
async function nextOf(
  iterator: AsyncIterator<unknown>,
  file: string,
): Promise<IteratorResult<unknown>> {
  try {
    return await iterator.next();
  } catch (error) {
    throw cannotRead(file, error);
  }
}

/** A record may compute its cells, and fail. */
function entriesOf(item: Item, file: string, line: number): [string, unknown][] {
  try {
    return Object.entries(item);
  } catch {
    throw inputError(`record ${line - 1} cannot be read`, { file, line });
  }
}

interface Reading {
  readonly headers: ReadonlyMap<string, number>;
  readonly columns: readonly number[];
  readonly file: string;
  readonly total: number | undefined;
}

async function* rowsOf(
  items: AsyncIterable<Item>,
  reading: Reading,
  signal: AbortSignal | undefined,
): AsyncGenerator<RowBatch> {
  const { headers, file, total } = reading;
  const wanted = new Set(reading.columns);
  let rows: string[][] = [];
  let lines: number[] = [];
  let rounded = new Map<number, number[]>();
  // The header would be line 1.
  let line = 2;
  const take = (): RowBatch => {
    const share = total && (line - 2) / total;
    const batch = arrayBatch(rows, lines, headers.size, share, rounded);
    rows = [];
    lines = [];
    rounded = new Map();
    return batch;
  };
  for await (const item of items) {
    if (signal?.aborted) throw interruptedError();
    const cells: string[] = new Array(headers.size).fill("");
    for (const [key, value] of entriesOf(item, file, line)) {
      const column = headers.get(key);
      if (column === undefined) {
        throw inputError(`record ${line - 1} has a key that the first ${LOOKED_AT} lack`, {
          file,
          line,
          hint: "give every record the same keys, with null where there is no value",
        });
      }
      if (!wanted.has(column)) continue;
      cells[column] = cellText(value, file, line);
      // A double tells no two whole numbers beyond 2^53 apart.
      if (typeof value === "number" && Math.abs(value) > Number.MAX_SAFE_INTEGER) {
        rounded.set(rows.length, [...(rounded.get(rows.length) ?? []), column]);
      }
    }
    rows.push(cells);
    lines.push(line);
    line++;
    if (rows.length >= BATCH_ROWS) yield take();
  }
  if (rows.length > 0) yield take();
}

function asRecord(value: unknown, file: string, index: number): Item {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Item;
  throw inputError(`record ${index + 1} is not an object`, { file, line: index + 2 });
}

/** Text, numbers, dates and null are cells; anything else would be hashed as "[object Object]". */
function cellText(value: unknown, file: string, line: number): string {
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return Number.isFinite(value) ? plainNumber(String(value)) : "";
  if (typeof value === "bigint" || typeof value === "boolean") return String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "" : value.toISOString();
  throw inputError(`record ${line - 1} has a value that is not text, a number, a date or null`, {
    file,
    line,
  });
}
