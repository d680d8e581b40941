/**
 * Rows that Microsoft takes for the same conversion: equal click id, name, time, e-mail digest and
 * phone digest (rules.md 7). The first one is written.
 *
 * A set of such texts would cost hundreds of bytes a row. Kept are the first 16 bytes of their
 * SHA-256 in an open-addressing table, 20 to 40 bytes a row: two different rows are taken for one
 * with a chance of 1 in 2^128 for each pair.
 */

import { hexDigest, hexToBytes } from "#host";

export interface DuplicateKey {
  readonly clickId?: string;
  readonly gclid?: string;
  readonly gbraid?: string;
  readonly wbraid?: string;
  readonly name: string;
  readonly time: number;
  readonly email?: string;
  readonly phone?: string;
  /** Two adjustments of one conversion are the same when they say the same at the same time. */
  readonly adjustment?: {
    readonly type: string;
    readonly time: number;
    readonly value?: string;
    readonly currency?: string;
  };
}

const WORDS = 4;

/** Writes the first 16 bytes of a text's SHA-256 to `target` at `offset`. */
export function fingerprint(text: string, target: Uint8Array, offset: number): void {
  hexToBytes(hexDigest(text), target, offset, 4 * WORDS);
}

/** What an adjustment says, as text. */
export function adjustmentKey(adjustment: NonNullable<DuplicateKey["adjustment"]>): string {
  const { type, time, value = "", currency = "" } = adjustment;
  return `${type}|${time}|${value}|${currency}`;
}

export class Duplicates {
  #table: Uint32Array;
  #capacity = 1 << 10;
  #size = 0;
  readonly #bytes = new Uint8Array(16);
  readonly #words = new Uint32Array(this.#bytes.buffer);

  /** @param rows how many to expect, where that is known: then the table is made once. */
  constructor(rows = 0) {
    while (isFull(rows, this.#capacity)) this.#capacity = Math.ceil(rows * 1.25);
    this.#table = new Uint32Array(this.#capacity * WORDS);
  }

  /** Remembers the row. @returns whether an equal one was there before. */
  add(row: DuplicateKey): boolean {
    this.#hash(row);
    // All zero marks an empty place; a fingerprint of zeros would need 2^128 tries.
    if (!insert(this.#table, this.#capacity, this.#words, 0)) return true;
    this.#size++;
    if (isFull(this.#size, this.#capacity)) this.#grow();
    return false;
  }

  #hash(row: DuplicateKey): void {
    // The name comes last: it is the only part that could hold the separator.
    const { adjustment } = row;
    const adjusted = adjustment === undefined ? "" : `${adjustmentKey(adjustment)}|`;
    const click = row.clickId ?? row.gclid ?? row.gbraid ?? row.wbraid ?? "";
    const text = `${click}|${row.time}|${row.email ?? ""}|${row.phone ?? ""}|${adjusted}${row.name}`;
    fingerprint(text, this.#bytes, 0);
  }

  #grow(): void {
    const old = this.#table;
    this.#capacity *= 2;
    this.#table = new Uint32Array(this.#capacity * WORDS);
    for (let at = 0; at < old.length; at += WORDS) {
      if (isEmpty(old, at)) continue;
      insert(this.#table, this.#capacity, old, at);
    }
  }
}

/** Four fifths full: about thirteen steps to a free place, side by side in memory. */
function isFull(size: number, capacity: number): boolean {
  return size * 5 > capacity * 4;
}

function isEmpty(table: Uint32Array, at: number): boolean {
  return table[at] === 0 && table[at + 1] === 0 && table[at + 2] === 0 && table[at + 3] === 0;
}

/**
 * Rows of one person may differ in the last two words only, so all four decide on the place. The capacity is
 * any number, so that a table for a million rows need not have room for two.
 */
function placeOf(words: Uint32Array, start: number, capacity: number): number {
  let hash = 0;
  for (let i = 0; i < WORDS; i++) {
    hash = Math.imul(hash ^ (hash >>> 15) ^ (words[start + i] as number), 0x2c1b3c6d);
  }
  return Math.floor(((hash >>> 0) / 0x1_0000_0000) * capacity);
}

/** @returns false when the four words `from[start …]` are there already. */
function insert(table: Uint32Array, capacity: number, from: Uint32Array, start: number): boolean {
  for (let place = placeOf(from, start, capacity); ; place++) {
    if (place === capacity) place = 0;
    const at = place * WORDS;
    if (isEmpty(table, at)) {
      for (let i = 0; i < WORDS; i++) table[at + i] = from[start + i] as number;
      return true;
    }
    let same = true;
    for (let i = 0; i < WORDS && same; i++) same = table[at + i] === from[start + i];
    if (same) return false;
  }
}
