/**
 * The digests of a file and on how many rows each stands, for the comparison with contacts: 16 bytes
 * of each digest and 16 bytes of counts, in dense arrays under an open-addressing table of numbers.
 */

import type { DigestField } from "../form/rows.ts";

const WORDS = 4;
const NONE = -1;

export class DigestTable {
  #slots = new Uint32Array(1 << 12);
  #keys = new Uint32Array(WORDS << 11);
  #rows = new Uint32Array(2 << 11);
  #marks = new Uint32Array(2 << 11);
  #size = 0;
  readonly #key = new Uint32Array(WORDS);

  get size(): number {
    return this.#size;
  }

  /**
   * Counts a row. The digest must be 64 lower-case hex digits.
   * @returns the number of the digest
   */
  add(digest: string, field: DigestField): number {
    this.#read(digest);
    let entry = this.#find();
    if (entry === NONE) entry = this.#insert();
    const at = entry * 2 + (field === "email" ? 0 : 1);
    this.#rows[at] = (this.#rows[at] as number) + 1;
    return entry;
  }

  /** Number of a digest, or -1. */
  find(digest: string): number {
    this.#read(digest);
    return this.#find();
  }

  /**
   * Marks a digest, where the file has it, with bits for each of its columns.
   * @returns the number of the digest, or -1
   */
  mark(digest: string, inEmail: number, inPhone: number): number {
    const entry = this.find(digest);
    if (entry === NONE) return NONE;
    this.#marks[entry * 2] = (this.#marks[entry * 2] as number) | inEmail;
    this.#marks[entry * 2 + 1] = (this.#marks[entry * 2 + 1] as number) | inPhone;
    return entry;
  }

  /** What the contacts made of a digest in a column. */
  marksOf(entry: number, field: DigestField): number {
    return this.#marks[entry * 2 + (field === "email" ? 0 : 1)] as number;
  }

  /** Rows of a column by the marks of their digests. */
  rowsByMarks(field: DigestField): Map<number, number> {
    const sums = new Map<number, number>();
    for (let at = field === "email" ? 0 : 1; at < this.#size * 2; at += 2) {
      const rows = this.#rows[at] as number;
      const marks = this.#marks[at] as number;
      if (rows > 0) sums.set(marks, (sums.get(marks) ?? 0) + rows);
    }
    return sums;
  }

  #read(digest: string): void {
    for (let word = 0; word < WORDS; word++) {
      let value = 0;
      for (let at = word * 8; at < word * 8 + 8; at++) {
        const code = digest.charCodeAt(at);
        value = (value << 4) | (code < 0x3a ? code - 0x30 : code - 0x57);
      }
      this.#key[word] = value;
    }
  }

  #find(): number {
    const mask = this.#slots.length - 1;
    for (let place = (this.#key[0] as number) & mask; ; place = (place + 1) & mask) {
      const slot = this.#slots[place] as number;
      if (slot === 0) return NONE;
      if (this.#equals(slot - 1)) return slot - 1;
    }
  }

  #equals(entry: number): boolean {
    for (let word = 0; word < WORDS; word++) {
      if (this.#keys[entry * WORDS + word] !== this.#key[word]) return false;
    }
    return true;
  }

  #insert(): number {
    const entry = this.#size++;
    if (entry * WORDS === this.#keys.length) {
      this.#keys = doubled(this.#keys);
      this.#rows = doubled(this.#rows);
      this.#marks = doubled(this.#marks);
    }
    this.#keys.set(this.#key, entry * WORDS);
    if (this.#size * 2 > this.#slots.length) this.#rehash();
    else this.#place(entry);
    return entry;
  }

  #rehash(): void {
    this.#slots = new Uint32Array(this.#slots.length * 2);
    for (let entry = 0; entry < this.#size; entry++) this.#place(entry);
  }

  #place(entry: number): void {
    const mask = this.#slots.length - 1;
    let place = (this.#keys[entry * WORDS] as number) & mask;
    while (this.#slots[place] !== 0) place = (place + 1) & mask;
    this.#slots[place] = entry + 1;
  }
}

function doubled(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}
