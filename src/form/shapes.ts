/**
 * What the files of each destination look like, asked of the destinations themselves: a sample row is
 * written, and again with one field changed; the column whose cell changes is that field's. So no
 * header stands here a second time, and a new destination is verified without a change here.
 */

import { FirsthashError } from "../base/errors.ts";
import type {
  AttributionModel,
  ClickId,
  ClientId,
  CurrencyCode,
  DecimalText,
  EpochSeconds,
  GoalName,
} from "../conversion/types.ts";
import { DESTINATIONS } from "../destinations/catalog.ts";
import type { BodiesPlan, Destination, TablePlan, UploadRow } from "../destinations/types.ts";
import { sha256Hex } from "../identity/digest.ts";

/** What a column holds. `type`: the kind of record; `none`: a column that stays empty. */
export type Role =
  | "type"
  | "none"
  | "client-id"
  | "name"
  | "time"
  | "value"
  | "currency"
  | "click-id"
  | "email"
  | "phone"
  | "adjustment-type"
  | "adjustment-time"
  | "adjustment-value"
  | "adjustment-currency"
  | "credit"
  | "model";

export interface ShapeColumn {
  /** As the destination spells it. */
  readonly header: string;
  readonly role: Role;
}

/** One layout of a destination's files. */
export interface Shape {
  readonly destination: Destination;
  readonly layout: string;
  readonly adjustments: boolean;
  readonly columns: readonly ShapeColumn[];
  /** The cell that rows have in the `type` column. */
  readonly recordType: string | undefined;
  /** First cells of the rows above the header. */
  readonly above: readonly string[];
  /** The row that must stand below the header, by header; undefined where there is none. */
  readonly below: ReadonlyMap<string, string> | undefined;
  readonly byteOrderMark: boolean;
  readonly required: ReadonlySet<Role>;
}

const TIME = 1_750_000_000 as EpochSeconds;

const BASE = {
  line: 2,
  name: "name" as GoalName,
  time: TIME,
  value: "1.5" as DecimalText,
  currency: "EUR" as CurrencyCode,
  clickId: "0".repeat(32) as ClickId,
  clientId: "client" as ClientId,
  attribution: { credit: "0.5" as DecimalText, model: "model" as AttributionModel },
  email: sha256Hex("email"),
  phone: sha256Hex("phone"),
} satisfies UploadRow;

const ADJUSTMENT = {
  type: "Restate",
  time: (TIME + 60) as EpochSeconds,
  value: "2.5" as DecimalText,
  currency: "GBP" as CurrencyCode,
} as const;

const LATER = (TIME + 100_000) as EpochSeconds;

/** Each field changed, in a row that is otherwise `BASE`. */
function changes(base: UploadRow): [Role, UploadRow][] {
  const { attribution } = BASE;
  const rows: [Role, UploadRow][] = [
    ["client-id", { ...base, clientId: "other" as ClientId }],
    ["name", { ...base, name: "other" as GoalName }],
    ["time", { ...base, time: LATER }],
    ["value", { ...base, value: "7" as DecimalText }],
    ["currency", { ...base, currency: "USD" as CurrencyCode }],
    ["click-id", { ...base, clickId: "1".repeat(32) as ClickId }],
    ["email", { ...base, email: sha256Hex("other") }],
    ["phone", { ...base, phone: sha256Hex("other") }],
    ["credit", { ...base, attribution: { ...attribution, credit: "1" as DecimalText } }],
    ["model", { ...base, attribution: { ...attribution, model: "other" as AttributionModel } }],
  ];
  const { adjustment } = base;
  if (adjustment === undefined) return rows;
  rows.push(
    ["adjustment-type", { ...base, adjustment: { ...adjustment, type: "Retract" } }],
    ["adjustment-time", { ...base, adjustment: { ...adjustment, time: LATER } }],
    ["adjustment-value", { ...base, adjustment: { ...adjustment, value: "7" as DecimalText } }],
    [
      "adjustment-currency",
      { ...base, adjustment: { ...adjustment, currency: "USD" as CurrencyCode } },
    ],
  );
  return rows;
}

/** Rows with every field, without an adjustment and with one. */
const ROWS: readonly UploadRow[] = [BASE, { ...BASE, adjustment: ADJUSTMENT }];

/**
 * The field that alone changes what `write` gives. A Retract also empties the value and the currency
 * beside it, so the fields that change nothing else are asked first.
 */
