/**
 * What the ledger knows of a conversion, in 32 bytes, and a table of such records by their keys.
 *
 * | bytes | what |
 * | --- | --- |
 * | 0–15 | the key: which conversion it is; a keyed hash, never of a person's digest |
 * | 16–23 | the content: what Microsoft tells duplicates by; a keyed hash of click id, e-mail and phone digest |
 * | 24–25 | the UTC day of the conversion |
 * | 26 | what became of it |
 * | 27 | the rules that its digests were made by |
 * | 28–31 | which upload it was in: the mark of its keys |
 */

export const RECORD = 32;
export const KEY = 16;
export const CONTENT = 8;

/** What became of a conversion. `sent`: it may have arrived, and no answer was read. */
export const STATES = ["", "sent", "accepted", "refused", "retracted"] as const;
export type EntryState = (typeof STATES)[number];

/** Rule sets by their number in a record; to be appended to only. */
const RULES = ["", "microsoft-2026-11"];

export function rulesNumber(name: string): number {
  return Math.max(0, RULES.indexOf(name));
}

/** Records by key, a later one in the place of an earlier one. 32 bytes and about 8 of table for each. */
export class Records {
  #bytes: Uint8Array;
  #view: DataView;
  #table: Int32Array;
  #size = 0;

  constructor(expected = 0) {
    let capacity = 1 << 10;
    while (capacity * 2 < expected * 3) capacity *= 2;
    this.#table = new Int32Array(capacity);
    this.#bytes = new Uint8Array(RECORD * Math.max(expected, 64));
    this.#view = new DataView(this.#bytes.buffer);
  }

  get size(): number {
    return this.#size;
  }

  /** All records, one behind the other. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#size * RECORD);
  }

  /** Number of the record with the key that begins at `at`, or -1. */
  find(bytes: Uint8Array, at: number): number {
    return (this.#table[this.#placeOf(bytes, at)] as number) - 1;
  }

  /** Makes an empty record for a key that is not there yet. @returns its number */
  add(bytes: Uint8Array, at: number): number {
    const place = this.#placeOf(bytes, at);
    const known = (this.#table[place] as number) - 1;
    if (known >= 0) return known;
    const slot = this.#size++;
    if (this.#size * RECORD > this.#bytes.length) this.#enlarge();
    this.#bytes.set(bytes.subarray(at, at + KEY), slot * RECORD);
    this.#table[place] = slot + 1;
    if (this.#size * 3 > this.#table.length * 2) this.#rehash();
    return slot;
  }

  /** Puts in all but the key. */
  fill(slot: number, bytes: Uint8Array, at: number): void {
    this.#bytes.set(bytes.subarray(at + KEY, at + RECORD), slot * RECORD + KEY);
  }

  state(slot: number): EntryState {
    return STATES[this.#bytes[slot * RECORD + 26] as number] ?? "";
  }

  hasContent(slot: number, content: Uint8Array): boolean {
    const from = slot * RECORD + KEY;
    for (let at = 0; at < CONTENT; at++) if (this.#bytes[from + at] !== content[at]) return false;
    return true;
  }

  upload(slot: number): number {
    return this.#view.getUint32(slot * RECORD + 28);
  }

  /** Keys are keyed hashes: their first bytes are as good as random. */
  #placeOf(bytes: Uint8Array, at: number): number {
    const mask = this.#table.length - 1;
    let place = wordAt(bytes, at) & mask;
    for (;;) {
      const entry = this.#table[place] as number;
      if (entry === 0 || this.#holds(entry - 1, bytes, at)) return place;
      place = (place + 1) & mask;
    }
  }

  #holds(slot: number, bytes: Uint8Array, at: number): boolean {
    const from = slot * RECORD;
    for (let i = 0; i < KEY; i++) if (this.#bytes[from + i] !== bytes[at + i]) return false;
    return true;
  }

  #enlarge(): void {
    const larger = new Uint8Array(Math.ceil(this.#bytes.length / RECORD / 2) * 3 * RECORD);
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }

  #rehash(): void {
    this.#table = new Int32Array(this.#table.length * 2);
    const mask = this.#table.length - 1;
    for (let slot = 0; slot < this.#size; slot++) {
      let place = wordAt(this.#bytes, slot * RECORD) & mask;
      while (this.#table[place] !== 0) place = (place + 1) & mask;
      this.#table[place] = slot + 1;
    }
  }
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] as number) << 24) |
    ((bytes[at + 1] as number) << 16) |
    ((bytes[at + 2] as number) << 8) |
    (bytes[at + 3] as number)
  );
}
