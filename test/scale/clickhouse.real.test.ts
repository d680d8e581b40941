/** What `firsthash udf clickhouse` prints, in ClickHouse's own engine: the bytes of one machine. */
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { program } from "../helpers/parts.ts";
import { customer, onOneMachine, preparedJoined, shell } from "../helpers/recipes.ts";
import { runProgram } from "../helpers/run.ts";

const PYTHON = program("clickhouse", "python");

const TABLES = `
import sys
from chdb import session

folder, statements = sys.argv[1:3]
database = session.Session(folder + "/database?user_scripts_path=" + folder + "/user_scripts")
database.query("CREATE DATABASE d")
database.query("USE d")
text = "Nullable(String)"
for table, columns in {
    "contacts": f"customer_id {text}, email {text}, phone {text}, country {text}, consent {text}",
    "conversions": f"customer_id String, \`Conversion Time\` String, Value String, conversion_id String",
}.items():
    source = f"file('{folder}/{table}.csv', CSVWithNames, '{columns}')"
    database.query(f"CREATE TABLE {table} ENGINE = Memory AS SELECT * FROM {source}")
database.query(open(statements).read().strip().rstrip(";"))
joined = database.query("SELECT * FROM joined ORDER BY conversion_id", "CSVWithNames")
open(folder + "/joined.csv", "w").write(str(joined))
`;

describe.skipIf(PYTHON === undefined)("firsthash udf clickhouse", () => {
  it.each([21, 22])("joins in ClickHouse to the bytes of one prepare (seed %i)", async (seed) => {
    const folder = customer(2000, seed);
    mkdirSync(join(folder, "user_scripts"));
    symlinkSync(join(folder, "bin/firsthash"), join(folder, "user_scripts/firsthash"));
    const printed = await shell(folder, "firsthash udf clickhouse --country US -o join.sql");
    expect(printed.code, printed.stderr).toBe(0);
    writeFileSync(join(folder, "tables.py"), TABLES);
    const args = [join(folder, "tables.py"), folder, join(folder, "join.sql")];
    const { code, stdout, stderr } = await runProgram(PYTHON as string, args, { cwd: folder });
    expect(code, stdout + stderr).toBe(0);
    const rows = (name: string) =>
      readFileSync(join(folder, name), "utf8").trim().split("\n").length;
    expect(rows("joined.csv")).toBe(rows("conversions.csv"));
    expect(await preparedJoined(folder)).toBe(await onOneMachine(folder));
  });
});
