/**
 * Workbooks (.xlsx), streamed: rows go through the deflater as they come, and what is kept in memory is
 * the table of texts, bounded by the rows of one file.
 *
 * Made here and not by write-excel-file, because of three things seen in its version 4.1.1: it takes the
 * whole sheet as an array of cells; its zip states the present time, so that the same rows give other
 * bytes each time; and it keeps texts as properties of a plain object, so that a goal which is called
 * `constructor` gets a function for its number.
 *
 * Every cell but money is typed as text, in the form that Excel itself writes (the shared table: some
 * readers leave inline texts out), with the format `@`, which keeps it text when a person edits it. So a
 * digest such as 1e10… can never become a number, nor a name a formula.
 *
 * Money is a number: at most 12 digits and 3 decimals (rules for every value here) are 15 significant
 * digits, the most that a double gives back exactly. The digits are written as they came, and the
 * format shows just as many decimals, so that a reader of values and a reader of displayed texts get
 * the same digits; the general format would show 123456789012 as 1.23457E+11 in a narrow column.
 */

import { utf8Bytes } from "#host";
import type { Limits, TablePlan, UploadRow } from "../destinations/types.ts";
import { type Encoder, TextBlocks } from "./encoder.ts";
import { type Entry, ZipWriter } from "./zip.ts";

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** Numbers of the cell formats in `styles.xml`. */
const TEXT_STYLE = 1;
/** By the number of decimals. */
const NUMBER_STYLES = [2, 3, 4, 5] as const;

/** The parts that are the same in every workbook. No docProps: they would hold names and dates. */
const FIXED_PARTS: readonly (readonly [name: string, xml: string])[] = [
  [
    "[Content_Types].xml",
    `<Types xmlns="${PACKAGE}/content-types">` +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      `<Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>` +
      `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/>` +
      `<Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/>` +
      `<Override PartName="/xl/sharedStrings.xml" ContentType="${TYPE}.sharedStrings+xml"/>` +
      "</Types>",
  ],
  [
    "_rels/.rels",
    `<Relationships xmlns="${PACKAGE}/relationships">` +
      `<Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/>` +
      "</Relationships>",
  ],
  [
    "xl/workbook.xml",
    `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}">` +
      '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
  ],
  [
    "xl/_rels/workbook.xml.rels",
    `<Relationships xmlns="${PACKAGE}/relationships">` +
      `<Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>` +
      `<Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/>` +
      `<Relationship Id="rId3" Type="${OFFICE}/sharedStrings" Target="sharedStrings.xml"/>` +
      "</Relationships>",
  ],
  [
    // 49, 1 and 2 are the built-in formats @, 0 and 0.00.
    "xl/styles.xml",
    `<styleSheet xmlns="${MAIN}">` +
      '<numFmts count="2"><numFmt numFmtId="164" formatCode="0.0"/><numFmt numFmtId="165" formatCode="0.000"/></numFmts>' +
      '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>' +
      '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
      '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
      '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
      `<cellXfs count="6">${[0, 49, 1, 164, 2, 165].map(formatXml).join("")}</cellXfs>` +
      '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>' +
      "</styleSheet>",
  ],
];

function formatXml(numFmtId: number): string {
  return `<xf numFmtId="${numFmtId}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`;
}

/** The letters of a 0-based column. */
function columnName(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest > 0 ? columnName(rest - 1) : "") + String.fromCharCode(65 + (index % 26));
}

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

function escapeXml(text: string): string {
  return text.replace(/[&<>]/g, (character) => ESCAPES[character] ?? character);
}

/** The table of texts: a cell holds the number of its text. */
class SharedTexts {
  readonly #numbers = new Map<string, number>();

  numberOf(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(text, number);
    return number;
  }

  writeTo(entry: Entry): void {
    const xml = new TextBlocks();
    xml.push(`${XML}<sst xmlns="${MAIN}" uniqueCount="${this.#numbers.size}">`);
    for (const text of this.#numbers.keys()) {
      xml.push(`<si><t xml:space="preserve">${escapeXml(text)}</t></si>`);
      for (const block of xml.take()) entry.push(block);
    }
    xml.push("</sst>");
    for (const block of xml.end()) entry.push(block);
  }
}

/** Rows of cells as the only sheet of a workbook. */
export class SheetFile {
  readonly #names: readonly string[];
  readonly #texts = new SharedTexts();
  readonly #zip = new ZipWriter();
  readonly #sheet: Entry;
  readonly #xml = new TextBlocks();
  #rows = 0;

  /** @param width number of columns */
  constructor(width: number) {
    this.#names = Array.from({ length: width }, (_, index) => columnName(index));
    for (const [name, xml] of FIXED_PARTS) writeEntry(this.#zip, name, XML + xml);
    this.#sheet = this.#zip.entry("xl/worksheets/sheet1.xml");
    this.#xml.push(`${XML}<worksheet xmlns="${MAIN}"><sheetData>`);
  }

  /** Rows so far. */
  get rows(): number {
    return this.#rows;
  }

  /** @param cellOf the text of a column, "" for none @param isNumber where that is the text of a number */
  push(cellOf: (index: number) => string, isNumber?: (index: number) => boolean): void {
    const row = ++this.#rows;
    let cells = "";
    for (const [index, name] of this.#names.entries()) {
      const cell = cellOf(index);
      if (cell === "") continue;
      cells += isNumber?.(index)
        ? numberCell(`${name}${row}`, cell)
        : `<c r="${name}${row}" s="${TEXT_STYLE}" t="s"><v>${this.#texts.numberOf(cell)}</v></c>`;
    }
    this.#xml.push(`<row r="${row}">${cells}</row>`);
  }

  /** Hands on what is ready. */
  take(): Uint8Array[] {
    for (const block of this.#xml.take()) this.#sheet.push(block);
    return this.#zip.take();
  }

  /** Ends the file and hands on the rest. */
  end(): Uint8Array[] {
    this.#xml.push("</sheetData></worksheet>");
    for (const block of this.#xml.end()) this.#sheet.push(block);
    this.#sheet.end();
    const table = this.#zip.entry("xl/sharedStrings.xml");
    this.#texts.writeTo(table);
    table.end();
    return this.#zip.end();
  }
}

/** A table as the only sheet of a workbook. */
export function workbookEncoder(plan: TablePlan & { readonly limits: Limits }): Encoder {
  const { columns, head, limits } = plan;
  const file = new SheetFile(columns.length);
  const isNumber = (index: number) => columns[index]?.type === "number";
  for (const cells of head) file.push((index) => cells[index] ?? "");
  return {
    add(row: UploadRow) {
      if (file.rows - head.length >= limits.rows) return false;
      file.push((index) => columns[index]?.cell(row) ?? "", isNumber);
      return true;
    },
    take: () => file.take(),
    end: () => file.end(),
  };
}

function numberCell(reference: string, decimal: string): string {
  const point = decimal.indexOf(".");
  const style = NUMBER_STYLES[point < 0 ? 0 : decimal.length - point - 1];
  if (style === undefined) throw new Error("a value has at most three decimals");
  return `<c r="${reference}" s="${style}"><v>${decimal}</v></c>`;
}

function writeEntry(zip: ZipWriter, name: string, text: string): void {
  const entry = zip.entry(name);
  entry.push(utf8Bytes(text));
  entry.end();
}
