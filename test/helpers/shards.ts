/** Made-up people with all that makes a join go wrong: repeated keys, conflicts, refusals of consent, bad cells. */

export interface PersonRow {
  readonly key: string;
  /** Its line, with the line end. */
  readonly text: string;
}

/** A small generator, so that a seed gives one file. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >>> 8) % below;
  };
}

/**
 * Contacts with the columns Id, Email, Phone and OK, and conversions of some of them. One row in ten repeats a
 * key; of these some agree, some contradict and some take a consent back.
 */
export function people(count: number, seed: number) {
  const below = numbers(seed);
  const rows: PersonRow[] = [];
  const phone = () => `(206) 555-01${String(below(100)).padStart(2, "0")}`;
  for (let person = 0; person < count; person++) {
    const key = String(10_000 + person);
    const email = ["", "n/a", "broken@", `P.${person}+x@Example.com`, `p${person}@example.com`][
      below(5)
    ];
    rows.push({ key, text: `${key},${email},${below(3) === 0 ? "" : phone()},yes\n` });
  }
  for (let again = 0; again < count / 10; again++) {
    const person = below(count);
    const key = String(10_000 + person);
    const email = [`p${person}@example.com`, `other${again}@example.com`, ""][below(3)];
    const text = `${key},${email},${below(2) === 0 ? "" : phone()},${below(4) === 0 ? "no" : "yes"}\n`;
    rows.splice(below(rows.length), 0, { key, text });
  }
  let conversions = "Id,Conversion Time,Value\n";
  for (let row = 0; row < count / 2; row++) {
    const day = String(1 + below(18)).padStart(2, "0");
    conversions += `${10_000 + below(count)},2026-11-${day}T10:00:${String(below(60)).padStart(2, "0")}Z,${below(900)}\n`;
  }
  return { header: "Id,Email,Phone,OK\n", rows, conversions };
}
