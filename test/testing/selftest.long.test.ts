import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { selftest } from "../../src/testing/selftest.ts";
import { type Vector, vectors } from "../../src/testing/vectors.ts";
import { firsthash, ROOT } from "../helpers/run.ts";

const [digestVector] = vectors["microsoft-2026-11"].filter(({ expect }) => expect === "digest");
const [refused] = vectors["e164-2026-11"].filter(({ expect }) => expect === "refused");

describe("selftest", () => {
  it("holds for the published vectors, all of them", async () => {
    const report = await selftest();
    expect(report.ok).toBe(true);
    const counts = new Map<string, number>(report.groups.map(({ rules, count }) => [rules, count]));
    for (const [rules, group] of Object.entries(vectors)) {
      expect(counts.get(rules)).toBe(group.length);
    }
    const texts = Object.values(vectors)
      .flat()
      .filter((vector) => "normalized" in vector);
    expect(counts.get("sha256")).toBe(texts.length);
  });

  it("names the phone metadata and each rule set with its date", async () => {
    const { rules, phoneMetadata } = await selftest();
    const { dependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    expect(phoneMetadata).toContain(dependencies["libphonenumber-js"]);
    expect(rules.map(({ name }) => name)).toEqual(Object.keys(vectors));
    for (const { date } of rules) expect(date).toMatch(/^\d{4}-\d{2}$/);
  });

  const changed: readonly (readonly [string, Vector])[] = [
    ["another digest", { ...(digestVector as Vector), sha256: "0".repeat(64) } as Vector],
    ["another repair", { ...(digestVector as Vector), repaired: ["email-space"] } as Vector],
    ["another reason", { ...(refused as Vector), reason: "phone-letters" } as Vector],
    [
      "a digest for nothing",
      { name: "a", input: "jane@contoso.com", rules: "google-2026-11", expect: "absent" },
    ],
  ];

  it.each(changed)("fails by name only when the machine gives %s", async (_, vector) => {
    const report = await selftest({ [vector.rules]: [{ ...vector, name: "the changed one" }] });
    expect(report.ok).toBe(false);
    const failed = report.groups.filter((group) => group.failed.length > 0);
    expect(failed).toEqual([{ rules: vector.rules, count: 1, failed: ["the changed one"] }]);
    expect(JSON.stringify(report)).not.toContain(JSON.stringify(vector.input).slice(1, -1));
  });
});

describe("firsthash selftest", () => {
  it("prints the versions, each group's count and OK", async () => {
    const { code, stdout, stderr } = await firsthash(["selftest"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain(`Node            ${process.versions.node}`);
    expect(stdout).toContain(`${process.versions.icu}, ${process.versions.unicode}`);
    const { length } = vectors["e164-2026-11"];
    expect(stdout).toMatch(
      new RegExp(`^e164-2026-11 +rules of 2026-11 +${length} of ${length} +OK$`, "m"),
    );
    expect(stdout).toMatch(/\nOK\n$/);
  });

  it("prints the same as JSON", async () => {
    const { code, stdout } = await firsthash(["selftest", "--json"]);
    const report = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(report).toMatchObject({ schema: "firsthash.selftest/1", ok: true });
    expect(report.machine).toMatchObject({ node: process.versions.node });
  });

  it("is silent with --quiet, and its exit code speaks", async () => {
    expect(await firsthash(["selftest", "--quiet"])).toMatchObject({
      code: 0,
      stdout: "",
      stderr: "",
    });
  });
});
