/**
 * `firsthash udf bigquery` and `snowflake`: these engines need an account, so their functions are run as
 * JavaScript of 2019, as the engines are documented to run them: the body of a function, called for each row.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { vectors } from "../../../src/testing/vectors.ts";
import { es2019, scriptText } from "../../helpers/es2019.ts";
import { scratch } from "../../helpers/run.ts";
import { warmFirsthash } from "../../helpers/warm.ts";

const LIBRARY = "gs://example-bucket/lib/firsthash.udf.js";
const printed = async (...args: string[]) => (await warmFirsthash(["udf", ...args])).stdout;

interface Defined {
  readonly name: string;
  readonly args: string;
  readonly body: string;
}

/** The functions with a body in JavaScript. */
function functionsOf(text: string): Defined[] {
  const found = text.matchAll(
    /^CREATE OR REPLACE FUNCTION firsthash\.(\w+)\(([^)]*)\)[^;]*?AS (?:r"""([\s\S]*?)"""|\$\$\n([\s\S]*?)\$\$);$/gm,
  );
  return [...found].map(([, name = "", args = "", raw, dollar]) => ({
    name,
    args: args.replaceAll(" STRING", ""),
    body: raw ?? dollar ?? "",
  }));
}

/** The calls of the check, with what each must give. */
function checksOf(text: string) {
  const found = text.matchAll(
    /SELECT '[^']+' AS name, firsthash\.(\w+\(.*\)) AS given, '(\w*)' AS expected$/gm,
  );
  return [...found].map(([, call = "", expected = ""]) => ({
    call: call.replaceAll("NULL", "null"),
    expected: expected === "" ? null : expected,
  }));
}

describe.each([
  ["bigquery", [], ["hash_email", "pass_hashed"], ""],
  [
    "bigquery",
    ["--library", LIBRARY],
    ["hash_email", "pass_hashed", "hash_phone"],
    scriptText("firsthash.udf.js"),
  ],
  ["snowflake", [], ["hash_email", "pass_hashed", "hash_phone"], ""],
] as const)("firsthash udf %s %s", (engine, flags, names, library) => {
  it("has functions that give what its own check asks for, and that load the script once", async () => {
    const text = await printed(engine, ...flags);
    const functions = functionsOf(text);
    expect(functions.map(({ name }) => name)).toEqual(names);
    const run = es2019(library);
    for (const { name, args, body } of functions) {
      run(`function ${name}(${args}) {${body}}`);
      if (engine === "bigquery") expect(body.length).toBeLessThan(32_000);
    }
    const checks = checksOf(text);
    expect(checks.length).toBeGreaterThan(20);
    for (const { call, expected } of checks) expect(run(call), call).toBe(expected);
    for (const name of names) expect(run(`${name}(null, null, null)`)).toBe(null);
    if (library !== "") return;
    run("firsthash_hashEmail = { hashEmail: () => 'loaded before' }");
    expect(run("hash_email('jane@contoso.com', 'microsoft-2026-11')")).toBe("loaded before");
  });

  it("checks what is published, addresses and digests among them", async () => {
    const text = await printed(engine, ...flags, "--rules", "google-2026-11");
    const digests = new Set(
      Object.values(vectors)
        .flat()
        .flatMap((vector) => (vector.expect === "digest" ? [vector.sha256] : [])),
    );
    const asked = checksOf(text).filter(({ expected }) => expected !== null);
    for (const { expected } of asked) expect(digests).toContain(expected);
    expect(text).toContain("'google-2026-11'");
    expect(text).not.toContain("', 'microsoft-2026-11')");
    // A quote of the engine inside a text would end it.
    for (const { call } of checksOf(text)) expect(call).not.toMatch(/\\|"|'[^,)(]*'[^,)]/);
  });
});

describe("firsthash udf", () => {
  it("writes the script beside the statements, and neither where one of them is there", async () => {
    const cwd = scratch();
    const args = ["udf", "bigquery", "--script", "firsthash.udf.js", "-o", "install.sql"];
    writeFileSync(join(cwd, "install.sql"), "mine");
    expect((await warmFirsthash(args, { cwd })).code).toBe(4);
    expect(() => readFileSync(join(cwd, "firsthash.udf.js"))).toThrow();
    expect((await warmFirsthash([...args, "--force"], { cwd })).code).toBe(0);
    const script = readFileSync(join(cwd, "firsthash.udf.js"), "utf8");
    expect(script).toBe(scriptText("firsthash.udf.js"));
    expect(readFileSync(join(cwd, "install.sql"), "utf8")).toContain("hash_email");
  });

  it.each([
    [["udf"], /none was given/],
    [["udf", "ann@example.com"], /not an engine that we know/],
    [["udf", "snowflake", "--library", LIBRARY], /--library is about bigquery/],
    [["udf", "bigquery", "--library", 'gs://b/x.js"],'], /not the address of a script/],
    [["udf", "duckdb", "--country", "Atlantis"], /--country is not a country/],
    [["udf", "duckdb", "--rules", "none"], /--rules/],
    [["udf", "bigquery", "--script", "x.js", "-o", "./x.js"], /are one file/],
    [["udf", "bigquery", "--script", "firsthash.sql"], /to a \.js file/],
  ])("%s is bad use", async (args, message) => {
    const { code, stdout, stderr } = await warmFirsthash(args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/ann@|Atlantis|"\],/);
  });
});
