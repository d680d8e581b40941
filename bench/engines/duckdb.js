// The functions that `firsthash udf duckdb` defines, in DuckDB. Arguments: TSV file, rows.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { DuckDBInstance, DuckDBScalarFunction, VARCHAR } from "@duckdb/node-api";
import { timed } from "./cells.js";
import "../../dist-udf/firsthash.udf.js";

const bin = fileURLToPath(new URL("../../bin/firsthash.cjs", import.meta.url));
const { stdout } = spawnSync(process.execPath, [bin, "udf", "duckdb"], { encoding: "utf8" });
const program = stdout.slice(stdout.indexOf("const {"), stdout.indexOf("// Published vectors"));
const connect = new Function(
  "DuckDBInstance",
  "DuckDBScalarFunction",
  "VARCHAR",
  `return (async () => { ${program.replace("process.argv[2]", '":memory:"')} return connection; })()`,
);
const connection = await connect(DuckDBInstance, DuckDBScalarFunction, VARCHAR);
const [, , file, count] = process.argv;
const columns = "{'key': 'VARCHAR', 'email': 'VARCHAR', 'phone': 'VARCHAR', 'country': 'VARCHAR'}";
await connection.run(
  `CREATE TABLE contacts AS FROM read_csv('${file}', delim = '\\t', header = false, columns = ${columns}) LIMIT ${count}`,
);
await timed(Number(count), () =>
  connection.run(`CREATE TABLE digests AS SELECT key, hash_email(email, 'microsoft-2026-11') AS e,
    hash_phone(phone, country, 'US') AS p FROM contacts`),
);
