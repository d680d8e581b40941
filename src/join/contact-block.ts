/** A block of contact rows, read apart from the others: what a worker thread does and what it gives back. */
import type { Identified, IdentifySettings, IdentityNote } from "../identity/identify.ts";
import type { Sha256Hex } from "../identity/types.ts";
import { CsvScanner, type ScanFault, type ScannedBatch } from "../read/scan.ts";
import { PeopleTally } from "../report/tally.ts";
import { KeyTable, type SharedKeys } from "./keys.ts";
import { type PersonColumns, PersonReader } from "./person.ts";

/** What holds for all blocks. */
export interface ContactWork {
  readonly keys: SharedKeys;
  readonly keyColumn: number;
  readonly person: PersonColumns;
  /** One for each e-mail rule set of the run. */
  readonly settings: readonly IdentifySettings[];
  readonly consentValues: readonly string[];
  /** The delimiter's byte. */
  readonly delimiter: number;
  readonly headerWidth: number;
  /** All columns that are read. */
  readonly columns: readonly number[];
}

export interface BlockTask {
  readonly bytes: Uint8Array;
  /** Whether the text ends here. */
  readonly final: boolean;
}

/** People under one rule set, by the number of their hit. */
export interface BlockPeople {
  readonly emails: (Sha256Hex | undefined)[];
  readonly phones: (Sha256Hex | undefined)[];
  readonly notes: { readonly hit: number; readonly notes: readonly IdentityNote[] }[];
}

/** Digests, counts and line numbers. Lines are counted from the block's first one, which is 0. */
export interface BlockAnswer {
  readonly rows: number;
  /** Lines of the block. */
  readonly lines: number;
  readonly malformed: {
    readonly reason: "row-too-short" | "row-too-long";
    readonly line: number;
  }[];
  /** Rows that a conversion refers to. */
  readonly hits: {
    readonly slots: number[];
    readonly lines: number[];
    readonly consents: boolean[];
  };
  readonly people: readonly BlockPeople[];
  readonly fault: ScanFault | undefined;
}

/** Makes the function that reads blocks. */
export function contactBlockReader(work: ContactWork): (task: BlockTask) => BlockAnswer {
  const keys = KeyTable.of(work.keys);
  const consentValues = new Set(work.consentValues);
  const readers = work.settings.map(
    (settings) => new PersonReader(work.person, settings, consentValues, new PeopleTally()),
  );
  return ({ bytes, final }) => {
    const scanner = new CsvScanner({ ...work, firstLine: 0 });
    const answer = {
      rows: 0,
      lines: 0,
      malformed: [],
      hits: { slots: [], lines: [], consents: [] },
      people: readers.map(() => ({ emails: [], phones: [], notes: [] })),
      fault: undefined as ScanFault | undefined,
    };
    readRows(scanner.push(bytes), work, keys, readers, answer);
    if (final) readRows(scanner.finish(), work, keys, readers, answer);
    answer.lines = scanner.line;
    answer.fault = scanner.fault;
    return answer;
  };
}

function readRows(
  batch: ScannedBatch,
  work: ContactWork,
  keys: KeyTable,
  readers: readonly PersonReader[],
  answer: { rows: number } & Omit<BlockAnswer, "rows">,
): void {
  const { hits } = answer;
  answer.rows += batch.length;
  for (let row = 0; row < batch.length; row++) {
    const width = batch.width(row);
    if (width !== work.headerWidth) {
      const reason = width < work.headerWidth ? "row-too-short" : "row-too-long";
      answer.malformed.push({ reason, line: batch.line(row) });
      continue;
    }
    const slot = keys.findCell(batch, row, work.keyColumn);
    if (slot < 0) continue;
    const consents = readers[0]?.agrees(batch, row) ?? true;
    const hit = hits.slots.length;
    hits.slots.push(slot);
    hits.lines.push(batch.line(row));
    hits.consents.push(consents);
    for (const [lane, { emails, phones, notes }] of answer.people.entries()) {
      const found = consents ? readers[lane]?.read(batch, row) : undefined;
      emails.push(found?.email);
      phones.push(found?.phone);
      if (found !== undefined && found.notes.length > 0) notes.push({ hit, notes: found.notes });
    }
  }
}

const NO_NOTES: readonly IdentityNote[] = [];

/** The people of a block under one rule set again, in the order of the hits. */
export function* peopleOf({ emails, phones, notes }: BlockPeople): Generator<Identified> {
  let next = 0;
  for (let hit = 0; hit < emails.length; hit++) {
    const noted = notes[next]?.hit === hit ? notes[next++]?.notes : undefined;
    const email = emails[hit];
    const phone = phones[hit];
    yield {
      ...(email !== undefined && { email }),
      ...(phone !== undefined && { phone }),
      notes: noted ?? NO_NOTES,
    };
  }
}
