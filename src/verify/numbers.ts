/** Lists of numbers without their own objects: a file may have millions of rows. */

/** A list of 32-bit numbers that grows. */
export class Numbers {
  #list = new Uint32Array(1 << 10);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#list.length) {
      const larger = new Uint32Array(this.#list.length * 2);
      larger.set(this.#list);
      this.#list = larger;
    }
    this.#list[this.#length++] = value;
  }

  at(index: number): number {
    return this.#list[index] as number;
  }
}

/** Pairs of numbers: from each first one to the sorted list of its second ones. */
export class Links {
  readonly #from = new Numbers();
  readonly #to = new Numbers();
  #starts = new Uint32Array(1);
  #sorted = new Uint32Array(0);

  add(from: number, to: number): void {
    this.#from.push(from);
    this.#to.push(to);
  }

  /** To be called once, when all pairs are there. @param size more than any first number */
  sort(size: number): void {
    const starts = new Uint32Array(size + 1);
    const { length } = this.#from;
    for (let at = 0; at < length; at++) {
      const after = this.#from.at(at) + 1;
      starts[after] = (starts[after] as number) + 1;
    }
    for (let at = 1; at <= size; at++) {
      starts[at] = (starts[at] as number) + (starts[at - 1] as number);
    }
    const next = starts.slice();
    const sorted = new Uint32Array(length);
    for (let at = 0; at < length; at++) {
      const from = this.#from.at(at);
      const place = next[from] as number;
      sorted[place] = this.#to.at(at);
      next[from] = place + 1;
    }
    for (let at = 0; at < size; at++) sorted.subarray(starts[at], starts[at + 1]).sort();
    this.#starts = starts;
    this.#sorted = sorted;
  }

  of(from: number): Uint32Array {
    return this.#sorted.subarray(this.#starts[from], this.#starts[from + 1]);
  }
}

/** Whether two sorted lists have a number in common: each of the shorter one is looked up in the longer. */
export function haveCommon(a: Uint32Array, b: Uint32Array): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return short.some((value) => holds(long, value));
}

function holds(sorted: Uint32Array, value: number): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === value;
}
