/** The join of `firsthash udf duckdb` on more people, and wrong joins that the tests must tell from it. */
import { expect, it } from "vitest";
import { duckdb } from "../../helpers/duckdb.ts";
import { joinedByDuckdb, onOneMachine, preparedJoined, recipe } from "../../helpers/recipes.ts";
import { firsthash } from "../../helpers/run.ts";

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

it("the tests tell it from a plain LEFT JOIN, which repeats conversions", async () => {
  const program = (await printed())
    .replace(/ {2}GROUP BY person\n.*HAVING.*\n/, "")
    .replaceAll(/CASE WHEN COUNT\(DISTINCT (\w+)\) .* AS/g, "$1 AS");
  const { folder, ran } = await joinedByDuckdb(program, 1);
  expect(ran.code, ran.stderr).toBe(0);
  expect(await duckdb("my.duckdb", [recipe("conserved")], folder)).toEqual([[false]]);
});
