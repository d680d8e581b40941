/**
 * A shortcut beside `duplicates.ts`: the digests of a row are SHA-256 already, so that its fingerprint can be
 * made of their bits without a third hash.
 *
 * It is 128 bits of each digest, mixed and joined by XOR, then XOR the time in one word and the number of the
 * conversion's name in another. For equal digests it differs exactly when time or name differ. For other
 * digests it is the XOR of random bits with constants, so that two rows agree with a chance of 2^-128, as in
 * the reference. Digests of a hashed column need not be SHA-256 of anything: so that nobody can make some
 * that meet, each word is mixed with a number that is random for each run.
 *
 * A row with a click id or an adjustment has the reference's fingerprint. Both are parts of what is
 * compared, so equal rows always go the same way. `test/join/duplicates-fast.test.ts` holds the two together.
 */

import type { DuplicateKey } from "../conversion/duplicates.ts";
import { digestWord } from "../identity/digest.ts";

/** Names are few; rows of further ones go the reference's way. */
const MOST_NAMES = 1000;
const LATEST = 0xffff_ffff;

export class FastFingerprint {
  /** Four for the e-mail digest, four for the phone digest. */
  readonly #seeds = crypto.getRandomValues(new Uint32Array(8));
  readonly #names = new Map<string, number>();

  /** Writes the four words of the row's fingerprint. False, with nothing written, for the other rows. */
  write(row: DuplicateKey, words: Uint32Array): boolean {
    const { clickId, adjustment, email, phone, time } = row;
    if (clickId !== undefined || adjustment !== undefined) return false;
    if ((email ?? phone) === undefined || !(time >= 0 && time <= LATEST)) return false;
    const name = this.#numberOf(row.name);
    if (name < 0) return false;
    for (let word = 0; word < 4; word++) {
      words[word] = this.#mixed(email, word, 0) ^ this.#mixed(phone, word, 4);
    }
    words[2] = (words[2] as number) ^ name;
    words[3] = (words[3] as number) ^ time;
    return true;
  }

  #mixed(digest: string | undefined, word: number, seeds: number): number {
    if (digest === undefined) return 0;
    return mix(digestWord(digest, 8 * word) ^ (this.#seeds[seeds + word] as number));
  }

  /** The number of a name, or -1 where there are too many already. */
  #numberOf(name: string): number {
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    const number = this.#names.size;
    if (number >= MOST_NAMES) return -1;
    this.#names.set(name, number);
    return number;
  }
}

/** The end of MurmurHash3: every bit of the word has to do with every bit of the result. */
function mix(word: number): number {
  let hash = word;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