function roleOf(write: (row: UploadRow) => unknown, base: UploadRow): Role | undefined {
  const before = write(base);
  const all = changes(base).sort(
    ([a], [b]) => Number(a === "adjustment-type") - Number(b === "adjustment-type"),
  );
  return all.find(([, changed]) => write(changed) !== before)?.[0];
}

function tableShape(
  destination: Destination,
  layout: string,
  adjustments: boolean,
  plan: TablePlan & { readonly check: (row: UploadRow) => unknown },
): Shape {
  const columns = plan.columns.map(({ header, always, cell }): ShapeColumn => {
    const bases = adjustments ? [...ROWS].reverse() : [BASE];
    const role = bases.map((base) => roleOf(cell, base)).find((found) => found !== undefined);
    return { header, role: role ?? (always ? "type" : "none") };
  });
  const headerAt = plan.head.findIndex((cells) => cells.includes(nameHeader(columns)));
  const below = plan.head[headerAt + 1];
  const required = new Set<Role>(["type", "name", "time"]);
  if (adjustments)
    for (const role of ["adjustment-type", "adjustment-time"] as const) required.add(role);
  const { value: _value, ...withoutValue } = BASE;
  if (!adjustments && plan.check(withoutValue) !== undefined) required.add("value");
  return {
    destination,
    layout,
    adjustments,
    columns,
    recordType: plan.columns.find(({ always }) => always)?.always,
    above: plan.head.slice(0, headerAt).map(([first = ""]) => first),
    below: below && new Map(columns.map(({ header }, at) => [header, below[at] ?? ""] as const)),
    byteOrderMark: plan.byteOrderMark,
    required,
  };
}

function nameHeader(columns: readonly ShapeColumn[]): string {
  return columns.find(({ role }) => role === "name")?.header ?? "";
}

/** Keys of the JSON items of a destination. */
function bodyShape(
  destination: Destination,
  layout: string,
  adjustments: boolean,
  plan: BodiesPlan,
): Shape {
  const base = adjustments ? (ROWS[1] as UploadRow) : BASE;
  const item = (row: UploadRow) => JSON.parse(plan.item(row)) as Record<string, unknown>;
  const columns = Object.keys(item(base)).map(
    (header): ShapeColumn => ({ header, role: roleOf((row) => item(row)[header], base) ?? "none" }),
  );
  return {
    destination,
    layout,
    adjustments,
    columns,
    recordType: undefined,
    above: [],
    below: undefined,
    byteOrderMark: false,
    required: new Set(
      adjustments ? ["name", "time", "adjustment-type", "adjustment-time"] : ["name", "time"],
    ),
  };
}

/** The shapes of a destination's files. A layout that has no adjustments gives one less. */
function shapesOf(destination: Destination, kind: "table" | "bodies"): Shape[] {
  const { takes, layouts, formats } = destination;
  const [format] = formats;
  const kinds = takes.includes("adjustments") ? [false, true] : [false];
  return layouts.flatMap((layout) =>
    kinds.flatMap((adjustments) => {
      try {
        const attribution = takes.includes("attribution");
        const plan = destination.plan({ format, layout, adjustments, attribution });
        if (plan.kind !== kind) return [];
        return plan.kind === "table"
          ? [tableShape(destination, layout, adjustments, plan)]
          : [bodyShape(destination, layout, adjustments, plan)];
      } catch (error) {
        if (error instanceof FirsthashError) return [];
        throw error;
      }
    }),
  );
}

/** Shapes of tables, in the order of the catalog. `to`: of these destinations only. */
export function tableShapes(to: readonly Destination[] = DESTINATIONS): Shape[] {
  return to.flatMap((destination) => shapesOf(destination, "table"));
}

export interface BodyShape {
  readonly shape: Shape;
  /** The key of the list of items in a body. */
  readonly list: string;
  readonly itemsPerBody: number;
}

/** Shapes of request bodies. */
export function bodyShapes(to: readonly Destination[] = DESTINATIONS): BodyShape[] {
  return to.flatMap((destination) => {
    const { formats, layouts, takes } = destination;
    return shapesOf(destination, "bodies").flatMap((shape) => {
      const { adjustments } = shape;
      const attribution = takes.includes("attribution");
      const plan = destination.plan({
        format: formats[0],
        layout: layouts[0],
        adjustments,
        attribution,
      });
      if (plan.kind !== "bodies") return [];
      const [list = ""] = Object.keys(JSON.parse(`${plan.open}${plan.close}`) as object);
      return [{ shape, list, itemsPerBody: plan.itemsPerBody }];
    });
  });
}
