/**
 * Who a conversion belongs to. There are two ways to find out, behind one interface: through the join
 * key and the contact index, or from the conversion's own row.
 */
import { mayUseThread } from "#host";
import { usageError } from "../base/errors.ts";
import { PeopleTally } from "../base/tally.ts";
import type { EmailRuleSet, Identifiers } from "../base/types.ts";
import { PersonReader } from "../identity/person.ts";
import { ContactIndex, type ContactLane, settleRow } from "../join/contacts.ts";
import type { CutCount, KeyFault } from "../join/damaged-keys.ts";
import { KeyDiagnosis, type LikelyCause } from "../join/diagnose.ts";
import { KeyReader } from "../join/key-reader.ts";
import type { KeyTable } from "../join/keys.ts";
import type { RowBatch } from "../read/types.ts";
import {
  batches,
  cellCountFault,
  type Input,
  type Inputs,
  noRows,
  tellCells,
  tellMalformed,
  type Watch,
} from "./inputs.ts";
import { refuseCutKeys, refuseSharedKeys } from "./key-stops.ts";
import type { Plan } from "./plan.ts";
import { SeveralKeys } from "./several-keys.ts";
import type { Survey } from "./survey.ts";

export type Match =
  | { readonly ok: true; readonly identifiers: Identifiers; readonly conflict: boolean }
  | { readonly ok: false; readonly reason: NoPerson };

type NoPerson = KeyFault | "no-contact" | "no-consent";

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
  /** Cells of the conversions without a contact that seem to be several keys. */
  readonly severalKeys: SeveralKeys;
}

const NO_CONTACT: Match = { ok: false, reason: "no-contact" };
const NO_CONSENT: Match = { ok: false, reason: "no-consent" };

/**
 * Reads the contacts, or prepares to read the people from the conversions. Of a contact only the key is
 * looked at, and the rest only when a conversion refers to it: nobody else is normalized or hashed.
 */
export async function findPeople(inputs: Inputs, survey: Survey, plan: Plan): Promise<People> {
  const { contacts, conversions } = inputs;
  const tally = new PeopleTally();
  tellCells(tally, contacts ?? conversions, plan.onRow);
  const readers = personReaders(contacts ?? conversions, tally, plan);
  if (contacts?.key === undefined || conversions.key === undefined) {
    const find = new Map(readers.map(([rules, reader]) => [rules, inRow(reader)]));
    const severalKeys = new SeveralKeys();
    return {
      find,
      tally,
      keysFound: undefined,
      fewMatch: false,
      likelyCause: undefined,
      severalKeys,
    };
  }
  const lanes = readers.map(([rules, reader]) => ({
    rules,
    reader,
    index: new ContactIndex(survey.keys.size, plan.onConflict),
  }));
  const join = { ...contacts, key: contacts.key };
  const cut =
    (await readWithThread(join, survey.keys, lanes, tally, plan)) ||
    (await readContacts(join, survey.keys, lanes, tally, plan));
  if (tally.rows === 0) throw noRows(contacts.table);
  refuseCutKeys(contacts, contacts.key, cut, plan.keys);
  const key = conversions.key;
  const { found: keysFound = 0, conflicting = 0 } = lanes[0]?.index ?? {};
  if (!plan.insistsOnConflict) refuseSharedKeys(join, keysFound, conflicting);
  const severalKeys = new SeveralKeys();
  const cells = new KeyReader(survey.keys, plan.keys);
  const fewMatch = keysFound < survey.keys.size * FEW;
  return {
    find: new Map(
      lanes.map(({ rules, index }, lane) => [
        rules,
        byKey(cells, index, key, lane === 0 ? severalKeys : undefined),
      ]),
    ),
    tally,
    keysFound,
    fewMatch,
    likelyCause: fewMatch ? await likelyCause(contacts, survey.keys, plan) : undefined,
    severalKeys,
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
): Promise<CutCount | false> {
  const { threads, keys: reading } = plan;
  // A row of several keys is several rows of what the thread finds.
  const text =
    threads === 1 || reading.separator !== undefined ? undefined : contacts.table.text?.();
  if (text === undefined) return false;
  const { size = 0 } = text;
  if (threads === undefined && size < WORTH_A_THREAD) return false;
  if (mayUseThread(threads)) {
    const { readContactsWithThread } = await import("./second-thread.ts");
    const cut = await readContactsWithThread(contacts, text, keys, lanes, tally, plan);
    if (cut !== false) return cut;
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
  watch: Watch & Pick<Plan, "keys" | "onRow">,
): Promise<CutCount> {
  const tell = tellMalformed(contacts, watch.onRow);
  const cells = new KeyReader(keys, watch.keys);
  for await (const batch of batches(contacts, "contacts", watch)) {
    for (let row = 0; row < batch.length; row++) {
      const fault = cellCountFault(contacts.table, batch, row);
      if (fault !== undefined) {
        tally.malformed.add(fault, batch.line(row));
        tell?.(fault, batch.line(row));
        continue;
      }
      const slots = cells.findAll(batch, row, contacts.key);
      if (typeof slots !== "string") settleRow(lanes, batch, row, slots);
      else if (slots !== "unknown") {
        tally.malformed.add(slots, batch.line(row));
        tell?.(slots, batch.line(row));
      }
    }
    tally.rows += batch.length;
  }
  return cells.cut.count;
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

/** The person is the contact with the row's key; of several keys, the first with a contact that can be used. */
function byKey(
  cells: KeyReader,
  index: ContactIndex,
  keyColumn: number,
  several: SeveralKeys | undefined,
): FindPerson {
  return (batch, row) => {
    const slots = cells.findAll(batch, row, keyColumn);
    // Every key of the conversions is in the table: what is not there is none.
    if (typeof slots === "string")
      return slots === "unknown" ? NO_CONTACT : { ok: false, reason: slots };
    let match: Match = NO_CONTACT;
    for (const slot of slots) {
      const found = personOf(index, slot);
      if (isUsable(found)) return found;
      if (match === NO_CONTACT) match = found;
    }
    if (match === NO_CONTACT) several?.observe(batch.cell(row, keyColumn));
    return match;
  };
}

function personOf(index: ContactIndex, slot: number): Match {
  const person = index.get(slot);
  if (!person.known) return person.reason === "no-consent" ? NO_CONSENT : NO_CONTACT;
  return { ok: true, identifiers: person.identifiers, conflict: person.conflict };
}

function isUsable(match: Match): boolean {
  if (!match.ok) return false;
  return match.identifiers.email !== undefined || match.identifiers.phone !== undefined;
}
