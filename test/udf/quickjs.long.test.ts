/** The script in QuickJS, an engine that shares no line with Node's. */
import { describe, expect, it } from "vitest";
import { runVectors } from "../../src/testing/run-vectors.ts";
import { callOf, scriptPath } from "../helpers/es2019.ts";
import { ROOT, run } from "../helpers/run.ts";

/** In a process of its own: it evaluates the script once, then a call for each line of standard input. */
const PROGRAM = `
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
const { getQuickJS } = createRequire(process.argv[1])("quickjs-emscripten");
const context = (await getQuickJS()).newContext();
const evaluate = (code) => context.unwrapResult(context.evalCode(code)).consume(context.dump);
evaluate(readFileSync(process.argv[2], "utf8"));
const calls = readFileSync(0, "utf8").trim().split("\\n");
console.log(JSON.stringify(calls.map((call) => evaluate(call))));
`;

async function quickjs(calls: readonly string[]): Promise<(string | null)[]> {
  const args = ["-e", PROGRAM, `${ROOT}/package.json`, scriptPath("firsthash.udf.js")];
  const { code, stdout, stderr } = await run(["--input-type=module", ...args], {
    input: calls.join("\n"),
  });
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout);
}

describe("firsthash.udf.js in QuickJS", () => {
  it("gives what all vectors say", async () => {
    const calls: string[] = [];
    await runVectors((input, { rules, kind, country }) => {
      if (kind === "hashed") calls.push(callOf("passHashed", input));
      else if (kind === "email") calls.push(callOf("hashEmail", input, rules));
      else calls.push(callOf("hashPhone", input, country, null));
      return null;
    });
    const digests = await quickjs(calls);
    let at = 0;
    const { count, failed } = await runVectors(() => digests[at++]);
    expect(failed).toEqual([]);
    expect(count).toBe(calls.length);
    expect(count).toBeGreaterThan(800);
  });
});
