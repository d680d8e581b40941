/**
 * Originals out of the upload that was written then. Everything is taken as it stands: a time that is
 * not in a form that this program writes, or a digest that is none, is not repaired.
 */

import { inputError, interruptedError, usageError } from "../base/errors.ts";
import { readCurrency } from "../conversion/currency.ts";
import { readClickId } from "../conversion/ids.ts";
import { readName } from "../conversion/names.ts";
import { DESTINATIONS } from "../destinations/catalog.ts";
import { readWritten } from "../destinations/times.ts";
import type { Role } from "../destinations/types.ts";
import { type BodyShape, bodyShapes, type ShapeColumn, tableShapes } from "../form/shapes.ts";
import { asSha256Hex } from "../identity/digest.ts";
import { openRaw, type RawLines, type RawTable } from "../read/raw.ts";
import type { Findings } from "../read/types.ts";
import { isTooOld, type Original, type OriginalReason, type RunTerms } from "./originals.ts";
import type { AdjustPlan } from "./plan.ts";

/** A conversion of the upload, in its own words. */
interface Written {
  readonly id: string;
  readonly original: Original | OriginalReason;
}

export interface Uploaded {
  /** Whether its rows have ids (`Client Id`); only the Bulk file's do. */
  readonly hasIds: boolean;
  readonly findings: Findings;
  /** All its conversions. To be read once. */
  rows(): AsyncIterable<Written>;
  close(): Promise<void>;
}

/** What is read of a conversion, by the role of its column. */
const FIELDS = {
  id: "client-id",
  type: "type",
  adjusted: "adjustment-type",
  name: "name",
  time: "time",
  currency: "currency",
  clickId: "click-id",
  email: "email",
  phone: "phone",
} as const satisfies Readonly<Record<string, Role>>;
type Field = keyof typeof FIELDS;
type Cells = Readonly<Record<Field, string>>;

const CORRECTABLE = DESTINATIONS.filter(({ takes }) => takes.includes("adjustments"));

function fieldOf(role: Role): Field | undefined {
  return (Object.keys(FIELDS) as Field[]).find((field) => FIELDS[field] === role);
}

/** Headers of the files that can be corrected, in lower case. */
function headers(): ReadonlyMap<string, Field> {
  const columns = tableShapes(CORRECTABLE).flatMap((shape) => shape.columns);
  return new Map(
    columns.flatMap(({ header, role }) => {
      const field = fieldOf(role);
      return field === undefined ? [] : [[header.toLowerCase(), field] as const];
    }),
  );
}

/** What stands above the header: instructions of a template, at most. */
const HEADER_WITHIN = 50;

/** By what an original is judged. */
type UploadedTerms = RunTerms & Pick<AdjustPlan, "phones">;

/** @throws FirsthashError "input" for a file that is not an upload for Microsoft Advertising */
export async function openUploaded(
  original: NonNullable<AdjustPlan["original"]>,
  plan: UploadedTerms & Pick<AdjustPlan, "names" | "signal">,
): Promise<Uploaded> {
  const { names, signal } = plan;
  const file = names.original ?? (typeof original === "string" ? original : "original");
  const raw = await openRaw(original, file, {}, signal);
  try {
    return raw.kind === "json"
      ? fromBodies(raw, file, plan, signal)
      : await fromTable(raw, file, plan, signal);
  } catch (error) {
    await raw.close();
    throw error;
  }
}

function notAnUpload(file: string, line: number): Error {
  return inputError("is not an upload for Microsoft Advertising as it was written", {
    file,
    line,
    hint: "give the file that prepare wrote for microsoft-bulk, microsoft-import or microsoft-api",
  });
}

async function fromTable(
  raw: RawTable,
  file: string,
  plan: UploadedTerms,
  signal: AbortSignal | undefined,
): Promise<Uploaded> {
  const rows = rowsOf(raw, signal);
  const { columns, line } = await findHeader(rows, file);
  const hasIds = columns.has("id");
  return {
    hasIds,
    findings: { ...raw.findings, kind: raw.kind, headerLine: line, notes: [] },
    async *rows() {
      for await (const { line, cells } of rows) {
        const found = cellsOf(columns, cells);
        if (found.type === "Format Version" || found.adjusted !== "") continue;
        if (hasIds && found.type !== "Offline Conversion") throw notAnUpload(file, line);
        yield { id: found.id, original: readOriginal(found, plan) };
      }
    },
    close: () => raw.close(),
  };
}

interface Line {
  readonly line: number;
  readonly cells: readonly string[];
}

async function* rowsOf(raw: RawTable, signal: AbortSignal | undefined): AsyncGenerator<Line> {
  for await (const batch of raw.rows(signal)) {
    if (signal?.aborted) throw interruptedError();
    for (let row = 0; row < batch.length; row++) {
      const cells = Array.from({ length: batch.width(row) }, (_, at) => batch.cell(row, at));
      yield { line: batch.line(row), cells };
    }
  }
}

