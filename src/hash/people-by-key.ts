/**
 * `hash --per-key`: the rows of one key become one, by the rules that `prepare` joins by, so that a join on the
 * key elsewhere finds one row or none. It holds the key, 64 bytes of digests, a flag and a line for each key.
 */
import type { Identifiers } from "../base/types.ts";
import type { Conflict } from "../identity/person.ts";
import { ContactIndex, type OnConflict } from "../join/contacts.ts";
import { KeyTable } from "../join/keys.ts";

/** Keys that get their memory together: how many there will be is not known before. */
const CHUNK = 1 << 14;

/** Set in the line of a key that stands in a second row. */
const AGAIN = 0x80000000;

/** One key, after all of its rows. */
export interface PersonOfKey {
  readonly key: string;
  /** The line of its first row. */
  readonly line: number;
  readonly identifiers: Identifiers;
}

interface Chunk {
  readonly index: ContactIndex;
  readonly lines: Uint32Array;
}

export class PeopleByKey {
  readonly #keys = new KeyTable();
  readonly #chunks: Chunk[] = [];
  readonly #onConflict: OnConflict;
  #repeated = 0;

  /** @param onConflict what holds where two rows of a key have two digests (rules.md 6) */
  constructor(onConflict: OnConflict) {
    this.#onConflict = onConflict;
  }

  get different(): number {
    return this.#keys.size;
  }

  /** Number of keys that stand in more than one row. */
  get repeated(): number {
    return this.#repeated;
  }

  /**
   * A row of a key, which is not blank.
   * @returns whether the key is new, and the fields that contradict an earlier row of it
   */
  add(
    key: string,
    person: Identifiers,
    line: number,
  ): { readonly isNew: boolean; readonly conflict: Conflict } {
    const known = this.#keys.size;
    const slot = this.#keys.intern(key);
    const isNew = slot === known;
    const { index, lines } = this.#chunkOf(slot);
    const at = slot % CHUNK;
    if (isNew) lines[at] = line;
    else if (((lines[at] as number) & AGAIN) === 0) {
      lines[at] = (lines[at] as number) | AGAIN;
      this.#repeated++;
    }
    return { isNew, conflict: index.add(at, person) };
  }

  /** The keys in the order in which they first came. */
  *people(): Generator<PersonOfKey> {
    let slot = 0;
    for (const key of this.#keys.keys()) {
      const { index, lines } = this.#chunkOf(slot);
      const at = slot++ % CHUNK;
      const person = index.get(at);
      const identifiers = person.known ? person.identifiers : {};
      yield { key, line: ((lines[at] as number) & ~AGAIN) >>> 0, identifiers };
    }
  }

  #chunkOf(slot: number): Chunk {
    const number = Math.floor(slot / CHUNK);
    let chunk = this.#chunks[number];
    if (chunk === undefined) {
      const index = new ContactIndex(CHUNK, this.#onConflict);
      chunk = { index, lines: new Uint32Array(CHUNK) };
      this.#chunks.push(chunk);
    }
    return chunk;
  }
}
