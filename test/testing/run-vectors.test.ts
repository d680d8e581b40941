import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { hashEmail, hashPhone } from "../../src/identity/hash.ts";
import { runVectors, type VectorFunction } from "../../src/testing/testing.ts";
import { vectors } from "../../src/testing/vectors.ts";

const byLibrary: VectorFunction = (input, { kind, rules }) => {
  if (kind !== "email" || rules === "e164-2026-11" || rules === "sha256-hex") return null;
  const result = hashEmail(input, { rules });
  return result.ok ? result.digest : undefined;
};

describe("runVectors", () => {
  it("holds for the library", async () => {
    const rules = ["microsoft-2026-11", "google-2026-11"] as const;
    const run = await runVectors(byLibrary, { rules });
    expect(run).toEqual({
      count: vectors[rules[0]].length + vectors[rules[1]].length,
      failed: [],
    });
  });

  it("runs all rule sets when none is named, and tells the country", async () => {
    const seen = new Set<string>();
    const countries = new Set<string | undefined>();
    const { count } = await runVectors((_, { kind, rules, country }) => {
      seen.add(`${kind} ${rules}`);
      countries.add(country);
      return undefined;
    });
    expect(count).toBe(Object.values(vectors).flat().length);
    expect([...seen]).toEqual([
      "email microsoft-2026-11",
      "email google-2026-11",
      "phone e164-2026-11",
      "hashed sha256-hex",
    ]);
    expect(countries).toContain("US");
    expect(countries).toContain(undefined);
  });

  it("waits for a promise", async () => {
    const { failed } = await runVectors(async (input, options) => byLibrary(input, options), {
      rules: ["google-2026-11"],
    });
    expect(failed).toEqual([]);
  });

  it("says how a naive function fails, without input or digest", async () => {
    const naive: VectorFunction = (input) =>
      createHash("sha256").update(input.trim().toLowerCase()).digest("hex");
    const { failed } = await runVectors(naive, { rules: ["microsoft-2026-11"] });
    expect(failed).toContainEqual({
      rules: "microsoft-2026-11",
      name: "space inside",
      expected: "digest",
      got: "another digest",
    });
    expect(failed.some(({ got }) => got === "a digest")).toBe(true);
    expect(Object.keys(failed[0] ?? {}).sort()).toEqual(["expected", "got", "name", "rules"]);
  });

  it("counts an exception and an empty answer as failures of their vectors", async () => {
    const options = { rules: ["e164-2026-11"] } as const;
    const threw = await runVectors(() => {
      throw new Error("a text that must not get out");
    }, options);
    expect(threw.failed).toHaveLength(vectors["e164-2026-11"].length);
    expect(JSON.stringify(threw)).not.toContain("must not");
    const empty = await runVectors(() => "", options);
    const digests = vectors["e164-2026-11"].filter((vector) => vector.expect === "digest");
    expect(empty.failed).toHaveLength(digests.length);
    expect(empty.failed.every(({ got }) => got === "nothing")).toBe(true);
  });

  it("holds for the library's phone numbers whose country is one that it knows", async () => {
    const { failed } = await runVectors(
      (input, { country }) => {
        try {
          const result = hashPhone(input, country === undefined ? {} : { country });
          return result.ok ? result.digest : undefined;
        } catch {
          return undefined;
        }
      },
      { rules: ["e164-2026-11"] },
    );
    // hashPhone takes an option, not a cell: a country that says nothing is a usage error there.
    expect(failed.filter(({ got }) => got !== "nothing")).toEqual([]);
  });
});
