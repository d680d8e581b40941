/** `firsthash udf duckdb`, run as it is printed; and DuckDB as the engine of the same functions. */
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { duckdb, tableOf } from "../../helpers/duckdb.ts";
import { ROOT, run, scratch } from "../../helpers/run.ts";
import { people } from "../../helpers/shards.ts";
import { warmFirsthash } from "../../helpers/warm.ts";

const PREPARE = ["prepare", "--goal", "Sale", "--currency", "USD", "--as-of"];
const AS_OF = "2026-11-20T12:00:00Z";

/** A folder with people and conversions, and with the packages that the program imports. */
function project(seed: number): string {
  const folder = scratch();
  const { header, rows, conversions } = people(400, seed);
  writeFileSync(join(folder, "contacts.csv"), header + rows.map(({ text }) => text).join(""));
  const [head, ...lines] = conversions.trimEnd().split("\n");
  const numbered = lines.map((line, at) => `${line},c${String(at).padStart(6, "0")}\n`);
  writeFileSync(join(folder, "conversions.csv"), `${head},conversion_id\n${numbered.join("")}`);
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(ROOT, join(folder, "node_modules/firsthash"));
  symlinkSync(join(ROOT, "node_modules/@duckdb"), join(folder, "node_modules/@duckdb"));
  return folder;
}

/** What one `prepare` of the plain files writes. */
async function inOnePlace(folder: string): Promise<string> {
  const { code, stderr } = await warmFirsthash(
    [
      ...[...PREPARE, AS_OF, "--contacts", "contacts.csv", "--conversions", "conversions.csv"],
      ...["--key", "Id", "--column", "consent=OK", "--country", "US", "-o", "one.csv"],
      ...["--max-refused", "100"],
    ],
    { cwd: folder },
  );
  expect(code, stderr).toBe(0);
  return readFileSync(join(folder, "one.csv"), "utf8");
}

describe("firsthash udf duckdb", () => {
  it.each([1, 2])("joins to the bytes of one prepare (seed %i)", async (seed) => {
    const folder = project(seed);
    const contacts =
      "Id AS customer_id, Email AS email, Phone AS phone, NULL::VARCHAR AS country, OK AS consent";
    await duckdb(
      "my.duckdb",
      [
        tableOf("contacts", "contacts.csv", contacts),
        tableOf("conversions", "conversions.csv", "Id AS customer_id, * EXCLUDE Id"),
      ],
      folder,
    );
    const printed = await warmFirsthash(
      ["udf", "duckdb", "--country", "United States", "-o", "firsthash-duckdb.mjs"],
      { cwd: folder },
    );
    expect(printed.code, printed.stderr).toBe(0);
    const joined = await run(["firsthash-duckdb.mjs", "my.duckdb"], { cwd: folder });
    expect(joined.code, joined.stderr).toBe(0);
    const lines = (name: string) => readFileSync(join(folder, name), "utf8").trim().split("\n");
    expect(lines("joined.csv")).toHaveLength(lines("conversions.csv").length);

    const { code, stderr } = await warmFirsthash(
      [...PREPARE, AS_OF, "--conversions", "joined.csv", "-o", "two.csv", "--max-refused", "100"],
      { cwd: folder },
    );
    expect(code, stderr).toBe(0);
    const one = await inOnePlace(folder);
    expect(readFileSync(join(folder, "two.csv"), "utf8")).toBe(one);
    expect(one.split("\n").length).toBeGreaterThan(60);
  });

  it("stops where a published vector does not hold", async () => {
    const folder = project(1);
    const { stdout } = await warmFirsthash(["udf", "duckdb"]);
    const wrong = stdout.replace("hashEmail, 2]", "(cell) => passHashed(cell), 2]");
    expect(wrong).not.toBe(stdout);
    writeFileSync(join(folder, "wrong.mjs"), wrong);
    const { code, stderr } = await run(["wrong.mjs", ":memory:"], { cwd: folder });
    expect(code).not.toBe(0);
    expect(stderr).toContain("published vectors do not hold");
  });
});
