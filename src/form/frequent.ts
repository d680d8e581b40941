/**
 * The most frequent digests of a column in fixed memory, by the Misra-Gries summary: of n rows, every
 * digest on more than n / 512 of them is among those kept, and no count is too high.
 * J. Misra and D. Gries, "Finding repeated elements", Science of Computer Programming 2 (1982).
 */

const KEPT = 512;

/** So many rows with one digest can be one customer's. */
const FEW = 20;

const SHARE = 0.005;

/** In a small file, more than half of the rows. */
const LEAST = 5;

interface Counter {
  count: number;
  readonly line: number;
}

export class FrequentDigests {
  #rows = 0;
  readonly #counters = new Map<string, Counter>();

  add(digest: string, line: number): void {
    this.#rows++;
    const counter = this.#counters.get(digest);
    if (counter !== undefined) counter.count++;
    else if (this.#counters.size < KEPT) this.#counters.set(digest, { count: 1, line });
    else this.#forgetOneEach();
  }

  #forgetOneEach(): void {
    for (const [digest, counter] of this.#counters) {
      if (--counter.count === 0) this.#counters.delete(digest);
    }
  }

  /** Digests on suspiciously many rows: at least how many, and one of their lines. */
  suspicious(): readonly { readonly rows: number; readonly line: number }[] {
    const many = Math.max(FEW, this.#rows * SHARE);
    return [...this.#counters.values()]
      .filter(({ count }) => count >= many || (count >= LEAST && count > this.#rows / 2))
      .sort((a, b) => b.count - a.count)
      .map(({ count, line }) => ({ rows: count, line }));
  }
}
