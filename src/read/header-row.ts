/** Whether a row is a header or already data: a headerless file's first row is personal data. */
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

/** Headers may be printed when they are names, and none of them looks like a value. */
export function isPrintable(headers: readonly string[], names: readonly string[]): boolean {
  return knownNames(headers, names) > 0 && !looksLikeData(headers);
}

/** True where the first row is a person rather than a header, beyond reasonable doubt. */
export function isDataRow(headers: readonly string[], names: readonly string[]): boolean {
  return looksLikeData(headers) && knownNames(headers, names) < 2;
}
