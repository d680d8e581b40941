/**
 * Finds the row of the upload that a row of the answer is about: by its Client Id, which `prepare` writes as
 * `row-<line>`; where that is empty or repeated, by name, time and identifiers. Keeps a few bytes a row, no
 * text: for millions of rows texts would take hundreds of megabytes.
 */
import { inputError } from "../base/errors.ts";
import { type BulkRow, contentKey, readBulk } from "./bulk-rows.ts";
import { instantOf } from "./bulk-time.ts";

/** What `find` gives for a row of nobody, or of more than one. */
export const UNPLACED = -1;

const REPEATED = 0xffff_fffe;
const FREE = 0xffff_ffff;

export class RowIndex {
  readonly #path: string;
  readonly #signal: AbortSignal | undefined;
  readonly #ids: HashTable;
  readonly #lines: Uint32Array;
  #contents: HashTable | undefined;

  private constructor(
    path: string,
    ids: HashTable,
    lines: Uint32Array,
    signal: AbortSignal | undefined,
  ) {
    this.#path = path;
    this.#ids = ids;
    this.#lines = lines;
    this.#signal = signal;
  }

  /** @param rows how many the file has; more do no harm */
  static async of(path: string, rows: number, signal?: AbortSignal): Promise<RowIndex> {
    const ids = new HashTable(rows);
    let lines = new Uint32Array(Math.max(rows, 16));
    let count = 0;
    await readUpload(path, signal, (row) => {
      if (count === lines.length) lines = grown(lines);
      lines[count] = row.line;
      const id = row.cell("clientId");
      if (id !== "") ids.add(id, count);
      count++;
    });
    return new RowIndex(path, ids, lines.subarray(0, count), signal);
  }

  /** Rows of conversions in the upload. */
  get size(): number {
    return this.#lines.length;
  }

  get hasContents(): boolean {
    return this.#contents !== undefined;
  }

  /** Makes rows findable by what is in them, for answers that do not name all of them: another reading. */
  async addContents(): Promise<void> {
    const contents = new HashTable(this.size);
    let at = 0;
    await readUpload(this.#path, this.#signal, (row) => contents.add(contentOf(row), at++));
    this.#contents = contents;
  }

  /** Line of the upload where row `row` stands. */
  line(row: number): number {
    return this.#lines[row] ?? 0;
  }

  /** The number of the row, or `UNPLACED`. */
  find(row: BulkRow): number {
    const id = row.cell("clientId");
    const found = id === "" ? UNPLACED : this.#ids.find(id);
    if (found !== UNPLACED) return found;
    return this.#contents?.find(contentOf(row)) ?? UNPLACED;
  }
}

/** The upload was verified, so that it cannot be read is news. */
async function readUpload(
  path: string,
  signal: AbortSignal | undefined,
  onRow: (row: BulkRow) => void,
): Promise<void> {
  const known = await readBulk(path, path, onRow, signal);
  if (!known) throw inputError("is not the Bulk file that was sent", { file: path });
}

function contentOf(row: BulkRow): string {
  const time = row.cell("time");
  return contentKey(
    row.cell("name"),
    instantOf(time) ?? time,
    row.cell("clickId"),
    row.cell("email"),
    row.cell("phone"),
  );
}

function grown(lines: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const more = new Uint32Array(lines.length * 2);
  more.set(lines);
  return more;
}

/** Text → number of a row, by 64 bits of a seeded hash: a collision within a file is one in ten million. */
class HashTable {
  readonly #mask: number;
  readonly #high: Uint32Array;
  readonly #low: Uint32Array;
  readonly #rows: Uint32Array;
  /** Of this table alone: nobody can make texts that collide. */
  readonly #seed = crypto.getRandomValues(new Uint32Array(2));
  #used = 0;
  #h1 = 0;
  #h2 = 0;

  constructor(rows: number) {
    let capacity = 64;
    while (capacity < rows * 1.5) capacity *= 2;
    this.#mask = capacity - 1;
    this.#high = new Uint32Array(capacity);
    this.#low = new Uint32Array(capacity);
    this.#rows = new Uint32Array(capacity).fill(FREE);
  }

  /** @returns false where the text was there before; then it stands for no row any more */
  add(text: string, row: number): boolean {
    const slot = this.#slot(text);
    if (this.#rows[slot] !== FREE) {
      this.#rows[slot] = REPEATED;
      return false;
    }
    if (++this.#used > this.#mask) throw new Error("more rows than were verified");
    this.#high[slot] = this.#h1;
    this.#low[slot] = this.#h2;
    this.#rows[slot] = row;
    return true;
  }

  find(text: string): number {
    const row = this.#rows[this.#slot(text)] ?? FREE;
    return row >= REPEATED ? UNPLACED : row;
  }

  #slot(text: string): number {
    this.#hash(text);
    let slot = this.#h1 & this.#mask;
    while (
      this.#rows[slot] !== FREE &&
      (this.#high[slot] !== this.#h1 || this.#low[slot] !== this.#h2)
    ) {
      slot = (slot + 1) & this.#mask;
    }
    return slot;
  }

  /** Two lanes of multiply and rotate over the UTF-16 units, mixed at the end as in MurmurHash3. */
  #hash(text: string): void {
    let a = this.#seed[0] ?? 0;
    let b = this.#seed[1] ?? 0;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      a = Math.imul(a ^ unit, 0x85eb_ca6b);
      a = (a << 13) | (a >>> 19);
      b = Math.imul(b ^ unit, 0xc2b2_ae35);
      b = (b << 15) | (b >>> 17);
    }
    this.#h1 = mixed(a ^ text.length) >>> 0;
    this.#h2 = mixed(b ^ a) >>> 0;
  }
}

function mixed(value: number): number {
  let h = value ^ (value >>> 16);
  h = Math.imul(h, 0x85eb_ca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2_ae35);
  return h ^ (h >>> 16);
}
