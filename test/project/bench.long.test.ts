/** The bench at a small size: its peers and the project must agree. What it times means nothing here. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT, run, scratch } from "../helpers/run.ts";

test("finds that the project and every peer that is here give the same digests", async () => {
  const args = ["--rows", "1000", "--rounds", "1", "--data", scratch()];
  const { code, stdout, stderr } = await run([join(ROOT, "bench/run.js"), ...args]);
  expect(stderr).toBe("");
  expect(code).toBe(0);
  // Needs nothing but the project's own dependencies, so it is never skipped.
  expect(stdout.match(/ node-usual: digests agree in \d{3} rows/g)).toHaveLength(2);
  expect(stdout).toContain("join: 1,000 rows");
  expect(stdout).toContain("single: 1,000 rows");
});
