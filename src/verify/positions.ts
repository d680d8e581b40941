/** Where the fields of a file stand. */
import { headerKey } from "../read/columns/headers.ts";
import type { FileColumn, FileRole, Head } from "./head.ts";

export const NO_COLUMN = -1;

export type Positions = Readonly<Record<FileRole, number>>;

/** The row that must stand below the header; `type` is "" where there is none. */
export interface VersionRow {
  readonly type: string;
  /** What it says in its other columns. */
  readonly cells: readonly (readonly [column: number, expected: string])[];
}

export function indexesOf(columns: readonly FileColumn[], wanted: FileRole): number[] {
  return columns.flatMap(({ role }, index) => (role === wanted ? [index] : []));
}

/** The column of each role, or -1. */
export function positionsOf(columns: readonly FileColumn[]): Positions {
  const find = (wanted: FileRole) => columns.findIndex(({ role }) => role === wanted);
  return {
    type: find("type"),
    none: NO_COLUMN,
    "client-id": find("client-id"),
    name: find("name"),
    time: find("time"),
    value: find("value"),
    currency: find("currency"),
    "click-id": find("click-id"),
    email: find("email"),
    phone: find("phone"),
    "adjustment-type": find("adjustment-type"),
    "adjustment-time": find("adjustment-time"),
    "adjustment-value": find("adjustment-value"),
    "adjustment-currency": find("adjustment-currency"),
    credit: find("credit"),
    model: find("model"),
    hash: NO_COLUMN,
    unknown: NO_COLUMN,
  };
}

/** The row that must stand below the header: its record type, and its other cells by column. */
export function versionRowOf({ shape, columns }: Head): VersionRow {
  if (shape?.below === undefined) return { type: "", cells: [] };
  let type = "";
  const cells: [number, string][] = [];
  for (const { header, role } of shape.columns) {
    const expected = shape.below.get(header) ?? "";
    if (expected === "") continue;
    if (role === "type") type = expected;
    else {
      const key = headerKey(header);
      const index = columns.findIndex(({ label }) => headerKey(String(label)) === key);
      if (index !== -1) cells.push([index, expected]);
    }
  }
  return { type, cells };
}

/** What a message calls a column; undefined for no column. */
export function labelOf({ columns }: Head, column: number): string | number | undefined {
  return column === NO_COLUMN ? undefined : (columns[column]?.label ?? column + 1);
}
