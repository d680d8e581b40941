/** The cells of a row that are no identifiers: name, value, currency, ids, attribution. */
import type { CountryCode } from "../base/types.ts";
import { readCurrency } from "../conversion/currency.ts";
import { readAttribution, readClickId, readClientId } from "../conversion/ids.ts";
import { decideValues, ValueSurvey } from "../conversion/money.ts";
import { readName } from "../conversion/names.ts";
import { isListed, valueFault as tooMuch } from "../destinations/terms.ts";
import type { Destination } from "../destinations/types.ts";
import { isAbsent } from "../identity/absent.ts";
import { BareDigits, isBareNumber } from "../identity/bare-digits.ts";
import type { RowBatch } from "../read/types.ts";
import { type FindPlain, isDigest } from "./cells.ts";
import type { FindingCode, FindingCounts } from "./findings.ts";
import { type FileColumn, type Head, labelOf, NO_COLUMN, type Positions } from "./head.ts";
import type { Shape } from "./shapes.ts";
import { TimeCheck } from "./times.ts";

const NOTHING: readonly FindingCode[] = [];

/** What spreadsheets take for a formula; see destinations/safety.ts. */
const FORMULA = /^[=+\-@\t\r\n]/;

/** Goals are few and rows are many: what was found about a name is kept. */
const NAMES_KEPT = 1000;

export class NameCheck {
  readonly #known = new Map<string, readonly FindingCode[]>();
  readonly #formulas: boolean;
  readonly #find: FindPlain;

  /** @param formulas whether a spreadsheet could read the cell as a formula */
  constructor(formulas: boolean, find: FindPlain) {
    this.#formulas = formulas;
    this.#find = find;
  }

