/**
 * Conversion values. The decimal mark is decided once for the whole column, as the order of dates is:
 * `1,234` alone is one thousand and more in one country and a little over one in the next.
 */
import { FirsthashError } from "../base/errors.ts";
import type { RowReason } from "../base/reasons.ts";
import { isAbsent } from "../identity/absent.ts";
import { currenciesOfSign, isThreeLetters, LISTED_CURRENCIES } from "./currency.ts";
import { type DecimalMark, isDigitCode, plainNumberText, readNumber } from "./number-text.ts";
import type { CurrencyCode, DecimalText } from "./types.ts";

export type Decimal = "point" | "comma";

export interface ValueOptions {
  readonly decimal?: Decimal | undefined;
  /** The file, as messages call it. */
  readonly where?: string | undefined;
}

/** What was found in a value column and decided about it. Fit for a report. */
export interface ValueFindings {
  /** Missing where no value shows a mark. */
  readonly decimal?: Decimal;
  readonly decimalFrom?: "option" | "column";
  /** Cells that are not absent. */
  readonly cells: number;
  readonly unreadable: number;
}

type ValueReason = Exclude<Extract<RowReason, `value-${string}`>, "value-looks-personal">;

export type ValueResult =
  | {
      readonly ok: true;
      /** Missing where the cell is absent. */
      readonly value?: DecimalText;
      /** Currency code written beside the number, where the row has none of its own. */
      readonly currency?: CurrencyCode;
    }
  | { readonly ok: false; readonly reason: ValueReason };

/** A value cell taken apart: what stands around the number is off, the number is unread. */
interface Parts {
  readonly number: string;
  readonly signed: boolean;
  readonly before: string;
  readonly after: string;
}

/**
 * Takes the signs (`-5`, `5-`, `(5)`, `-$5`, `$-5`) and a currency's sign or code on either side off.
 * Undefined when what is left cannot be a number.
 */
function takeApart(cell: string): Parts | undefined {
  if (cell.length > 100) return undefined;
  let text = plainNumberText(cell);
  let signed = false;
  if (text.startsWith("(") && text.endsWith(")")) {
    signed = true;
    text = text.slice(1, -1).trim();
  }
  [text, signed] = withoutSign(text, signed);
  let from = 0;
  while (from < text.length && isSignPart(text, from)) from++;
  let to = text.length;
  while (to > from && isSignPart(text, to - 1)) to--;
  if (from > 0 && text.charAt(from) === ".") {
    // The dot of "Rs. 10" and "Rs.10" belongs to the sign, that of "$.50" to the number.
    const dotted = currenciesOfSign(text.slice(0, from + 1)) !== undefined;
    if (dotted) from++;
    else if (/\p{L}/u.test(text.charAt(from - 1))) return undefined;
  }
  const before = text.slice(0, from).trim();
  const after = text.slice(to).trim();
  let number = text.slice(from, to).trim();
  [number, signed] = withoutSign(number, signed);
  return number === "" ? undefined : { number, signed, before, after };
}

function withoutSign(text: string, signed: boolean): [string, boolean] {
  if (text.startsWith("-") || text.startsWith("+")) return [text.slice(1).trim(), true];
  if (text.endsWith("-")) return [text.slice(0, -1).trim(), true];
  return [text, signed];
}

/** Whether the character can belong to a currency's sign: not a digit, mark, separator or sign. */
function isSignPart(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (isDigitCode(code)) return false;
  if (code === 46) return at === text.length - 1 && at > 0 && !isDigitCode(text.charCodeAt(at - 1));
  return code !== 44 && code !== 32 && code !== 39 && code !== 45 && code !== 43;
}

/** Line numbers are lowest ones, so that nothing depends on the order in which rows are shown. */
export class ValueSurvey {
  cells = 0;
  unreadable = 0;
  /** First line whose value differs between the two readings. */
  ambiguousLine: number | undefined;
  /** First line that only the other mark explains. */
  readonly excludedAt: Partial<Record<Decimal, number>> = {};

  observe(cell: string, line: number): void {
    if (isAbsent(cell)) return;
    this.cells++;
    const number = takeApart(cell)?.number;
    const point = number === undefined ? undefined : readNumber(number, ".");
    const comma = number === undefined ? undefined : readNumber(number, ",");
    if (point === undefined && comma === undefined) this.unreadable++;
    else if (point === undefined) this.#exclude("point", line);
    else if (comma === undefined) this.#exclude("comma", line);
    else if (point !== comma) this.ambiguousLine = Math.min(this.ambiguousLine ?? line, line);
  }

  #exclude(decimal: Decimal, line: number): void {
    this.excludedAt[decimal] = Math.min(this.excludedAt[decimal] ?? line, line);
  }
}

