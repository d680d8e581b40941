/**
 * Whether a column is one of phone numbers in bare digits. One cell of them says nothing, since order
 * numbers look the same; a column does: nearly all of its cells are lines of one country, and they come
 * from many exchanges, as ids that are counted up do not.
 *
 * Bounded: of all different cells it keeps the thousand with the smallest hashes, a sample in which each
 * cell is as likely as any other however often it comes (a bottom-k sketch).
 */

import { textCopy } from "#host";
import type { CountryCode } from "../base/types.ts";
import { foldNumbers } from "./number-runs.ts";
import { lineOf } from "./phone-format.ts";

const SAMPLE = 1000;

const LEAST_CELLS = 20;
const SHARE_OF_NUMBERS = 0.9;
const LEAST_GROUPS = 15;
const LARGEST_GROUP = 0.25;
const GROUP = 4;
const LONGEST_NATIONAL = 11;
const LONGEST_CALLING_CODE = 3;
const SHORTEST = 7;

export class BareDigits {
  /** By hash; "" for a cell that is no bare number. */
  readonly #sample = new Map<number, string>();
  /** Cells with a larger hash are no part of the sample. */
  #largest = 0xffff_ffff;

  /** A cell that is not empty. */
  observe(cell: string): void {
    const hash = hashOf(cell);
    if (hash > this.#largest || this.#sample.has(hash)) return;
    this.#sample.set(hash, bareNumber(cell));
    if (this.#sample.size >= 2 * SAMPLE) this.#shrink();
  }

  #shrink(): void {
    const hashes = [...this.#sample.keys()].sort((a, b) => a - b);
    this.#largest = hashes[SAMPLE - 1] as number;
    for (const hash of hashes.slice(SAMPLE)) this.#sample.delete(hash);
  }

  /**
   * Whether the column's cells are numbers of people in this country.
   *
   * @param numberSeen another cell of the column is written as a phone number, and so says what these are
   */
  holdNumbers(region: CountryCode | undefined, numberSeen = false): boolean {
    const cells = [...this.#sample.values()];
    const bare = cells.filter((cell) => cell !== "");
    if (bare.length === 0) return false;
    if (region === undefined) return numberSeen;
    if (numberSeen) return linesOf(bare, region).length >= bare.length * SHARE_OF_NUMBERS;
    // Asking the library costs its loading.
    const least = Math.max(LEAST_CELLS, cells.length) * SHARE_OF_NUMBERS;
    if (cells.length < LEAST_CELLS || bare.length < least) return false;
    const lines = linesOf(bare, region);
    const groups = new Map<string, number>();
    for (const line of lines) {
      const group = line.slice(0, GROUP);
      groups.set(group, (groups.get(group) ?? 0) + 1);
    }
    return (
      lines.length >= least &&
      groups.size >= LEAST_GROUPS &&
      Math.max(...groups.values()) <= lines.length * LARGEST_GROUP
    );
  }
}

/** The cells that are lines of the region, without its calling code. */
function linesOf(cells: readonly string[], region: CountryCode): string[] {
  return cells.flatMap((cell) => {
    const line = lineOf(cell, region);
    if (line === undefined) return [];
    // As many digits are a number only with the calling code.
    return cell.length > LONGEST_NATIONAL && line.length >= cell.length ? [] : [line];
  });
}

const BARE = /^\d+$/;

/** A text of 7 to 15 digits and nothing else: a phone number if its neighbours are. */
export function isBareNumber(text: string): boolean {
  return text.length >= SHORTEST && text.length <= 15 && BARE.test(text);
}

function bareNumber(cell: string): string {
  const text = foldNumbers(cell).trim();
  if (text.length < SHORTEST || text.length > LONGEST_NATIONAL + LONGEST_CALLING_CODE) return "";
  return BARE.test(text) ? textCopy(text) : "";
}

/** FNV-1a with a final mix, so that all bits of the hash decide on its size. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
