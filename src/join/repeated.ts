/** How many keys come more than once. Keys are compared as the join compares them. */
import { type Count, Counts } from "../base/tally.ts";
import { KeyTable } from "./keys.ts";

export class RepeatedKeys {
  readonly #keys = new KeyTable();
  #seenTwice = new Uint8Array(1 << 11);
  readonly #repeated = new Counts<"repeated">();
  /** Rows without a key. */
  empty = 0;

  /** Number of different keys. */
  get different(): number {
    return this.#keys.size;
  }

  /** Number of keys that occur more than once, with the lines of the first second occurrences. */
  get repeated(): Count {
    return this.#repeated.get("repeated");
  }

  observe(key: string, line: number): void {
    const before = this.#keys.size;
    const slot = this.#keys.intern(key);
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
