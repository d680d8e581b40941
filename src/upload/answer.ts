/**
 * The service's answer, row by row. Of each error only its word and number are kept, and which row it is
 * about: `Error Detail` and its like can repeat a cell.
 */
import { CONVERSION_ERROR, readBulk } from "./bulk-rows.ts";
import { asErrorName } from "./faults.ts";
import { type RowIndex, UNPLACED } from "./row-index.ts";

/** An error of the service, by its word and number. */
export interface AnswerCode {
  /** `OfflineConversionNameInvalid`; "unknown" where the service's text is no such word. */
  readonly name: string;
  readonly number: number | undefined;
}

/** A row that was refused. One row may have several errors. */
export interface RefusedRow {
  /** Number of the row in the upload. */
  readonly row: number;
  readonly code: AnswerCode;
}

const ECHOED = 1;
const REFUSED = 2;

/** What became of the rows of an upload. */
export class Answer {
  readonly #codes: AnswerCode[] = [];
  readonly #codeNumbers = new Map<string, number>();
  readonly #states: Uint8Array;
  #rows = new Uint32Array(64);
  #rowCodes = new Uint16Array(64);
  #errors = 0;
  /** Errors that are about no row that can be told, by code. */
  readonly #unplaced = new Map<number, number>();

  constructor(rows: number) {
    this.#states = new Uint8Array(rows);
  }

  /** Rows of the answer of which it is not known what they are about. */
  lost = 0;

  echo(row: number): void {
    if (row === UNPLACED) this.lost++;
    else this.#states[row] = (this.#states[row] ?? 0) | ECHOED;
  }

  refuse(row: number, code: AnswerCode): void {
    const number = this.#numberOf(code);
    if (row === UNPLACED) {
      this.lost++;
      this.#unplaced.set(number, (this.#unplaced.get(number) ?? 0) + 1);
      return;
    }
    this.#states[row] = (this.#states[row] ?? 0) | REFUSED;
    if (this.#errors === this.#rows.length) this.#grow();
    this.#rows[this.#errors] = row;
    this.#rowCodes[this.#errors] = number;
    this.#errors++;
  }

  get rows(): number {
    return this.#states.length;
  }

  /** Distinct rows with an error, without one, and of which nothing was said. */
  counts(): { readonly accepted: number; readonly refused: number; readonly unanswered: number } {
    const counts = { accepted: 0, refused: 0, unanswered: 0 };
    for (const state of this.#states) {
      if ((state & REFUSED) !== 0) counts.refused++;
      else if (state === ECHOED) counts.accepted++;
      else counts.unanswered++;
    }
    return counts;
  }

  /** Rows that the service gave back without an error. */
  isAccepted(row: number): boolean {
    return this.#states[row] === ECHOED;
  }

  isRefused(row: number): boolean {
    return ((this.#states[row] ?? 0) & REFUSED) !== 0;
  }

  /** The errors of the rows, for a walk over the upload: to be asked for rows that only grow. */
  walk(): (row: number) => readonly AnswerCode[] {
    const order = Uint32Array.from({ length: this.#errors }, (_, at) => at);
    order.sort((a, b) => (this.#rows[a] ?? 0) - (this.#rows[b] ?? 0) || a - b);
    let next = 0;
    return (row) => {
      const codes: AnswerCode[] = [];
      for (let at = order[next]; at !== undefined && this.#rows[at] === row; at = order[next]) {
        const code = this.#codes[this.#rowCodes[at] ?? 0];
        if (code !== undefined) codes.push(code);
        next++;
      }
      return codes;
    };
  }

  /** All errors with a row, in the order of the answer. */
  *refused(): Generator<RefusedRow> {
    for (let at = 0; at < this.#errors; at++) {
      const code = this.#codes[this.#rowCodes[at] ?? 0];
      if (code !== undefined) yield { row: this.#rows[at] ?? 0, code };
    }
  }

  /** Errors without a row. */
  unplaced(): { readonly code: AnswerCode; readonly count: number }[] {
    return [...this.#unplaced].flatMap(([number, count]) => {
      const code = this.#codes[number];
      return code === undefined ? [] : [{ code, count }];
    });
  }

  #numberOf(code: AnswerCode): number {
    const key = `${code.number ?? ""} ${code.name}`;
    const known = this.#codeNumbers.get(key);
    if (known !== undefined) return known;
    // A service that invents codes must not fill the memory: past this many they are one.
    if (this.#codes.length >= 1000) return this.#numberOf({ name: "unknown", number: undefined });
    this.#codes.push(code);
    this.#codeNumbers.set(key, this.#codes.length - 1);
    return this.#codes.length - 1;
  }

  #grow(): void {
    const rows = new Uint32Array(this.#rows.length * 2);
    rows.set(this.#rows);
    this.#rows = rows;
    const codes = new Uint16Array(this.#rowCodes.length * 2);
    codes.set(this.#rowCodes);
    this.#rowCodes = codes;
  }
}

/** @returns undefined where the bytes are no Bulk file */
export async function readAnswer(
  bytes: AsyncIterable<Uint8Array>,
  index: RowIndex,
  signal?: AbortSignal,
): Promise<Answer | undefined> {
  const answer = new Answer(index.size);
  const known = await readBulk(
    bytes,
    "the answer",
    (row, type) => {
      const at = index.find(row);
      if (type === CONVERSION_ERROR)
        answer.refuse(at, codeOf(row.cell("error"), row.cell("errorNumber")));
      else answer.echo(at);
    },
    signal,
  );
  return known ? answer : undefined;
}

function codeOf(name: string, number: string): AnswerCode {
  // A spreadsheet in between writes 5,606.
  const digits = number.replaceAll(",", "");
  return {
    name: asErrorName(name) ?? "unknown",
    number: /^\d{1,9}$/.test(digits) ? Number(digits) : undefined,
  };
}
