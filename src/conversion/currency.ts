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

/**
 * Dynamics 365 writes a currency by its name ("US Dollar"). The English names of Unicode CLDR, as they were in
 * November 2026, and those that Dynamics has besides; none of them names two currencies.
 */
const NAMES: ReadonlyMap<string, string> = new Map(
  (
    "united arab emirates dirham=AED, albanian lek=ALL, armenian dram=AMD, argentine peso=ARS, " +
    "australian dollar=AUD, azerbaijani manat=AZN, bangladeshi taka=BDT, bulgarian lev=BGN, " +
    "bahraini dinar=BHD, brunei dollar=BND, bolivian boliviano=BOB, brazilian real=BRL, " +
    "botswanan pula=BWP, belize dollar=BZD, canadian dollar=CAD, swiss franc=CHF, " +
    "chilean peso=CLP, chinese yuan=CNY, colombian peso=COP, costa rican colón=CRC, " +
    "czech koruna=CZK, danish krone=DKK, dominican peso=DOP, algerian dinar=DZD, " +
    "egyptian pound=EGP, ethiopian birr=ETB, euro=EUR, fijian dollar=FJD, british pound=GBP, " +
    "georgian lari=GEL, ghanaian cedi=GHS, guatemalan quetzal=GTQ, hong kong dollar=HKD, " +
    "honduran lempira=HNL, hungarian forint=HUF, indonesian rupiah=IDR, israeli new shekel=ILS, " +
    "indian rupee=INR, iraqi dinar=IQD, icelandic króna=ISK, jamaican dollar=JMD, " +
    "jordanian dinar=JOD, japanese yen=JPY, kenyan shilling=KES, kyrgyz som=KGS, " +
    "south korean won=KRW, kuwaiti dinar=KWD, kazakhstani tenge=KZT, lebanese pound=LBP, " +
    "sri lankan rupee=LKR, libyan dinar=LYD, moroccan dirham=MAD, macedonian denar=MKD, " +
    "mongolian tugrik=MNT, macanese pataca=MOP, mauritian rupee=MUR, maldivian rufiyaa=MVR, " +
    "malawian kwacha=MWK, mexican peso=MXN, malaysian ringgit=MYR, nigerian naira=NGN, " +
    "nicaraguan córdoba=NIO, norwegian krone=NOK, new zealand dollar=NZD, omani rial=OMR, " +
    "panamanian balboa=PAB, peruvian sol=PEN, philippine peso=PHP, pakistani rupee=PKR, " +
    "polish zloty=PLN, paraguayan guarani=PYG, qatari riyal=QAR, romanian leu=RON, " +
    "serbian dinar=RSD, russian ruble=RUB, rwandan franc=RWF, saudi riyal=SAR, " +
    "swedish krona=SEK, singapore dollar=SGD, thai baht=THB, tunisian dinar=TND, " +
    "tongan paʻanga=TOP, turkish lira=TRY, trinidad & tobago dollar=TTD, new taiwan dollar=TWD, " +
    "tanzanian shilling=TZS, ukrainian hryvnia=UAH, ugandan shilling=UGX, us dollar=USD, " +
    "uruguayan peso=UYU, uzbekistani som=UZS, vietnamese dong=VND, " +
    "central african cfa franc=XAF, east caribbean dollar=XCD, west african cfa franc=XOF, " +
    "yemeni rial=YER, south african rand=ZAR, zambian kwacha=ZMW, pound sterling=GBP, " +
    "us dollars=USD, u.s. dollar=USD, yen=JPY, united states dollar=USD, euros=EUR, " +
    "us-dollar=USD"
  )
    .split(", ")
    .map((entry) => entry.split("=") as [string, string]),
);

/** A currency cell: the code, undefined when the cell is absent, `"malformed"` otherwise. */
export function readCurrency(cell: string): CurrencyCode | "malformed" | undefined {
  if (isAbsent(cell)) return undefined;
  const text = cell.trim();
  if (isThreeLetters(text)) return text.toUpperCase() as CurrencyCode;
  return (NAMES.get(text.toLowerCase()) as CurrencyCode | undefined) ?? "malformed";
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
