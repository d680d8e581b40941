/**
 * Which rows of a refused request the service does not take. A request is taken or refused as a whole. Where the
 * refusal names rows, those are they; where it names none, they are searched for by asking for parts.
 *
 * With n rows a bad row costs at most 2 · log2(n) questions, and where all are bad about 2: one whether the rest is
 * fine, and one for the next row. It asks about beginnings: they grow by a factor of eight until one is refused, and then
 * the end is found by halves. What was fine stays part of the question, so that rows which are refused only beside one
 * another are found too, and what is left in the end was asked about as a whole.
 */

/** Why a row, or a request, is refused: a word of the service. */
export type RefusalWord = string;

/** What the service says of some rows, by their places in the question. */
export type Verdict =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly word: RefusalWord;
      /** Rows that the refusal names, by their place in the question. */
      readonly named: ReadonlyMap<number, RefusalWord>;
    };

/** Asks about these rows. */
export type Ask = (rows: readonly number[]) => Promise<Verdict>;

const GROWTH = 8;

/**
 * @param rows a question about all of which was answered by `refusal`
 * @returns the rows that are refused, with the word for each; all others together are fine
 */
export async function narrow(
  rows: readonly number[],
  refusal: Verdict & { ok: false },
  ask: Ask,
): Promise<Map<number, RefusalWord>> {
  const refused = new Map<number, RefusalWord>();
  let kept = rows;
  // So many of the first rows are fine together.
  let fine = 0;
  let verdict: Verdict = refusal;
  while (!verdict.ok) {
    if (verdict.named.size > 0) {
      const { named } = verdict;
      for (const [at, word] of named) refuse(refused, kept[at], word);
      fine -= [...named.keys()].filter((at) => at < fine).length;
      kept = kept.filter((_, at) => !named.has(at));
    } else {
      const { at, word } = await firstOf(kept, fine, verdict, ask);
      refuse(refused, kept[at], word);
      kept = kept.filter((_, place) => place !== at);
      fine = at;
    }
    if (kept.length === 0) break;
    // One bad row was left, and it is gone.
    verdict = fine === kept.length ? { ok: true } : await ask(kept);
  }
  return refused;
}

function refuse(refused: Map<number, RefusalWord>, row: number | undefined, word: RefusalWord) {
  if (row !== undefined) refused.set(row, word);
}

/**
 * The first row with which a beginning is refused.
 *
 * @param fine so many of the first rows are fine together
 * @param whole the refusal of all of them, which names none
 */
async function firstOf(
  rows: readonly number[],
  fine: number,
  whole: Verdict & { ok: false },
  ask: Ask,
): Promise<{ readonly at: number; readonly word: RefusalWord }> {
  let from = fine;
  let to = rows.length;
  // Of the shortest beginning that is refused: only its last row is to blame.
  let { word } = whole;
  const isFine = async (end: number) => {
    const verdict = await ask(rows.slice(0, end));
    if (verdict.ok) return true;
    word = verdict.named.get(end - 1) ?? verdict.word;
    return false;
  };
  for (let size = 1; from + size < rows.length; size *= GROWTH) {
    if (!(await isFine(from + size))) {
      to = from + size;
      break;
    }
    from += size;
  }
  while (to - from > 1) {
    const middle = (from + to) >> 1;
    if (await isFine(middle)) from = middle;
    else to = middle;
  }
  return { at: from, word };
}
