import { describe, expect, it } from "vitest";
import {
  readAttribution,
  readClickId,
  readClientId,
  rowClientId,
} from "../../src/conversion/ids.ts";

const CLICK_ID = "f894f652ea334e739002f7167ab8f8e3";

describe("a click id", () => {
  it.each([
    CLICK_ID,
    CLICK_ID.toUpperCase(),
    ` ${CLICK_ID} `,
    "f894f652-ea33-4e73-9002-f7167ab8f8e3",
    "{F894F652-EA33-4E73-9002-F7167AB8F8E3}",
  ])("is read from %j", (cell) => {
    expect(readClickId(cell)).toBe(CLICK_ID);
  });

  it.each(["", " ", "null", "-", "--"])("is absent in %j", (cell) => {
    expect(readClickId(cell)).toBeUndefined();
  });

  it.each([
    CLICK_ID.slice(1),
    `${CLICK_ID}0`,
    `${CLICK_ID.slice(1)}g`,
    "CjwKCAjw-example",
    `{${CLICK_ID}`,
    `{${CLICK_ID}0`,
    `0${CLICK_ID}}`,
    "-".repeat(100_000),
  ])("is malformed in %j", (cell) => {
    expect(readClickId(cell)).toBe("malformed");
  });
});

describe("a client id", () => {
  it.each([
    ["0065g0000000012345", "0065g0000000012345"],
    [" 100234 ", "100234"],
    ["2026-000123", "2026-000123"],
    ["4255550100", "4255550100"],
    ["x".repeat(100), "x".repeat(100)],
    ["x".repeat(101), "too-long"],
    ["jane@example.com", "looks-personal"],
    ["+14255550100", "looks-personal"],
    ["(425) 555-0100", "looks-personal"],
  ])("%j gives %s", (cell, expected) => {
    expect(readClientId(cell)).toBe(expected);
  });

  it("is row-<line> by default", () => {
    expect(rowClientId(17)).toBe("row-17");
  });

  it("that is a number of the run's country, written as there, is refused", () => {
    expect(readClientId("030 123456", "DE")).toBe("looks-personal");
    expect(readClientId("030 123456")).toBe("030 123456");
    expect(readClientId("4255550100", "US")).toBe("4255550100");
  });
});

describe("external attribution", () => {
  it.each([
    ["1", "1"],
    ["1.000", "1"],
    ["0.5", "0.5"],
    ["0,25", "0.25"],
    [".3333", "0.3333"],
    ["0.1", "0.1"],
  ])("takes the credit %s", (cell, credit) => {
    expect(readAttribution(cell, " Linear ")).toEqual({ credit, model: "Linear" });
  });

  it.each([
    "0",
    "0.0",
    "1.01",
    "2",
    "-0.5",
    "+0.5",
    "50%",
    "1e-1",
    "half",
    "0.",
    "0.5x",
    "x0.5",
    "00.5",
    `0.${"1".repeat(40)}`,
  ])("refuses the credit %s", (cell) => {
    expect(readAttribution(cell, "Linear")).toBe("malformed");
  });

  it("needs both fields, or neither", () => {
    expect(readAttribution("", "n/a")).toBeUndefined();
    expect(readAttribution("0.5", "")).toBe("malformed");
    expect(readAttribution("", "Linear")).toBe("malformed");
  });

  it("takes a model of 100 characters", () => {
    const model = "x".repeat(100);
    expect(readAttribution("0.5", model)).toEqual({ credit: "0.5", model });
  });

  it.each(["jane@example.com", "+14255550100", "x".repeat(101)])(
    "refuses the model %j",
    (model) => {
      expect(readAttribution("0.5", model)).toBe("malformed");
    },
  );
});
