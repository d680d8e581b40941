/** `firsthash reasons`: each code of a report has a cause, an example and a mend. */
import { describe, expect, it } from "vitest";
import { CELL_REASONS, REPAIRS, ROW_REASONS, WARNINGS } from "../../src/base/reasons.ts";
import { allCodes } from "../../src/cli/reasons.ts";
import { FINDINGS } from "../../src/form/findings.ts";
import { warmFirsthash } from "../helpers/warm.ts";

const codes = allCodes();

describe("every code", () => {
  it.each([
    ["a cell that gave no digest", CELL_REASONS],
    ["a row that was left out", ROW_REASONS],
    ["a cell that was mended", REPAIRS],
    ["a row that was written", WARNINGS],
  ] as const)("of %s has cause, example and mend", (about, table) => {
    for (const code of Object.keys(table)) {
      const found = codes.find((each) => each.code === code && each.about === about);
      expect(found, code).toMatchObject({
        cause: expect.stringMatching(/\.$/),
        example: expect.stringMatching(/./),
        mend: expect.stringMatching(/./),
      });
    }
  });

  it("of verify is there", () => {
    const found = codes.filter(({ about }) => about === "a finding of verify");
    expect(found.map(({ code }) => code)).toEqual(Object.keys(FINDINGS));
  });

  it("has made-up people alone in its example", () => {
    const text = JSON.stringify(codes);
    for (const [address] of text.matchAll(/[\p{L}\d_.+-]+@[\p{L}\d_.-]+/gu)) {
      expect(address).toMatch(
        /@(?:contoso\.com?|contoso\.c|contoso|example\.com|bücher\.example)$/,
      );
    }
    for (const [number] of text.matchAll(/\+\d[\d ]{8,}/g)) {
      expect(number.replaceAll(" ", "")).toMatch(/^\+(?:1425555010\d|442079460100|5215555550100)/);
    }
  });
});

describe("firsthash reasons", () => {
  it("explains one code", async () => {
    const { code, stdout, stderr } = await warmFirsthash(["reasons", "phone-ambiguous"]);
    expect(stdout).toMatch(
      /^code +phone-ambiguous: a cell that gave no digest\nmeans .*\ncause .*\nexample .*\nmend .*--phone-without-plus national\n/,
    );
    expect([code, stderr]).toEqual([0, ""]);
  });

  it("lists all", async () => {
    const { stdout } = await warmFirsthash(["reasons"]);
    for (const { code } of codes) expect(stdout).toMatch(new RegExp(`^  ${code} `, "m"));
  });

  it("gives both meanings of a code that a cell and a row have, as JSON too", async () => {
    const { stdout } = await warmFirsthash(["reasons", "contact-conflict", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: "firsthash.reasons/1",
      reasons: [{ about: "a cell that gave no digest" }, { about: "a row that was left out" }],
    });
  });

  it("names the nearest code, and does not print what was typed", async () => {
    const typed = await warmFirsthash(["reasons", "phone-ambigous"]);
    expect(typed.code).toBe(2);
    expect(typed.stderr).toContain("did you mean phone-ambiguous?");
    const other = await warmFirsthash(["reasons", "jane@contoso.com"]);
    expect(other.stderr).toContain("no report has such a code");
    expect(other.stderr).not.toContain("jane");
  });
});
