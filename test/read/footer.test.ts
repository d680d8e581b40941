import { describe, expect, it } from "vitest";
import { readBytes } from "./helpers.ts";

const HEAD = "Contact ID,Email,Close Date";
const ROWS = ["1001,ana@example.com,2026-11-13", "1002,ben@example.com,2026-11-14"];
const read = (...below: string[]) =>
  readBytes(new TextEncoder().encode([HEAD, ...ROWS, ...below, ""].join("\n")));

describe("the footer of a report", () => {
  it("is left out and said, where the last lines say that they are one", async () => {
    const { rows, findings } = await read(
      "",
      "Won this month",
      '"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."',
      "Confidential Information - Do Not Distribute",
      "Contoso Ltd.",
    );
    expect(rows.map(({ line }) => line)).toEqual([2, 3]);
    expect(findings.notes).toContain("lines 5 to 8 are the report's footer, not counted as rows");
  });

  it.each(["Grand Totals (2 records),,", "Total,,", "Summe,,", "合計,,", "Count: 2"])(
    "is a line of totals: %s",
    async (total) => {
      expect((await read(total)).rows.length).toBe(2);
    },
  );

  it("is none above another row, so that nothing between rows is lost", async () => {
    const { rows, findings } = await read("Total,,", ROWS[0] as string);
    expect(rows.length).toBe(4);
    expect(findings.notes).toEqual([]);
  });

  it.each([
    "1003",
    "Total Wine & More,cleo@example.com,2026-11-15",
    "Contoso Ltd.",
    "1003,,2026-11-15",
  ])("is not a last line that says nothing of the kind: %s", async (line) => {
    const { rows, findings } = await read(line);
    expect(rows.length).toBe(3);
    expect(findings.notes).toEqual([]);
  });

  it("holds back no more than a report has", async () => {
    const { rows } = await read(...Array.from({ length: 40 }, () => "Confidential Information"));
    expect(rows.length).toBe(42);
  });
});
