/** Finding the rows that a service does not take, by asking as little as its quota allows. */
import { describe, expect, it } from "vitest";
import { type Ask, narrow, type Verdict } from "../../src/upload/google/narrow.ts";
import { Pace } from "../../src/upload/google/pace.ts";

type Names = "all" | "first" | "none";

/** A service that takes a question as a whole, and counts. */
function serviceOf(bad: ReadonlySet<number>, names: Names) {
  const service = {
    asked: 0,
    ask: (async (rows) => {
      service.asked++;
      return verdictOf(rows);
    }) satisfies Ask as Ask,
    first: (rows: readonly number[]) => verdictOf(rows) as Verdict & { ok: false },
  };
  function verdictOf(rows: readonly number[]): Verdict {
    const places = rows.flatMap((row, at) => (bad.has(row) ? [at] : []));
    if (places.length === 0) return { ok: true };
    const named = names === "all" ? places : names === "first" ? places.slice(0, 1) : [];
    const word = `WORD_${rows[places[0] ?? 0]}`;
    return { ok: false, word, named: new Map(named.map((at) => [at, `WORD_${rows[at]}`])) };
  }
  return service;
}

const rowsTo = (count: number) => Array.from({ length: count }, (_, row) => row);

async function narrowed(count: number, bad: ReadonlySet<number>, names: Names) {
  const rows = rowsTo(count);
  const service = serviceOf(bad, names);
  const refused = await narrow(rows, service.first(rows), service.ask);
  return { refused, asked: service.asked };
}

/** Questions that a bad row may cost among 2,000. */
const MOST = 2 * Math.log2(2000);

/** Numbers that are the same in every run. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

describe("a refused body of 2,000 rows is narrowed to its bad rows, each for at most 2 · log2(2000) questions", () => {
  it("with one bad row, wherever it stands", async () => {
    for (const row of [0, 1, 7, 8, 9, 72, 73, 584, 585, 586, 1000, 1291, 1292, 1998, 1999]) {
      const { refused, asked } = await narrowed(2000, new Set([row]), "none");
      expect([...refused]).toEqual([[row, `WORD_${row}`]]);
      expect(asked).toBeLessThanOrEqual(MOST);
    }
  });

  it("with three bad rows", async () => {
    const random = numbers(3);
    const next = () => Math.floor((random.next().value as number) * 2000);
    for (let run = 0; run < 40; run++) {
      const bad = new Set([next(), next(), next()]);
      const { refused, asked } = await narrowed(2000, bad, "none");
      expect(new Set(refused.keys())).toEqual(bad);
      for (const [row, word] of refused) expect(word).toBe(`WORD_${row}`);
      expect(asked).toBeLessThanOrEqual(MOST * bad.size);
    }
  });

  it("with 2,000 bad rows, for two questions each", async () => {
    const { refused, asked } = await narrowed(2000, new Set(rowsTo(2000)), "none");
    expect(refused.size).toBe(2000);
    expect(asked).toBeLessThanOrEqual(2 * 2000);
  });

  it("with any share of bad rows", async () => {
    const random = numbers(4);
    for (const share of [0.001, 0.01, 0.1, 0.5]) {
      const bad = new Set(rowsTo(2000).filter(() => (random.next().value as number) < share));
      if (bad.size === 0) continue;
      const { refused, asked } = await narrowed(2000, bad, "none");
      expect(new Set(refused.keys())).toEqual(bad);
      expect(asked).toBeLessThanOrEqual(MOST * bad.size);
    }
  });

  it("with one question where the refusal names them all", async () => {
    const bad = new Set([0, 999, 1999]);
    const { refused, asked } = await narrowed(2000, bad, "all");
    expect(refused).toEqual(new Map([...bad].map((row) => [row, `WORD_${row}`])));
    expect(asked).toBe(1);
  });

  it("with one question a row where it names the first", async () => {
    const bad = new Set([5, 6, 1999]);
    const { refused, asked } = await narrowed(2000, bad, "first");
    expect(new Set(refused.keys())).toEqual(bad);
    expect(asked).toBe(3);
  });
});

describe("rows that are refused together and fine alone", () => {
  it("do not make it go on for ever: one of them is left out", async () => {
    // As if two events of one request must not have the same order id.
    const pair: Ask = async (rows) =>
      rows.includes(3) && rows.includes(7)
        ? { ok: false, word: "INVALID_ARGUMENT", named: new Map() }
        : { ok: true };
    const rows = rowsTo(10);
    const refused = await narrow(
      rows,
      { ok: false, word: "INVALID_ARGUMENT", named: new Map() },
      pair,
    );
    const rest = rows.filter((row) => !refused.has(row));
    expect(await pair(rest)).toEqual({ ok: true });
  });
});

describe("the pace", () => {
  it("makes 280 of the 300 requests a minute, and the next when the first is a minute old", async () => {
    let now = 1_000_000;
    const waits: number[] = [];
    const clock = {
      scaled: (seconds: number) => seconds * 1000,
      wait: async (seconds: number) => {
        waits.push(seconds);
        now += seconds * 1000;
      },
    };
    const pace = new Pace(clock, () => now);
    for (let request = 0; request < 280; request++) {
      await pace.take();
      now += 100;
    }
    expect(waits).toEqual([]);
    await pace.take();
    expect(waits).toEqual([32]);
  });

  it("ends before the requests of a day are more than 100,000", async () => {
    const clock = { scaled: () => 0, wait: async () => {} };
    const pace = new Pace(clock, () => 0);
    for (let request = 0; request < 100_000; request++) await pace.take();
    await expect(pace.take()).rejects.toMatchObject({ code: "unavailable", reason: "busy" });
  });
});
