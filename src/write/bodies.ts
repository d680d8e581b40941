/** Request bodies as JSON Lines: one body a line, LF, so that a script can send a line as it stands. */
import type { BodiesPlan, Column, UploadRow } from "../destinations/types.ts";
import { type Encoder, TextBlocks } from "./encoder.ts";

/** The bodies of a run, each filled up to its limit. */
export function bodiesEncoder(plan: BodiesPlan): Encoder {
  const blocks = new TextBlocks();
  let items = 0;
  return {
    add(row) {
      const item = itemOf(plan.columns, row);
      const last = items === plan.itemsPerBody;
      const before = items === 0 ? plan.open : last ? `${plan.close}\n${plan.open}` : ",";
      blocks.push(before + item);
      items = last ? 1 : items + 1;
      return true;
    },
    take: () => blocks.take(),
    end() {
      if (items > 0) blocks.push(`${plan.close}\n`);
      return blocks.end();
    },
  };
}

/**
 * An item as JSON. A decimal is a JSON number as it stands: it never becomes a float, so no digit can change.
 * A member without a text is null, as in the documented bodies.
 */
function itemOf(columns: readonly Column[], row: UploadRow): string {
  let item = "";
  for (const { header, type, cell } of columns) {
    const text = cell(row);
    const value = text === "" ? "null" : type === "number" ? text : JSON.stringify(text);
    item += `${item === "" ? "{" : ","}"${header}":${value}`;
  }
  return `${item}}`;
}
