/** A first look at a huge file, and at what is no table. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { duckdb } from "../helpers/duckdb.ts";
import { firsthash, SAMPLES, scratch } from "../helpers/run.ts";

const conversions = join(SAMPLES, "conversions.csv");
const contacts = join(SAMPLES, "contacts.csv");
const PREPARE = [
  ...["prepare", "--contacts", contacts, "--conversions", conversions, "--key", "Contact ID"],
  ...["--country", "US", "--time-zone", "America/New_York", "--as-of", "2026-11-20T12:00:00Z"],
];

describe("--limit", () => {
  it("reads the first conversions and no more, and says so", async () => {
    const { stderr } = await firsthash([
      ...PREPARE,
      "--dry-run",
      "--limit",
      "5",
      "--max-refused",
      "100",
    ]);
    expect(stderr).toContain("conversions.csv: 5 rows");
    expect(stderr).toContain("only the first 5 rows were read, as --limit says");
    expect(stderr).toMatch(/of 5 rows would be written/);
  });

  it("says nothing where there are not so many", async () => {
    const { code, stderr } = await firsthash([
      ...PREPARE,
      "--dry-run",
      "--limit",
      "24",
      "--max-refused",
      "100",
    ]);
    expect([code, stderr]).toEqual([0, expect.not.stringContaining("only the first")]);
    expect(stderr).toContain("24 rows");
  });

  it("is there for inspect and hash", async () => {
    const look = await firsthash(["inspect", contacts, "--limit", "3"]);
    expect(look.stdout).toContain("the first 3 rows");
    const hash = await firsthash([
      "hash",
      contacts,
      "--country",
      "US",
      "--limit",
      "3",
      "--max-refused",
      "100",
    ]);
    expect(hash.stdout.trim().split("\n")).toHaveLength(4);
    expect(hash.stderr).toContain("only the first 3 rows were read");
  });

  it.each(["0", "-1", "some", "1.5"])("is refused when it is %s", async (limit) => {
    const { code, stderr } = await firsthash([...PREPARE, "--dry-run", `--limit=${limit}`]);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining("--limit takes a whole number of rows"),
    ]);
  });
});

describe("what is read by other programs", () => {
  /** The statement that the hint shows between quotes, for a file of ours. */
  const statementOf = (hint: string, file: string) =>
    (/-c "(.+)"/.exec(hint)?.[1] ?? "").replace("<file>", file).replace("<table>", "people");

  it.each([
    ["people.parquet", (file: string) => `COPY people TO '${file}' (FORMAT parquet)`],
    [
      "people.duckdb",
      (file: string) => `ATTACH '${file}' AS other; CREATE TABLE other.people AS FROM people`,
    ],
  ])("%s leads to a command of DuckDB that makes CSV of it", async (name, write) => {
    const folder = scratch();
    const file = join(folder, name);
    writeFileSync(join(folder, "people.csv"), "Contact ID,Email\nA-1001,ann@example.com\n");
    await duckdb(":memory:", [
      `CREATE TABLE people AS FROM '${join(folder, "people.csv")}'`,
      write(file),
    ]);
    const { code, stderr } = await firsthash(["inspect", file]);
    expect([code, stderr]).toEqual([3, expect.stringMatching(/hint: make CSV of it: duckdb/)]);
    await duckdb(name.endsWith(".duckdb") ? file : ":memory:", [statementOf(stderr, file)], folder);
    const read = await firsthash(["inspect", join(folder, "list.csv")]);
    expect(read.stdout).toContain("1 usable");
  });
});
