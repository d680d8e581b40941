// Adds up what the steps of .ci/run left in a folder: steps.tsv (name, exit code, seconds) and vitest's JSON
// results. The last line is `N passed, N failed`; exits with 1 unless all went well.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [folder = "."] = process.argv.slice(2);
const steps = readFileSync(join(folder, "steps.tsv"), "utf8")
  .trim()
  .split("\n")
  .map((line) => line.split("\t"));
const results = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")));

const sum = (count) => results.reduce((total, result) => total + count(result), 0);
const passed = sum((result) => result.numPassedTests);
// A file that fails before its first test has no test that failed.
const failedFiles = ({ testResults }) =>
  testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && !assertionResults.some((test) => test.status === "failed"),
  ).length;
const failedTests = sum((result) => result.numFailedTests + failedFiles(result));
const failedSteps = steps.filter(([, status]) => status !== "0");

console.log("");
for (const [name, status, seconds] of steps) {
  console.log(
    `${seconds.padStart(6)} s  ${name}${status === "0" ? "" : `: failed with ${status}`}`,
  );
}
const skipped = sum((result) => result.numPendingTests);
if (skipped > 0) console.log(`${skipped} skipped, for what this machine lacks`);
// A step can fail without a test that did: types, lint, the build, an installation.
const failed = failedTests || failedSteps.length;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