/** Reads up to the header. By hand, because a `for` loop would close the rows behind it. */
async function findHeader(
  rows: AsyncGenerator<Line>,
  file: string,
): Promise<{ readonly columns: ReadonlyMap<Field, number>; readonly line: number }> {
  const known = headers();
  for (let read = 0; read < HEADER_WITHIN; read++) {
    const next = await rows.next();
    if (next.done === true) break;
    const { line, cells } = next.value;
    const zone = /^\s*Parameters:TimeZone=(.*)$/i.exec(cells[0] ?? "")?.[1];
    // Times under another zone, or under names of zones, are not ours.
    if (zone !== undefined && !/^\+0000;?$/.test(zone.trim())) throw notAnUpload(file, line);
    const columns = columnsOf(known, cells);
    if (!columns.has("name")) continue;
    if (!["time", "clickId", "email", "phone"].every((field) => columns.has(field as Field))) {
      throw notAnUpload(file, line);
    }
    return { columns, line };
  }
  throw notAnUpload(file, 1);
}

function columnsOf(
  known: ReadonlyMap<string, Field>,
  cells: readonly string[],
): ReadonlyMap<Field, number> {
  const columns = new Map<Field, number>();
  cells.forEach((header, column) => {
    const field = known.get(header.trim().toLowerCase());
    if (field !== undefined && !columns.has(field)) columns.set(field, column);
  });
  return columns;
}

function cellsOf(columns: ReadonlyMap<Field, number>, cells: readonly string[]): Cells {
  return fromRoles((field) => cells[columns.get(field) ?? -1] ?? "");
}

function fromBodies(
  raw: RawLines,
  file: string,
  plan: UploadedTerms,
  signal: AbortSignal | undefined,
): Uploaded {
  const shapes = bodyShapes(CORRECTABLE);
  return {
    hasIds: false,
    findings: { ...raw.findings, kind: "json", headerLine: 0, notes: [] },
    async *rows() {
      for await (const { line, text } of raw.lines(signal)) {
        const { columns, items } = itemsOf(text, file, line, shapes);
        for (const item of items) {
          yield { id: "", original: readOriginal(fromItem(item, columns, file, line), plan) };
        }
      }
    },
    close: () => raw.close(),
  };
}

interface Items {
  readonly columns: readonly ShapeColumn[];
  readonly items: readonly unknown[];
}

function itemsOf(text: string, file: string, line: number, shapes: readonly BodyShape[]): Items {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // The parser's message quotes the text.
    throw notAnUpload(file, line);
  }
  if (typeof body === "object" && body !== null) {
    for (const { list, shape } of shapes) {
      const items = (body as Readonly<Record<string, unknown>>)[list];
      if (!Array.isArray(items)) continue;
      if (!shape.adjustments) return { columns: shape.columns, items };
      throw usageError(
        `${file}: holds adjustments, not the conversions that they adjust`,
        "give the upload of the conversions",
      );
    }
  }
  throw notAnUpload(file, line);
}

function fromItem(
  item: unknown,
  columns: readonly ShapeColumn[],
  file: string,
  line: number,
): Cells {
  if (typeof item !== "object" || item === null) throw notAnUpload(file, line);
  return fromRoles((_, role) => {
    const header = columns.find((column) => column.role === role)?.header ?? "";
    const value = (item as Readonly<Record<string, unknown>>)[header];
    return typeof value === "string" ? value : "";
  });
}

function fromRoles(cell: (field: Field, role: Role) => string): Cells {
  const fields = Object.entries(FIELDS) as [Field, Role][];
  return Object.fromEntries(fields.map(([field, role]) => [field, cell(field, role)])) as Cells;
}

function readOriginal(cells: Cells, plan: UploadedTerms): Original | OriginalReason {
  const name = readName(cells.name, plan.phones.region);
  const time = readWritten(cells.time);
  const email = asSha256Hex(cells.email);
  const phone = asSha256Hex(cells.phone);
  const clickId = readClickId(cells.clickId);
  const currency = readCurrency(cells.currency);
  const digests =
    (email === undefined) === (cells.email === "") &&
    (phone === undefined) === (cells.phone === "");
  const identified = email !== undefined || phone !== undefined || clickId !== undefined;
  if (!name.ok || time === undefined || clickId === "malformed" || !digests || !identified) {
    return "original-malformed";
  }
  if (currency === "malformed" || time > plan.asOf) return "original-malformed";
  if (isTooOld(plan, { time, ...(clickId !== undefined && { clickId }) }))
    return "original-too-old";
  return {
    name: name.name,
    time,
    ...(clickId !== undefined && { clickId }),
    ...(email !== undefined && { email }),
    ...(phone !== undefined && { phone }),
    ...(currency !== undefined && { currency }),
  };
}
