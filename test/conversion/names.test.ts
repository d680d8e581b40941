import { describe, expect, it } from "vitest";
import { FirsthashError } from "../../src/base/errors.ts";
import { goalOption, parseGoalMap, readName, readStage } from "../../src/conversion/names.ts";

function outcome(cell: string): string {
  const result = readName(cell);
  return result.ok ? result.name : result.reason;
}

describe("a conversion name", () => {
  it.each([
    "Lead closed",
    "x",
    "x".repeat(100),
    "Käufe – Größe",
    "商談成立",
    'Lead, "qualified"',
    "=1+1",
    "🎉".repeat(50),
    "Q4 2026",
    "Q4\u00a02026",
  ])("%j is kept byte for byte", (name) => {
    expect(readName(name)).toEqual({ ok: true, name, outerSpace: false });
  });

  it("keeps outer spaces, and says so", () => {
    expect(readName(" Lead ")).toEqual({ ok: true, name: " Lead ", outerSpace: true });
  });

  it.each([
    ["", "name-missing"],
    ["  ", "name-missing"],
    ["#N/A", "name-missing"],
    ["x".repeat(101), "name-too-long"],
    ["🎉".repeat(51), "name-too-long"],
    ["Lead\nclosed", "name-malformed"],
    ["Lead\u0000", "name-malformed"],
    ["Lead\u2028", "name-malformed"],
    ["Lead\u2029", "name-malformed"],
    ["Lead\u007f", "name-malformed"],
    ["Lead\u0085", "name-malformed"],
    ["Lead \ud83c", "name-malformed"],
    ["jane@example.com", "name-looks-personal"],
    ["+1 425 555 0100", "name-looks-personal"],
  ])("%j is refused as %s", (cell, reason) => {
    expect(outcome(cell)).toBe(reason);
  });

  it("given as an option is a usage error when it cannot be one, and is not repeated", () => {
    expect(goalOption("Lead closed")).toBe("Lead closed");
    for (const text of ["", "x".repeat(101), "jane@example.com", "a\nb"]) {
      expect(() => goalOption(text)).toThrow(/^`goal` /);
      expect(() => goalOption(text)).not.toThrow(/example/);
    }
  });
});

describe("a refused name", () => {
  it.each([
    ["", "is empty"],
    ["x".repeat(101), "is over 100 characters"],
    ["a\nb", "has a control character"],
    ["jane@example.com", "looks like an e-mail address or a phone number"],
  ])("%j is said to be what it is, as an option and in a map", (name, problem) => {
    expect(() => goalOption(name)).toThrow(`\`goal\` ${problem}`);
    const inMap = `\`goalMap\` is wrong: entry 2 has a goal's name that ${problem}`;
    expect(() => parseGoalMap({ Lost: null, Won: name })).toThrow(inMap);
  });
});

describe("a goal map", () => {
  const map = parseGoalMap({
    "Closed Won": "Sale",
    " Demo ": "Demo booked",
    None: "Nothing",
    Lost: null,
  });

  it.each([
    ["Closed Won", "Sale"],
    [" Closed Won\t", "Sale"],
    ["Demo", "Demo booked"],
    ["None", "Nothing"],
    ["closed won", "stage-not-mapped"],
    ["constructor", "stage-not-mapped"],
    ["Lost", "stage-left-out"],
    ["", "name-missing"],
    ["n/a", "name-missing"],
  ])("gives for the stage %j %s", (stage, expected) => {
    const result = readStage(stage, map);
    expect(result.ok ? result.name : result.reason).toBe(expected);
  });

  it("keeps a stage called __proto__ a stage", () => {
    const odd = parseGoalMap(JSON.parse('{"__proto__": "Sale"}'));
    expect(readStage("__proto__", odd)).toMatchObject({ ok: true, name: "Sale" });
  });

  it.each([
    ["a list", ["Sale"]],
    ["text", "Sale"],
    ["null", null],
    ["an empty object", {}],
    ["a number as goal", { Won: 5 }, /entry 1 is neither a goal's name nor null/],
    ["an empty goal", { Won: "" }],
    ["an address as goal", { Won: "jane@example.com" }],
    ["an empty stage", { " ": "Sale" }, /entry 1 has an empty stage/],
    ["one stage twice", { Won: "Sale", "Won ": "Other" }, /entry 2 names a stage that an earlier/],
  ])("is refused when it is or has %s", (_, content, problem = /./) => {
    expect(() => parseGoalMap(content)).toThrow(problem);
    expect(() => parseGoalMap(content)).toThrow(FirsthashError);
    expect(() => parseGoalMap(content)).toThrow(/^`goalMap`/);
    expect(() => parseGoalMap(content)).not.toThrow(/example/);
  });
});
