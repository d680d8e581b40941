import { expect, it } from "vitest";
import { RepeatedKeys } from "../../src/inspect/counts.ts";

const observe = (...keys: string[]) => {
  const repeated = new RepeatedKeys();
  for (const [index, key] of keys.entries()) repeated.observe(key, index + 2);
  return repeated;
};

it("counts each key that comes again once, with the line of its second occurrence", () => {
  const { different, repeated, empty } = observe("a", "b", " a ", "c", "a", "b", "A");
  expect({ different, repeated, empty }).toEqual({
    different: 4,
    repeated: { count: 2, lines: [4, 7] },
    empty: 0,
  });
});

it("counts blank keys apart and takes them for no repetition", () => {
  const { different, repeated, empty } = observe("", "a", "  ");
  expect({ different, repeated, empty }).toEqual({
    different: 1,
    repeated: { count: 0, lines: [] },
    empty: 2,
  });
});

it("stays right past the first growth", () => {
  const ids = Array.from({ length: 10_000 }, (_, n) => `id-${n}`);
  // Keys 2048 and 9000 lie past the first size; both are there before it grows and after.
  const repeated = observe(...ids, "id-0", "id-2048", "id-9000", "id-0", "id-2048", "id-9000");
  expect(repeated.different).toBe(10_000);
  expect(repeated.repeated).toEqual({ count: 3, lines: [10_002, 10_003, 10_004] });
});
