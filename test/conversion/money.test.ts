import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FirsthashError } from "../../src/base/errors.ts";
import {
  type Decimal,
  decideValues,
  type ValueOptions,
  ValueSurvey,
} from "../../src/conversion/money.ts";
import type { CurrencyCode } from "../../src/conversion/types.ts";
import { caseCount } from "../helpers/differential.ts";

const USD = "USD" as CurrencyCode;
const EUR = "EUR" as CurrencyCode;

function survey(cells: readonly string[]): ValueSurvey {
  const found = new ValueSurvey();
  for (const [index, cell] of cells.entries()) found.observe(cell, index + 2);
  return found;
}

function readOne(cell: string, decimal?: Decimal, currency?: CurrencyCode): string | undefined {
  const result = decideValues(survey([cell]), { decimal }).read(cell, currency);
  return result.ok ? result.value : result.reason;
}

function usage(cells: readonly string[], options: ValueOptions = {}): FirsthashError {
  try {
    decideValues(survey(cells), options);
  } catch (error) {
    if (error instanceof FirsthashError && error.code === "usage") return error;
    throw error;
  }
  throw new Error("no usage error");
}

describe("values", () => {
  it.each([
    ["0", "0"],
    ["00", "0"],
    ["007", "7"],
    ["10", "10"],
    ["10.5", "10.5"],
    ["10,5", "10.5"],
    ["10.50", "10.5"],
    ["1.5000", "1.5"],
    ["0.10", "0.1"],
    ["0.000", "0"],
    ["0,125", "0.125"],
    ["0.125", "0.125"],
    [".5", "0.5"],
    ["00.50", "0.5"],
    ["1,234.5", "1234.5"],
    ["1,234.50", "1234.5"],
    ["1.234,56", "1234.56"],
    ["1 234,56", "1234.56"],
    ["1\u00a0234,56", "1234.56"],
    ["1\u202f234,56", "1234.56"],
    ["1'234.50", "1234.5"],
    ["1\u2019234.50", "1234.5"],
    ["1 234", "1234"],
    [",123", "0.123"],
    ["\u200e10.5\u200f", "10.5"],
    ["1'234", "1234"],
    ["1,234,567", "1234567"],
    ["1.234.567", "1234567"],
    ["1,23,456.00", "123456"],
    ["12,34,567", "1234567"],
    ["999999999999", "999999999999"],
    ["999,999,999,999.000", "999999999999"],
    ["  42.25 ", "42.25"],
    ["", undefined],
    ["n/a", undefined],
    ["-", undefined],
    ["NaN", undefined],
  ])("reads %j as %s", (cell, value) => {
    expect(readOne(cell)).toBe(value);
  });

  it.each([
    ["abc", "value-unreadable"],
    ["1E+3", "value-unreadable"],
    ["1e3", "value-unreadable"],
    ["inf", "value-unreadable"],
    ["Infinity", "value-unreadable"],
    ["0x10", "value-unreadable"],
    ["10%", "value-unreadable"],
    ["12.", "value-unreadable"],
    ["12,", "value-unreadable"],
    ["1..2", "value-unreadable"],
    ["1.2.3", "value-unreadable"],
    ["1,2,3", "value-unreadable"],
    ["12,34", "12.34"],
    ["1234,567.00", "value-unreadable"],
    ["1,23,45.00", "value-unreadable"],
    ["0,123,456", "value-unreadable"],
    ["1,234 567.00", "value-unreadable"],
    ["1 23 456", "value-unreadable"],
    ["1\t234", "value-unreadable"],
    ["#REF!", "value-unreadable"],
    ["(5", "value-unreadable"],
    ["(55", "value-unreadable"],
    ["55)", "value-unreadable"],
    ["USD.50", "value-unreadable"],
    ["1\u00a02", "value-unreadable"],
    ["1\u20192", "value-unreadable"],
    ["123,45,678.00", "value-unreadable"],
    ["1,23a,456.00", "value-unreadable"],
    ["( 5 )", "value-negative"],
    ["- 5", "value-negative"],
    ["5 -", "value-negative"],
    ["٣٤", "value-unreadable"],
    ["9".repeat(101), "value-unreadable"],
    ["-5", "value-negative"],
    ["+5", "value-negative"],
    ["-0", "value-negative"],
    ["5-", "value-negative"],
    ["\u22125.25", "value-negative"],
    ["(5.25)", "value-negative"],
    ["-1,234.50", "value-negative"],
    ["-x", "value-unreadable"],
    ["1000000000000", "1000000000000"],
    ["999999999999.001", "999999999999.001"],
    ["999999999999.000", "999999999999"],
    ["000999999999999", "999999999999"],
    ["1.2345", "1.2345"],
    ["19.990000000000002", "19.990000000000002"],
    ["0.0001", "0.0001"],
    ["1.0010", "1.001"],
  ])("gives for %j %s", (cell, expected) => {
    expect(readOne(cell)).toBe(expected);
  });

  it("is read as told", () => {
    expect(readOne("1,234", "point")).toBe("1234");
    expect(readOne("1,234", "comma")).toBe("1.234");
    expect(readOne("1.234", "point")).toBe("1.234");
    expect(readOne("1.234", "comma")).toBe("1234");
    expect(readOne("12.5", "comma")).toBe("value-unreadable");
    expect(readOne("1.234,5", "point")).toBe("value-unreadable");
  });
});

