/**
 * From the key cells of one side to slots of the table of keys. What is no key has none: `N/A` and `0` stand
 * in many rows, and a number that a spreadsheet has rounded is several people's.
 */
import { isByteBatch, type RowBatch } from "../read/types.ts";
import { CutKeys, type KeyFault, keyFault, mayBeFault } from "./damaged-keys.ts";
import { type KeySettings, readerOf } from "./key-readings.ts";
import { isPlainCell, type KeyTable } from "./keys.ts";

/** What a key cell gives: the slot of its key, or why it has none; "unknown" for a key that is not in the table. */
export type KeySlot = number | KeyFault | "unknown";

export class KeyReader {
  readonly #keys: KeyTable;
  readonly #separator: string | undefined;
  readonly #read: ((key: string) => string) | undefined;
  /** Keys that a spreadsheet may have cut to 15 digits. */
  readonly cut = new CutKeys();

  /** @param keys the table that both sides share */
  constructor(keys: KeyTable, settings: KeySettings) {
    this.#keys = keys;
    this.#separator = settings.separator;
    this.#read = readerOf(settings);
  }

  /** Puts the keys of a cell into the table. */
  intern(batch: RowBatch, row: number, column: number): void {
    if (this.#isQuick(batch, row, column)) this.#keys.internCell(batch, row, column);
    else for (const key of this.#keysOf(batch, row, column).keys) this.#keys.intern(key);
  }

  /** The slot of a cell's key; of several keys, that of the first in the table. */
  find(batch: RowBatch, row: number, column: number): KeySlot {
    if (this.#isQuick(batch, row, column)) {
      const slot = this.#keys.findCell(batch, row, column);
      return slot < 0 ? "unknown" : slot;
    }
    const { keys, fault } = this.#keysOf(batch, row, column);
    for (const key of keys) {
      const slot = this.#keys.find(key);
      if (slot >= 0) return slot;
    }
    return keys.length === 0 ? fault : "unknown";
  }

  /** The slots of all keys of a cell that are in the table, in their order. */
  findAll(batch: RowBatch, row: number, column: number): readonly number[] | KeyFault | "unknown" {
    if (this.#separator === undefined) {
      const slot = this.find(batch, row, column);
      return typeof slot === "number" ? [slot] : slot;
    }
    const { keys, fault } = this.#keysOf(batch, row, column);
    if (keys.length === 0) return fault;
    const slots = keys.map((key) => this.#keys.find(key)).filter((slot) => slot >= 0);
    return slots.length === 0 ? "unknown" : [...new Set(slots)];
  }

  /** Whether the cell's bytes are its key, which then has been looked at. */
  #isQuick(batch: RowBatch, row: number, column: number): boolean {
    if (this.#separator !== undefined || this.#read !== undefined) return false;
    if (!isByteBatch(batch) || !isPlainCell(batch, row, column)) return false;
    const start = batch.cellStart(row, column);
    const end = batch.cellEnd(row, column);
    if (mayBeFault(batch.bytes, start, end)) return false;
    this.cut.observeBytes(batch.bytes, start, end);
    return true;
  }

  /** The good keys of a cell as they are compared; where there is none, why. */
  #keysOf(
    batch: RowBatch,
    row: number,
    column: number,
  ): { readonly keys: readonly string[]; readonly fault: KeyFault } {
    if (batch.isRounded?.(row, column) === true) return ROUNDED;
    const cell = batch.cell(row, column);
    let fault: KeyFault = "no-key";
    const keys: string[] = [];
    for (const part of this.#separator === undefined ? [cell] : cell.split(this.#separator)) {
      const written = part.trim();
      const key = this.#read === undefined ? written : this.#read(written);
      // A key as it is written may be none, and so may what a reading leaves of it: the digits of `K-0`.
      const wrong = keyFault(written) ?? (key === written ? undefined : keyFault(key));
      if (wrong === undefined) {
        this.cut.observe(written);
        keys.push(key);
      } else if (wrong !== "no-key") fault = wrong;
    }
    return { keys, fault };
  }
}

const ROUNDED = { keys: [], fault: "key-spreadsheet-damaged" } as const;
