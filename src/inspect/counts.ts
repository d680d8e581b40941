/** How many cells of each column are of use, counted by the readers that `prepare` uses. */

import { type Count, Counts, type FieldTally, PeopleTally } from "../base/tally.ts";
import { readCurrency } from "../conversion/currency.ts";
import { firstCell, isAbsent } from "../identity/absent.ts";
import type { IdentifySettings } from "../identity/identify.ts";
import { type PersonColumns, PersonReader } from "../identity/person.ts";
import { CutKeys, isErrorCell, keyFault } from "../join/damaged-keys.ts";
import { KeyTable } from "../join/keys.ts";
import type { RowBatch } from "../read/types.ts";

const FIELDS = ["email", "phone", "hashed-email", "hashed-phone"] as const;

/** A field whose cells identify a person. */
export type IdentifierField = (typeof FIELDS)[number];

interface Lane {
  readonly field: IdentifierField;
  readonly column: number;
  readonly reader: PersonReader;
  readonly tally: FieldTally;
}

/** Cells of a column that identifies nobody. */
export class CellCounts {
  filled = 0;
  absent = 0;

  observe(cell: string): void {
    if (isAbsent(cell)) this.absent++;
    else this.filled++;
  }
}

/** Currencies, by the reader that `prepare` uses. */
export class CurrencyCounts {
  cells = 0;
  unreadable = 0;
  readonly #columns: readonly number[];

  constructor(columns: readonly number[] = []) {
    this.#columns = columns;
  }

  observe(batch: RowBatch, row: number): void {
    if (this.#columns.length === 0) return;
    const currency = readCurrency(firstCell(batch, row, this.#columns));
    if (currency !== undefined) this.cells++;
    if (currency === "malformed") this.unreadable++;
  }
}

/** Every column by itself, and each row as a person: the first usable cell wins. */
export class IdentifierCounts {
  /** In the order in which they are tried. */
  readonly lanes: readonly Lane[];
  readonly people = { rows: 0, both: 0, emailOnly: 0, phoneOnly: 0, neither: 0, noConsent: 0 };

  constructor(
    columns: PersonColumns,
    settings: IdentifySettings,
    consentValues: ReadonlySet<string>,
  ) {
    this.lanes = FIELDS.flatMap((field) =>
      (columns[field] ?? []).map((column) => {
        const tally = new PeopleTally();
        const { country = [], consent = [] } = columns;
        const only = { [field]: [column], country, consent };
        return {
          field,
          column,
          reader: new PersonReader(only, settings, consentValues, tally),
          tally: isEmail(field) ? tally.email : tally.phone,
        };
      }),
    );
  }

  observe(batch: RowBatch, row: number): void {
    const [first] = this.lanes;
    if (first === undefined) return;
    const { people } = this;
    people.rows++;
    // As in prepare: nothing of a person who did not agree is looked at.
    if (!first.reader.consents(batch, row)) {
      people.noConsent++;
      return;
    }
    let email = false;
    let phone = false;
    for (const { field, reader } of this.lanes) {
      const found = reader.identify(batch, row);
      if (isEmail(field)) email ||= found.email !== undefined;
      else phone ||= found.phone !== undefined;
    }
    if (email && phone) people.both++;
    else if (email) people.emailOnly++;
    else if (phone) people.phoneOnly++;
    else people.neither++;
  }
}

function isEmail(field: IdentifierField): boolean {
  return field === "email" || field === "hashed-email";
}

/** How many keys come more than once. Keys are compared as the join compares them. */

export class RepeatedKeys {
  readonly #keys = new KeyTable();
  #seenTwice = new Uint8Array(1 << 11);
  readonly #repeated = new Counts<"repeated">();
  readonly #cut = new CutKeys();
  /** Rows without a key. */
  empty = 0;
  /** Rows with a key that is none. */
  damaged = 0;

  /** Whether the keys look as if a spreadsheet had cut them. */
  get areCut(): boolean {
    return this.#cut.areCut;
  }

  /** Number of different keys. */
  get different(): number {
    return this.#keys.size;
  }

  /** Number of keys that occur more than once, with the lines of the first second occurrences. */
  get repeated(): Count {
    return this.#repeated.get("repeated");
  }

  observe(key: string, line: number, isRounded = false): void {
    const fault = isRounded ? "key-spreadsheet-damaged" : keyFault(key.trim());
    if (fault === "no-key" && !isErrorCell(key.trim())) {
      this.empty++;
      return;
    }
    if (fault !== undefined) {
      this.damaged++;
      return;
    }
    const before = this.#keys.size;
    const slot = this.#keys.intern(key);
    if (slot === before) this.#cut.observe(key.trim());
    if (slot < 0) this.empty++;
    else if (slot < before) this.#again(slot, line);
  }

  #again(slot: number, line: number): void {
    if (slot >= this.#seenTwice.length) {
      const larger = new Uint8Array(Math.max(this.#seenTwice.length * 2, slot + 1));
      larger.set(this.#seenTwice);
      this.#seenTwice = larger;
    }
    if (this.#seenTwice[slot] === 1) return;
    this.#seenTwice[slot] = 1;
    this.#repeated.add("repeated", line);
  }
}
