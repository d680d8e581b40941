import { describe, expect, it } from "vitest";
import { currenciesOfSign, currencyOption, readCurrency } from "../../src/conversion/currency.ts";

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
    ["US Dollars of 2026", "malformed"],
    // As Dynamics 365 writes it.
    ["US Dollar", "USD"],
    ["Pound Sterling", "GBP"],
    ["euro", "EUR"],
  ])("cell of %j gives %s", (cell, expected) => {
    expect(readCurrency(cell)).toBe(expected);
  });

  it.each(
    `USD $ us$ | CAD $ c$ ca$ | AUD $ a$ au$ | NZD $ nz$ | HKD $ hk$ | SGD $ s$ | MXN $ mx$ |
    TWD $ nt$ | BRL r$ | EUR € | GBP £ | EGP £ | LBP £ | JPY ¥ ￥ 円 | CNY ¥ ￥ 元 | INR ₹ rs rs. |
    PKR rs rs. | LKR rs | MUR rs | RUB ₽ | TRY ₺ tl | TRL ₺ tl | KRW ₩ | ILS ₪ | VND ₫ | THB ฿ |
    PHP ₱ | NGN ₦ | UAH ₴ | KZT ₸ | GEL ₾ | SEK kr kr. | NOK kr kr. | DKK kr kr. | ISK kr kr. |
    CZK kč | PLN zł | HUF ft | CHF fr. | RON lei | ZAR r`
      .split("|")
      .flatMap((line) => {
        const [code = "", ...signs] = line.trim().split(/\s+/);
        return signs.map((sign) => [sign, code] as const);
      }),
  )("is one that %s is written beside: %s", (sign, code) => {
    expect(currenciesOfSign(sign)?.split(" ")).toContain(code);
    expect(currenciesOfSign(sign.toUpperCase())?.split(" ")).toContain(code);
  });

  it("given as an option is a usage error when it is not three letters", () => {
    expect(currencyOption("usd")).toBe("USD");
    for (const text of ["", "$", "dollars", "n/a"])
      expect(() => currencyOption(text)).toThrow(/`currency`/);
  });
});
