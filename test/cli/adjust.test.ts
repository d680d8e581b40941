/** `firsthash adjust`, run as a user runs it: exit codes, files, and what is said. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { replaceFlags, SAMPLES, scratch } from "../helpers/run.ts";
import { warmFirsthash } from "../helpers/warm.ts";

const ORIGINAL = join(SAMPLES, "outputs/microsoft-bulk.csv");

let folder: string;
beforeEach(() => {
  folder = scratch();
});

const run = (...args: string[]) =>
  warmFirsthash(
    replaceFlags(
      [
        "adjust",
        "--corrections",
        join(SAMPLES, "corrections.csv"),
        "--time-zone",
        "America/New_York",
        "--as-of",
        "2026-11-20T12:00:00Z",
      ],
      args,
    ),
    { cwd: folder },
  );

it("says what it read and wrote, and exits with 0", async () => {
  const { code, stderr, stdout } = await run("--original", ORIGINAL, "-o", "adjustments.csv");
  expect(stdout).toBe("");
  expect(stderr).toContain("corrections.csv: 6 rows (utf-8, comma)");
  expect(stderr).toContain("4 of 6 rows to adjustments.csv (microsoft-bulk, rules");
  expect(stderr).toMatch(/duplicate\s+1 the same conversion again \(line 6\)/);
  expect(stderr).toMatch(/unmatched\s+1 the conversion is not among those/);
  expect(code).toBe(0);
  expect(readdirSync(folder)).toEqual(["adjustments.csv"]);
});

it("prints and saves the report, whose rows add up, and which has no cell in it", async () => {
  const args = ["--original", ORIGINAL, "-o", "a.csv", "--json", "--report", "report.json"];
  const { stdout, stderr } = await run(...args);
  expect(stderr).toBe("");
  expect(readFileSync(join(folder, "report.json"), "utf8")).toBe(stdout);
  const report = JSON.parse(stdout);
  expect(report.schema).toBe("firsthash.adjust/1");
  const { read, ...ends } = report.destinations[0].rows;
  expect(ends).toEqual({ written: 4, duplicate: 1, refused: 0, unmatched: 1, excluded: 0 });
  expect(read).toBe(6);
  expect(stdout).not.toMatch(/ava|thompson|closed won|row-2/i);
});

it("writes nothing in a dry run", async () => {
  const { code, stderr } = await run("--original", ORIGINAL, "--dry-run");
  expect(stderr).toContain("4 of 6 rows would be written");
  expect(code).toBe(0);
  expect(readdirSync(folder)).toEqual([]);
});

it("replaces an older file only when told to, and never one that it reads", async () => {
  writeFileSync(join(folder, "a.csv"), "old");
  const kept = await run("--original", ORIGINAL, "-o", "a.csv");
  expect(kept.code).toBe(4);
  expect(readFileSync(join(folder, "a.csv"), "utf8")).toBe("old");
  const replaced = await run("--original", ORIGINAL, "-o", "a.csv", "--force");
  expect(replaced.code).toBe(0);
  const copy = readFileSync(ORIGINAL);
  writeFileSync(join(folder, "original.csv"), copy);
  const itself = await run("--original", "original.csv", "-o", "original.csv", "--force");
  expect(itself.code).toBe(2);
  expect(readFileSync(join(folder, "original.csv")).equals(copy)).toBe(true);
});

it("exits with 1 and leaves no file when too many corrections are refused", async () => {
  const corrections = "Client Id,Adjustment Time,New Value\nrow-2,2026-11-15T10:00:00Z,-5\n";
  writeFileSync(join(folder, "c.csv"), corrections);
  const { code, stderr } = await run(
    "--corrections",
    "c.csv",
    "--original",
    ORIGINAL,
    "-o",
    "a.csv",
  );
  expect(code).toBe(1);
  expect(stderr).toContain("1 of 1 rows (100 %) were refused, more than 10 %; nothing was written");
  expect(existsSync(join(folder, "a.csv"))).toBe(false);
});

it("reads conversions as a configuration of prepare says, and writes where it is told itself", async () => {
  writeFileSync(
    join(folder, "conversions.csv"),
    "Order,Mail,Closed,Goal\n7,ann@example.com,11/15/2026 09:00,Sale\n",
  );
  writeFileSync(join(folder, "corrections.csv"), "Order,When,New Value\n7,11/16/2026 10:00,5\n");
  const prepared = await warmFirsthash(
    [
      "prepare",
      "--conversions",
      "conversions.csv",
      "--time-zone",
      "UTC",
      "-o",
      "upload.csv",
    ].concat(
      ["email=Mail", "time=Closed", "name=Goal", "client-id=Order"].flatMap((each) => [
        "--column",
        each,
      ]),
      ["--as-of", "2026-11-20T12:00:00Z", "--force", "--save-config", "job.json"],
    ),
    { cwd: folder },
  );
  expect(prepared.stderr).toContain("1 of 1 row");
  const before = readFileSync(join(folder, "upload.csv"));
  const options = [
    "--config",
    "job.json",
    "--corrections",
    "corrections.csv",
    "--column",
    "adjustment-time=When",
  ];
  const without = await run(...options);
  expect(without.stderr).toContain("--output is missing");
  const { code, stderr } = await run(...options, "-o", "a.csv");
  expect(stderr).toContain("1 of 1 row to a.csv");
  expect(code).toBe(0);
  expect(readFileSync(join(folder, "upload.csv")).equals(before)).toBe(true);
});

it.each([
  [["--original", ORIGINAL, "--conversions", "x.csv", "-o", "a.csv"], "--original excludes"],
  [["-o", "a.csv"], "give the upload that was written then with --original"],
  [["--original", ORIGINAL, "--to", "adobe", "-o", "a.xlsx"], "adobe takes no adjustments"],
  [
    ["--original", ORIGINAL, "--column", "adjustment-tim=x", "-o", "a.csv"],
    "did you mean adjustment-time?",
  ],
])("refuses %j before it reads anything", async (args, message) => {
  const { code, stderr } = await run(...args);
  expect(stderr).toContain(message);
  expect(code).toBe(2);
  expect(readdirSync(folder)).toEqual([]);
});
