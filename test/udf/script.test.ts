/** The scripts of `dist-udf/`: the rules, in an engine that has nothing but ECMAScript 2019. */
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { hashEmail, hashPhone } from "../../src/entries/hash.ts";
import { runVectors } from "../../src/testing/run-vectors.ts";
import { vectors } from "../../src/testing/vectors.ts";
import { caseCount, seed, seededRandom } from "../helpers/differential.ts";
import { callOf, es2019, scriptText } from "../helpers/es2019.ts";
import { run } from "../helpers/run.ts";

const ALL = scriptText("firsthash.udf.js");
const EMAIL = scriptText("firsthash.udf.email.js");

const COUNTRIES = ["", "US", "DE", "JP", "MX", "Italia", "XX", "IT", "BR", "GB"];
const PIECES = [
  ...["ann", "+", ".", "@", "example.com", " ", "é", "\u200b", "<", ">", "'", "ß", "mobil "],
  ...["49", "0", "171", "(425)", "555-01", "00", "12", "x", "tel:", ";"],
];

describe.each([
  ["firsthash.udf.js", ALL, 1_000_000],
  ["firsthash.udf.email.js", EMAIL, 32_000],
])("%s", (_, script, most) => {
  it("fits into what engines take, and names nothing of Node or the web", () => {
    expect(script.length).toBeLessThan(most);
    expect(Buffer.byteLength(script)).toBe(script.length);
    // Members of that name are no globals: `.process(` of the package that hashes, `.exports` of a wrapper.
    const named =
      /(?<![.\w$])(?:(?:module|Buffer|process|crypto|Intl|console|window|self)\s*\.|(?:require|import|setTimeout|fetch|eval|Function|TextEncoder|TextDecoder)\s*\()/g;
    expect(script.match(named) ?? []).toEqual([]);
    expect(script).not.toMatch(/\?\?|\?\.[a-z[(]/);
  });

  it("says in its first comment which rules it holds, and the SHA-256 of the rest", () => {
    const [, digest] =
      /^\/\* firsthash [\d.]+; rules microsoft-2026-11, google-2026-11.*: ([0-9a-f]{64}) \*\/\n/.exec(
        script,
      ) ?? [];
    const code = script.slice(script.indexOf("\n") + 1);
    expect(digest).toBe(createHash("sha256").update(code).digest("hex"));
  });

  it("gives NULL for NULL, and never throws", () => {
    const call = es2019(script);
    for (const name of ["hashEmail", "passHashed", "hashPhone"]) {
      if (call(`typeof firsthash.${name}`) === "undefined") continue;
      for (const cell of [
        "null",
        "undefined",
        "NaN",
        "{}",
        "[]",
        "true",
        "Symbol()",
        '"\\ud800"',
        '""',
        '"n/a"',
      ]) {
        expect(call(`firsthash.${name}(${cell})`)).toBe(null);
        expect(call(`firsthash.${name}(${cell},${cell},${cell})`)).toBe(null);
      }
    }
    expect(call(callOf("hashEmail", "ann@example.com", "microsoft"))).toBe(null);
    expect(call(callOf("hashEmail", "ann@example.com", "__proto__"))).toBe(null);
  });

  it("gives what the vectors say", async () => {
    const call = es2019(script);
    const { count, failed } = await runVectors(
      (input, { rules, kind, country }) => {
        if (kind === "hashed") return call(callOf("passHashed", input)) as string | null;
        if (kind === "email") return call(callOf("hashEmail", input, rules)) as string | null;
        return call(callOf("hashPhone", input, country, null)) as string | null;
      },
      {
        rules: [
          ...(["microsoft-2026-11", "google-2026-11", "sha256-hex"] as const),
          ...(script === ALL ? (["e164-2026-11"] as const) : []),
        ],
      },
    );
    const { "e164-2026-11": phones, ...others } = vectors;
    const there = Object.values(others).flat().length + (script === ALL ? phones.length : 0);
    expect(count).toBe(there);
    expect(count).toBeGreaterThan(400);
    expect(failed).toEqual([]);
  });
});

describe("firsthash.udf.js", () => {
  it("takes a row's country before the fallback, and neither where one is no country", () => {
    const call = es2019(ALL);
    const us = call(callOf("hashPhone", "(425) 555-1234", null, "US"));
    expect(us).toBe("c59475d96e9f01d7d18d06cfad84dd02333207f02c0c2c5663ef2782cda0390e");
    expect(call(callOf("hashPhone", 4255551234, "", "US"))).toBe(us);
    expect(call(callOf("hashPhone", "(425) 555-1234", "USA", "DE"))).toBe(us);
    expect(call(callOf("hashPhone", "(425) 555-1234", "Atlantis", "US"))).toBe(null);
    expect(call(callOf("hashPhone", "+14255551234", null, "Atlantis"))).toBe(null);
  });

  it("is imported for its global", async () => {
    const code = 'import "firsthash/udf"; console.log(firsthash.passHashed(null));';
    const { stdout } = await run(["--input-type=module", "-e", code]);
    expect(stdout).toBe("null\n");
  });

  it("agrees with the package on cells that nobody wrote down", () => {
    const call = es2019(ALL);
    const random = seededRandom(seed());
    for (let at = 0; at < caseCount(2000); at++) {
      const cell = Array.from({ length: 1 + random.int(8) }, () => random.pick(PIECES)).join("");
      const country = random.pick(COUNTRIES);
      const email = hashEmail(cell);
      const phone = hashPhone(cell, country);
      const both = [callOf("hashEmail", cell), callOf("hashPhone", cell, country)];
      expect(call(`[${both}].join()`), `case ${at}`).toBe(
        [email.ok ? email.digest : null, phone.ok ? phone.digest : null].join(),
      );
    }
  });
});