describe("the decimal mark of the column", () => {
  it("is inferred from one value that has only one reading", () => {
    expect(decideValues(survey(["1,234", "10.50"])).read("1,234")).toEqual({
      ok: true,
      value: "1234",
    });
    expect(decideValues(survey(["1,234", "10,50"])).read("1,234")).toEqual({
      ok: true,
      value: "1.234",
    });
    expect(decideValues(survey(["1.234", "0,5"])).describe()).toEqual({
      decimal: "comma",
      decimalFrom: "column",
      cells: 2,
      unreadable: 0,
    });
  });

  it("is described as it was found or given", () => {
    const found = (cells: readonly string[], decimal?: Decimal) =>
      decideValues(survey(cells), { decimal }).describe();
    const both = { cells: 2, unreadable: 0 };
    expect(found(["10.50", "x", "1,234"])).toEqual({
      decimal: "point",
      decimalFrom: "column",
      cells: 3,
      unreadable: 1,
    });
    expect(found(["1,234", "5"], "comma")).toEqual({
      decimal: "comma",
      decimalFrom: "option",
      ...both,
    });
    expect(found(["10,5", "5"], "comma")).toMatchObject({ decimalFrom: "option" });
    expect(found(["10", "5"], "comma")).toEqual(both);
  });

  it("is asked for with the lowest line, in whatever order rows are shown", () => {
    const error = (rows: readonly (readonly [string, number])[]) => {
      const values = new ValueSurvey();
      for (const [cell, line] of rows) values.observe(cell, line);
      try {
        decideValues(values);
      } catch (thrown) {
        return thrown instanceof FirsthashError ? thrown.message : undefined;
      }
      return undefined;
    };
    expect(
      error([
        ["1,234", 9],
        ["2,345", 4],
        ["3,456", 7],
      ]),
    ).toMatch(/^line 4: .*decimal mark/);
    expect(
      error([
        ["1,50", 9],
        ["1,50", 5],
        ["1.50", 8],
        ["1.50", 3],
      ]),
    ).toMatch(/line 5 has a comma, line 3 a point/);
  });

  it("is not needed where no value shows one", () => {
    expect(decideValues(survey(["10", "", "1 234"])).describe()).toEqual({
      cells: 2,
      unreadable: 0,
    });
  });

  it.each([["1,234"], ["1.234"], ["12.345"], ["$1,234"], ["-1,234"]])(
    "is asked for at %j alone",
    (cell) => {
      const error = usage(["10", cell]);
      expect(error.line).toBe(3);
      expect(error.message).toMatch(/^line 3: /);
      expect(error.hint).toContain('decimal: "point"');
      expect(error.message).not.toContain("234");
    },
  );

  it("is asked for when the column contradicts itself, with both lines", () => {
    const error = usage(["10,50", "7", "10.50"], { where: "won.csv" });
    expect(error.message).toContain("won.csv:2");
    expect(error.message).toContain("line 2 has a comma, line 4 a point");
  });

  it("does not depend on the order of the rows", () => {
    const cells = fc.array(fc.constantFrom("1", "1,234", "1.234", "0,5", "0.5", "x", ""), {
      maxLength: 6,
    });
    const decide = (rows: readonly (readonly [string, number])[]): string => {
      const found = new ValueSurvey();
      for (const [cell, line] of rows) found.observe(cell, line);
      try {
        return JSON.stringify(decideValues(found).describe());
      } catch (error) {
        return String(error);
      }
    };
    fc.assert(
      fc.property(cells, (list) => {
        const rows = list.map((cell, index) => [cell, index + 2] as const);
        expect(decide(rows.toReversed())).toBe(decide(rows));
      }),
    );
  });
});