/**
 * Decides how a surveyed column is read.
 *
 * @throws a usage error that names `decimal` and a line, when point and comma both fit all values and
 * give different ones, or neither fits all of them.
 */
export function decideValues(survey: ValueSurvey, options: ValueOptions = {}): ValueReader {
  return new ValueReader(survey, options, options.decimal ?? inferDecimal(survey, options.where));
}

function inferDecimal(survey: ValueSurvey, where: string | undefined): Decimal | undefined {
  const { point, comma } = survey.excludedAt;
  if (point !== undefined && comma !== undefined) {
    const line = Math.min(point, comma);
    throw valueError(
      where,
      line,
      `the values of this column do not share a decimal mark: line ${point} has a comma, line ${comma} a point`,
    );
  }
  if (point !== undefined) return "comma";
  if (comma !== undefined) return "point";
  if (survey.ambiguousLine === undefined) return undefined;
  throw valueError(
    where,
    survey.ambiguousLine,
    "a value whose mark may be a decimal mark or a thousands separator; no value in this column tells which",
  );
}

function valueError(where: string | undefined, line: number, text: string): Error {
  const hint = 'give `decimal: "point"` (1,234.50) or `decimal: "comma"` (1.234,50)';
  return new FirsthashError("usage", text, { hint, option: "decimal", file: where, line });
}

const NO_VALUE: ValueResult = { ok: true };
const UNREADABLE: ValueResult = { ok: false, reason: "value-unreadable" };
const NEGATIVE: ValueResult = { ok: false, reason: "value-negative" };
const CURRENCY_DIFFERS: ValueResult = { ok: false, reason: "value-currency-differs" };

export class ValueReader {
  readonly #survey: ValueSurvey;
  readonly #options: ValueOptions;
  readonly #decimal: Decimal | undefined;
  readonly #mark: DecimalMark;

  /** Made by `decideValues`. */
  constructor(survey: ValueSurvey, options: ValueOptions, decimal: Decimal | undefined) {
    this.#survey = survey;
    this.#options = options;
    this.#decimal = decimal;
    this.#mark = decimal === "comma" ? "," : ".";
  }

  /**
   * The value of a cell, of any size: what is too much is the destination's to say. Checked in this order: a
   * number at all, its sign, and the currency beside it.
   *
   * A currency's sign or code beside the number (`$1,234.50`, `10 EUR`) is dropped only when `currency`,
   * the row's own, agrees with it. Without one, a code is taken as the row's currency, but a sign is
   * refused: several currencies are written `$`.
   */
  read(cell: string, currency?: CurrencyCode): ValueResult {
    if (isAbsent(cell)) return NO_VALUE;
    const parts = takeApart(cell);
    const number = parts === undefined ? undefined : readNumber(parts.number, this.#mark);
    if (parts === undefined || number === undefined) return UNREADABLE;
    if (!isCurrencySign(parts.before, currency) || !isCurrencySign(parts.after, currency)) {
      return UNREADABLE;
    }
    if (parts.signed) return NEGATIVE;
    const value = number as DecimalText;
    if (parts.before === "" && parts.after === "") return { ok: true, value };
    return besideCurrency(value, parts, currency);
  }

  /** What was found and decided. No cell is in it. */
  describe(): ValueFindings {
    const { cells, unreadable, ambiguousLine, excludedAt } = this.#survey;
    const marked =
      ambiguousLine !== undefined || Object.values(excludedAt).some((line) => line !== undefined);
    return {
      ...(marked && this.#decimal !== undefined
        ? {
            decimal: this.#decimal,
            decimalFrom: this.#options.decimal === undefined ? "column" : "option",
          }
        : {}),
      cells,
      unreadable,
    };
  }
}

/** Three letters can be a unit as well ("10 pcs"): they must be a code that is known, or the row's. */
function isCurrencySign(text: string, currency: CurrencyCode | undefined): boolean {
  if (text === "") return true;
  const codes = currenciesOfSign(text);
  if (codes === undefined || codes !== text.toUpperCase()) return codes !== undefined;
  return codes === currency || codes === "TRY" || LISTED_CURRENCIES.has(codes);
}

function besideCurrency(
  value: DecimalText,
  parts: Parts,
  currency: CurrencyCode | undefined,
): ValueResult {
  const written = [parts.before, parts.after].filter((text) => text !== "");
  const code =
    currency ?? (written.find(isThreeLetters)?.toUpperCase() as CurrencyCode | undefined);
  if (code === undefined) return CURRENCY_DIFFERS;
  for (const sign of written) {
    if (!currenciesOfSign(sign)?.split(" ").includes(code)) return CURRENCY_DIFFERS;
  }
  return currency === undefined ? { ok: true, value, currency: code } : { ok: true, value };
}
