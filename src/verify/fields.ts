/** The cells of a row that are no identifiers: name, value, currency, ids, attribution. */
import { isOnMicrosoftList, readCurrency } from "../conversion/currency.ts";
import { readAttribution, readClickId, readClientId } from "../conversion/ids.ts";
import { decideValues, ValueSurvey } from "../conversion/money.ts";
import { readName } from "../conversion/names.ts";
import { isAbsent } from "../identity/absent.ts";
import { plaintextAlone, plaintextWithin } from "./cells.ts";
import type { FindingCode } from "./findings.ts";

const NOTHING: readonly FindingCode[] = [];

/** What spreadsheets take for a formula; see destinations/safety.ts. */
const FORMULA = /^[=+\-@\t\r\n]/;

/** Goals are few and rows are many: what was found about a name is kept. */
const NAMES_KEPT = 1000;

export class NameCheck {
  readonly #known = new Map<string, readonly FindingCode[]>();
  readonly #formulas: boolean;

  /** @param formulas whether a spreadsheet could read the cell as a formula */
  constructor(formulas: boolean) {
    this.#formulas = formulas;
  }

  check(cell: string): readonly FindingCode[] {
    const known = this.#known.get(cell);
    if (known !== undefined) return known;
    const found = this.#read(cell);
    if (this.#known.size < NAMES_KEPT) this.#known.set(cell, found);
    return found;
  }

  #read(cell: string): readonly FindingCode[] {
    const plain = plaintextWithin(cell);
    if (plain !== undefined) return [plain];
    const name = readName(cell);
    if (!name.ok) {
      const { reason } = name;
      return [reason === "name-too-long" || reason === "name-malformed" ? reason : "name-missing"];
    }
    const found: FindingCode[] = [];
    if (name.outerSpace) found.push("name-outer-space");
    if (this.#formulas && FORMULA.test(cell)) found.push("starts-like-formula");
    return found.length === 0 ? NOTHING : found;
  }
}

/** Digits with at most three decimals, not over 999999999999. */
const PLAIN_VALUE = /^\d{1,12}(?:\.\d{1,3})?$/;
const LARGEST = "999999999999.";

const values = decideValues(new ValueSurvey(), { decimal: "point" });

/** @returns what is wrong with a value that is there */
export function valueFault(cell: string): FindingCode | undefined {
  if (PLAIN_VALUE.test(cell) && !cell.startsWith(LARGEST)) return undefined;
  const read = values.read(cell);
  if (read.ok) return "value-form";
  return read.reason === "value-currency-differs" ? "value-form" : read.reason;
}

export function currencyFault(cell: string): FindingCode | undefined {
  const code = readCurrency(cell);
  if (code === undefined || code === "malformed" || cell.length !== 3) return "currency-malformed";
  if (code !== cell) return "currency-lower-case";
  return isOnMicrosoftList(code) ? undefined : "currency-not-listed";
}

const CLICK_ID = /^[0-9a-f]{32}$/;

export function clickIdFault(cell: string): FindingCode | undefined {
  if (CLICK_ID.test(cell)) return undefined;
  const id = readClickId(cell);
  if (id === undefined || id === "malformed") return plaintextAlone(cell) ?? "click-id-malformed";
  return "click-id-form";
}

export function clientIdFault(cell: string, formulas: boolean): FindingCode | undefined {
  const plain = plaintextAlone(cell);
  if (plain !== undefined) return plain;
  if (readClientId(cell, false) === "too-long") return "client-id-too-long";
  return formulas && FORMULA.test(cell) ? "starts-like-formula" : undefined;
}

/** Both or neither, and a credit over 0 and at most 1. */
export function attributionFault(credit: string, model: string): FindingCode | undefined {
  if (isAbsent(credit) && isAbsent(model)) return undefined;
  return readAttribution(credit, model) === "malformed" ? "attribution-malformed" : undefined;
}
