/**
 * The keys that the conversions refer to, each with a small number (its slot). Keys are compared after
 * trimming, as text, case kept (rules.md 6).
 *
 * A JavaScript Map costs about 265 bytes a key and ends at 16.7 million keys. Here an open-addressing table
 * of 32-bit numbers points into one arena, where slot, length and bytes of a key lie together: a key
 * costs about 40 bytes, a lookup that finds it two accesses to memory that is far away, and one that does
 * not (the usual case, a contact that nobody refers to) a single bit, without any allocation.
 */

import { allocateUnset, copyOf, utf8, writeUtf8 } from "#host";
import { type ByteBatch, isByteBatch, type RowBatch } from "../read/types.ts";

const NONE = -1;

/** Bytes of a record before the key's own: its slot and its length, 32 bits each. */
const HEADER = 8;

/** A table that another thread looks keys up in. It is the same memory, and made for that. */
export interface SharedKeys {
  readonly seed: number;
  readonly size: number;
  readonly used: number;
  readonly arena: Uint8Array<SharedArrayBuffer>;
  readonly table: Uint32Array<SharedArrayBuffer>;
  readonly filter: Uint32Array<SharedArrayBuffer>;
}

export interface KeyTableOptions {
  /** Random when left out. */
  readonly seed?: number;
  /** Whether another thread is to look keys up. */
  readonly shared?: boolean;
}

export class KeyTable {
  /** Records one behind the other in slot order, each beginning at a multiple of four. */
  #arena: Uint8Array;
  #words: Uint32Array;
  #used = 0;
  /** By hash: a quarter of a record's offset, plus one; 0 is empty. */
  #table: Uint32Array;
  /** A bit for each hash that is there, by its upper bits. */
  #filter: Uint32Array;
  #size = 0;
  #scratch = allocateUnset(1 << 10);
  /** Random for each run, so that nobody can prepare keys that all collide. */
  readonly #seed: number;
  readonly #memory: Memory;

  constructor({ seed = randomSeed(), shared = false }: KeyTableOptions = {}) {
    this.#seed = seed;
    this.#memory = shared ? sharedMemory : ownMemory;
    this.#arena = new Uint8Array(this.#memory(1 << 16));
    this.#words = wordsOf(this.#arena);
    this.#table = this.#numbers(1 << 12);
    this.#filter = this.#numbers((1 << 12) / 8);
  }

  /** The table of another thread, to look up in. */
  static of(shared: SharedKeys): KeyTable {
    const keys = new KeyTable({ seed: shared.seed });
    keys.#size = shared.size;
    keys.#used = shared.used;
    keys.#arena = shared.arena;
    keys.#words = wordsOf(shared.arena);
    keys.#table = shared.table;
    keys.#filter = shared.filter;
    return keys;
  }

