/**
 * A conversion row, from cells to checked fields. Two passes over the same rows: `ConversionSurvey`
 * sees every row and keeps counts, then `createRecordReader` reads.
 */

import { textCopy } from "#host";
import { lineOf } from "../base/lines.ts";
import type { RowReason, Warning } from "../base/reasons.ts";
import type { CountryCode } from "../base/types.ts";
import { firstCell, isAbsent } from "../identity/absent.ts";
import { findPlaintext, holdsOneOf } from "../identity/plaintext-net.ts";
import type { RowBatch } from "../read/types.ts";
import { type CarriedField, createCarriedReader } from "./carried.ts";
import { readCurrency } from "./currency.ts";
import { readAttribution, readClickId, readClientId, rowClientId } from "./ids.ts";
import { type ValueReader, ValueSurvey } from "./money.ts";
import { type GoalMap, type NameResult, readName, readStage } from "./names.ts";
import { TimeSurvey } from "./time/survey.ts";
import type { TimeReader } from "./time/time.ts";
import type { Conversion, CurrencyCode, GoalName } from "./types.ts";

export type ConversionField =
  | "name"
  | "stage"
  | "time"
  | "value"
  | "currency"
  | "click-id"
  | "client-id"
  | "attribution-credit"
  | "attribution-model"
  | CarriedField;

/**
 * The 0-based columns of each field. Of several, the first cell that is not absent counts. Addresses and
 * numbers that stand in the same row are only compared with what comes out as it is.
 */
export type ConversionColumns = Partial<
  Readonly<Record<ConversionField | "email" | "phone", readonly number[]>>
>;

const NONE: readonly number[] = [];

/** The first pass: what the columns of times and values are like as a whole. */
export class ConversionSurvey {
  readonly times: TimeSurvey;
  readonly values = new ValueSurvey();
  readonly #time: readonly number[];
  readonly #value: readonly number[];

  /** @param dateFormat the option. @throws a usage error when it is no pattern. */
  constructor(columns: ConversionColumns, dateFormat?: string, reference = false) {
    this.times = new TimeSurvey(dateFormat, reference);
    this.#time = columns.time ?? NONE;
    this.#value = columns.value ?? NONE;
  }

