/** Cells that have no contact, and seem to be several keys: a deal of two contacts (`10251;10301`). */

/** The marks that exports put between ids. */
const MARKS = /[;|,\n]/;

/** An id has a digit, and neither a space nor an `@`. */
const ID = /^[^\s@]*\d[^\s@]*$/;

/** `1,234` is one number. */
const THOUSANDS = /^\d{1,3}(?:,\d{3})+$/;

export class SeveralKeys {
  readonly #rows = new Map<string, number>();

  /** A key cell that no contact has. */
  observe(cell: string): void {
    const mark = markOf(cell.trim());
    if (mark !== undefined) this.#rows.set(mark, (this.#rows.get(mark) ?? 0) + 1);
  }

  /** The mark that stands in most of these cells, and how many they are. */
  get most(): { readonly mark: string; readonly rows: number } | undefined {
    const [first] = [...this.#rows].sort(([, a], [, b]) => b - a);
    return first && { mark: first[0] === "\n" ? "\\n" : first[0], rows: first[1] };
  }
}

function markOf(cell: string): string | undefined {
  const mark = MARKS.exec(cell)?.[0];
  if (mark === undefined || THOUSANDS.test(cell)) return undefined;
  const parts = cell.split(mark).map((part) => part.trim());
  return parts.every((part) => ID.test(part)) ? mark : undefined;
}
