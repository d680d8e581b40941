/** The join of `firsthash udf duckdb` on more people, and wrong joins that the tests must tell from it. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runVectors } from "../../src/testing/run-vectors.ts";
import { duckdb } from "../helpers/duckdb.ts";
import { joinedByDuckdb, onOneMachine, preparedJoined, recipe } from "../helpers/recipes.ts";
import { firsthash, run } from "../helpers/run.ts";

const printed = async () => (await firsthash(["udf", "duckdb", "--country", "US"])).stdout;

it.each([2, 3, 4, 5, 6])("joins to the bytes of one prepare (seed %i)", async (seed) => {
  const { folder, ran } = await joinedByDuckdb(await printed(), seed);
  expect(ran.code, ran.stderr).toBe(0);
  expect(await duckdb("my.duckdb", [recipe("conserved")], folder)).toEqual([[true]]);
  expect(await preparedJoined(folder)).toBe(await onOneMachine(folder));
});

it.each([
  ["a consent that is forgotten", "consent = 'yes' AS agreed", "TRUE AS agreed"],
  ["a consent of one row alone", "COUNT(*) = SUM(", "0 < SUM("],
  ["one phone number of two", "COUNT(DISTINCT hashed_phone) = 1", "TRUE"],
  ["keys with their spaces", "TRIM(customer_id) AS person", "customer_id AS person"],
  ["an inner join", "LEFT JOIN", "JOIN"],
])("the tests tell it from %s", async (_, right, wrong) => {
  const program = await printed();
  expect(program.split(right)).toHaveLength(2);
  const { folder, ran } = await joinedByDuckdb(program.replace(right, wrong), 1);
  expect(ran.code, ran.stderr).toBe(0);
  expect(await preparedJoined(folder)).not.toBe(await onOneMachine(folder));
});

it("gives what all vectors say that a text of SQL can hold", async () => {
  const cases: string[] = [];
  const text = (value: string | undefined) =>
    value === undefined ? "NULL" : `'${value.replaceAll("'", "''")}'`;
  const holds = (input: string) => Buffer.from(input).toString() === input && !input.includes("\0");
  await runVectors((input, { rules, kind, country }) => {
    if (!holds(input)) return null;
    if (kind === "email") cases.push(`hash_email(${text(input)}, '${rules}')`);
    else if (kind === "phone") cases.push(`hash_phone(${text(input)}, ${text(country)}, NULL)`);
    else cases.push(`pass_hashed(${text(input)})`);
    return null;
  });
  const { folder } = await joinedByDuckdb(
    `${await printed()}
import { readFileSync } from 'node:fs';
const digests = [];
for (const call of JSON.parse(readFileSync('cases.json', 'utf8'))) {
  const [[digest]] = (await connection.runAndReadAll('SELECT ' + call)).getRows();
  digests.push(digest);
}
console.log(JSON.stringify(digests));
`,
    2,
  );
  writeFileSync(join(folder, "cases.json"), JSON.stringify(cases));
  const { code, stdout, stderr } = await run(["join.mjs", "my.duckdb"], { cwd: folder });
  expect(code, stderr).toBe(0);
  const digests: (string | null)[] = JSON.parse(stdout);
  let at = 0;
  // What no text of SQL can hold is refused everywhere.
  const { count, failed } = await runVectors((input) => (holds(input) ? digests[at++] : null));
  expect(failed).toEqual([]);
  expect(at).toBe(cases.length);
  expect(at).toBeGreaterThan(count - 30);
});

it("the tests tell it from a plain LEFT JOIN, which repeats conversions", async () => {
  const program = (await printed())
    .replace(/ {2}GROUP BY person\n.*HAVING.*\n/, "")
    .replaceAll(/CASE WHEN COUNT\(DISTINCT (\w+)\) .* AS/g, "$1 AS");
  const { folder, ran } = await joinedByDuckdb(program, 1);
  expect(ran.code, ran.stderr).toBe(0);
  expect(await duckdb("my.duckdb", [recipe("conserved")], folder)).toEqual([[false]]);
});
