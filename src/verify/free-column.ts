/** Columns that hold nothing to upload: free text, or what should be empty. */
import { isBareNumber } from "../identity/looks-personal.ts";
import { isDigest, plaintextWithin } from "./cells.ts";
import type { FindingCounts } from "./findings.ts";
import type { FileColumn } from "./head.ts";

/** A column of free text, or one that should be empty. */
export class FreeColumn {
  readonly index: number;
  readonly #column: FileColumn;
  #told = false;
  #phoneSeen: boolean;
  #bare = 0;
  #bareLine = 0;

  constructor(column: FileColumn, index: number) {
    this.index = index;
    this.#column = column;
    this.#phoneSeen = column.phoneLike;
  }

  check(cell: string, line: number, findings: FindingCounts, tell: boolean): void {
    if (cell === "") return;
    if (isBareNumber(cell)) {
      if (this.#bare++ === 0) this.#bareLine = line;
    } else if (!isDigest(cell)) {
      const code = plaintextWithin(cell);
      if (code !== undefined) findings.add(code, line, this.#column.label);
      if (code === "plaintext-phone") this.#phoneSeen = true;
    }
    if (!tell || this.#told || this.#column.role !== "unknown") return;
    this.#told = true;
    findings.add("column-not-known", line, this.#column.label);
  }

  /** Bare digits are phone numbers where the column says so, by its name or by other cells. */
  finish(findings: FindingCounts): void {
    if (this.#phoneSeen && this.#bare > 0) {
      findings.add("plaintext-phone", this.#bareLine, this.#column.label, this.#bare);
    }
  }
}
