/**
 * Who a conversion belongs to. There are two ways to find out, behind one interface: through the join
 * key and the contact index, or from the conversion's own row.
 */
import { mayUseThread } from "#host";
import { usageError } from "../base/errors.ts";
import { CELL_REASONS } from "../base/reasons.ts";
import { PeopleTally } from "../base/tally.ts";
import type { EmailRuleSet, Identifiers } from "../base/types.ts";
import { PersonReader } from "../identity/person.ts";
import { ContactIndex, type ContactLane, settleRow } from "../join/contacts.ts";
import { KeyDiagnosis, type LikelyCause } from "../join/diagnose.ts";
import type { KeyTable } from "../join/keys.ts";
import type { RowBatch } from "../read/types.ts";
import {
  batches,
  cellCountFault,
  type Input,
  type Inputs,
  noRows,
  rejectPlacer,
  type Watch,
} from "./inputs.ts";
import type { Plan } from "./plan.ts";
import type { Survey } from "./survey.ts";

export type Match =
  | { readonly ok: true; readonly identifiers: Identifiers; readonly conflict: boolean }
  | { readonly ok: false; readonly reason: "no-key" | "no-contact" | "no-consent" };

/** Finds the person of a conversion's row. */
export type FindPerson = (batch: RowBatch, row: number) => Match;

/** The people of a run, under the e-mail rules of each of its destinations. */
export interface People {
  readonly find: ReadonlyMap<EmailRuleSet, FindPerson>;
  readonly tally: PeopleTally;
  /** Keys for which there is a contact; undefined where nothing was joined. */
  readonly keysFound: number | undefined;
  /** Nothing or almost nothing matches (rules.md 6). */
  readonly fewMatch: boolean;
  /** Why so few keys have a contact, where that can be told. */
  readonly likelyCause: LikelyCause | undefined;
}

const NO_KEY: Match = { ok: false, reason: "no-key" };
const NO_CONTACT: Match = { ok: false, reason: "no-contact" };
const NO_CONSENT: Match = { ok: false, reason: "no-consent" };

/**
 * Reads the contacts, or prepares to read the people from the conversions. Of a contact only the key is
 * looked at, and the rest only when a conversion refers to it: nobody else is normalized or hashed.
 */
export async function findPeople(inputs: Inputs, survey: Survey, plan: Plan): Promise<People> {
  const { contacts, conversions } = inputs;
  const tally = new PeopleTally();
  const { onReject } = plan;
  if (onReject !== undefined) {
    const placed = rejectPlacer(contacts ?? conversions);
    tally.onRefused = (field, code, line) =>
      onReject({ ...placed(line), field, outcome: "refused", code, ...CELL_REASONS[code] });
  }
  const readers = personReaders(contacts ?? conversions, tally, plan);
  if (contacts?.key === undefined || conversions.key === undefined) {
    const find = new Map(readers.map(([rules, reader]) => [rules, inRow(reader)]));
    return { find, tally, keysFound: undefined, fewMatch: false, likelyCause: undefined };
  }
  const lanes = readers.map(([rules, reader]) => ({
    rules,
    reader,
    index: new ContactIndex(survey.keys.size, plan.onConflict),
  }));
  const join = { ...contacts, key: contacts.key };
  const read = await readWithThread(join, survey.keys, lanes, tally, plan);
  if (!read) await readContacts(join, survey.keys, lanes, tally, plan);
  if (tally.rows === 0) throw noRows(contacts.table);
  const key = conversions.key;
  const keysFound = lanes[0]?.index.found ?? 0;
  const fewMatch = keysFound < survey.keys.size * FEW;
  return {
    find: new Map(lanes.map(({ rules, index }) => [rules, byKey(survey.keys, index, key)])),
    tally,
    keysFound,
    fewMatch,
    likelyCause: fewMatch ? await likelyCause(contacts, survey.keys, plan) : undefined,
  };
}

