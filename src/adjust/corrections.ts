/** A correction, from cells to an adjustment of the conversion that it means. Two passes, as for conversions. */

import type { RowReason, Warning } from "../base/reasons.ts";
import { PeopleTally } from "../base/tally.ts";
import { readCurrency } from "../conversion/currency.ts";
import { adjustmentKey } from "../conversion/duplicates.ts";
import { decideValues, type ValueReader, ValueSurvey } from "../conversion/money.ts";
import { TimeSurvey } from "../conversion/time/survey.ts";
import { decideTimes, type TimeReader } from "../conversion/time/time.ts";
import { loadZones } from "../conversion/time/zone.ts";
import type { EpochSeconds } from "../conversion/types.ts";
import type { Adjustment } from "../destinations/types.ts";
import { firstCell, isAbsent } from "../identity/absent.ts";
import { PersonReader } from "../identity/person.ts";
import { DEFAULT_EMAIL_RULES } from "../identity/rules.ts";
import { CutKeys, keyFault } from "../join/damaged-keys.ts";
import { KeyTable } from "../join/keys.ts";
import { batches, cellCountFault, type Input, noRows } from "../prepare/inputs.ts";
import { refuseCutKeys } from "../prepare/key-stops.ts";
import type { Plan } from "../prepare/plan.ts";
import type { RowBatch } from "../read/types.ts";
import { conversionKey, type Original, type Originals } from "./originals.ts";
import { ADJUSTMENT_WORDS } from "./words.ts";

export interface CorrectionSurvey {
  readonly rows: number;
  /** Ids of conversions that are corrected; empty where the upload has no ids. */
  readonly ids: KeyTable;
  readonly times: TimeReader;
  readonly values: ValueReader;
  /** Times of the conversions, where they name them. */
  readonly conversionTimes: TimeReader | undefined;
}

/** @throws FirsthashError "usage" where times or values can be read in two ways, naming the option that decides */
export async function surveyCorrections(corrections: Input, plan: Plan): Promise<CorrectionSurvey> {
  const { table, columns } = corrections;
  const {
    times: { dateFormat },
    reference,
  } = plan;
  const times = new TimeSurvey(dateFormat, reference);
  const conversionTimes = new TimeSurvey(dateFormat, reference);
  const values = new ValueSurvey();
  const ids = new KeyTable();
  const cut = new CutKeys();
  let rows = 0;
  for await (const batch of batches(corrections, "corrections", plan)) {
    for (let row = 0; row < batch.length; row++) {
      if (cellCountFault(table, batch, row) !== undefined) continue;
      const line = batch.line(row);
      times.observe(firstCell(batch, row, columns["adjustment-time"]), line);
      values.observe(firstCell(batch, row, columns["new-value"]), line);
      if (columns.time !== undefined) {
        conversionTimes.observe(firstCell(batch, row, columns.time), line);
      }
      const id = idCell(batch, row, corrections);
      ids.intern(id);
      cut.observe(id);
    }
    rows += batch.length;
  }
  if (rows === 0) throw noRows(table);
  const [idColumn] = columns["corrections.id"] ?? [];
  if (idColumn !== undefined) refuseCutKeys(corrections, idColumn, cut.count, plan.keys);
  if (times.namesZone || conversionTimes.namesZone) await loadZones();
  const where = table.findings.file;
  const settings = { ...plan.times, asOf: plan.asOf, where };
  return {
    rows,
    ids,
    times: decideTimes(times, settings),
    values: decideValues(values, { decimal: plan.decimal, where }),
    conversionTimes:
      columns.time === undefined ? undefined : decideTimes(conversionTimes, settings),
  };
}

/** "" where the row has none. */
export function idCell(batch: RowBatch, row: number, { columns }: Input): string {
  return usableId(batch, row, columns["corrections.id"]);
}

/** The id of a row; "" where there is none, or one that a spreadsheet has damaged: others may have become the same. */
export function usableId(
  batch: RowBatch,
  row: number,
  columns: readonly number[] | undefined,
): string {
  const column = columns?.find((each) => !isAbsent(batch.cell(row, each)));
  if (column === undefined || batch.isRounded?.(row, column) === true) return "";
  const id = batch.cell(row, column).trim();
  return keyFault(id) === undefined ? id : "";
}

/** A correction that was read. */
export type Correction =
  | {
      readonly ok: true;
      readonly line: number;
      readonly original: Original;
      readonly adjustment: Adjustment;
      readonly warnings: readonly Warning[];
    }
  | { readonly ok: false; readonly line: number; readonly reason: RowReason };

/** The names by which a row may mean a conversion. */
export type KeysOf = (batch: RowBatch, row: number) => readonly string[] | RowReason;

/**
 * Reads all corrections. Unlike conversions they are kept, a small object for each, because two of one
 * conversion are judged together.
 */
export async function readCorrections(
  corrections: Input,
  survey: CorrectionSurvey,
  { originals, keysOf }: { readonly originals: Originals; readonly keysOf: KeysOf },
  plan: Plan,
): Promise<Correction[]> {
  const read: Correction[] = [];
  const person = consentReader(corrections, plan);
  for await (const batch of batches(corrections, "corrections", plan)) {
    for (let row = 0; row < batch.length; row++) {
      const line = batch.line(row);
      const result = readOne(batch, row);
      read.push(
        typeof result === "string"
          ? { ok: false, line, reason: result }
          : { ok: true, line, ...result },
      );
    }
  }
  return read;

  function readOne(batch: RowBatch, row: number) {
    const fault = cellCountFault(corrections.table, batch, row);
    if (fault !== undefined) return fault;
    if (!person.agrees(batch, row)) return "no-consent";
    const keys = keysOf(batch, row);
    if (typeof keys === "string") return keys;
    const found = originals.find(keys);
    if (!found.ok) return found.reason;
    const { original } = found;
    const result = readAdjustment(batch, row, corrections, survey, original, plan);
    return typeof result === "string" ? result : { original, ...result };
  }
}

