import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prepare } from "../../src/index.ts";
import { noPlaintext, plaintextCases, written } from "../helpers/plaintext-cases.ts";

describe("prepare", () => {
  it("never writes a file in which verify finds plain text", async () => {
    await fc.assert(noPlaintext(prepare), { numRuns: 40 });
  });

  it("mostly writes something in these cases", async () => {
    let files = 0;
    for (const each of fc.sample(plaintextCases, { numRuns: 20, seed: 7 })) {
      if ((await written(prepare, each)) !== undefined) files++;
    }
    expect(files).toBeGreaterThan(5);
  });
});
