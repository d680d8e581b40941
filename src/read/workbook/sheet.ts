/**
 * An .xlsx sheet as a table, read row by row. Not by read-excel-file, because (9.3.17, tried): every row is
 * padded to the widest, so that one stray cell in column XFD of 20,000 rows takes 4 GB; times are cut to the
 * millisecond below, which puts a third of them a second early; `date1904="true"` is read in the wrong
 * calendar; a `t="d"` cell is read in the zone of the machine; nothing limits what is unpacked.
 */
import { inputError, interruptedError } from "../../base/errors.ts";
import {
  findHeader,
  isPrintable,
  refuseDataRow,
  withoutTrailingEmpty,
} from "../columns/header-row.ts";
import { type ByteSource, peek } from "../source.ts";
import { arrayBatch, BATCH_ROWS, type ReadOptions, type RowBatch, type Table } from "../types.ts";
import { isRoundedNumber, MAX_WRITTEN_CHARACTERS, numberText } from "./cell.ts";
import { cellText, cellTooLong, openWorkbook, type Workbook } from "./parts.ts";
import { XmlReader } from "./xml.ts";
import { damaged, unpack } from "./zip.ts";

/** A sheet has at most so many rows and columns (Excel specifications and limits). */
const MAX_ROW = 1_048_576;
const MAX_COLUMN = 16_384;

/** The compressed file is kept in memory. */
const MAX_FILE_BYTES = 512 * 1024 * 1024;

/** The header stands within the first rows that have cells. */
const SAMPLE_ROWS = 200;

interface SheetRow {
  readonly line: number;
  readonly cells: string[];
  /** Columns of numbers with more digits than Excel keeps. */
  readonly rounded?: number[] | undefined;
}

export async function openSheet(
  source: ByteSource,
  file: string,
  options: ReadOptions,
  names: readonly string[],
  signal?: AbortSignal,
): Promise<Table> {
  const { top: zip, whole } = await peek(source, MAX_FILE_BYTES, false, signal);
  if (!whole)
    throw inputError("is larger than 512 MiB, which is too large for a workbook", {
      file,
      hint: "export it as CSV",
    });
  const workbook = await openWorkbook(zip, options.sheet, file);
  const sample: SheetRow[] = [];
  for await (const { rows } of sheetRows(workbook, signal)) {
    sample.push(...rows);
    if (sample.length >= SAMPLE_ROWS) break;
  }
  const found = findHeader(
    sample.slice(0, SAMPLE_ROWS).map(({ cells }) => cells),
    names,
  );
  const header = found === undefined ? undefined : sample[found.index];
  if (found === undefined || header === undefined) {
    throw inputError(`the sheet ${JSON.stringify(workbook.sheetName)} is empty`, { file });
  }
  const headers = withoutTrailingEmpty(header.cells);
  refuseDataRow(headers, header.line, names, file);
  const others = `read sheet ${JSON.stringify(workbook.sheetName)} of ${workbook.sheets}; choose another with \`sheet\``;
  return {
    findings: {
      file,
      kind: "workbook",
      sheet: workbook.sheetName,
      headerLine: header.line,
      notes:
        workbook.sheets > 1 && options.sheet === undefined ? [others, ...found.notes] : found.notes,
    },
    headers,
    headersPrintable: isPrintable(headers, names),
    repeatable: true,
    size: workbook.sheet.size,
    rows: (_columns, rowsSignal) => batches(workbook, header.line, headers.length, rowsSignal),
    close: () => source.close(),
  };
}

