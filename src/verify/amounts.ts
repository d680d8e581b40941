/** What a row says of money: value and currency, of the conversion and of its adjustment, and its credit. */
import type { RowBatch } from "../read/types.ts";
import { plaintextAlone, plaintextWithin } from "./cells.ts";
import { attributionFault, currencyFault, valueFault } from "./fields.ts";
import type { FindingCode, FindingCounts } from "./findings.ts";
import type { Head } from "./head.ts";
import { labelOf, NO_COLUMN, type Positions } from "./positions.ts";
import type { Shape } from "./shapes.ts";
import { TimeCheck } from "./times.ts";

export class AmountCheck {
  readonly #head: Head;
  readonly #shape: Shape | undefined;
  readonly #at: Positions;
  readonly #findings: FindingCounts;
  readonly #times: TimeCheck;

  /** @param asOf the present, in seconds since 1970 */
  constructor(head: Head, at: Positions, findings: FindingCounts, asOf: number) {
    this.#head = head;
    this.#shape = head.shape;
    this.#at = at;
    this.#findings = findings;
    this.#times = new TimeCheck(head.shape?.destination.id ?? "", head.zone, asOf);
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
      this.#fault(plaintextAlone(type) ?? "adjustment-type", line, column);
      return undefined;
    }
    const valueAt = at["adjustment-value"];
    const value = valueAt === NO_COLUMN ? "" : batch.cell(row, valueAt);
    if ((value === "") === (type === "Restate")) {
      this.#findings.add("adjustment-value", line, labelOf(this.#head, valueAt));
    } else if (value !== "") this.#fault(valueFault(value), line, valueAt);
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
    if (currency !== "") this.#fault(currencyFault(currency), line, currencyAt);
    return type;
  }

  money(batch: RowBatch, row: number, line: number, adjustment: string | undefined): void {
    const at = this.#at;
    const value = at.value === NO_COLUMN ? "" : batch.cell(row, at.value);
    const currency = at.currency === NO_COLUMN ? "" : batch.cell(row, at.currency);
    if (value !== "") {
      const fault = valueFault(value);
      const plain = fault === undefined ? undefined : plaintextAlone(value);
      this.#fault(plain ?? fault, line, at.value);
    } else if (at.value !== NO_COLUMN && adjustment === undefined) {
      if (this.#shape?.required.has("value")) this.#fault("value-missing", line, at.value);
    }
    if (currency === "") return;
    const fault = currencyFault(currency);
    const plain = fault === "currency-malformed" ? plaintextAlone(currency) : undefined;
    this.#fault(plain ?? fault, line, at.currency);
    if (value === "") this.#fault("currency-without-value", line, at.currency);
  }

  attribution(batch: RowBatch, row: number, line: number): void {
    const { credit, model } = this.#at;
    const creditCell = credit === NO_COLUMN ? "" : batch.cell(row, credit);
    const modelCell = model === NO_COLUMN ? "" : batch.cell(row, model);
    if (creditCell === "" && modelCell === "") return;
    const column = credit === NO_COLUMN ? model : credit;
    const plain = plaintextWithin(creditCell) ?? plaintextWithin(modelCell);
    this.#fault(plain ?? attributionFault(creditCell, modelCell), line, column);
  }

  #fault(code: FindingCode | undefined, line: number, column: number): void {
    if (code !== undefined) this.#findings.add(code, line, labelOf(this.#head, column));
  }
}
