/** DuckDB in a process of its own: native code has no place among the tests. */
import { join } from "node:path";
import { ROOT, run } from "./run.ts";

const PROGRAM = `
import { createRequire } from "node:module";
const { DuckDBInstance } = createRequire(process.argv[1])("@duckdb/node-api");
const [file, ...statements] = process.argv.slice(2);
const connection = await (await DuckDBInstance.create(file)).connect();
let rows = [];
for (const statement of statements) rows = (await connection.runAndReadAll(statement)).getRowsJson();
console.log(JSON.stringify(rows));
`;

/** @returns the rows of the last statement. Numbers that JavaScript cannot hold are texts. */
export async function duckdb(
  file: string,
  statements: readonly string[],
  cwd: string = ROOT,
): Promise<unknown[][]> {
  const args = ["--input-type=module", "-e", PROGRAM, join(ROOT, "package.json"), file];
  const { code, stdout, stderr } = await run([...args, ...statements], { cwd });
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** A statement that makes a table of a CSV file, all cells texts and empty ones NULL. */
export const tableOf = (table: string, file: string, columns = "*") =>
  `CREATE TABLE ${table} AS SELECT ${columns} FROM read_csv('${file}', all_varchar = true)`;
