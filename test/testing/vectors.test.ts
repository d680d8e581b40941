/** The vectors as a product: their schema, their door for JavaScript, and what their README says. */
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { EMAIL_RULES, HASHED_RULES, PHONE_RULES } from "../../src/identity/rules.ts";
import { vectors } from "../../src/testing/vectors.ts";
import { ROOT, run, scratch } from "../helpers/run.ts";

const FOLDER = join(ROOT, "vectors");
const files = readdirSync(FOLDER).filter(
  (name) => name.endsWith(".json") && name !== "schema.json",
);
const read = (name: string) => readFileSync(join(FOLDER, name), "utf8");
const has = (program: string) => spawnSync(program, ["--version"]).error === undefined;

describe("the files", () => {
  const validate = new Ajv2020({ allErrors: true }).compile(JSON.parse(read("schema.json")));

  it.each(files)("%s holds to the schema", (name) => {
    const valid = validate(JSON.parse(read(name)));
    expect(validate.errors ?? []).toEqual([]);
    expect(valid).toBe(true);
  });

  it.each([
    ["a digest without sha256", { expect: "digest", repaired: [] }],
    ["a refusal without a reason", { expect: "refused" }],
    ["an absent cell with a digest", { expect: "absent", sha256: "0".repeat(64) }],
    ["a field that is not described", { expect: "absent", colour: "red" }],
  ])("the schema refuses %s", (_, fields) => {
    const vector = { name: "a name", input: "x", rules: "e164-2026-11", ...fields };
    expect(validate({ format: 1, rules: "e164-2026-11", vectors: [vector] })).toBe(false);
  });

  it.skipIf(!has("python3"))("are what generate.py writes", () => {
    execFileSync("python3", [join(FOLDER, "generate.py"), "--check"], { stdio: "pipe" });
  });
});

describe("firsthash/vectors", () => {
  it("has all of the files, by rule set", () => {
    const inFiles = files.flatMap((name) => JSON.parse(read(name)).vectors);
    expect(Object.values(vectors).flat()).toHaveLength(inFiles.length);
    const rules = [...Object.keys(EMAIL_RULES), PHONE_RULES.name, HASHED_RULES.name];
    expect(Object.keys(vectors)).toEqual(rules);
    for (const [name, group] of Object.entries(vectors)) {
      expect(group.every((vector) => vector.rules === name)).toBe(true);
    }
  });

  it("cannot be changed by one user for all others", () => {
    const [first] = vectors["e164-2026-11"];
    expect(Object.isFrozen(vectors) && Object.isFrozen(vectors["e164-2026-11"])).toBe(true);
    expect(Object.isFrozen(first)).toBe(true);
  });

  it("loads in plain Node without a warning, typed entry and raw files", async () => {
    const script = [
      'import { createRequire } from "node:module";',
      'import { vectors } from "firsthash/vectors";',
      'import { runVectors } from "firsthash/testing";',
      'const raw = createRequire(import.meta.url)("firsthash/vectors/phone.e164-2026-11.json");',
      "const same = raw.vectors.every(({ input }, index) => vectors['e164-2026-11'][index].input === input);",
      'console.log(same, typeof runVectors, import.meta.resolve("firsthash/vectors/schema.json"));',
    ].join("\n");
    const result = await run(["--input-type=module", "--eval", script]);
    expect(result.stderr).toBe("");
    expect(result.stdout).toMatch(/^true function file:.*\/vectors\/schema\.json\n$/);
  });
});

describe("vectors/README.md", () => {
  const readme = readFileSync(join(FOLDER, "README.md"), "utf8");
  const blocks = [...readme.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(
    ([, language, code = ""]) => ({
      language,
      code,
    }),
  );
  const codeOf = (language: string, index = 0) =>
    blocks.filter((block) => block.language === language)[index]?.code ?? "";

  it.skipIf(!has("python3"))("has a Python example that runs", () => {
    const output = execFileSync("python3", ["-c", codeOf("python")], {
      cwd: FOLDER,
      encoding: "utf8",
    });
    const [, held, all] = /^(\d+) of (\d+) hold; first failures: \[.+\]\n$/.exec(output) ?? [];
    expect(Number(all)).toBe(JSON.parse(read("email.microsoft-2026-11.json")).vectors.length);
    // The example's own rule is a beginner's: most of the work is in the rest.
    expect(Number(held)).toBeGreaterThan(20);
    expect(Number(held)).toBeLessThan(Number(all));
  });

  it.skipIf(!has("jq") || !has("sha256sum"))("has shell examples that run", () => {
    const bin = scratch();
    // Hashes the cell as it is: right for addresses that are normalized already.
    writeFileSync(join(bin, "your-hash"), "#!/bin/sh\nsha256sum | cut -c 1-64\n");
    chmodSync(join(bin, "your-hash"), 0o700);
    const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
    const shell = (code: string) =>
      execFileSync("sh", ["-c", code], { cwd: FOLDER, env, encoding: "utf8" });
    const wrong = shell(codeOf("sh", 0)).split("\n");
    expect(wrong).toContain("wrong: upper case");
    expect(wrong).not.toContain("wrong: plain address");
    expect(shell(codeOf("sh", 1))).toBe("");
  });

  it("describes every file field of the schema", () => {
    const { $defs } = JSON.parse(read("schema.json"));
    for (const field of Object.keys($defs.vector.properties)) {
      expect(readme).toContain(`| \`${field}\``);
    }
  });
});
