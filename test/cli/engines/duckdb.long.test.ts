/** `firsthash udf duckdb`, run as it is printed. */
import { expect, it } from "vitest";
import { duckdb } from "../../helpers/duckdb.ts";
import { joinedByDuckdb, onOneMachine, preparedJoined, recipe } from "../../helpers/recipes.ts";
import { warmFirsthash } from "../../helpers/warm.ts";

const printed = async () =>
  (await warmFirsthash(["udf", "duckdb", "--country", "United States"])).stdout;

it("joins to the bytes of one prepare", async () => {
  const { folder, ran } = await joinedByDuckdb(await printed(), 1);
  expect(ran.code, ran.stderr).toBe(0);
  expect(await duckdb("my.duckdb", [recipe("conserved")], folder)).toEqual([[true]]);
  expect(await preparedJoined(folder)).toBe(await onOneMachine(folder));
});

it("prints the join of the guide", async () => {
  expect(await printed()).toContain(`\n${recipe("safe-join").trimEnd()}\``);
});

it("stops where a published vector does not hold", async () => {
  const wrong = (await printed()).replace("[hashEmail, 2]", "[(cell) => passHashed(cell), 2]");
  const { ran } = await joinedByDuckdb(wrong, 1);
  expect(ran.code).not.toBe(0);
  expect(ran.stderr).toContain("published vectors do not hold");
});
