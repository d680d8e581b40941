/** Currencies: ISO 4217 form, Microsoft's list, and the signs that stand beside amounts. */
import { optionError } from "../base/errors.ts";
import { isAbsent } from "../identity/absent.ts";
import type { CurrencyCode } from "./types.ts";

/**
 * Microsoft Advertising API guide "Currencies", table "Conversion Goal Revenue Currencies"
 * (bingads-13/guides/currencies.md), read in August 2026. It still has TRL, HRK and VEF, and not TRY:
 * a code outside of it is a warning and no refusal.
 */
export const LISTED_CURRENCIES: ReadonlySet<string> = new Set(
  (
    "AED ALL AMD ARS AUD AZN BDT BGN BHD BND BOB BRL BWP BZD CAD CHF CLP CNY COP CRC CZK DKK DOP DZD " +
    "EGP ETB EUR FJD GBP GEL GHS GTQ HKD HNL HRK HUF IDR ILS INR IQD ISK JMD JOD JPY KES KGS KRW KWD " +
    "KZT LBP LKR LYD MAD MKD MNT MOP MUR MVR MWK MXN MYR NGN NIO NOK NZD OMR PAB PEN PHP PKR PLN PYG " +
    "QAR RON RSD RUB RWF SAR SEK SGD THB TND TOP TRL TTD TWD TZS UAH UGX USD UYU UZS VEF VND XAF XCD " +
    "XOF YER ZAR ZMW"
  ).split(" "),
);

/** A currency cell: the code, undefined when the cell is absent, `"malformed"` otherwise. */
export function readCurrency(cell: string): CurrencyCode | "malformed" | undefined {
  if (isAbsent(cell)) return undefined;
  const text = cell.trim();
  return isThreeLetters(text) ? (text.toUpperCase() as CurrencyCode) : "malformed";
}

/** The value of `currency`. @throws a usage error when it is not three letters. */
export function currencyOption(text: string): CurrencyCode {
  const code = readCurrency(text);
  if (code === undefined || code === "malformed") {
    throw optionError("currency", "is not a currency code", "give three letters, e.g. USD or EUR");
  }
  return code;
}

export function isThreeLetters(text: string): boolean {
  return /^[A-Za-z]{3}$/.test(text);
}

/** Signs beside an amount, in lower case, and the currencies that are written with them. */
const SIGNS: ReadonlyMap<string, string> = new Map([
  ["$", "USD ARS AUD BBD BMD BND BSD BZD CAD CLP COP DOP FJD HKD JMD MXN NZD SGD TTD TWD UYU XCD"],
  ["us$", "USD"],
  ["c$", "CAD"],
  ["ca$", "CAD"],
  ["a$", "AUD"],
  ["au$", "AUD"],
  ["nz$", "NZD"],
  ["hk$", "HKD"],
  ["s$", "SGD"],
  ["mx$", "MXN"],
  ["nt$", "TWD"],
  ["r$", "BRL"],
  ["€", "EUR"],
  ["£", "GBP EGP LBP"],
  ["¥", "JPY CNY"],
  ["￥", "JPY CNY"],
  ["円", "JPY"],
  ["元", "CNY"],
  ["₹", "INR"],
  ["rs", "INR PKR LKR MUR"],
  ["rs.", "INR PKR LKR MUR"],
  ["₽", "RUB"],
  ["₺", "TRY TRL"],
  ["tl", "TRY TRL"],
  ["₩", "KRW"],
  ["₪", "ILS"],
  ["₫", "VND"],
  ["฿", "THB"],
  ["₱", "PHP"],
  ["₦", "NGN"],
  ["₴", "UAH"],
  ["₸", "KZT"],
  ["₾", "GEL"],
  ["kr", "SEK NOK DKK ISK"],
  ["kr.", "SEK NOK DKK ISK"],
  ["kč", "CZK"],
  ["zł", "PLN"],
  ["ft", "HUF"],
  ["fr.", "CHF"],
  ["lei", "RON"],
  ["r", "ZAR"],
]);

/**
 * Currencies that a sign or a code beside an amount can stand for, separated by spaces; undefined when
 * it is neither.
 */
export function currenciesOfSign(sign: string): string | undefined {
  const known = SIGNS.get(sign.toLowerCase());
  if (known !== undefined) return known;
  return isThreeLetters(sign) ? sign.toUpperCase() : undefined;
}
