import { describe, expect, it } from "vitest";
import { currencyOption, isOnMicrosoftList, readCurrency } from "../../src/conversion/currency.ts";
import type { CurrencyCode } from "../../src/conversion/types.ts";

describe("a currency", () => {
  it.each([
    ["USD", "USD"],
    [" eur ", "EUR"],
    ["Gbp", "GBP"],
    ["", undefined],
    ["n/a", undefined],
    ["$", "malformed"],
    ["US", "malformed"],
    ["USDT", "malformed"],
    ["U5D", "malformed"],
    ["ＵＳＤ", "malformed"],
    ["US Dollar", "malformed"],
  ])("cell of %j gives %s", (cell, expected) => {
    expect(readCurrency(cell)).toBe(expected);
  });

  it("is looked up in Microsoft's list, which has TRL and not TRY", () => {
    const listed = (code: string): boolean => isOnMicrosoftList(code as CurrencyCode);
    expect(["USD", "EUR", "TRL", "HRK", "ZMW", "AED"].every(listed)).toBe(true);
    expect(["TRY", "BTC", "XXX", "VES"].some(listed)).toBe(false);
  });

  it("given as an option is a usage error when it is not three letters", () => {
    expect(currencyOption("usd")).toBe("USD");
    for (const text of ["", "$", "euro", "n/a"])
      expect(() => currencyOption(text)).toThrow(/--currency/);
  });
});
