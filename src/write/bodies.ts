/** Request bodies as JSON Lines: one body a line, LF, so that a script can send a line as it stands. */
import type { BodiesPlan } from "../destinations/types.ts";
import { type Encoder, TextBlocks } from "./encoder.ts";

/** The bodies of a run, each filled up to its limit. */
export function bodiesEncoder(plan: BodiesPlan): Encoder {
  const blocks = new TextBlocks();
  let items = 0;
  return {
    add(row) {
      const item = plan.item(row);
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
