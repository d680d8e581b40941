/** The inputs of `prepare`, opened, with the columns that its stages read. */
import { inputError, interruptedError } from "../base/errors.ts";
import {
  type ColumnChoices,
  type InputRole,
  PERSON_FIELDS,
  type PersonField,
  type Progress,
  type Role,
} from "../base/fields.ts";
import { fileOf, lineOf } from "../base/lines.ts";
import type { RowReason } from "../base/reasons.ts";
import { cellEnding, type OnRow, type PlaceOf, rowEnding } from "../base/row-events.ts";
import type { PeopleTally } from "../base/tally.ts";
import {
  type AnyChoices,
  type Columns,
  findColumn,
  printableHeader,
  resolveColumns,
} from "../read/columns/columns.ts";
import { firstRowsOf } from "../read/limit.ts";
import type { WholeBytes } from "../read/observed.ts";
import { openTable } from "../read/open.ts";
import type { InputFiles, InputSource, ReadOptions, RowBatch, Table } from "../read/types.ts";
import { assignSides, needIdentifier, withNotes } from "./assign.ts";
import { filesOf, sideOf } from "./files.ts";
import type { RunOptions } from "./options.ts";
import type { OrderLines } from "./order-lines.ts";
import { checkPlainKey } from "./plain-columns.ts";
import { faxNotes } from "./unread-columns.ts";

/** A table and what its columns hold. */
export interface Input {
  readonly role: InputRole;
  readonly table: Table;
  readonly columns: Columns;
  /** The join column; undefined where there is nothing to join. */
  readonly key: number | undefined;
  /** Where an order stands on several lines. */
  readonly orders?: OrderLines | undefined;
  /** All bytes of the input, once they have been read; where a manifest is asked for. */
  readonly whole?: (() => WholeBytes | undefined) | undefined;
  /** The files, where the input is several. `table` then is all of them, and its lines tell their file. */
  readonly parts?: readonly InputPart[] | undefined;
}

/** One file of an input that is several. */
export interface InputPart extends Pick<Input, "table" | "columns" | "key" | "whole"> {
  /** Rows, once all have been read. */
  rows(): number;
}

export interface Inputs {
  readonly conversions: Input;
  /** Undefined where the conversions carry the identifiers themselves. */
  readonly contacts: Input | undefined;
  close(): Promise<void>;
}

/** Who follows a run, and may stop it. */
export interface Watch {
  readonly onProgress: RunOptions["onProgress"];
  readonly signal: AbortSignal | undefined;
}

/** The conversions, and what else of a plan says how they are read. */
export interface ConversionInputs
  extends Pick<RunOptions, "contacts" | "names" | "read" | "key" | "signal"> {
  readonly manifest?: string | undefined;
  readonly reference?: boolean | undefined;
  readonly rowsAtMost?: number | undefined;
  readonly times?: { readonly timeZone?: string | undefined } | undefined;
  readonly conversions: InputSource | InputFiles;
  readonly columns: AnyChoices;
  readonly goal: unknown;
  readonly goalMap: unknown;
  /** Of values that name none. */
  readonly currency?: string | undefined;
}

