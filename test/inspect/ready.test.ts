/** `inspect` says "ready" of no file that `prepare` cannot read. */
import { describe, expect, it } from "vitest";
import { inspect } from "../../src/inspect/inspect.ts";
import { renderInspection } from "../../src/inspect/render.ts";

const HEAD =
  "Email,Contact ID,Conversion Name,Conversion Time,Conversion Value,Conversion Currency";
const GOOD = "jane@contoso.com,A1,Lead,2026-11-18T10:00:00Z,12.50,USD";

const rolesOf = async (...rows: string[]) =>
  (await inspect([Buffer.from(`${[HEAD, ...rows].join("\n")}\n`)])).roles;

const changed = (at: number, cell: string) =>
  GOOD.split(",")
    .map((each, i) => (i === at ? cell : each))
    .join(",");

describe("a file", () => {
  it("is ready where every cell can be read", async () => {
    expect(await rolesOf(GOOD)).toMatchObject([{ role: "conversions", missing: [] }]);
  });

  it.each([
    ["a time", changed(3, "next Tuesday"), "times in a known form (1 are in none)"],
    ["a currency", changed(5, "gold coins"), "currencies of three letters (1 are not)"],
    ["a value", changed(4, "a lot"), "values that are numbers (1 are none)"],
  ])("is not ready where %s is unreadable", async (_, row, message) => {
    const [role] = await rolesOf(GOOD, row);
    expect(role?.missing.map((problem) => problem.message)).toEqual([message]);
  });
});

describe("contacts", () => {
  const contacts = (keys: string[]) =>
    inspect([
      Buffer.from(["Contact ID,Email", ...keys.map((key) => `${key},a@contoso.com`)].join("\n")),
    ]);

  it.each([["1.23457E+15", "1,23E+14", "#REF!", "#NV"].map((key) => [key])].flat())(
    "are not ready with the key %s",
    async (key) => {
      const report = await contacts([`"${key}"`, "A1"]);
      expect(report.roles[0]?.missing.map(({ message }) => message)).toEqual([
        "whole keys (1 are errors or were rounded by a spreadsheet)",
      ]);
      expect(renderInspection(report).join("\n")).not.toMatch(/^ready/m);
    },
  );

  it.each(["1E10", "12E4", "#1001", "0031e5"])("are ready with the key %s", async (key) => {
    expect((await contacts([key, "A1"])).roles[0]?.missing).toEqual([]);
  });

  it("are not ready with ids that a spreadsheet has cut to 15 digits", async () => {
    const cut = Array.from({ length: 20 }, (_, i) => `${123_456_789_012_300 + i}000`);
    expect((await contacts(cut)).roles[0]?.missing.map(({ message }) => message)).toEqual([
      "whole keys (they end in zeros from the 16th digit on)",
    ]);
    const whole = Array.from({ length: 20 }, (_, i) => `123456789012300${100 + i}`);
    expect((await contacts(whole)).roles[0]?.missing).toEqual([]);
  });

  it("are not ready without a key in any row", async () => {
    expect((await contacts(["", "0", "N/A"])).roles[0]?.missing).toMatchObject([
      { message: "keys in the key column (3 cells are empty)" },
    ]);
  });
});