/** Below this a second thread takes longer to start than it saves. */
const WORTH_A_THREAD = 32 * 1024 * 1024;

/** @returns false where one thread is to do it, or must; then nothing was read */
async function readWithThread(
  contacts: Input & { readonly key: number },
  keys: KeyTable,
  lanes: readonly ContactLane[],
  tally: PeopleTally,
  plan: Plan,
): Promise<boolean> {
  const { threads } = plan;
  const text = threads === 1 ? undefined : contacts.table.text?.();
  if (text === undefined) return false;
  const { size = 0 } = text;
  if (threads === undefined && size < WORTH_A_THREAD) return false;
  if (mayUseThread(threads)) {
    const { readContactsWithThread } = await import("./second-thread.ts");
    if (await readContactsWithThread(contacts, text, keys, lanes, tally, plan)) return true;
  }
  if (threads === undefined) return false;
  throw usageError(
    "no worker thread can be started here",
    "run node with --allow-worker where it runs with --permission, or give `threads: 1`",
  );
}

async function readContacts(
  contacts: Input & { readonly key: number },
  keys: KeyTable,
  lanes: readonly ContactLane[],
  tally: PeopleTally,
  watch: Watch,
): Promise<void> {
  for await (const batch of batches(contacts, "contacts", watch)) {
    for (let row = 0; row < batch.length; row++) {
      const fault = cellCountFault(contacts.table, batch, row);
      if (fault !== undefined) {
        tally.malformed.add(fault, batch.line(row));
        continue;
      }
      const slot = keys.findCell(batch, row, contacts.key);
      if (slot < 0) continue;
      settleRow(lanes, batch, row, slot);
    }
    tally.rows += batch.length;
  }
}

/** "Almost nothing matches": fewer than one key in twenty has a contact. */
const FEW = 0.05;

/** Reads the keys of the contacts once more, under other readings. */
async function likelyCause(
  contacts: Input,
  keys: KeyTable,
  watch: Watch,
): Promise<LikelyCause | undefined> {
  const { table, key } = contacts;
  if (key === undefined || !table.repeatable) return undefined;
  const diagnosis = new KeyDiagnosis(keys);
  for await (const batch of batches({ ...contacts, columns: {} }, "contacts", watch)) {
    for (let row = 0; row < batch.length; row++) {
      const text = batch.cell(row, key);
      if (keys.find(text) < 0) diagnosis.observe(text);
    }
  }
  return diagnosis.likely();
}

/** One reader for each rule set that a destination asks for. The first one's counts are reported. */
function personReaders(
  input: Input,
  tally: PeopleTally,
  plan: Plan,
): [EmailRuleSet, PersonReader][] {
  const ruleSets = [...new Set(plan.uploads.map(({ destination }) => destination.emailRules))];
  let first: PersonReader | undefined;
  return ruleSets.map((rules, index) => {
    const reader = new PersonReader(
      input.columns,
      { ...plan.phones, rules },
      plan.consentValues,
      index === 0 ? tally : new PeopleTally(),
      first,
    );
    first ??= reader;
    return [rules, reader];
  });
}

/** The person is in the row itself. */
function inRow(reader: PersonReader): FindPerson {
  return (batch, row) => {
    if (!reader.consents(batch, row)) return NO_CONSENT;
    return { ok: true, identifiers: reader.identify(batch, row), conflict: false };
  };
}

/** The person is the contact with the row's key. */
function byKey(keys: KeyTable, index: ContactIndex, keyColumn: number): FindPerson {
  return (batch, row) => {
    const slot = keys.findCell(batch, row, keyColumn);
    // Every key of the conversions is in the table: what is not there is blank.
    if (slot < 0) return NO_KEY;
    const person = index.get(slot);
    if (!person.known) return person.reason === "no-consent" ? NO_CONSENT : NO_CONTACT;
    return { ok: true, identifiers: person.identifiers, conflict: person.conflict };
  };
}
