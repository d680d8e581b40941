/**
 * The keys that the conversions refer to, each with a small number (its slot). Keys are compared after
 * trimming, as text, case kept (rules.md 6).
 *
 * A JavaScript Map costs about 265 bytes a key and ends at 16.7 million keys. Here the bytes of all
 * keys lie in one arena and an open-addressing table of 32-bit numbers points into it, so that a key
 * costs about 40 bytes, and a contact that nobody refers to is looked up without any allocation.
 */

import { isByteBatch, type RowBatch } from "../read/types.ts";

const NONE = -1;

/** A table that several threads look keys up in. */
export interface SharedKeys {
  readonly seed: number;
  readonly size: number;
  readonly arena: Uint8Array;
  readonly table: Uint32Array;
  readonly hashes: Uint32Array;
  readonly ends: Uint32Array;
}

export class KeyTable {
  #arena: Uint8Array = Buffer.allocUnsafe(1 << 16);
  #used = 0;
  /** Slot + 1 by hash; 0 is empty. */
  #table: Uint32Array = new Uint32Array(1 << 12);
  #hashes: Uint32Array = new Uint32Array(1 << 11);
  #ends: Uint32Array = new Uint32Array(1 << 11);
  #size = 0;
  #scratch = Buffer.allocUnsafe(1 << 10);
  /** Random for each run, so that nobody can prepare keys that all collide. */
  readonly #seed: number;

  constructor(seed: number = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) {
    this.#seed = seed;
  }

  /** The table of another thread, to look up in. */
  static of(shared: SharedKeys): KeyTable {
    const table = new KeyTable(shared.seed);
    table.#take(shared);
    return table;
  }

  /** Moves the table to where other threads can read it. From then on no key may be added. */
  share(): SharedKeys {
    const shared = {
      seed: this.#seed,
      size: this.#size,
      arena: sharedBytes(this.#arena.subarray(0, this.#used)),
      table: sharedNumbers(this.#table),
      hashes: sharedNumbers(this.#hashes.subarray(0, this.#size)),
      ends: sharedNumbers(this.#ends.subarray(0, this.#size)),
    };
    this.#take(shared);
    return shared;
  }

  #take({ size, arena, table, hashes, ends }: SharedKeys): void {
    this.#size = size;
    this.#used = arena.length;
    this.#arena = arena;
    this.#table = table;
    this.#hashes = hashes;
    this.#ends = ends;
  }

  /** Number of different keys. Slots are 0 to `size - 1`, in the order of first appearance. */
  get size(): number {
    return this.#size;
  }

  /** Slot of `key`; a new one where the key is new. -1 for a blank key. */
  intern(key: string): number {
    const length = this.#encode(key.trim());
    if (length === 0) return NONE;
    const hash = hashBytes(this.#scratch, 0, length, this.#seed);
    const found = this.#lookup(this.#scratch, 0, length, hash);
    return found === NONE ? this.#insert(length, hash) : found;
  }

  /** Slot of `key`, or -1. */
  find(key: string): number {
    const length = this.#encode(key.trim());
    return length === 0 ? NONE : this.findBytes(this.#scratch, 0, length);
  }

  /** Slot of the key in a cell, or -1; straight from the bytes of the file where that can be. */
  findCell(batch: RowBatch, row: number, column: number): number {
    if (!isByteBatch(batch) || batch.isEscaped(row, column)) {
      return this.find(batch.cell(row, column));
    }
    const { bytes } = batch;
    const start = batch.cellStart(row, column);
    const end = batch.cellEnd(row, column);
    if (start === end) return NONE;
    // Only between two visible ASCII characters is it certain that there is nothing to trim.
    return isVisibleAscii(bytes[start] as number) && isVisibleAscii(bytes[end - 1] as number)
      ? this.findBytes(bytes, start, end)
      : this.find(batch.cell(row, column));
  }

  /** Slot of the key whose UTF-8 bytes are `bytes[start, end)`, already trimmed, or -1. */
  findBytes(bytes: Uint8Array, start: number, end: number): number {
    return this.#lookup(bytes, start, end, hashBytes(bytes, start, end, this.#seed));
  }

  /** The keys in slot order. For `diagnose`, which tries other readings of them. */
  *keys(): Generator<string> {
    let start = 0;
    for (let slot = 0; slot < this.#size; slot++) {
      const end = this.#ends[slot] as number;
      yield Buffer.from(this.#arena.subarray(start, end)).toString("utf8");
      start = end;
    }
  }

  #lookup(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const mask = this.#table.length - 1;
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const entry = this.#table[at] as number;
      if (entry === 0) return NONE;
      const slot = entry - 1;
      if (this.#hashes[slot] === hash && this.#equals(slot, bytes, start, end)) return slot;
    }
  }

  #equals(slot: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = slot === 0 ? 0 : (this.#ends[slot - 1] as number);
    const to = this.#ends[slot] as number;
    if (to - from !== end - start) return false;
    for (let i = from, j = start; i < to; i++, j++) {
      if (this.#arena[i] !== bytes[j]) return false;
    }
    return true;
  }

  #insert(length: number, hash: number): number {
    if (this.#used + length > this.#arena.length)
      this.#arena = grown(this.#arena, this.#used + length);
    this.#scratch.copy(this.#arena, this.#used, 0, length);
    this.#used += length;
    const slot = this.#size++;
    if (slot >= this.#hashes.length) {
      this.#hashes = doubled(this.#hashes);
      this.#ends = doubled(this.#ends);
    }
    this.#hashes[slot] = hash;
    this.#ends[slot] = this.#used;
    // At most half full: a miss, the usual case, then ends after two steps on average.
    if (this.#size * 2 > this.#table.length) this.#rehash();
    else place(this.#table, hash, slot);
    return slot;
  }

  #rehash(): void {
    this.#table = new Uint32Array(this.#table.length * 2);
    for (let slot = 0; slot < this.#size; slot++) {
      place(this.#table, this.#hashes[slot] as number, slot);
    }
  }

  #encode(text: string): number {
    // A UTF-16 unit is at most 3 bytes of UTF-8.
    if (text.length * 3 > this.#scratch.length) this.#scratch = Buffer.allocUnsafe(text.length * 3);
    return this.#scratch.write(text, 0, "utf8");
  }
}

function isVisibleAscii(byte: number): boolean {
  return byte > 0x20 && byte < 0x7f;
}

function place(table: Uint32Array, hash: number, slot: number): void {
  const mask = table.length - 1;
  let at = hash & mask;
  while (table[at] !== 0) at = (at + 1) & mask;
  table[at] = slot + 1;
}

function grown(arena: Uint8Array, needed: number): Uint8Array {
  const larger = Buffer.allocUnsafe(Math.max(arena.length * 2, needed));
  larger.set(arena);
  return larger;
}

function sharedBytes(bytes: Uint8Array): Uint8Array {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}

function sharedNumbers(numbers: Uint32Array): Uint32Array {
  const shared = new Uint32Array(new SharedArrayBuffer(numbers.byteLength));
  shared.set(numbers);
  return shared;
}

function doubled(array: Uint32Array): Uint32Array {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}

/** FNV-1a with a seed and a final mix (the low bits choose the place in the table). */
function hashBytes(bytes: Uint8Array, start: number, end: number, seed: number): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  hash ^= hash >>> 12;
  return hash >>> 0;
}
