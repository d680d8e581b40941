import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { prepare } from "../../src/index.ts";
import { noPlaintext } from "../helpers/plaintext-cases.ts";

const RUNS = 200;

describe("prepare", () => {
  it("never writes a file in which verify finds plain text, in many runs", async () => {
    await fc.assert(noPlaintext(prepare), { numRuns: 3 * RUNS });
  });

  it(`without the net does, within ${RUNS} runs`, async () => {
    vi.resetModules();
    vi.doMock("../../src/identity/plaintext-net.ts", async (original) => ({
      ...(await original<object>()),
      findPlaintext: () => undefined,
    }));
    try {
      const mutant = await import("../../src/prepare/prepare.ts");
      const result = await fc.check(noPlaintext(mutant.prepare), { numRuns: RUNS, seed: 1 });
      expect(result.failed).toBe(true);
      expect(result.numRuns).toBeLessThanOrEqual(RUNS);
    } finally {
      vi.doUnmock("../../src/identity/plaintext-net.ts");
      vi.resetModules();
    }
  });
});
