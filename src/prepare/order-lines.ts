/**
 * Shopify and Squarespace write an order on as many lines as it has items. What belongs to the order (its state, its total,
 * the billing phone) stands on the first of them only, its name on all. The order is the conversion: the
 * further lines are counted as such, because without their total and their phone they would be conversions
 * of other people and other values.
 */
import { headerKey } from "../read/columns/headers.ts";
import type { RowBatch, Table } from "../read/types.ts";

export interface OrderLines {
  /** Columns that must be read to tell. */
  readonly columns: readonly number[];
  /** A reader for one pass, which is asked for every row in the order of the file. */
  start(): (batch: RowBatch, row: number) => boolean;
  /** The same for a table where they stand at other places. */
  at(columns: readonly number[]): OrderLines;
}

/** Undefined where the table is not an export of orders by lines. */
export function orderLines({ headers }: Pick<Table, "headers">): OrderLines | undefined {
  const keys = headers.map(headerKey);
  const name = keys.includes("name") ? keys.indexOf("name") : keys.indexOf("orderid");
  const state = keys.indexOf("financialstatus");
  const item = keys.indexOf("lineitemname");
  if (name < 0 || state < 0 || item < 0) return undefined;
  return linesAt(name, state);
}

function linesAt(name: number, state: number): OrderLines {
  return {
    columns: [name, state],
    at: ([ofName = 0, ofState = 0]) => linesAt(ofName, ofState),
    start() {
      let order = "";
      return (batch, row) => {
        const of = batch.cell(row, name).trim();
        const continued = of !== "" && of === order && batch.cell(row, state).trim() === "";
        order = of;
        return continued;
      };
    },
  };
}
