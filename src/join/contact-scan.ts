/**
 * What the worker thread does with the text of the contacts: it scans, and of the rows that a conversion
 * refers to it copies the cells that are read. All else is left behind here.
 */
import {
  CsvScanner,
  type ScanFault,
  type ScannedBatch,
  type ScanOptions,
} from "../read/text/scan.ts";
import type { CutCount, KeyFault } from "./damaged-keys.ts";
import { KeyReader } from "./key-reader.ts";
import type { KeySettings } from "./key-readings.ts";
import { KeyTable, type SharedKeys } from "./keys.ts";

/** Why a row of the contacts is none that could be joined. */
export type ContactFault = "row-too-short" | "row-too-long" | KeyFault;

/** What holds for all blocks. `columns` are all that are read, the key's too. */
export interface ContactWork extends ScanOptions {
  readonly keys: SharedKeys;
  readonly keyColumn: number;
  /** How keys are read: one a cell. */
  readonly reading: KeySettings;
}

export interface BlockTask {
  readonly block: ArrayBuffer;
  /** Bytes of the block, from its start on, that are text. */
  readonly length: number;
  /** Whether the text ends here. */
  readonly final: boolean;
}

/** The rows that a block completed. */
export interface BlockAnswer {
  /** The task's, to be filled again. */
  readonly block: ArrayBuffer;
  readonly rows: number;
  readonly malformed: readonly {
    readonly reason: ContactFault;
    readonly line: number;
  }[];
  /** Keys of all rows so far that may have been cut. */
  readonly cut: CutCount;
  /** Rows that a conversion refers to. */
  readonly hits: number;
  /** Of the hits: all slots, then all lines, then the starts of the cells row by row, then their ends. */
  readonly numbers: Int32Array<ArrayBuffer>;
  /** Their cells. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly fault: ScanFault | undefined;
}

/** Makes the function that reads the blocks of one text, in their order. */
export function contactScanner(work: ContactWork): (task: BlockTask) => BlockAnswer {
  const keys = new KeyReader(KeyTable.of(work.keys), work.reading);
  const scanner = new CsvScanner(work);
  const hits = new Hits(work.columns);
  return ({ block, length, final }) => {
    const malformed: BlockAnswer["malformed"][number][] = [];
    let rows = 0;
    const take = (batch: ScannedBatch) => {
      rows += batch.length;
      for (let row = 0; row < batch.length; row++) {
        const width = batch.width(row);
        if (width !== work.headerWidth) {
          const reason = width < work.headerWidth ? "row-too-short" : "row-too-long";
          malformed.push({ reason, line: batch.line(row) });
          continue;
        }
        const slot = keys.find(batch, row, work.keyColumn);
        if (typeof slot === "number") hits.add(batch, row, slot);
        else if (slot !== "unknown") malformed.push({ reason: slot, line: batch.line(row) });
      }
    };
    take(scanner.push(new Uint8Array(block, 0, length)));
    if (final) take(scanner.finish());
    return { block, rows, malformed, cut: keys.cut.count, ...hits.take(), fault: scanner.fault };
  };
}

/** Collects rows that were hit. */
class Hits {
  readonly #columns: readonly number[];
  #slots: number[] = [];
  #lines: number[] = [];
  #starts: number[] = [];
  #ends: number[] = [];
  #bytes = new Uint8Array(1 << 16);
  #used = 0;

  constructor(columns: readonly number[]) {
    this.#columns = columns;
  }

  add(batch: ScannedBatch, row: number, slot: number): void {
    this.#slots.push(slot);
    this.#lines.push(batch.line(row));
    for (const column of this.#columns) {
      const start = batch.cellStart(row, column);
      const length = batch.cellEnd(row, column) - start;
      const end = this.#used + length;
      if (end > this.#bytes.length) this.#grow(end);
      for (let i = 0; i < length; i++) {
        this.#bytes[this.#used + i] = batch.bytes[start + i] as number;
      }
      this.#starts.push(this.#used);
      this.#ends.push(batch.isEscaped(row, column) ? ~end : end);
      this.#used = end;
    }
  }

  take(): Pick<BlockAnswer, "hits" | "numbers" | "bytes"> {
    const hits = this.#slots.length;
    const cells = this.#starts.length;
    const numbers = new Int32Array(2 * (hits + cells));
    numbers.set(this.#slots);
    numbers.set(this.#lines, hits);
    numbers.set(this.#starts, 2 * hits);
    numbers.set(this.#ends, 2 * hits + cells);
    const bytes = this.#bytes.slice(0, this.#used);
    this.#slots = [];
    this.#lines = [];
    this.#starts = [];
    this.#ends = [];
    this.#used = 0;
    return { hits, numbers, bytes };
  }

  #grow(needed: number): void {
    const larger = new Uint8Array(Math.max(2 * this.#bytes.length, needed));
    larger.set(this.#bytes.subarray(0, this.#used));
    this.#bytes = larger;
  }
}