/** Asked before anything of the row is hashed, to find its conversion. */
function consentReader({ columns: { consent } }: Input, { consentValues }: Plan): PersonReader {
  const columns = consent === undefined ? {} : { consent };
  return new PersonReader(
    columns,
    { rules: DEFAULT_EMAIL_RULES },
    consentValues,
    new PeopleTally(),
  );
}

interface ReadAdjustment {
  readonly adjustment: Adjustment;
  readonly warnings: readonly Warning[];
}

/** In this order: type, currency and value, time. */
function readAdjustment(
  batch: RowBatch,
  row: number,
  { columns }: Input,
  { times, values }: CorrectionSurvey,
  original: Original,
  plan: Plan,
): ReadAdjustment | RowReason {
  const named = adjustmentType(firstCell(batch, row, columns["adjustment-type"]));
  if (named === "unknown") return "adjustment-type-unknown";
  const own = readCurrency(firstCell(batch, row, columns["new-currency"]));
  if (own === "malformed") return "currency-malformed";
  // The goal's currency, which Microsoft would take, need not be that of the conversion.
  const currency = own ?? original.currency ?? plan.currency;
  const money = values.read(firstCell(batch, row, columns["new-value"]), currency);
  if (!money.ok) return money.reason;
  // An empty value alone takes nothing back: that must be said, because it cannot be undone.
  const type = named ?? "Restate";
  const { value } = money;
  if (type === "Restate" && value === undefined) return "adjustment-value-missing";
  if (type === "Retract" && value !== undefined) return "adjustment-value-unexpected";
  const time = timeOf(times, firstCell(batch, row, columns["adjustment-time"]), original.time);
  if (typeof time === "string") return time;
  if (value === undefined) return { adjustment: { type, time }, warnings: [] };
  const code = currency ?? money.currency;
  return code === undefined
    ? { adjustment: { type, time, value }, warnings: ["adjustment-without-currency"] }
    : { adjustment: { type, time, value, currency: code }, warnings: [] };
}

/** Not before the conversion (error 5620) and not in the future (5622); so not older than it either. */
function timeOf(
  times: TimeReader,
  cell: string,
  conversion: EpochSeconds,
): EpochSeconds | RowReason {
  const time = times.read(cell);
  if (time.ok) return time.time < conversion ? "adjustment-before-conversion" : time.time;
  if (time.reason === "time-absent") return "adjustment-time-missing";
  return time.reason;
}

const TYPES = new Map(
  (["Restate", "Retract"] as const).flatMap((type) =>
    ADJUSTMENT_WORDS[type].map((word) => [word, type] as const),
  ),
);

/** The kind that a cell names; undefined where it is empty. */
export function adjustmentType(cell: string): Adjustment["type"] | "unknown" | undefined {
  if (isAbsent(cell)) return undefined;
  return (
    TYPES.get(
      cell
        .trim()
        .toLowerCase()
        .replace(/[\s_-]+/g, " "),
    ) ?? "unknown"
  );
}

/** Corrections of one conversion that cannot stand together. */

type Good = Extract<Correction, { readonly ok: true }>;

/**
 * Refuses, of the corrections of one conversion, those at one time that say different things (which
 * of them holds, the file does not tell), and those after a Retract (`ConversionAlreadyRetracted`:
 * Microsoft adjusts nothing that is retracted). Restates at different times follow each other, and equal
 * corrections are duplicates, which is seen when they are written.
 */
export function withoutContradictions(corrections: readonly Correction[]): Correction[] {
  const groups = new Map<string, Good[]>();
  for (const correction of corrections) {
    if (!correction.ok) continue;
    const key = conversionKey(correction.original);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [correction]);
    else group.push(correction);
  }
  const refused = new Map<Correction, "adjustment-contradicted" | "adjustment-after-retract">();
  for (const group of groups.values()) {
    if (group.length < 2) continue;
    for (const correction of contradicted(group))
      refused.set(correction, "adjustment-contradicted");
    for (const correction of late(group)) refused.set(correction, "adjustment-after-retract");
  }
  return corrections.map((correction) => {
    const reason = refused.get(correction);
    return reason === undefined ? correction : { ok: false, line: correction.line, reason };
  });
}

/** Corrections that another one at the same time differs from. */
function contradicted(group: readonly Good[]): Good[] {
  const saying = new Map<number, Set<string>>();
  for (const { adjustment } of group) {
    const said = saying.get(adjustment.time) ?? new Set();
    saying.set(adjustment.time, said.add(adjustmentKey(adjustment)));
  }
  return group.filter(({ adjustment }) => (saying.get(adjustment.time)?.size ?? 0) > 1);
}

/** Corrections that are later than the first Retract. */
function late(group: readonly Good[]): Good[] {
  const retracts = group.filter(({ adjustment }) => adjustment.type === "Retract");
  const first = Math.min(...retracts.map(({ adjustment }) => adjustment.time));
  return group.filter(({ adjustment }) => adjustment.time > first);
}
