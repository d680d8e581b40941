/**
 * How many keys there are and how many of them stand in more than one row, for keys that nobody looks up:
 * 64 bits of a hash each instead of the key, 12 to 24 bytes a key. With ten million keys the chance that any
 * two are taken for one is under one in 100,000; it would be one key too many in a count, and nothing else.
 */
import { allocateUnset, writeUtf8 } from "#host";
import type { RowBatch } from "../read/types.ts";
import { isPlainCell } from "./keys.ts";

/** Set in the second half of an entry whose key was seen again. */
const AGAIN = 0x80000000;

export class KeyCount {
  /** Two numbers a key; the second one is never 0. */
  #table = new Uint32Array(1 << 11);
  #different = 0;
  #repeated = 0;
  #scratch = allocateUnset(1 << 10);
  readonly #seed = crypto.getRandomValues(new Uint32Array(2));

  /** Number of different keys. */
  get different(): number {
    return this.#different;
  }

  /** Number of keys that were added more than once. */
  get repeated(): number {
    return this.#repeated;
  }

  /** Counts the key of a row; a blank one is none. */
  addCell(batch: RowBatch, row: number, column: number): void {
    if (isPlainCell(batch, row, column)) {
      this.#add(batch.bytes, batch.cellStart(row, column), batch.cellEnd(row, column));
      return;
    }
    const key = batch.cell(row, column).trim();
    if (key === "") return;
    // A UTF-16 unit is at most 3 bytes of UTF-8.
    if (key.length * 3 > this.#scratch.length) this.#scratch = allocateUnset(key.length * 3);
    this.#add(this.#scratch, 0, writeUtf8(key, this.#scratch, 0));
  }

  /** Two hashes of different make, so that what meets in one does not meet in the other. */
  #add(bytes: Uint8Array, start: number, end: number): void {
    let first = (0x811c9dc5 ^ (this.#seed[0] as number)) | 0;
    let second = this.#seed[1] as number | 0;
    for (let at = start; at < end; at++) {
      const byte = bytes[at] as number;
      first = Math.imul(first ^ byte, 0x01000193);
      second = Math.imul(second ^ byte, 0x5f356495);
      second ^= second >>> 15;
    }
    first = Math.imul(first ^ (first >>> 15), 0x2c1b3c6d);
    second = Math.imul(second ^ (second >>> 16), 0x45d9f3b);
    this.#place((first ^ (first >>> 12)) >>> 0, ((second ^ (second >>> 13)) & ~AGAIN) | 1);
  }

  #place(first: number, second: number): void {
    const mask = this.#table.length / 2 - 1;
    for (let at = first & mask; ; at = (at + 1) & mask) {
      const entry = this.#table[2 * at + 1] as number;
      if (entry === 0) {
        this.#table[2 * at] = first;
        this.#table[2 * at + 1] = second;
        this.#different++;
        // At most two thirds full.
        if (this.#different * 3 > this.#table.length) this.#grow();
        return;
      }
      if (this.#table[2 * at] !== first || (entry & ~AGAIN) !== second) continue;
      if ((entry & AGAIN) === 0) {
        this.#repeated++;
        this.#table[2 * at + 1] = entry | AGAIN;
      }
      return;
    }
  }

  #grow(): void {
    const before = this.#table;
    const larger = new Uint32Array(before.length * 2);
    const mask = before.length - 1;
    for (let from = 0; from < before.length; from += 2) {
      if (before[from + 1] === 0) continue;
      let at = (before[from] as number) & mask;
      while (larger[2 * at + 1] !== 0) at = (at + 1) & mask;
      larger[2 * at] = before[from] as number;
      larger[2 * at + 1] = before[from + 1] as number;
    }
    this.#table = larger;
  }
}
