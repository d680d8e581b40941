/**
 * When nothing or almost nothing matches, the keys are usually the same ids written in two ways. This
 * counts how many would match under other readings, so that the report can name the likely cause. It
 * changes nothing (rules.md 6).
 */
import { type ChangingReading, READINGS } from "./key-readings.ts";
import type { KeyTable } from "./keys.ts";

const NAMES = Object.keys(READINGS) as ChangingReading[];

/** The reading under which most contacts would match. */
export interface LikelyCause {
  readonly reading: ChangingReading;
  readonly matches: number;
}

export class KeyDiagnosis {
  readonly #seen = new Map<ChangingReading, Set<string>>();
  readonly #matches = new Map<ChangingReading, number>();

  /** @param keys the keys of the conversions. At most `limit` of them are tried. */
  constructor(keys: KeyTable, limit = 100_000) {
    for (const name of NAMES) this.#seen.set(name, new Set());
    let tried = 0;
    for (const key of keys.keys()) {
      if (tried++ === limit) break;
      for (const name of NAMES) this.#seen.get(name)?.add(READINGS[name].read(key));
    }
  }

  /** A key of a contact that no conversion refers to as it is written. */
  observe(key: string): void {
    const text = key.trim();
    if (text === "") return;
    for (const name of NAMES) {
      if (this.#seen.get(name)?.has(READINGS[name].read(text))) {
        this.#matches.set(name, (this.#matches.get(name) ?? 0) + 1);
      }
    }
  }

  /** The reading under which most contacts would match, if any would. */
  likely(): LikelyCause | undefined {
    let best: LikelyCause | undefined;
    for (const [reading, matches] of this.#matches) {
      if (best === undefined || matches > best.matches) best = { reading, matches };
    }
    return best;
  }
}