/** @throws FirsthashError "input" for what cannot be read, "usage" for columns that are missing or unclear */
export async function openInputs(reading: ConversionInputs): Promise<Inputs> {
  const opened: Table[] = [];
  const whole = new WholeInputs();
  const close = async () => {
    for (const table of opened) await table.close();
  };
  const open = async (role: Role, input: InputSource | InputFiles, repeatable: boolean) => {
    const tables: Table[] = [];
    for (const [at, source] of filesOf(input, role).entries()) {
      const name = typeof source === "string" ? source : (reading.names?.[role] ?? role);
      const settings = {
        ...reading.read?.[role],
        reference: reading.reference,
        repeatable,
        knownNames: namesGiven(reading),
        onWhole: whole.listener(role, reading.manifest, at),
      };
      const table = await openTable(source, name, settings, reading.signal);
      opened.push(table);
      const { rowsAtMost } = reading;
      const cut = rowsAtMost !== undefined && role === "conversions";
      tables.push(cut ? firstRowsOf(table, rowsAtMost) : table);
    }
    return sideOf(tables);
  };
  try {
    // The smaller file first: what is wrong with it is said before the large one is looked at.
    const conversions = await open("conversions", reading.conversions, true);
    const contacts =
      reading.contacts === undefined ? undefined : await open("contacts", reading.contacts, false);
    const assigned = await assignSides(conversions, contacts, reading);
    return {
      conversions: whole.attach(assigned.conversions),
      contacts: assigned.contacts && whole.attach(assigned.contacts),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Remembers the digests of inputs by their role. */
class WholeInputs {
  readonly #byFile = new Map<string, WholeBytes>();

  /** Undefined where no manifest is asked for: hashing a large input takes time. */
  listener(
    role: InputRole,
    manifest: string | undefined,
    file = 0,
  ): ((whole: WholeBytes) => void) | undefined {
    if (manifest === undefined) return undefined;
    return (whole) => this.#byFile.set(`${role} ${file}`, whole);
  }

  attach(input: Input): Input {
    const whole = (file: number) => () => this.#byFile.get(`${input.role} ${file}`);
    const parts = input.parts?.map((part, file) => ({ ...part, whole: whole(file) }));
    return { ...input, whole: whole(0), ...(parts !== undefined && { parts }) };
  }
}

/** What says how contacts are read on their own. */
export interface ContactInputs {
  readonly contacts: InputSource;
  readonly name?: string | undefined;
  readonly key?: string | undefined;
  readonly columns?: ColumnChoices<PersonField> | undefined;
  readonly read?: Omit<ReadOptions, "repeatable"> | undefined;
  readonly manifest?: string | undefined;
  readonly rowsAtMost?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The contacts on their own. @throws as `openInputs` */
export async function openContacts(options: ContactInputs): Promise<Input> {
  const { contacts, columns: choices = {}, key: keyName, signal } = options;
  const name = options.name ?? (typeof contacts === "string" ? contacts : "contacts");
  // A consent column is never found by its name, so it is known now.
  const repeatable = keyName !== undefined && choices.consent !== undefined;
  const whole = new WholeInputs();
  const onWhole = whole.listener("contacts", options.manifest);
  const settings = { ...options.read, repeatable, knownNames: namesGiven(options), onWhole };
  const opened = await openTable(contacts, name, settings, signal);
  const { rowsAtMost } = options;
  const table = rowsAtMost === undefined ? opened : firstRowsOf(opened, rowsAtMost);
  try {
    const columns = resolveColumns(table, PERSON_FIELDS, choices);
    needIdentifier(table, columns, columns);
    const key = keyName === undefined ? undefined : findColumn(table, keyName, "key");
    if (key !== undefined) checkPlainKey(table, key, columns);
    const noted = withNotes(table, faxNotes(table, columns));
    return whole.attach({ role: "contacts", table: noted, columns, key });
  } catch (error) {
    await table.close();
    throw error;
  }
}

/** Headers that the user named: a file that has one of them has a header. */
function namesGiven({
  key,
  columns = {},
}: {
  key?: string | undefined;
  columns?: AnyChoices | undefined;
}): string[] {
  return [key, ...Object.values(columns).flat()].filter((name) => name !== undefined);
}

/** What is wrong with the number of a row's cells, if anything. */
export function cellCountFault(
  table: Table,
  batch: RowBatch,
  row: number,
): "row-too-short" | "row-too-long" | undefined {
  const width = batch.width(row);
  if (width === table.headers.length) return undefined;
  return width < table.headers.length ? "row-too-short" : "row-too-long";
}

/** What keeps a row of the conversions from being one, before any of its fields is read. */
export type RowFault = NonNullable<ReturnType<typeof cellCountFault>> | "order-continued";

/** A reader for one pass over an input, asked for every row in order. */
export function rowFaults({
  table,
  orders,
}: Input): (batch: RowBatch, row: number) => RowFault | undefined {
  const continues = orders?.start();
  return (batch, row) => {
    const fault = cellCountFault(table, batch, row);
    if (fault !== undefined || continues === undefined) return fault;
    return continues(batch, row) ? "order-continued" : undefined;
  };
}

/** Where the lines of an input stand: its role, and the file. */
export function placer({ role, parts, table }: Pick<Input, "role" | "parts" | "table">): PlaceOf {
  const { file } = table.findings;
  if (parts === undefined) return (line) => ({ input: role, file, line });
  return (line) => ({
    input: role,
    file: parts[fileOf(line)]?.table.findings.file ?? "",
    line: lineOf(line),
  });
}

/** Tells of each cell of a person in this input. */
export function tellCells(tally: PeopleTally, input: Input, onRow: OnRow | undefined): void {
  if (onRow === undefined) return;
  const placeOf = placer(input);
  tally.onCell = (code, line, column = -1) => {
    const name = printableHeader(input.table, column) ?? `#${column + 1}`;
    onRow({ ...placeOf(line), column: name, ...cellEnding(code) });
  };
}

/** Tells of each row of contacts that cannot be one. */
export function tellMalformed(input: Input, onRow: OnRow | undefined) {
  if (onRow === undefined) return undefined;
  const placeOf = placer(input);
  return (code: RowReason, line: number) => onRow({ ...placeOf(line), ...rowEnding(code) });
}

/** All columns that a pass asks for. */
export function columnNumbers(columns: Columns, key: number | undefined): number[] {
  const numbers = new Set(Object.values(columns).flat());
  if (key !== undefined) numbers.add(key);
  return [...numbers].sort((a, b) => a - b);
}

/** The error for an input that has a header and nothing below it. */
export function noRows({ findings }: Table): Error {
  return inputError("there are no rows below the header", {
    file: findings.file,
    line: findings.headerLine,
    hint: "check that this is the right export, and that its filter lets rows through",
  });
}

/** One pass over an input: batches, with progress, until the end or until the run is stopped. */

export async function* batches(
  input: Input,
  stage: Progress["stage"],
  { signal, onProgress }: Watch,
): AsyncGenerator<RowBatch> {
  let rows = 0;
  const columns = columnNumbers(input.columns, input.key);
  const asked = [...new Set([...columns, ...(input.orders?.columns ?? [])])].sort((a, b) => a - b);
  for await (const batch of input.table.rows(asked, signal)) {
    if (signal?.aborted) throw interruptedError();
    yield batch;
    rows += batch.length;
    onProgress?.({ stage, rows, share: batch.progress });
  }
  if (signal?.aborted) throw interruptedError();
}
