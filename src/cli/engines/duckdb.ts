/**
 * DuckDB: it has no JavaScript inside, but its package for Node.js takes functions in JavaScript. So this is a
 * program, with the statements in it. Run by this project's tests, as it is printed.
 */
import { hashedByFunctions, safeJoin } from "./safe-join.ts";
import { selfCheck } from "./self-check.ts";
import { quoted, type Statement } from "./statement.ts";

export function duckdb({ rules, country }: Statement): string {
  const calls = { schema: "", rules: quoted(rules), country: quoted(country) };
  return `// firsthash in DuckDB: NULL gives NULL, and a cell that cannot be hashed gives NULL. To run it:
//   npm install firsthash @duckdb/node-api
//   node firsthash-duckdb.mjs my.duckdb
import { DuckDBInstance, DuckDBScalarFunction, VARCHAR } from '@duckdb/node-api';
import 'firsthash/udf';

const { hashEmail, hashPhone, passHashed } = globalThis.firsthash;
const FUNCTIONS = { hash_email: [hashEmail, 2], hash_phone: [hashPhone, 3], pass_hashed: [passHashed, 1] };

const database = await DuckDBInstance.create(process.argv[2]);
const connection = await database.connect();
for (const [name, [call, count]] of Object.entries(FUNCTIONS)) {
  connection.registerScalarFunction(
    DuckDBScalarFunction.create({
      name,
      mainFunction: (_, input, output) => {
        const cells = input.getRows();
        for (let row = 0; row < cells.length; row++) output.setItem(row, call(...cells[row]));
        output.flush();
      },
      returnType: VARCHAR,
      parameterTypes: Array.from({ length: count }, () => VARCHAR),
      // NULL is handed in, as an e-mail without a phone number has to be.
      specialHandling: true,
    }),
  );
}

// Published vectors.
const wrong = await connection.runAndReadAll(\`
${selfCheck({ schema: "", rules, phones: true })}\`);
if (wrong.getRows().length > 0) throw new Error('do not use these functions: published vectors do not hold');

// One row for each conversion.
await connection.run(\`
CREATE OR REPLACE TABLE joined AS
${safeJoin(hashedByFunctions(calls))}\`);

// In an order of its own, so that two exports are one file. For: firsthash prepare --conversions joined.csv
await connection.run(\`
COPY (SELECT * FROM joined ORDER BY conversion_id) TO 'joined.csv' (HEADER)\`);
`;
}
