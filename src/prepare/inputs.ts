/** The inputs of `prepare`, opened, with the columns that its stages read. */
import { inputError, interruptedError, optionError, usageError } from "../base/errors.ts";
import {
  CONVERSION_FIELDS,
  type ColumnChoices,
  type InputRole,
  PERSON_FIELDS,
  type PersonField,
  type Progress,
  type Role,
} from "../base/fields.ts";
import {
  type AnyChoices,
  type Columns,
  describeHeaders,
  findColumn,
  missingColumn,
  resolveColumns,
  resolveKeys,
} from "../read/columns/columns.ts";
import type { WholeBytes } from "../read/observed.ts";
import { openTable } from "../read/open.ts";
import type { InputSource, ReadOptions, RowBatch, Table } from "../read/types.ts";
import type { RunOptions } from "./options.ts";

/** A table and what its columns hold. */
export interface Input {
  readonly role: InputRole;
  readonly table: Table;
  readonly columns: Columns;
  /** The join column; undefined where there is nothing to join. */
  readonly key: number | undefined;
  /** All bytes of the input, once they have been read; where a manifest is asked for. */
  readonly whole?: (() => WholeBytes | undefined) | undefined;
}

export interface Inputs {
  readonly conversions: Input;
  /** Undefined where the conversions carry the identifiers themselves. */
  readonly contacts: Input | undefined;
  close(): Promise<void>;
}

/** The conversions, and what else says how they are read. */
export interface ConversionInputs extends RunOptions {
  readonly manifest?: string | undefined;
  readonly conversions: InputSource;
  readonly columns?: AnyChoices | undefined;
}

/** @throws FirsthashError "input" for what cannot be read, "usage" for columns that are missing or unclear */
export async function openInputs(options: ConversionInputs): Promise<Inputs> {
  const opened: Table[] = [];
  const whole = new WholeInputs();
  const close = async () => {
    for (const table of opened) await table.close();
  };
  const open = async (role: Role, source: InputSource, repeatable: boolean) => {
    const name = options.names?.[role] ?? (typeof source === "string" ? source : role);
    const settings = {
      ...options.read?.[role],
      repeatable,
      knownNames: namesGiven(options),
      onWhole: whole.listener(role, options.manifest),
    };
    const table = await openTable(source, name, settings, options.signal);
    opened.push(table);
    return table;
  };
  try {
    // The smaller file first: what is wrong with it is said before the large one is looked at.
    const conversions = await open("conversions", options.conversions, true);
    const contacts =
      options.contacts === undefined ? undefined : await open("contacts", options.contacts, false);
    const assigned = assignColumns(conversions, contacts, options);
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
  readonly #byRole = new Map<InputRole, WholeBytes>();

  /** Undefined where no manifest is asked for: hashing a large input takes time. */
  listener(
    role: InputRole,
    manifest: string | undefined,
  ): ((whole: WholeBytes) => void) | undefined {
    if (manifest === undefined) return undefined;
    return (whole) => this.#byRole.set(role, whole);
  }

  attach(input: Input): Input {
    return { ...input, whole: () => this.#byRole.get(input.role) };
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
  const table = await openTable(contacts, name, settings, signal);
  try {
    const columns = resolveColumns(table, PERSON_FIELDS, choices);
    needIdentifier(table, columns, columns);
    const key = keyName === undefined ? undefined : findColumn(table, keyName, "key");
    for (const [field, numbers] of Object.entries(columns)) {
      if (key === undefined || !numbers.includes(key)) continue;
      throw optionError(
        "key",
        `names the column of the ${field}`,
        "name a column of ids, or leave `key` out to get line numbers",
      );
    }
    return whole.attach({ role: "contacts", table, columns, key });
  } catch (error) {
    await table.close();
    throw error;
  }
}

/** Headers that the user named: a file that has one of them has a header. */
function namesGiven({ key, columns = {} }: Pick<ConversionInputs, "key" | "columns">): string[] {
  return [key, ...Object.values(columns).flat()].filter((name) => name !== undefined);
}

function assignColumns(
  conversions: Table,
  contacts: Table | undefined,
  options: ConversionInputs,
): Omit<Inputs, "close"> {
  const choices = options.columns ?? {};
  if (contacts === undefined) {
    if (options.key !== undefined) {
      throw optionError(
        "key",
        "needs a second file to join",
        "give `contacts`, or leave `key` out",
      );
    }
    const columns = resolveColumns(conversions, [...CONVERSION_FIELDS, ...PERSON_FIELDS], choices);
    needConversionColumns(conversions, columns, options);
    needIdentifier(conversions, columns, columns);
    return {
      conversions: { role: "conversions", table: conversions, columns, key: undefined },
      contacts,
    };
  }
  const keys = resolveKeys(contacts, conversions, options.key, choices);
  const ofConversions = resolveColumns(conversions, CONVERSION_FIELDS, choices);
  const ofContacts = resolveColumns(contacts, PERSON_FIELDS, choices);
  needConversionColumns(conversions, ofConversions, options);
  needIdentifier(contacts, ofContacts, ofConversions);
  return {
    conversions: {
      role: "conversions",
      table: conversions,
      columns: ofConversions,
      key: keys.conversions,
    },
    contacts: { role: "contacts", table: contacts, columns: ofContacts, key: keys.contacts },
  };
}

function needConversionColumns(table: Table, columns: Columns, options: ConversionInputs): void {
  if (columns.time === undefined) throw missingColumn(table, "time");
  if (options.goalMap !== undefined && columns.stage === undefined) {
    throw missingColumn(table, "stage");
  }
  if (options.goal === undefined && options.goalMap === undefined && columns.name === undefined) {
    throw missingColumn(table, "name", "give one name for all rows with `goal`");
  }
}

function needIdentifier(table: Table, person: Columns, conversion: Columns): void {
  const fields = ["email", "phone", "hashed-email", "hashed-phone"] as const;
  if (fields.some((field) => person[field] !== undefined)) return;
  if (conversion["click-id"] !== undefined) return;
  throw usageError(
    `no column of ${table.findings.file} is known to hold an e-mail address or a phone number; ${describeHeaders(table)}`,
    "name it with `columns.email` or `columns.phone`",
  );
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
  { signal, onProgress }: Pick<RunOptions, "signal" | "onProgress">,
): AsyncGenerator<RowBatch> {
  let rows = 0;
  for await (const batch of input.table.rows(columnNumbers(input.columns, input.key), signal)) {
    if (signal?.aborted) throw interruptedError();
    yield batch;
    rows += batch.length;
    onProgress?.({ stage, rows, share: batch.progress });
  }
  if (signal?.aborted) throw interruptedError();
}
