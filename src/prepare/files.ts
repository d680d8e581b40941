/** An input that is several files: the same columns in all of them, or each with its own. */
import { optionError } from "../base/errors.ts";
import type { Role } from "../base/fields.ts";
import type { AnyChoices } from "../read/columns/columns.ts";
import { type Field, headerKey } from "../read/columns/headers.ts";
import { sameHeaders, severalFiles } from "../read/several.ts";
import type { InputFiles, InputSource, Table } from "../read/types.ts";
import type { Input } from "./inputs.ts";
import type { OrderLines } from "./order-lines.ts";

export function isInputFiles(input: unknown): input is InputFiles {
  return (
    typeof input === "object" && input !== null && "files" in input && Array.isArray(input.files)
  );
}

/** @throws FirsthashError "usage" where there is none, or one twice: its rows would count twice */
export function filesOf(input: InputSource | InputFiles, role: Role): readonly InputSource[] {
  if (!isInputFiles(input)) return [input];
  const { files } = input;
  if (files.length === 0) throw optionError(role, "names no file", "give one file, or more");
  const paths = files.filter((file) => typeof file === "string");
  if (new Set(paths).size < paths.length) {
    throw optionError(role, "names a file twice", "give each file once");
  }
  return files;
}

/** The files of one role, opened. */
export interface Side {
  readonly files: readonly [Table, ...Table[]];
  /** All of them as one table, where their columns are the same. */
  readonly whole: Table | undefined;
  /** What was found out about `whole`, with its files beside it. */
  attach(input: Input): Input;
}

export function sideOf(tables: readonly Table[]): Side {
  const files = tables as readonly [Table, ...Table[]];
  const [first, ...others] = files;
  if (others.length === 0) return { files, whole: first, attach: (input) => input };
  if (!sameHeaders(files, headerKey)) return { files, whole: undefined, attach: (input) => input };
  const columns = first.headers.map((_, column) => column);
  const parts = files.map((table) => ({ table, columns }));
  const several = severalFiles(first.headers, parts as [(typeof parts)[0], ...typeof parts]);
  const attach = (input: Input): Input => ({
    ...input,
    parts: files.map((table, file) => ({
      table,
      columns: input.columns,
      key: input.key,
      rows: () => several.rowsOf(file),
    })),
  });
  return { files, whole: several.table, attach };
}

/** Of several names that the user gave for a field, those that these files have; all of them where none is there. */
export function choicesFor(
  tables: readonly (Table | undefined)[],
  choices: AnyChoices,
): AnyChoices {
  const there = new Set(tables.flatMap((table) => table?.headers.map(headerKey) ?? []));
  const chosen = Object.entries(choices).map(([field, names]) => {
    if (!Array.isArray(names) || names.length < 2) return [field, names];
    const found = names.filter((name) => there.has(headerKey(name)) || name.startsWith("#"));
    return [field, found.length === 0 ? names : found];
  });
  return Object.fromEntries(chosen);
}

/**
 * Files with columns of their own as one input. Its columns are the fields: the first e-mail column of each file
 * is the first e-mail column of all.
 */
export function joinInputs(inputs: readonly Input[], side: Side): Input {
  const [first, ...others] = inputs;
  if (first === undefined) throw new Error("an input without a file");
  if (others.length === 0) return side.attach(first);
  const layout = new Layout(inputs);
  const columns: Partial<Record<Field, readonly number[]>> = {};
  for (const field of new Set(inputs.flatMap(({ columns }) => Object.keys(columns) as Field[]))) {
    const most = Math.max(...inputs.map((input) => input.columns[field]?.length ?? 0));
    columns[field] = Array.from({ length: most }, (_, nth) =>
      layout.add((input) => input.columns[field]?.[nth]),
    );
  }
  const hasKey = inputs.some(({ key }) => key !== undefined);
  const key = hasKey ? layout.add((input) => input.key) : undefined;
  const orders = joinOrders(inputs, layout);
  const several = layout.table();
  const parts = inputs.map((input, file) => ({
    table: input.table,
    columns: input.columns,
    key: input.key,
    rows: () => several.rowsOf(file),
  }));
  return { role: first.role, table: several.table, columns, key, orders, parts };
}

/** Collects columns of the whole, each with the header of the first file that has it. */
class Layout {
  readonly #inputs: readonly Input[];
  readonly #headers: string[] = [];
  readonly #columns: (number | undefined)[][];

  constructor(inputs: readonly Input[]) {
    this.#inputs = inputs;
    this.#columns = inputs.map(() => []);
  }

  add(columnOf: (input: Input) => number | undefined): number {
    const own = this.#inputs.map(columnOf);
    for (const [file, column] of own.entries()) this.#columns[file]?.push(column);
    const from = own.findIndex((column) => column !== undefined);
    this.#headers.push(this.#inputs[from]?.table.headers[own[from] ?? -1] ?? "");
    return this.#headers.length - 1;
  }

  table() {
    const parts = this.#inputs.map(({ table }, file) => ({
      table,
      columns: this.#columns[file] ?? [],
    }));
    return severalFiles(this.#headers, parts as [(typeof parts)[0], ...typeof parts]);
  }
}

/** An order's lines stand in one file; in a file that has none of them every row is an order. */
function joinOrders(inputs: readonly Input[], layout: Layout): OrderLines | undefined {
  const from = inputs.find(({ orders }) => orders !== undefined)?.orders;
  if (from === undefined) return undefined;
  const columns = from.columns.map((_, at) => layout.add((input) => input.orders?.columns[at]));
  return from.at(columns);
}
