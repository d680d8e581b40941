import { expect, it } from "vitest";
import { firsthash } from "../helpers/run.ts";

it("times lists the forms that are read, the flags that say more, and the tokens", async () => {
  const { code, stdout, stderr } = await firsthash(["times"]);
  expect([code, stderr]).toEqual([0, ""]);
  for (const part of [
    "2026-11-13T14:15:00Z",
    "Fri Nov 13 2026 14:15:00 GMT+0000 (Coordinated Universal Time)",
    "13-NOV-26 02.15.00.000000 PM",
    "14:15 Uhr",
    "14h15",
    "2026年11月13日",
    "--date-format serial",
    "--time-zone",
    "yyyy yy",
  ]) {
    expect(stdout).toContain(part);
  }
  for (const line of stdout.split("\n")) expect(line.length).toBeLessThan(100);
});

it("a time in no known form leads to the list", async () => {
  const input = "email,conversion time\nann@example.com,next Tuesday\n";
  const { stderr } = await firsthash(
    ["prepare", "--conversions", "-", "--goal", "Sale", "--time-zone", "UTC", "--dry-run"],
    { input },
  );
  expect(stderr).toContain("`firsthash times` lists the forms that are read");
});
