// `npm run test:long`: what takes too long for `npm test`, part by part. Each part prints its seconds.
// Named on the command line, only these parts are run: `npm run test:long -- node-22`.
// FIRSTHASH_RESULTS is a folder where each part leaves its results as JSON.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const PARTS = process.env.FIRSTHASH_PARTS || join(ROOT, ".parts");

/** What differs between versions of Node: the command line, the package, and every published vector. */
const EVERY_NODE = [
  "test/cli",
  "test/identity",
  "test/testing",
  "test/project/package.long.test.ts",
];

/** Tests that try few cases, or share a process, while somebody waits (test/helpers/differential.ts, warm.ts). */
const SHORTENED = readdirSync(join(ROOT, "test"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".test.ts") && !/\.(?:long|real)\.test\.ts$/.test(name))
  .map((name) => `test/${name}`)
  .filter((path) =>
    /helpers\/(?:differential|warm)\.ts"/.test(readFileSync(join(ROOT, path), "utf8")),
  );

const otherNode = (part) => ({
  part,
  bin: join(PARTS, part, "bin"),
  args: ["--project", "test", "--project", "long", ...EVERY_NODE],
});

const RUNS = [
  { part: "thorough", args: ["--project", "test", ...SHORTENED] },
  { part: "long", args: ["--project", "long"] },
  { part: "real", args: ["--project", "real", "--passWithNoTests"] },
  // The oldest that package.json allows, and the newest of each line after it.
  otherNode("node-20"),
  otherNode("node-22"),
  otherNode("node-24"),
];

/** @returns the line of the part in the table at the end */
function run({ part, bin, args }) {
  if (bin !== undefined && !existsSync(bin)) {
    const skipped = process.env.FIRSTHASH_REAL !== "1";
    return { part, seconds: 0, ok: skipped, said: `not here: run .ci/install ${part}` };
  }
  console.log(`\n== ${part}`);
  const results = process.env.FIRSTHASH_RESULTS;
  const reporters = ["--reporter=default"];
  if (results)
    reporters.push("--reporter=json", `--outputFile.json=${join(results, `${part}.json`)}`);
  const started = Date.now();
  const env = { ...process.env, FIRSTHASH_THOROUGH: "1" };
  if (bin !== undefined) env.PATH = bin + delimiter + env.PATH;
  const node = bin === undefined ? process.execPath : join(bin, "node");
  const vitest = join(ROOT, "node_modules/vitest/vitest.mjs");
  const { status } = spawnSync(node, [vitest, "run", ...args, ...reporters], {
    cwd: ROOT,
    stdio: "inherit",
    env,
  });
  const seconds = Math.round((Date.now() - started) / 1000);
  return { part, seconds, ok: status === 0, said: status === 0 ? "passed" : "failed" };
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !RUNS.some(({ part }) => part === name));
if (unknown.length > 0) {
  console.error(
    `no such part: ${unknown.join(", ")}. There are ${RUNS.map(({ part }) => part).join(", ")}`,
  );
  process.exit(2);
}
const done = RUNS.filter(({ part }) => wanted.length === 0 || wanted.includes(part)).map(run);
console.log("");
for (const { part, seconds, said } of done) {
  console.log(`${String(seconds).padStart(6)} s  ${part}: ${said}`);
}
process.exitCode = done.every(({ ok }) => ok) ? 0 : 1;
