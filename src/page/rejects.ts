/** Rows to mend as CSV, in the columns of `--rejects`: places and codes, no cell. */

import { utf8Bytes } from "#host";
import type { RowEvent } from "../base/row-events.ts";
import { REJECT_COLUMNS, rejectLine } from "../report/rejects.ts";
import { csvLine } from "../write/csv.ts";

const SEALED = 64 * 1024;

export class RejectLines {
  readonly #command: string;
  readonly #parts: Blob[] = [];
  #lines = "";

  constructor(command: string) {
    this.#command = command;
  }

  add(event: RowEvent): void {
    const line = rejectLine(this.#command, event);
    if (line === undefined) return;
    this.#lines += csvLine(Object.values(line), ",");
    if (this.#lines.length > SEALED) this.#seal();
  }

  blob(): Blob | undefined {
    this.#seal();
    if (this.#parts.length === 0) return undefined;
    // Excel takes a file without the mark for one in the machine's own encoding.
    const head = `\ufeff${csvLine(REJECT_COLUMNS, ",")}`;
    return new Blob([head, ...this.#parts], { type: "text/csv" });
  }

  #seal(): void {
    if (this.#lines === "") return;
    this.#parts.push(new Blob([new Uint8Array(utf8Bytes(this.#lines))]));
    this.#lines = "";
  }
}
