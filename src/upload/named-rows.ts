/** Rows of a table by the names of its columns, which stand in any order among others. */
import { interruptedError } from "../base/errors.ts";
import { openRaw } from "../read/raw.ts";
import type { ByteInput, RowBatch } from "../read/types.ts";

/** One row; good until the next one is asked for. */
export interface NamedRow<Field extends string> {
  /** Line of the file, 1-based. */
  readonly line: number;
  /** "" where the file has no such column. */
  cell(field: Field): string;
}

export interface TableForm<Field extends string> {
  /** Headers in lower case. */
  readonly headers: Readonly<Record<Field, string>>;
  /** Without these a file is not of the form. */
  readonly required: readonly Field[];
}

/**
 * Rows, some thousand at a time. Nothing is yielded where the first row is not the header of the form.
 *
 * @throws FirsthashError "input" where the bytes cannot be read as a table, "interrupted"
 */
export async function* namedBatches<Field extends string>(
  source: ByteInput,
  file: string,
  form: TableForm<Field>,
  signal?: AbortSignal,
): AsyncGenerator<Iterable<NamedRow<Field>>> {
  const raw = await openRaw(source, file, {}, signal);
  try {
    if (raw.kind === "json") return;
    let reader: RowReader<Field> | undefined;
    for await (const batch of raw.rows(signal)) {
      if (signal?.aborted) throw interruptedError();
      const first = reader === undefined ? 1 : 0;
      reader ??= readerFor(batch, form);
      if (reader === undefined) return;
      yield reader.rows(batch, first);
    }
  } finally {
    await raw.close();
  }
}

class RowReader<Field extends string> implements NamedRow<Field> {
  line = 0;
  readonly #columns: ReadonlyMap<Field, number>;
  #batch: RowBatch | undefined;
  #row = 0;

  constructor(columns: ReadonlyMap<Field, number>) {
    this.#columns = columns;
  }

  *rows(batch: RowBatch, first: number): Generator<NamedRow<Field>> {
    this.#batch = batch;
    for (let row = first; row < batch.length; row++) {
      this.#row = row;
      this.line = batch.line(row);
      yield this;
    }
  }

  cell(field: Field): string {
    const column = this.#columns.get(field);
    return column === undefined ? "" : (this.#batch?.cell(this.#row, column) ?? "");
  }
}

function readerFor<Field extends string>(
  batch: RowBatch,
  { headers, required }: TableForm<Field>,
): RowReader<Field> | undefined {
  if (batch.length === 0) return undefined;
  const names = Object.entries<string>(headers) as [Field, string][];
  const columns = new Map<Field, number>();
  for (let column = 0; column < batch.width(0); column++) {
    const header = batch.cell(0, column).trim().toLowerCase();
    const found = names.find(([, name]) => name === header)?.[0];
    if (found !== undefined && !columns.has(found)) columns.set(found, column);
  }
  return required.every((field) => columns.has(field)) ? new RowReader(columns) : undefined;
}