export async function* batches(
  workbook: Workbook,
  headerLine: number,
  headerWidth: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<RowBatch> {
  let rows: string[][] = [];
  let lines: number[] = [];
  let rounded = new Map<number, number[]>();
  const take = (share: number): RowBatch => {
    const batch = arrayBatch(rows, lines, headerWidth, share, rounded);
    rows = [];
    lines = [];
    rounded = new Map();
    return batch;
  };
  for await (const piece of sheetRows(workbook, signal)) {
    for (const { line, cells, rounded: columns } of piece.rows) {
      if (line <= headerLine) continue;
      if (columns !== undefined) rounded.set(rows.length, columns);
      // A sheet has no short rows: what is not stored is empty.
      while (cells.length < headerWidth) cells.push("");
      rows.push(cells);
      lines.push(line);
      if (rows.length >= BATCH_ROWS) yield take(piece.share);
    }
  }
  if (rows.length > 0) yield take(1);
}

/** Rows that have a cell which is not empty, in the order of the file. */
async function* sheetRows(
  workbook: Workbook,
  signal: AbortSignal | undefined,
): AsyncGenerator<{ readonly rows: SheetRow[]; readonly share: number }> {
  const sheet = new SheetReader(workbook);
  const reader = new XmlReader(sheet, workbook.file);
  let read = 0;
  for await (const chunk of unpack(workbook.zip, workbook.sheet, workbook.file)) {
    if (signal?.aborted) throw interruptedError();
    reader.write(chunk);
    read += chunk.length;
    yield { rows: sheet.take(), share: Math.min(1, read / Math.max(1, workbook.sheet.size)) };
  }
  reader.end();
  yield { rows: sheet.take(), share: 1 };
}

class SheetReader {
  readonly #workbook: Workbook;
  #rows: SheetRow[] = [];
  #line = 0;
  #cells: string[] = [];
  #rounded: number[] | undefined;
  #column = -1;
  #type = "n";
  #style = 0;
  #value = "";
  #inValue = false;
  #phonetic = false;

  constructor(workbook: Workbook) {
    this.#workbook = workbook;
  }

  take(): SheetRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  readonly open = (tag: string, attributes: () => Readonly<Record<string, string>>): void => {
    if (tag === "c") this.#openCell(attributes());
    else if (tag === "v" || tag === "t") this.#inValue = !this.#phonetic;
    else if (tag === "rPh") this.#phonetic = true;
    else if (tag === "row") this.#openRow(attributes().r);
  };

  readonly text = (text: string): void => {
    if (!this.#inValue) return;
    this.#value += text;
    if (this.#value.length > MAX_WRITTEN_CHARACTERS) throw cellTooLong(this.#place());
  };

  readonly close = (tag: string): void => {
    if (tag === "v" || tag === "t") this.#inValue = false;
    else if (tag === "c") this.#closeCell();
    else if (tag === "rPh") this.#phonetic = false;
    else if (tag === "row" && this.#cells.some((cell) => cell !== "")) {
      this.#rows.push({ line: this.#line, cells: this.#cells, rounded: this.#rounded });
    }
  };

  #openRow(r: string | undefined): void {
    const line = r === undefined ? this.#line + 1 : Number(r);
    // Rows are in order; a row that comes again would be counted twice.
    if (!(line > this.#line && line <= MAX_ROW)) throw damaged(this.#workbook.file);
    this.#line = line;
    this.#cells = [];
    this.#rounded = undefined;
    this.#column = -1;
  }

  #openCell({ r, t = "n", s = "0" }: Readonly<Record<string, string>>): void {
    const column = r === undefined ? this.#column + 1 : columnOf(r);
    if (!(column >= 0 && column < MAX_COLUMN)) throw damaged(this.#workbook.file);
    this.#column = column;
    this.#type = t;
    this.#style = Number(s);
    this.#value = "";
  }

  #closeCell(): void {
    const text = this.#cellText();
    if (text === "") return;
    while (this.#cells.length < this.#column) this.#cells.push("");
    this.#cells[this.#column] = text;
    if (this.#type === "n" && isRoundedNumber(text)) {
      this.#rounded ??= [];
      this.#rounded.push(this.#column);
    }
  }

  #cellText(): string {
    const value = this.#value;
    const { texts, formats, epoch1904, file } = this.#workbook;
    if (value === "") return "";
    switch (this.#type) {
      case "n":
        return numberText(value, formats[this.#style] ?? "number", epoch1904);
      case "s": {
        const text = texts[Number(value)];
        if (text === undefined) throw damaged(file);
        return text;
      }
      case "b":
        return value === "1" || value === "true" ? "TRUE" : "FALSE";
      case "e":
        // #N/A and its like: there is no value.
        return "";
      default:
        // "str" (a formula's text), "inlineStr", and "d": ISO text already.
        return cellText(value, file, this.#line, this.#column + 1);
    }
  }

  #place() {
    return { file: this.#workbook.file, line: this.#line, column: this.#column + 1 };
  }
}

/** "AB12" -> 27, or -1. */
function columnOf(reference: string): number {
  let column = 0;
  for (let i = 0; i < reference.length; i++) {
    const letter = reference.charCodeAt(i) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
    if (column > MAX_COLUMN) return -1;
  }
  return column - 1;
}