describe("currency beside the value", () => {
  it.each([
    ["$1,234.50", USD, "1234.5"],
    ["US$ 10.5", USD, "10.5"],
    ["USD 10.50", USD, "10.5"],
    ["10.50 usd", USD, "10.5"],
    ["$10.50 USD", USD, "10.5"],
    ["$.50", USD, "0.5"],
    ["1.234,56 €", EUR, "1234.56"],
    ["€1.234,56", EUR, "1234.56"],
    ["100,00 kr.", "SEK" as CurrencyCode, "100"],
    ["Rs. 100", "INR" as CurrencyCode, "100"],
    ["Rs.100", "INR" as CurrencyCode, "100"],
    ["R$ 1.234,50", "BRL" as CurrencyCode, "1234.5"],
    ["CHF 1'234.50", "CHF" as CurrencyCode, "1234.5"],
    ["10,00 zł", "PLN" as CurrencyCode, "10"],
    ["10 XPF", "XPF" as CurrencyCode, "10"],
    ["10 TRY", "TRY" as CurrencyCode, "10"],
  ])("is dropped from %j when it agrees with %s", (cell, currency, value) => {
    expect(readOne(cell, undefined, currency)).toBe(value);
  });

  it.each([
    ["$10.50", EUR],
    ["10.50 EUR", USD],
    ["€10.50", USD],
    ["$10.50 EUR", USD],
    ["$10.50", undefined],
    ["kr 10.50", undefined],
  ])("is refused in %j beside %s", (cell, currency) => {
    expect(readOne(cell, undefined, currency)).toBe("value-currency-differs");
  });

  it("gives the currency when it is a code and the row has none", () => {
    expect(decideValues(survey(["10.5 eur"])).read("10.5 eur")).toEqual({
      ok: true,
      value: "10.5",
      currency: "EUR",
    });
  });

  it.each(["$", "$-", "USD", "10 pcs", "10 10", "no. 5", "x.5", "5 euros", "-$", "$$10"])(
    "does not make a number of %j",
    (cell) => {
      expect(readOne(cell, "point", USD)).toBe("value-unreadable");
    },
  );

  it.each(["-$5.25", "$-5.25", "($5.25)", "$5.25-", "-5.25 USD"])(
    "does not hide the sign of %j",
    (cell) => {
      expect(readOne(cell, undefined, USD)).toBe("value-negative");
    },
  );
});

describe("exactness", () => {
  const thousandths = fc.bigInt({ min: 0n, max: 999_999_999_999_000n });
  const group = (digits: string, mark: string): string => digits.replace(/\B(?=(\d{3})+$)/g, mark);
  const STYLES = [
    [".", "", "point"],
    [".", ",", "point"],
    [".", " ", "point"],
    [".", "'", "point"],
    [",", "", "comma"],
    [",", ".", "comma"],
    [",", "\u202f", "comma"],
  ] as const;

  it("keeps every value as BigInt arithmetic has it, however it is written", () => {
    fc.assert(
      fc.property(
        thousandths,
        fc.constantFrom(...STYLES),
        fc.nat({ max: 4 }),
        (amount, style, zeros) => {
          const [mark, separator, decimal] = style;
          const whole = (amount / 1000n).toString();
          const fraction = (amount % 1000n).toString().padStart(3, "0");
          const cell = `${group(whole, separator)}${mark}${fraction}${"0".repeat(zeros)}`;
          const read = readOne(cell, decimal) ?? "";
          expect(read).toMatch(/^(?:0|[1-9]\d*)(?:\.\d{0,2}[1-9])?$/);
          const [readWhole = "", readFraction = ""] = read.split(".");
          expect(BigInt(readWhole) * 1000n + BigInt(readFraction.padEnd(3, "0"))).toBe(amount);
        },
      ),
      { numRuns: caseCount(300) },
    );
  });

  it("never throws while reading, whatever a cell holds", () => {
    const made = fc.array(fc.constantFrom(..."0123456789.,'- +()$€", "EUR", "Rs", "E+"), {
      maxLength: 14,
    });
    const values = decideValues(new ValueSurvey(), { decimal: "point" });
    fc.assert(
      fc.property(
        fc.oneof(
          made.map((parts) => parts.join("")),
          fc.string({ unit: "binary" }),
        ),
        (cell) => {
          new ValueSurvey().observe(cell, 1);
          const result = values.read(cell, USD);
          if (result.ok && result.value !== undefined) {
            expect(result.value).toMatch(/^(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/);
          }
        },
      ),
      { numRuns: caseCount(1_000) },
    );
  });
});
