/** The inputs of `adjust`, opened, with the columns that its stages read. */

import { optionError, usageError } from "../base/errors.ts";
import { columnOf } from "../base/fields.ts";
import { type Input, type Inputs, openInputs } from "../prepare/inputs.ts";
import { checkPlainColumns } from "../prepare/plain-columns.ts";
import {
  type Columns,
  describeHeaders,
  findColumn,
  findColumns,
  missingColumn,
  resolveColumns,
} from "../read/columns/columns.ts";
import { openTable } from "../read/open.ts";
import type { InputSource, Table } from "../read/types.ts";
import type { AdjustPlan } from "./plan.ts";
import { openUploaded, type Uploaded } from "./uploaded.ts";

/** Where the conversions that are corrected come from. */
export type Source =
  | { readonly kind: "uploaded"; readonly uploaded: Uploaded }
  | { readonly kind: "prepared"; readonly inputs: Inputs };

export interface AdjustInputs {
  readonly corrections: Input;
  readonly source: Source;
  close(): Promise<void>;
}

/** @throws FirsthashError "input" for what cannot be read, "usage" for columns that are missing or unclear */
export async function openAdjustInputs(plan: AdjustPlan): Promise<AdjustInputs> {
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const each of closers) await each();
  };
  try {
    const source = await openSource(plan);
    closers.push(() => (source.kind === "uploaded" ? source.uploaded : source.inputs).close());
    const table = await openCorrections(plan);
    closers.push(() => table.close());
    const columns = columnsOf(table, source, plan);
    checkPlainColumns(table, columns);
    return { corrections: { role: "corrections", table, columns, key: undefined }, source, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openSource(plan: AdjustPlan): Promise<Source> {
  const { original, conversions } = plan;
  if (original !== undefined) {
    return { kind: "uploaded", uploaded: await openUploaded(original, plan) };
  }
  if (conversions === undefined)
    throw new Error("planAdjust lets no run through without originals");
  const inputs = await openInputs({ ...plan, conversions });
  try {
    const id = idOfConversions(inputs.conversions, plan);
    const columns = { ...inputs.conversions.columns, "conversions.id": id };
    return {
      kind: "prepared",
      inputs: { ...inputs, conversions: { ...inputs.conversions, columns } },
    };
  } catch (error) {
    await inputs.close();
    throw error;
  }
}

/**
 * The column that tells conversions apart. Never the number of the row, which is the client id of an
 * upload that has no column for it: in another export of the same list it is another conversion's.
 */
function idOfConversions(
  { table, columns }: Input,
  { id, columns: choices }: AdjustPlan,
): readonly number[] {
  const chosen = choices["conversions.id"];
  if (chosen !== undefined) {
    return [chosen].flat().map((name) => findColumn(table, name, columnOf("conversions.id")));
  }
  if (id !== undefined) return [findColumn(table, id, "id")];
  const clientId = columns["client-id"];
  if (clientId !== undefined) return clientId;
  throw usageError(
    `nothing tells the conversions apart; ${describeHeaders(table)}`,
    'name a column such as an order number with `id: "<header>"`, or give the upload with `original`',
  );
}

function openCorrections(plan: AdjustPlan): Promise<Table> {
  const { corrections, names, read, id, columns = {}, reference, signal } = plan;
  const name = names?.corrections ?? nameOf(corrections);
  const knownNames = [id, ...Object.values(columns).flat()].filter((each) => each !== undefined);
  return openTable(
    corrections,
    name,
    { ...read?.corrections, reference, repeatable: true, knownNames },
    signal,
  );
}

function nameOf(source: InputSource): string {
  return typeof source === "string" ? source : "corrections";
}

const ADJUSTMENT = ["adjustment-type", "adjustment-time", "new-value", "new-currency"] as const;

/** What names a conversion where the upload has no ids. */
const CONTENT = [
  "name",
  "stage",
  "time",
  "click-id",
  "email",
  "phone",
  "country",
  "hashed-email",
  "hashed-phone",
] as const;

function columnsOf(table: Table, source: Source, plan: AdjustPlan): Columns {
  const choices = plan.columns;
  const adjustment = resolveColumns(table, ADJUSTMENT, choices);
  if (adjustment["adjustment-time"] === undefined) throw missingColumn(table, "adjustment-time");
  if (adjustment["new-value"] === undefined && adjustment["adjustment-type"] === undefined) {
    throw missingColumn(table, "new-value", "a column of the adjustment type");
  }
  // The one currency column of a list of corrections is that of the new values.
  const currency =
    adjustment["new-currency"] ?? findColumns(table, ["currency"], {}).columns.currency;
  const columns = {
    ...adjustment,
    ...(currency !== undefined && { "new-currency": currency }),
    // An upload says nothing of consent; conversions and contacts that are read again have their own.
    ...(source.kind === "uploaded" && resolveColumns(table, ["consent"], choices)),
  };
  return source.kind === "uploaded" && !source.uploaded.hasIds
    ? { ...contentColumns(table, source.uploaded, plan), ...columns }
    : { ...columns, "corrections.id": idOfCorrections(table, source, plan) };
}

function idOfCorrections(
  table: Table,
  source: Source,
  { id, columns: choices }: AdjustPlan,
): readonly number[] {
  const chosen = choices["corrections.id"];
  if (chosen !== undefined) {
    return [chosen].flat().map((name) => findColumn(table, name, columnOf("corrections.id")));
  }
  if (id !== undefined) return [findColumn(table, id, "id")];
  const known = findColumns(table, ["client-id"], {}).columns["client-id"];
  if (known !== undefined) return known;
  if (source.kind === "prepared") {
    const { table: conversions, columns } = source.inputs.conversions;
    const [column] = columns["conversions.id"] ?? [];
    if (column !== undefined && conversions.headersPrintable) {
      return [findColumn(table, conversions.headers[column] ?? "", "id")];
    }
  }
  throw usageError(
    `nothing tells which conversion is corrected; ${describeHeaders(table)}`,
    'name the column that holds the Client Id of the upload with `id: "<header>"`',
  );
}

function contentColumns(table: Table, { findings }: Uploaded, plan: AdjustPlan): Columns {
  if (plan.id !== undefined) {
    throw optionError(
      "id",
      `cannot be used: ${findings.file} has no ids`,
      "give the microsoft-bulk upload, or name conversions in the corrections by name, time, and e-mail, phone or click id",
    );
  }
  const columns = resolveColumns(table, CONTENT, plan.columns);
  needContent(table, columns, plan);
  return columns;
}

function needContent(table: Table, columns: Columns, { goal, goalMap }: AdjustPlan): void {
  const because = "the upload has no ids, so a conversion is named by its name, time and person";
  const fault = (field: Parameters<typeof missingColumn>[1], instead?: string) => {
    const { message, hint } = missingColumn(table, field, instead);
    return usageError(`${message}; ${because}`, hint);
  };
  if (columns.time === undefined) throw fault("time");
  const named = goalMap === undefined ? (goal ?? columns.name) : columns.stage;
  if (named === undefined) throw fault(goalMap === undefined ? "name" : "stage", "give `goal`");
  const person = ["click-id", "email", "phone", "hashed-email", "hashed-phone"] as const;
  if (person.every((field) => columns[field] === undefined)) throw fault("email");
}
