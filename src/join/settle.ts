/** A contact row that a conversion refers to becomes part of the contact index. */

import type { PersonReader } from "../identity/person.ts";
import type { EmailRuleSet } from "../identity/types.ts";
import type { RowBatch } from "../read/types.ts";
import type { ContactIndex } from "./contacts.ts";

/** What is known of the contacts under one e-mail rule set. */
export interface ContactLane {
  readonly rules: EmailRuleSet;
  readonly reader: PersonReader;
  readonly index: ContactIndex;
}

/** A row whose key has a slot, under every rule set. */
export function settleRow(
  lanes: readonly ContactLane[],
  batch: RowBatch,
  row: number,
  slot: number,
): void {
  for (const { reader, index } of lanes) {
    if (!reader.agrees(batch, row)) {
      reader.countRefusal();
      index.exclude(slot);
    } else if (!index.excludes(slot)) {
      const person = reader.read(batch, row);
      const line = batch.line(row);
      reader.count(person, line);
      reader.countConflict(index.add(slot, person), line);
    }
    // Else another row of this person said no: that holds for this one too.
  }
}
