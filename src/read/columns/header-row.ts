/** Whether a row is a header or already data: a headerless file's first row is personal data. */
import { inputError } from "../../base/errors.ts";
import { headerKey, isKnownName } from "./headers.ts";

/** Number of cells that are names which exports write, or which the user gave. */
export function knownNames(cells: readonly string[], names: readonly string[]): number {
  // "#3" names a place, not a header.
  const words = names.filter((name) => !/^#\d+$/.test(name)).map(headerKey);
  const given = new Set(words.filter((name) => name !== ""));
  return cells.filter((cell) => isKnownName(cell) || given.has(headerKey(cell))).length;
}

const ADDRESS = /[^\s@]@[^\s@]/u;
const DATE = /^\s*(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})(?!\d)/;
const HASH = /^\s*(?:[0-9a-f]{32,}|[0-9A-Za-z+/]{43}=)\s*$/i;

/** An address, a phone or other long number, a date, a hash: nothing that a header says. */
export function looksLikeData(cells: readonly string[]): boolean {
  return cells.some((cell) => {
    const text = cell.normalize("NFKC");
    return ADDRESS.test(text) || DATE.test(text) || HASH.test(text) || isLongNumber(text);
  });
}

function isLongNumber(text: string): boolean {
  const bare = text.replace(/[\s().+\-/']|^tel:/giu, "");
  return (
    /^\p{Nd}{6,}(?:x\p{Nd}+)?$/iu.test(bare) || /^\s*\d+(?:[.,]\d+)?(?:e\+?\d+)?\s*$/i.test(text)
  );
}

/**
 * Headers may be printed when they are names, and none of them looks like a value. One known name alone
 * is not enough: a list without a header may say "Email" for the channel that a person prefers.
 */
export function isPrintable(headers: readonly string[], names: readonly string[]): boolean {
  return knownNames(headers, names) >= Math.min(2, headers.length) && !looksLikeData(headers);
}

/** True where the first row is a person rather than a header, beyond reasonable doubt. */
export function isDataRow(headers: readonly string[], names: readonly string[]): boolean {
  return looksLikeData(headers) && knownNames(headers, names) < 2;
}

/** A first row that is a person would be lost as the header, and printed where headers are. */
export function refuseDataRow(
  headers: readonly string[],
  line: number,
  names: readonly string[],
  file: string,
): void {
  if (!isDataRow(headers, names)) return;
  throw inputError("the first row looks like data, not like a header", {
    file,
    line,
    hint: "export with column names, or put a header row on top",
  });
}

export function withoutTrailingEmpty(cells: readonly string[]): string[] {
  let width = cells.length;
  while (width > 0 && cells[width - 1]?.trim() === "") width--;
  return cells.slice(0, width);
}

export function filledCells(cells: readonly string[]): number {
  return cells.filter((cell) => cell.trim() !== "").length;
}

/** The number of cells that most rows have, and the share of the rows that have it. */
export function commonWidth(rows: readonly (readonly string[])[]): {
  width: number;
  share: number;
} {
  const counts = new Map<number, number>();
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1);
  let width = 0;
  let most = 0;
  for (const [candidate, count] of counts) {
    if (count > most || (count === most && candidate > width)) {
      width = candidate;
      most = count;
    }
  }
  return { width, share: rows.length === 0 ? 0 : most / rows.length };
}

export interface FoundHeader {
  readonly index: number;
  readonly notes: readonly string[];
}

/** Report titles and filters stand within this many rows above the header. */
const PREAMBLE_ROWS = 50;

const PARAMETERS =
  "a Parameters: row stands above the header; its time zone is not read, give `timeZone`";

/**
 * The first row that is neither blank, nor an instruction row of the ad platforms' templates, nor a
 * title. A title is shorter than the rows below it and has no name that we know.
 */
export function findHeader(
  rows: readonly (readonly string[])[],
  names: readonly string[],
): FoundHeader | undefined {
  const notes = new Set<string>();
  const candidates: { readonly index: number; readonly cells: readonly string[] }[] = [];
  let above = 0;
  rows.forEach((cells, index) => {
    if (filledCells(cells) === 0) return;
    if (candidates.length === 0 && isInstruction(cells, names)) {
      above++;
      if (isParameters(cells)) notes.add(PARAMETERS);
    } else candidates.push({ index, cells });
  });
  const chosen = chooseHeader(
    candidates.map(({ cells }) => cells),
    names,
  );
  const header = candidates[chosen];
  if (header === undefined) return undefined;
  for (const { cells } of candidates.slice(0, chosen)) {
    if (isParameters(cells)) notes.add(PARAMETERS);
  }
  if (above + chosen > 0) notes.add("the rows above the header are not read");
  if (withoutTrailingEmpty(header.cells).length < header.cells.length) {
    notes.add("the last columns have no header; they are not read");
  }
  return { index: header.index, notes: [...notes] };
}

function isParameters([first = ""]: readonly string[]): boolean {
  return /^\s*Parameters:/i.test(first);
}

function isInstruction(cells: readonly string[], names: readonly string[]): boolean {
  if (isParameters(cells)) return true;
  // "#" can also be the header of a row number.
  return /^\s*#/.test(cells[0] ?? "") && filledCells(cells) === 1 && knownNames(cells, names) === 0;
}

function chooseHeader(rows: readonly (readonly string[])[], names: readonly string[]): number {
  const [first] = rows;
  if (first === undefined) return 0;
  const full = Math.max(2, Math.ceil(commonWidth(rows).width / 2));
  if (filledCells(first) >= full || knownNames(first, names) > 0) return 0;
  // Names that we know decide; else the first row that is about as wide as the table.
  const top = rows.slice(0, PREAMBLE_ROWS);
  const wide = (row: readonly string[]): boolean => filledCells(row) >= full;
  const named = top.findIndex(
    (row) => wide(row) && knownNames(row, names) > 0 && !looksLikeData(row),
  );
  return Math.max(0, named === -1 ? top.findIndex(wide) : named);
}
