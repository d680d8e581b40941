import { describe, expect, it } from "vitest";
import { goalOption, parseGoalMap, readName, readStage } from "../../src/conversion/names.ts";
import { FirsthashError } from "../../src/errors.ts";

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
    ["Lead \ud83c", "name-malformed"],
    ["jane@example.com", "name-looks-personal"],
    ["+1 425 555 0100", "name-looks-personal"],
  ])("%j is refused as %s", (cell, reason) => {
    expect(outcome(cell)).toBe(reason);
  });

  it("given as an option is a usage error when it cannot be one, and is not repeated", () => {
    expect(goalOption("Lead closed")).toBe("Lead closed");
    for (const text of ["", "x".repeat(101), "jane@example.com", "a\nb"]) {
      expect(() => goalOption(text)).toThrow(/^--goal /);
      expect(() => goalOption(text)).not.toThrow(/example/);
    }
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
    ["a number as goal", { Won: 5 }],
    ["an empty goal", { Won: "" }],
    ["an address as goal", { Won: "jane@example.com" }],
    ["an empty stage", { " ": "Sale" }],
    ["one stage twice", { Won: "Sale", "Won ": "Other" }],
  ])("is refused when it is or has %s", (_, content) => {
    expect(() => parseGoalMap(content)).toThrow(FirsthashError);
    expect(() => parseGoalMap(content)).toThrow(/^--goal-map/);
    expect(() => parseGoalMap(content)).not.toThrow(/example/);
  });
});
