/** A contact row that a conversion refers to becomes part of the contact index. */
import type { Identified } from "../identity/identify.ts";
import type { EmailRuleSet } from "../identity/types.ts";
import type { ContactIndex } from "./contacts.ts";
import type { PersonReader } from "./person.ts";

/** What is known of the contacts under one e-mail rule set. */
export interface ContactLane {
  readonly rules: EmailRuleSet;
  readonly reader: PersonReader;
  readonly index: ContactIndex;
}

/** @param read gives the person of the row; undefined where the row does not consent */
export function settleContact(
  { reader, index }: ContactLane,
  slot: number,
  line: number,
  read: (() => Identified) | undefined,
): void {
  if (read === undefined) {
    reader.countRefusal();
    index.exclude(slot);
    return;
  }
  // Another row of this person said no: that holds for this one too.
  if (index.excludes(slot)) return;
  const person = read();
  reader.count(person, line);
  reader.countConflict(index.add(slot, person), line);
}