  observe(batch: RowBatch, row: number): void {
    const line = lineOf(batch.line(row));
    this.times.observe(firstCell(batch, row, this.#time), line);
    if (this.#value.length > 0) this.values.observe(firstCell(batch, row, this.#value), line);
  }
}

export interface RecordOptions {
  readonly columns: ConversionColumns;
  readonly times: TimeReader;
  readonly values: ValueReader;
  /** The run's country, for phone numbers in cells that come out as they are. */
  readonly region: CountryCode | undefined;
  /** One name for all rows; goes before `goalMap`, which goes before a name column. */
  readonly goal?: GoalName | undefined;
  readonly goalMap?: GoalMap | undefined;
  /** Currency of the values that bring none. */
  readonly currency?: CurrencyCode | undefined;
}

export type RecordResult =
  | { readonly ok: true; readonly conversion: Conversion; readonly warnings: readonly Warning[] }
  | { readonly ok: false; readonly reason: RowReason };

export interface RecordReader {
  read(batch: RowBatch, row: number): RecordResult;
}

const NAMES_KEPT = 1000;

/** No shorter text is a phone number. */
const LEAST_DIGITS = 7;

const NO_WARNINGS: readonly Warning[] = [];

/**
 * Makes the reader of the second pass. A row with several defects is refused for the first in this
 * order, so that reports do not change from run to run: name or stage, time, currency, value, click id,
 * client id, attribution.
 */
export function createRecordReader(options: RecordOptions): RecordReader {
  const { columns } = options;
  const columnsOf = (field: ConversionField): readonly number[] => columns[field] ?? NONE;
  const personal = [...(columns.email ?? NONE), ...(columns.phone ?? NONE)];
  const fields = {
    time: columnsOf("time"),
    clickId: columnsOf("click-id"),
    clientId: columnsOf("client-id"),
    credit: columnsOf("attribution-credit"),
    model: columnsOf("attribution-model"),
  };
  const { region } = options;
  const nameOf = nameReader(options);
  const moneyOf = moneyReader(options);
  const carried = createCarriedReader(columns, region);

  const columnName = options.goal === undefined && options.goalMap === undefined;

  /** `4255550100` may be an order's number, but not where the row has that phone number. */
  const isOfRow = (text: string, batch: RowBatch, row: number): boolean =>
    personal.length > 0 &&
    holdsOneOf(
      text,
      personal.map((column) => batch.cell(row, column)),
    );
  /** Names and values are compared only where they could hold a number. */
  const holdsOwn = (text: string, batch: RowBatch, row: number): boolean =>
    text.length >= LEAST_DIGITS && personal.length > 0 && isOfRow(text, batch, row);

  return {
    read(batch, row) {
      const name = nameOf(batch, row);
      if (!name.ok) return name;
      if (columnName && holdsOwn(name.name, batch, row)) return refused("name-looks-personal");
      const time = options.times.read(firstCell(batch, row, fields.time));
      if (!time.ok) return time;
      const money = moneyOf(batch, row);
      if (!money.ok) return money;
      if (money.value !== undefined && holdsOwn(money.value, batch, row)) {
        return refused("value-looks-personal");
      }
      const clickId = readClickId(firstCell(batch, row, fields.clickId));
      if (clickId === "malformed") return refused("click-id-malformed");
      const line = batch.line(row);
      const idCell = firstCell(batch, row, fields.clientId);
      const clientId = idCell === "" ? rowClientId(line) : readClientId(idCell, region);
      if (clientId === "too-long") return refused("client-id-too-long");
      if (clientId === "looks-personal" || (idCell !== "" && isOfRow(clientId, batch, row))) {
        return refused("client-id-looks-personal");
      }
      const attribution = readAttribution(
        firstCell(batch, row, fields.credit),
        firstCell(batch, row, fields.model),
        region,
      );
      if (attribution === "malformed") return refused("attribution-malformed");
      if (attribution !== undefined && holdsOwn(attribution.model, batch, row)) {
        return refused("attribution-malformed");
      }

      const conversion: Writable<Conversion> = {
        line,
        name: name.name,
        time: time.time,
        clientId,
      };
      if (money.value !== undefined) conversion.value = money.value;
      if (money.currency !== undefined) conversion.currency = money.currency;
      if (clickId !== undefined) conversion.clickId = clickId;
      if (attribution !== undefined) conversion.attribution = attribution;
      const refusal = carried?.(batch, row, conversion);
      if (refusal !== undefined) return refused(refusal);
      const { orderId } = conversion;
      if (orderId !== undefined && holdsOwn(orderId, batch, row)) {
        return refused("order-id-looks-personal");
      }

      const warnings: Warning[] = [];
      if (name.outerSpace) warnings.push("name-outer-space");
      if (time.warning !== undefined) warnings.push(time.warning);
      if (money.value === undefined && money.currency !== undefined) {
        warnings.push("currency-without-value");
      }
      return { ok: true, conversion, warnings: warnings.length === 0 ? NO_WARNINGS : warnings };
    },
  };
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function refused(reason: RowReason): { readonly ok: false; readonly reason: RowReason } {
  return { ok: false, reason };
}

function nameReader(options: RecordOptions): (batch: RowBatch, row: number) => NameResult {
  const { goal, goalMap } = options;
  if (goal !== undefined) {
    const constant: NameResult = { ok: true, name: goal, outerSpace: goal !== goal.trim() };
    return () => constant;
  }
  const stages = options.columns.stage ?? NONE;
  if (goalMap !== undefined) {
    return (batch, row) => readStage(stageCell(batch, row, stages, goalMap), goalMap);
  }
  const names = options.columns.name ?? NONE;
  // A column of names has few of them. What is no name is not kept: it may be personal.
  const known = new Map<string, NameResult>();
  return (batch, row) => {
    const cell = firstCell(batch, row, names);
    const before = known.get(cell);
    if (before !== undefined) return before;
    const own = textCopy(cell);
    const name = readName(own, options.region);
    if (name.ok && known.size < NAMES_KEPT) known.set(own, name);
    return name;
  };
}

/** As `firstCell`, but a stage that the map names counts even where it reads like "nothing" (`None`). */
function stageCell(batch: RowBatch, row: number, columns: readonly number[], map: GoalMap): string {
  for (const column of columns) {
    const cell = batch.cell(row, column);
    if (!isAbsent(cell) || map.has(cell.trim())) return cell;
  }
  return "";
}

type MoneyResult =
  | {
      readonly ok: true;
      readonly value?: Conversion["value"];
      readonly currency?: CurrencyCode | undefined;
    }
  | { readonly ok: false; readonly reason: RowReason };

const NO_MONEY: MoneyResult = { ok: true };

/**
 * Value and currency belong together: the row's currency tells whether `$` beside the value agrees, and
 * the run's default currency is for rows that have a value.
 */
function moneyReader(options: RecordOptions): (batch: RowBatch, row: number) => MoneyResult {
  const valueColumns = options.columns.value ?? NONE;
  const currencyColumns = options.columns.currency ?? NONE;
  return (batch, row) => {
    const own = readCurrency(firstCell(batch, row, currencyColumns));
    if (own === "malformed") return refused("currency-malformed");
    const cell = firstCell(batch, row, valueColumns);
    const result = options.values.read(cell, own ?? options.currency);
    if (!result.ok) return result;
    if (cell.length > LEAST_DIGITS && findPlaintext(cell, options.region) !== undefined) {
      return refused("value-looks-personal");
    }
    if (result.value === undefined)
      return own === undefined ? NO_MONEY : { ok: true, currency: own };
    return {
      ok: true,
      value: result.value,
      currency: own ?? options.currency ?? result.currency,
    };
  };
}