  check(cell: string): readonly FindingCode[] {
    const known = this.#known.get(cell);
    if (known !== undefined) return known;
    const found = this.#read(cell);
    if (this.#known.size < NAMES_KEPT) this.#known.set(cell, found);
    return found;
  }

  #read(cell: string): readonly FindingCode[] {
    const plain = this.#find(cell);
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

/** Digits as they are written by us; others are read before they are judged. */
const PLAIN_VALUE = /^\d+(?:\.\d+)?$/;

const values = decideValues(new ValueSurvey(), { decimal: "point" });

/** @returns what is wrong with a value that is there */
export function valueFault(cell: string, destination: Destination): FindingCode | undefined {
  if (PLAIN_VALUE.test(cell) && tooMuch(destination, cell) === undefined) return undefined;
  const read = values.read(cell);
  if (!read.ok) return read.reason === "value-currency-differs" ? "value-form" : read.reason;
  const fault = read.value === undefined ? undefined : tooMuch(destination, read.value);
  return fault ?? (PLAIN_VALUE.test(cell) ? undefined : "value-form");
}

export function currencyFault(cell: string, destination: Destination): FindingCode | undefined {
  const code = readCurrency(cell);
  if (code === undefined || code === "malformed" || cell.length !== 3) return "currency-malformed";
  if (code !== cell) return "currency-lower-case";
  return isListed(destination, code) ? undefined : "currency-not-listed";
}

const CLICK_ID = /^[0-9a-f]{32}$/;

export function clickIdFault(cell: string, find: FindPlain): FindingCode | undefined {
  if (CLICK_ID.test(cell)) return undefined;
  const id = readClickId(cell);
  if (id === undefined || id === "malformed") return find(cell) ?? "click-id-malformed";
  return "click-id-form";
}

export function clientIdFault(
  cell: string,
  formulas: boolean,
  find: FindPlain,
): FindingCode | undefined {
  const plain = find(cell);
  if (plain !== undefined) return plain;
  if (readClientId(cell) === "too-long") return "client-id-too-long";
  return formulas && FORMULA.test(cell) ? "starts-like-formula" : undefined;
}

/** Both or neither, and a credit over 0 and at most 1. */
export function attributionFault(credit: string, model: string): FindingCode | undefined {
  if (isAbsent(credit) && isAbsent(model)) return undefined;
  return readAttribution(credit, model) === "malformed" ? "attribution-malformed" : undefined;
}

/** Columns that hold nothing to upload: free text, or what should be empty. */

/** A column of free text, or one that should be empty. */
export class FreeColumn {
  readonly index: number;
  readonly #column: FileColumn;
  readonly #find: FindPlain;
  #told = false;
  #phoneSeen: boolean;
  #bare = 0;
  #bareLine = 0;

  constructor(column: FileColumn, index: number, find: FindPlain) {
    this.index = index;
    this.#column = column;
    this.#find = find;
    this.#phoneSeen = column.phoneLike;
  }

  check(cell: string, line: number, findings: FindingCounts, tell: boolean): void {
    if (cell === "") return;
    if (isBareNumber(cell)) {
      if (this.#bare++ === 0) this.#bareLine = line;
    } else if (!isDigest(cell)) {
      const code = this.#find(cell);
      if (code !== undefined) findings.add(code, line, this.#column.label);
      if (code === "plaintext-phone") this.#phoneSeen = true;
    }
    if (!tell || this.#told || this.#column.role !== "unknown") return;
    this.#told = true;
    findings.add("column-not-known", line, this.#column.label);
  }

  /** Bare digits are phone numbers where the column says so, by its name or by other cells. */
  finish(findings: FindingCounts): void {
    if (this.#phoneSeen && this.#bare > 0) {
      findings.add("plaintext-phone", this.#bareLine, this.#column.label, this.#bare);
    }
  }
}

/** A column of names, ids or values that come out as they are: of bare digits, they may be phone numbers. */
export class PlainColumn {
  readonly index: number;
  readonly #column: FileColumn;
  readonly #digits = new BareDigits();
  #firstLine = 0;

  constructor(column: FileColumn, index: number) {
    this.index = index;
    this.#column = column;
  }

  check(cell: string, line: number): void {
    if (cell === "") return;
    if (this.#firstLine === 0 && isBareNumber(cell)) this.#firstLine = line;
    this.#digits.observe(cell);
  }

  finish(findings: FindingCounts, region: CountryCode | undefined): void {
    if (this.#digits.holdNumbers(region)) {
      findings.add("plaintext-phone-column", this.#firstLine, this.#column.label);
    }
  }
}

/** What a row says of money: value and currency, of the conversion and of its adjustment, and its credit. */

export interface AmountOptions {
  readonly head: Head;
  readonly findings: FindingCounts;
  readonly asOf: number;
  readonly find: FindPlain;
}

export class AmountCheck {
  readonly #head: Head;
  readonly #shape: Shape | undefined;
  readonly #at: Positions;
  readonly #findings: FindingCounts;
  readonly #times: TimeCheck;
  readonly #find: FindPlain;

  /** @param options.asOf the present, in seconds since 1970 */
  constructor({ head, findings, asOf, find }: AmountOptions, at: Positions) {
    this.#head = head;
    this.#shape = head.shape;
    this.#at = at;
    this.#findings = findings;
    this.#find = find;
    this.#times = new TimeCheck(head.shape?.destination, head.zone, asOf);
  }

  #value(cell: string): FindingCode | undefined {
    return this.#shape && valueFault(cell, this.#shape.destination);
  }

  #currency(cell: string): FindingCode | undefined {
    return this.#shape && currencyFault(cell, this.#shape.destination);
  }

  /** @returns the kind of adjustment, undefined where the row is none */
  adjustment(
    batch: RowBatch,
    row: number,
    line: number,
    conversion: number | undefined,
  ): "Restate" | "Retract" | undefined {
    const at = this.#at;
    const column = at["adjustment-type"];
    if (column === NO_COLUMN) return undefined;
    const type = batch.cell(row, column);
    const required = this.#shape?.recordType === undefined;
    if (type === "" && !required) return undefined;
    if (type !== "Restate" && type !== "Retract") {
      this.#fault(this.#find(type) ?? "adjustment-type", line, column);
      return undefined;
    }
    const valueAt = at["adjustment-value"];
    const value = valueAt === NO_COLUMN ? "" : batch.cell(row, valueAt);
    if ((value === "") === (type === "Restate")) {
      this.#findings.add("adjustment-value", line, labelOf(this.#head, valueAt));
    } else if (value !== "") this.#fault(this.#value(value), line, valueAt);
    const timeAt = at["adjustment-time"];
    if (timeAt !== NO_COLUMN) {
      const { time, code, form } = this.#times.check(batch.cell(row, timeAt));
      const early = time !== undefined && conversion !== undefined && time < conversion;
      if (code === "time-absent" || early) this.#fault("adjustment-time", line, timeAt);
      else if (code !== "time-near-limit" && code !== "time-within-last-hour") {
        this.#fault(code, line, timeAt);
      }
      this.#fault(form, line, timeAt);
    }
    const currencyAt = at["adjustment-currency"];
    const currency = currencyAt === NO_COLUMN ? "" : batch.cell(row, currencyAt);
    if (currency !== "") this.#fault(this.#currency(currency), line, currencyAt);
    return type;
  }

  money(batch: RowBatch, row: number, line: number, adjustment: string | undefined): void {
    const at = this.#at;
    const value = at.value === NO_COLUMN ? "" : batch.cell(row, at.value);
    const currency = at.currency === NO_COLUMN ? "" : batch.cell(row, at.currency);
    if (value !== "") {
      const fault = this.#value(value);
      const plain = fault === undefined ? undefined : this.#find(value);
      this.#fault(plain ?? fault, line, at.value);
    } else if (at.value !== NO_COLUMN && adjustment === undefined) {
      if (this.#shape?.required.has("value")) this.#fault("value-missing", line, at.value);
    }
    if (currency === "") return;
    const fault = this.#currency(currency);
    const plain = fault === "currency-malformed" ? this.#find(currency) : undefined;
    this.#fault(plain ?? fault, line, at.currency);
    if (value === "") this.#fault("currency-without-value", line, at.currency);
  }

  attribution(batch: RowBatch, row: number, line: number): void {
    const { credit, model } = this.#at;
    const creditCell = credit === NO_COLUMN ? "" : batch.cell(row, credit);
    const modelCell = model === NO_COLUMN ? "" : batch.cell(row, model);
    if (creditCell === "" && modelCell === "") return;
    const column = credit === NO_COLUMN ? model : credit;
    const plain = this.#find(creditCell) ?? this.#find(modelCell);
    this.#fault(plain ?? attributionFault(creditCell, modelCell), line, column);
  }

  #fault(code: FindingCode | undefined, line: number, column: number): void {
    if (code !== undefined) this.#findings.add(code, line, labelOf(this.#head, column));
  }
}
