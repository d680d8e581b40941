/** `firsthash/hash`: the rules for one row, wherever JavaScript runs. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { rolldown } from "rolldown";
import { describe, expect, it } from "vitest";
import { hashContact, hashEmail, hashPhone } from "../../src/entries/hash.ts";
import { isEmailRuleSet } from "../../src/identity/rules.ts";
import { runVectors } from "../../src/testing/run-vectors.ts";
import { scratch } from "../helpers/run.ts";

const ENTRY = join(import.meta.dirname, "../../dist/entries/hash.js");

async function bundled(platform: "browser" | "node"): Promise<{ code: string; left: string[] }> {
  const unresolved: string[] = [];
  const bundle = await rolldown({
    input: ENTRY,
    platform,
    onLog: (_, log) => void unresolved.push(log.code ?? ""),
  });
  const format = platform === "browser" ? "iife" : "cjs";
  const { output } = await bundle.generate({
    format,
    name: "firsthash",
    codeSplitting: false,
    comments: false,
  });
  await bundle.close();
  const [chunk] = output;
  const left = [...chunk.imports, ...unresolved.filter((code) => code === "UNRESOLVED_IMPORT")];
  return { code: chunk.code, left };
}

describe("a row", () => {
  it("gives what the vectors say", async () => {
    const { count, failed } = await runVectors(
      (input, { rules, kind, country }) => {
        const result =
          kind === "phone"
            ? hashPhone(input, country)
            : hashEmail(input, isEmailRuleSet(rules) ? { rules } : {});
        return result.ok ? result.digest : undefined;
      },
      { rules: ["microsoft-2026-11", "google-2026-11", "e164-2026-11"] },
    );
    expect(count).toBeGreaterThan(800);
    expect(failed).toEqual([]);
  });

  it("never throws for a cell, whatever it is", () => {
    const cells = [null, undefined, "", "n/a", 0, NaN, {}, [], Symbol("x"), () => 1, 14255551234n];
    for (const cell of cells) {
      expect(() => hashEmail(cell)).not.toThrow();
      expect(() => hashPhone(cell, cell)).not.toThrow();
      expect(() => hashContact({ email: cell, phone: cell, country: cell })).not.toThrow();
    }
    expect(hashPhone(null, "")).toEqual({ ok: false, reason: "absent" });
    const us = { defaultCountry: "US" };
    const digest = hashPhone("(425) 555-1234", undefined, us);
    expect(digest.ok).toBe(true);
    expect(hashPhone("(425) 555-1234", "", us)).toEqual(digest);
    expect(hashPhone(4255551234, null, us)).toEqual(digest);
    expect(hashPhone("(425) 555-1234", "Atlantis", us)).toMatchObject({ ok: false });
  });

  it("throws for options that there are not, without what was given", () => {
    const wrong = "jane@contoso.com" as never;
    for (const options of [
      { rules: wrong },
      { defaultCountry: wrong },
      { phoneWithoutPlus: wrong },
    ]) {
      expect(() => hashContact({}, options)).toThrow(/^(?!.*jane)/);
    }
  });
});

describe("a bundle of it", () => {
  it("has no import left for a browser or the edge, and runs in an empty context", async () => {
    const { code, left } = await bundled("browser");
    expect(left).toEqual([]);
    expect(code).not.toMatch(/\brequire\(|\bnode:|\bBuffer\b|\bprocess\./);
    const phone = hashPhone("+14255551234");
    const script = `${code};JSON.stringify(firsthash.hashPhone("+14255551234"))`;
    expect(JSON.parse(runInNewContext(script, { TextEncoder, TextDecoder }))).toEqual(phone);
  });

  it("runs alone in an empty folder in Node", async () => {
    const { code } = await bundled("node");
    const folder = scratch();
    const call = `console.log(JSON.stringify([exports.hashEmail("jane@contoso.com"), exports.hashPhone("+49 171 1234567 ext. 3")]))`;
    writeFileSync(join(folder, "lambda.cjs"), `${code};${call}`);
    const printed = execFileSync(process.execPath, ["lambda.cjs"], {
      cwd: folder,
      encoding: "utf8",
    });
    expect(JSON.parse(printed)).toEqual([
      hashEmail("jane@contoso.com"),
      hashPhone("+49 171 1234567 ext. 3"),
    ]);
  });

  it("is in the package under its name", () => {
    const path = join(import.meta.dirname, "../../package.json");
    expect(JSON.parse(readFileSync(path, "utf8")).exports["./hash"]).toEqual({
      types: "./dist/entries/hash.d.ts",
      default: "./dist/entries/hash.js",
    });
  });
});
