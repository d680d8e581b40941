/** From the cells of a row that describes a person to digests, counted on the way. */

import type { FieldTally, PeopleTally } from "../base/tally.ts";
import type { Identifiers } from "../base/types.ts";
import type { RowBatch } from "../read/types.ts";
import { firstCell } from "./absent.ts";
import { type Identified, type IdentifySettings, identify, identifyBeside } from "./identify.ts";

/** Column numbers of the fields of a person, fallbacks in order. */
export type PersonColumns = Readonly<
  Partial<
    Record<
      "email" | "phone" | "country" | "hashed-email" | "hashed-phone" | "consent",
      readonly number[]
    >
  >
>;

const NO_COLUMNS: readonly number[] = [];

export class PersonReader {
  readonly #columns: PersonColumns;
  readonly #settings: IdentifySettings;
  readonly #consentValues: ReadonlySet<string>;
  readonly #tally: PeopleTally;
  readonly #beside: PersonReader | undefined;
  /** Where the row stands that was read last, and who was in it. A batch may be filled again; a line is one row's. */
  #batch: RowBatch | undefined;
  #line = -1;
  #last: Identified | undefined;

  /**
   * @param consentValues in lower case: what the consent column says when the person agreed.
   * @param beside reads the same rows under another e-mail rule set, before this one does: the phone is read once
   */
  constructor(
    columns: PersonColumns,
    settings: IdentifySettings,
    consentValues: ReadonlySet<string>,
    tally: PeopleTally,
    beside?: PersonReader,
  ) {
    this.#columns = columns;
    this.#settings = settings;
    this.#consentValues = consentValues;
    this.#tally = tally;
    this.#beside = beside;
  }

  /** Whether the row may be used. Asked once, before anything of it is hashed, and counted. */
  consents(batch: RowBatch, row: number): boolean {
    const agrees = this.agrees(batch, row);
    if (!agrees) this.countRefusal();
    return agrees;
  }

  /** Whether the row may be used. An empty cell is a no. */
  agrees(batch: RowBatch, row: number): boolean {
    const columns = this.#columns.consent;
    if (columns === undefined || columns.length === 0) return true;
    return columns.every((column) =>
      this.#consentValues.has(batch.cell(row, column).trim().toLowerCase()),
    );
  }

  /** Counts a row that does not consent. */
  countRefusal(): void {
    this.#tally.withoutConsent++;
  }

  /** Reads the person of a row, and counts what was found. */
  identify(batch: RowBatch, row: number): Identifiers {
    const identified = this.read(batch, row);
    this.count(identified, batch.line(row));
    return identified;
  }

  /** Reads the person of a row. */
  read(batch: RowBatch, row: number): Identified {
    const known = this.#beside?.lastOf(batch, row);
    const found =
      known === undefined ? this.#read(batch, row) : this.#readBeside(batch, row, known);
    this.#batch = batch;
    this.#line = batch.line(row);
    this.#last = found;
    return found;
  }

  /** Who was found in this row, where it is the one that was read last. */
  lastOf(batch: RowBatch, row: number): Identified | undefined {
    return this.#batch === batch && this.#line === batch.line(row) ? this.#last : undefined;
  }

  #readBeside(batch: RowBatch, row: number, known: Identified): Identified {
    const columns = this.#columns;
    const emails = cellsOf(batch, row, columns.email);
    const hashedEmails = cellsOf(batch, row, columns["hashed-email"]);
    return identifyBeside({ emails, hashedEmails }, this.#settings, known);
  }

  #read(batch: RowBatch, row: number): Identified {
    const columns = this.#columns;
    return identify(
      {
        emails: cellsOf(batch, row, columns.email),
        phones: cellsOf(batch, row, columns.phone),
        country: firstCell(batch, row, columns.country) || undefined,
        hashedEmails: cellsOf(batch, row, columns["hashed-email"]),
        hashedPhones: cellsOf(batch, row, columns["hashed-phone"]),
      },
      this.#settings,
    );
  }

  countConflict(conflict: Conflict, line: number): void {
    for (const field of ["email", "phone"] as const) {
      if (!conflict[field]) continue;
      const [column] = this.#columns[field] ?? this.#columns[`hashed-${field}` as const] ?? [];
      this.#tally[field].reasons.add("contact-conflict", line);
      this.#tally.onCell?.("contact-conflict", line, column);
    }
  }

  /** Counts a person that was read. */
  count(found: Identified, line: number): void {
    this.#tally.referred++;
    const { email, phone } = this.#tally;
    let refusedEmail = false;
    let refusedPhone = false;
    for (const note of found.notes) {
      const isEmail = note.field === "email" || note.field === "hashed-email";
      const tally = isEmail ? email : phone;
      if ("repaired" in note) tally.repairs.add(note.repaired, line);
      else {
        tally.reasons.add(note.refused, line);
        if (isEmail) refusedEmail = true;
        else refusedPhone = true;
      }
      const code = "repaired" in note ? note.repaired : note.refused;
      this.#tally.onCell?.(code, line, this.#columns[note.field]?.[note.at]);
    }
    countField(email, found.email !== undefined, refusedEmail);
    countField(phone, found.phone !== undefined, refusedPhone);
  }
}

const NO_CELLS: readonly string[] = [];

function cellsOf(
  batch: RowBatch,
  row: number,
  columns: readonly number[] = NO_COLUMNS,
): readonly string[] {
  const [first] = columns;
  if (first === undefined) return NO_CELLS;
  if (columns.length === 1) return [batch.cell(row, first)];
  return columns.map((column) => batch.cell(row, column));
}

/** A person has the field, has none of it, or has something there that is no use. */
function countField(tally: FieldTally, usable: boolean, refused: boolean): void {
  if (usable) tally.usable++;
  else if (!refused) tally.absent++;
}

/** Which fields of a contact contradict an earlier one with the same key. */
export interface Conflict {
  readonly email: boolean;
  readonly phone: boolean;
}
