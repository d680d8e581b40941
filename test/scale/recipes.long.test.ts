/** docs/scale.md: each recipe is taken out of the text and run, and gives what one machine gives. */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { duckdb, tableOf } from "../helpers/duckdb.ts";
import { customer, onOneMachine, recipe, recipeIds, shell } from "../helpers/recipes.ts";
import { warmFirsthash } from "../helpers/warm.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** Contacts in parts, hashed. */
async function hashedParts(parting: string): Promise<string> {
  const folder = customer(300, 3);
  await duckdb(":memory:", [tableOf("contacts", "contacts.csv"), parting], folder);
  const { code, stderr } = await shell(folder, recipe("hash-parts"));
  expect(code, stderr).toBe(0);
  return folder;
}

describe("docs/scale.md", () => {
  it("has no recipe that nothing runs", () => {
    // The two of Spark are in spark.real.test.ts, those of functions in ../cli/engines/duckdb.long.test.ts.
    const run = ["one-machine", "part-by-key", "hash-parts", "join-parts", "clickhouse", "filter"];
    const elsewhere = ["safe-join", "conserved", "prepare-joined", "spark", "prepare-spark"];
    expect(recipeIds().sort()).toEqual([...run, ...elsewhere].sort());
  });

  it("parts contacts by key, and joins them to the bytes of one machine", async () => {
    const folder = await hashedParts(recipe("part-by-key"));
    const { code, stderr } = await shell(folder, recipe("join-parts"));
    expect(code, stderr).toBe(0);
    const upload = readFileSync(join(folder, "upload.csv"), "utf8");
    expect(upload).toBe(await onOneMachine(folder));
  });

  it("stops before an upload where contacts were parted by line", async () => {
    const parting = recipe("part-by-key").replace(
      "hash(trim(customer_id))",
      "row_number() OVER ()",
    );
    const folder = await hashedParts(parting);
    const { code, stderr } = await shell(folder, recipe("join-parts"));
    expect(code).toBe(1);
    expect(stderr).toMatch(/^\d+ keys stand in two parts$/m);
    expect(() => readFileSync(join(folder, "upload.csv"))).toThrow();
  });

  it("prints for ClickHouse what the guide shows, and its lines give the digests of one machine", async () => {
    const shown = recipe("clickhouse").trimEnd();
    const { stdout } = await warmFirsthash(["udf", "clickhouse", "--country", "US"]);
    expect(stdout).toContain(shown.replace(/^/gm, "  "));

    // DuckDB gives the lines that the inner query stands for: tabs, and \N for NULL.
    const [, command = "", inner = ""] =
      /executable\(\n\s+'firsthash ([^']+)',[\s\S]*?\n\s+(\(SELECT[\s\S]*\))\n\)$/.exec(shown) ??
      [];
    const folder = customer(300, 4);
    const csv = (query: string, file: string, options: string) =>
      `COPY ${query} TO '${file}' (FORMAT csv, ${options})`;
    await duckdb(
      ":memory:",
      [
        tableOf("contacts", "contacts.csv"),
        csv(inner, "lines.tsv", "DELIMITER '\\t', HEADER false, NULLSTR '\\N'"),
      ],
      folder,
    );
    const lines = readFileSync(join(folder, "lines.tsv"), "utf8");
    const answers = await warmFirsthash(command.split(" "), { input: lines });
    expect(answers.stdout.split("\n")).toHaveLength(lines.split("\n").length);
    writeFileSync(
      join(folder, "digests.tsv"),
      `customer_id\thashed_email\thashed_phone\n${answers.stdout}`,
    );
    const usual = ["prepare", "--config", "firsthash.json", "--contacts", "digests.tsv"];
    const { code, stderr } = await warmFirsthash([...usual, "-o", "upload.csv"], { cwd: folder });
    expect(code, stderr).toBe(0);
    const upload = readFileSync(join(folder, "upload.csv"), "utf8");
    expect(upload).toBe(await onOneMachine(folder));
  });

  it("filters lines", async () => {
    const { code, stdout } = await shell(customer(1, 1), recipe("filter"));
    expect(code).toBe(0);
    expect(stdout).toBe(
      `17\t${sha256("ann@example.com")}\t${sha256("+14255550123")}\n18\t\\N\t\\N\n`,
    );
  });
});
