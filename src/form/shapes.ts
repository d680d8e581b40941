/**
 * What the files of each destination look like, asked of the destinations themselves: no header stands here a
 * second time, and a new destination is verified without a change here.
 */

import { FirsthashError } from "../base/errors.ts";
import { DESTINATIONS } from "../destinations/catalog.ts";
import type {
  BodiesPlan,
  Destination,
  PlanOptions,
  Role,
  TablePlan,
} from "../destinations/types.ts";

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

/** Fields without which a file is not taken. */
function requiredRoles(destination: Destination, adjustments: boolean): Role[] {
  return ["name", "time", ...(adjustments ? ADJUSTED : destination.requires)];
}

/** Those that have a column at all: request bodies of Google name a conversion action in their head. */
function withColumn(roles: readonly Role[], columns: readonly ShapeColumn[]): ReadonlySet<Role> {
  return new Set(roles.filter((role) => columns.some((column) => column.role === role)));
}

const ADJUSTED = ["adjustment-type", "adjustment-time"] as const;

function tableShape(
  destination: Destination,
  layout: string,
  adjustments: boolean,
  { columns, head, byteOrderMark }: TablePlan,
): Shape {
  const name = columns.find(({ role }) => role === "name")?.header ?? "";
  const headerAt = head.findIndex((cells) => cells.includes(name));
  const below = head[headerAt + 1];
  return {
    destination,
    layout,
    adjustments,
    columns,
    recordType: columns.find(({ role }) => role === "type")?.always,
    above: head.slice(0, headerAt).map(([first = ""]) => first),
    below: below && new Map(columns.map(({ header }, at) => [header, below[at] ?? ""] as const)),
    byteOrderMark,
    required: new Set(["type", ...requiredRoles(destination, adjustments)]),
  };
}

/** Keys of the JSON items of a destination. */
function bodyShape(
  destination: Destination,
  layout: string,
  adjustments: boolean,
  { columns }: BodiesPlan,
): Shape {
  return {
    destination,
    layout,
    adjustments,
    columns,
    recordType: undefined,
    above: [],
    below: undefined,
    byteOrderMark: false,
    required: withColumn(requiredRoles(destination, adjustments), columns),
  };
}

/** All columns that a destination may write, for some account. */
const ALL: Pick<PlanOptions, "carries" | "account"> = {
  carries: new Set(["gclid", "gbraid", "wbraid", "order-id", "ad-user-data", "ad-personalization"]),
  account: {
    account: "0000000000",
    actions: new Map([
      ["one", "1"],
      ["two", "2"],
    ]),
  },
};

/** The shapes of a destination's files. A layout that has no adjustments gives one less. */
function shapesOf(destination: Destination, kind: "table" | "bodies"): Shape[] {
  const { takes, layouts, formats } = destination;
  const [format] = formats;
  const kinds = takes.includes("adjustments") ? [false, true] : [false];
  return layouts.flatMap((layout) =>
    kinds.flatMap((adjustments) => {
      try {
        const attribution = takes.includes("attribution");
        const plan = destination.plan({ format, layout, adjustments, attribution, ...ALL });
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
  /** The other keys of a body. */
  readonly beside: readonly string[];
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
        ...ALL,
      });
      if (plan.kind !== "bodies") return [];
      const { list, beside, itemsPerBody } = plan;
      return [{ shape, list, beside, itemsPerBody }];
    });
  });
}
