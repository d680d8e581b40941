/** What the tests share that compare a shortcut with its reference on many generated cases. */

/** A small generator whose cases can be had again: the same seed gives the same numbers. */
export interface Random {
  /** 0 <= result < `below`. */
  int(below: number): number;
  /** True in `share` of the cases. */
  chance(share: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** A text of `length` characters of `alphabet`. */
  text(length: number, alphabet: string): string;
}

/** mulberry32. */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const int = (below: number) => Math.floor(next() * below);
  return {
    int,
    chance: (share) => next() < share,
    pick: (from) => {
      if (from.length === 0) throw new RangeError("nothing to pick from");
      return from[int(from.length)] as (typeof from)[number];
    },
    text: (length, alphabet) => {
      let text = "";
      for (let at = 0; at < length; at++) text += alphabet[int(alphabet.length)];
      return text;
    },
  };
}

/** Ten times as many cases, and each run of the command line in a process of its own: `npm run test:long`. */
export const THOROUGH = process.env.FIRSTHASH_THOROUGH === "1";

/**
 * How many cases to try: `few` while somebody waits, ten times as many in the long tests, or FIRSTHASH_DIFF. Run
 * millions after a change:
 * `FIRSTHASH_DIFF=5000000 FIRSTHASH_SEED=7 npx vitest run test/identity/phone-fast.test.ts`
 */
export function caseCount(few: number): number {
  return Number(process.env.FIRSTHASH_DIFF ?? (THOROUGH ? 10 * few : few));
}

/** FIRSTHASH_SEED, else 1. A failing case is found again by its seed. */
export function seed(): number {
  return Number(process.env.FIRSTHASH_SEED ?? 1);
}

/** Time for a run of `count` cases at no fewer than `perSecond`, in milliseconds. */
export function timeFor(count: number, perSecond: number): number {
  return Math.max(60_000, Math.ceil((count / perSecond) * 1000));
}