  /** For the `of` of another thread, in a `shared` table. From then on no key may be added. */
  share(): SharedKeys {
    if (this.#memory !== sharedMemory) throw new Error("this table is not in shared memory");
    return {
      seed: this.#seed,
      size: this.#size,
      used: this.#used,
      arena: this.#arena as SharedKeys["arena"],
      table: this.#table as SharedKeys["table"],
      filter: this.#filter as SharedKeys["filter"],
    };
  }

  /** Number of different keys. Slots are 0 to `size - 1`, in the order of first appearance. */
  get size(): number {
    return this.#size;
  }

  /** Slot of `key`; a new one where the key is new. -1 for a blank key. */
  intern(key: string): number {
    const length = this.#encode(key.trim());
    return length === 0 ? NONE : this.#intern(this.#scratch, 0, length);
  }

  /** Slot of `key`, or -1. */
  find(key: string): number {
    const length = this.#encode(key.trim());
    return length === 0 ? NONE : this.findBytes(this.#scratch, 0, length);
  }

  /** `intern` of a cell, straight from the bytes of the file where that can be. */
  internCell(batch: RowBatch, row: number, column: number): number {
    if (!isPlainCell(batch, row, column)) return this.intern(batch.cell(row, column));
    const start = batch.cellStart(row, column);
    return this.#intern(batch.bytes, start, batch.cellEnd(row, column));
  }

  /** `find` of a cell, straight from the bytes of the file where that can be. */
  findCell(batch: RowBatch, row: number, column: number): number {
    if (!isPlainCell(batch, row, column)) return this.find(batch.cell(row, column));
    const start = batch.cellStart(row, column);
    return this.findBytes(batch.bytes, start, batch.cellEnd(row, column));
  }

  /** Slot of the key whose UTF-8 bytes are `bytes[start, end)`, already trimmed, or -1. */
  findBytes(bytes: Uint8Array, start: number, end: number): number {
    return this.#lookup(bytes, start, end, hashBytes(bytes, start, end, this.#seed));
  }

  #intern(bytes: Uint8Array, start: number, end: number): number {
    const hash = hashBytes(bytes, start, end, this.#seed);
    const found = this.#lookup(bytes, start, end, hash);
    return found === NONE ? this.#insert(bytes, start, end, hash) : found;
  }

  /** The keys in slot order. For `diagnose`, which tries other readings of them. */
  *keys(): Generator<string> {
    for (let record = 0; record < this.#used; record = this.#after(record)) {
      const start = record + HEADER;
      // A copy: not every decoder takes shared memory.
      const bytes = copyOf(this.#arena.subarray(start, start + this.#lengthOf(record)));
      yield utf8(bytes);
    }
  }

  #lookup(bytes: Uint8Array, start: number, end: number, hash: number): number {
    if (!isMarked(this.#filter, hash)) return NONE;
    const mask = this.#table.length - 1;
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const entry = this.#table[at] as number;
      if (entry === 0) return NONE;
      const record = (entry - 1) * 4;
      if (this.#holds(record, bytes, start, end)) return this.#words[entry - 1] as number;
    }
  }

  /** Ids of one system begin alike, so they are compared from the end. */
  #holds(record: number, bytes: Uint8Array, start: number, end: number): boolean {
    if (this.#lengthOf(record) !== end - start) return false;
    const arena = this.#arena;
    const from = record + HEADER - start;
    for (let at = end - 1; at >= start; at--) if (arena[from + at] !== bytes[at]) return false;
    return true;
  }

  #lengthOf(record: number): number {
    return this.#words[record / 4 + 1] as number;
  }

  /** Where the next record begins. */
  #after(record: number): number {
    return fourfold(record + HEADER + this.#lengthOf(record));
  }

  #insert(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const length = end - start;
    const record = this.#used;
    const slot = this.#size++;
    this.#reserve(HEADER + length + 3);
    this.#words[record / 4] = slot;
    this.#words[record / 4 + 1] = length;
    const arena = this.#arena;
    for (let i = 0; i < length; i++) arena[record + HEADER + i] = bytes[start + i] as number;
    this.#used = this.#after(record);
    // At most two thirds full: what the filter lets through is found after two steps on average.
    if (this.#size * 3 > this.#table.length * 2) this.#rehash();
    else this.#place(hash, record);
    return slot;
  }

  #reserve(bytes: number): void {
    const needed = this.#used + bytes;
    if (needed <= this.#arena.length) return;
    const larger = new Uint8Array(this.#memory(Math.max(this.#arena.length * 2, fourfold(needed))));
    larger.set(this.#arena.subarray(0, this.#used));
    this.#arena = larger;
    this.#words = wordsOf(larger);
  }

  #rehash(): void {
    this.#table = this.#numbers(this.#table.length * 2);
    this.#filter = this.#numbers(this.#table.length / 8);
    for (let record = 0; record < this.#used; record = this.#after(record)) {
      const start = record + HEADER;
      const end = start + this.#lengthOf(record);
      this.#place(hashBytes(this.#arena, start, end, this.#seed), record);
    }
  }

  #place(hash: number, record: number): void {
    const mask = this.#table.length - 1;
    let at = hash & mask;
    while (this.#table[at] !== 0) at = (at + 1) & mask;
    this.#table[at] = record / 4 + 1;
    const bit = bitOf(this.#filter, hash);
    this.#filter[bit >>> 5] = (this.#filter[bit >>> 5] as number) | (1 << (bit & 31));
  }

  #numbers(count: number): Uint32Array {
    return new Uint32Array(this.#memory(4 * count));
  }

  #encode(text: string): number {
    // A UTF-16 unit is at most 3 bytes of UTF-8.
    if (text.length * 3 > this.#scratch.length) this.#scratch = allocateUnset(text.length * 3);
    return writeUtf8(text, this.#scratch, 0);
  }
}

/**
 * Whether a cell's bytes are its key: not escaped, not empty, and between two visible characters of ASCII, so
 * that there is certainly nothing to trim.
 */
export function isPlainCell(batch: RowBatch, row: number, column: number): batch is ByteBatch {
  if (!isByteBatch(batch) || batch.isEscaped(row, column)) return false;
  const start = batch.cellStart(row, column);
  const end = batch.cellEnd(row, column);
  if (start === end) return false;
  return (
    isVisibleAscii(batch.bytes[start] as number) && isVisibleAscii(batch.bytes[end - 1] as number)
  );
}

function isVisibleAscii(byte: number): boolean {
  return byte > 0x20 && byte < 0x7f;
}

/** The filter has 32 bits a word and a power of two of them. */
function bitOf(filter: Uint32Array, hash: number): number {
  return hash >>> (Math.clz32(filter.length) - 4);
}

function isMarked(filter: Uint32Array, hash: number): boolean {
  const bit = bitOf(filter, hash);
  return ((filter[bit >>> 5] as number) & (1 << (bit & 31))) !== 0;
}

/** The next multiple of four. */
function fourfold(bytes: number): number {
  return bytes + (-bytes & 3);
}

function wordsOf(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
}

type Memory = (bytes: number) => ArrayBufferLike;

const ownMemory: Memory = (bytes) => new ArrayBuffer(bytes);

/** A browser has none outside of a page that is isolated from all others. */
const sharedMemory: Memory = (bytes) => new SharedArrayBuffer(bytes);

function randomSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
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
