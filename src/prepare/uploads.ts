/** The uploads of a run, each with its own counts: a row that one takes another may refuse. */

import type { RowReason, Warning } from "../base/reasons.ts";
import { type PlaceOf, rowEnding } from "../base/row-events.ts";
import { RowTally } from "../base/tally.ts";
import type { Identifiers } from "../base/types.ts";
import { CARRIED_FIELDS } from "../conversion/carried.ts";
import { Duplicates } from "../conversion/duplicates.ts";
import type { Conversion, EpochSeconds } from "../conversion/types.ts";
import { clickOf, conversionFault, conversionWarnings, valueFault } from "../destinations/terms.ts";
import type { Destination, UploadRow } from "../destinations/types.ts";
import type { Columns } from "../read/columns/columns.ts";
import { checkFile, checkOutput } from "../write/check.ts";
import { belongsTo } from "../write/formats.ts";
import { refuseUnderWay } from "../write/unfinished.ts";
import { openUpload, type Upload, type UploadOptions } from "../write/upload.ts";
import type { RunLedger } from "./ledger.ts";
import type { Match } from "./people.ts";
import { PlainWatch, type WatchedField } from "./plain-columns.ts";
import type { Plan, PreparePlan } from "./plan.ts";

/** Whatever can be said about the outputs before an input is read. @throws FirsthashError */
export async function checkOutputs(
  plan: Plan & { readonly manifest?: string | undefined },
): Promise<void> {
  const { force, manifest } = plan;
  const rules = { force, inputs: plan.inputPaths };
  if (manifest !== undefined) await checkFile(manifest, rules);
  for (const { destination, output } of plan.uploads) {
    if (output.kind !== "file") continue;
    const { path } = output;
    await refuseUnderWay(path, (name) => belongsTo(path, name));
    await checkOutput(destination, path, rules);
  }
}

/** A conversion outside of the destination's window counts for no day: the years of an export are not of interest. */
const OUTSIDE: ReadonlySet<RowReason> = new Set(["time-too-old", "time-in-future"]);

/** Told how a row ended, by its line. */
type OnEnd = ((code: RowReason | "duplicate" | "written", line: number) => void) | undefined;

/** One destination of the run. */
export class RunningUpload {
  readonly destination: Destination;
  readonly upload: Upload;
  readonly tally = new RowTally();
  readonly plain: PlainWatch;
  readonly #duplicates: Duplicates;
  readonly #asOf: EpochSeconds;
  readonly #onEnd: OnEnd;
  readonly #ledger: RunLedger | undefined;

  /**
   * @param asOf the present
   * @param rows how many to expect, where that is known
   * @param onEnd told of each row how it ended
   * @param ledger knows what was sent before
   */
  constructor(
    destination: Destination,
    upload: Upload,
    plain: PlainWatch,
    asOf: EpochSeconds,
    {
      rows,
      onEnd,
      ledger,
    }: {
      readonly rows: number | undefined;
      readonly onEnd?: OnEnd;
      readonly ledger?: RunLedger | undefined;
    },
  ) {
    this.#asOf = asOf;
    this.#ledger = ledger;
    this.#onEnd = onEnd;
    this.destination = destination;
    this.upload = upload;
    this.plain = plain;
    this.#duplicates = new Duplicates(rows);
  }

  /** @param time of the conversion, where it could be read */
  leaveOut(reason: RowReason, line: number, time?: number): void {
    this.tally.reasons.add(reason, line);
    this.#onEnd?.(reason, line);
    if (time !== undefined && !OUTSIDE.has(reason)) this.tally.days.add(time, "leftOut");
  }

  /**
   * Writes the conversion with its person, or counts why not.
   *
   * @param key which conversion it is to the ledger, where there is one
   */
  take(
    conversion: Conversion,
    match: Match,
    warnings: readonly Warning[],
    key?: Uint8Array | undefined,
  ): void {
    const reason =
      conversionFault(this.destination, conversion, this.#asOf) ??
      whyNobody(clickOf(this.destination, conversion), match);
    if (reason !== undefined) this.leaveOut(reason, conversion.line, conversion.time);
    else
      this.write(match.ok ? uploadRow(conversion, match.identifiers) : conversion, warnings, key);
  }

  /** Writes the row, or counts why not. */
  write(row: UploadRow, warnings: readonly Warning[], key?: Uint8Array | undefined): void {
    const { line, time, adjustment } = row;
    const refusal =
      this.#adjustmentFault(adjustment) ?? this.plain.whose(row) ?? this.upload.check(row);
    if (refusal !== undefined) this.leaveOut(refusal, line, time);
    else if (this.#duplicates.add(row)) {
      this.tally.duplicates.add("duplicate", line);
      this.#onEnd?.("duplicate", line);
      this.tally.days.add(time, "leftOut");
    } else {
      const known = this.#ledger?.take(row, key);
      if (known === undefined) this.#add(row, warnings);
      else this.leaveOut(known, line, time);
    }
  }

  #adjustmentFault(adjustment: UploadRow["adjustment"]): RowReason | undefined {
    if (adjustment?.value === undefined) return undefined;
    return valueFault(this.destination, adjustment.value);
  }

  #add(row: UploadRow, warnings: readonly Warning[]): void {
    const { line } = row;
    this.upload.add(row);
    this.#onEnd?.("written", line);
    this.plain.observe(row);
    this.tally.write(row);
    this.tally.days.add(row.time, "written");
    for (const warning of warnings) this.tally.warnings.add(warning, line);
    const terms = conversionWarnings(this.destination, row, this.#asOf);
    for (const warning of terms) this.tally.warnings.add(warning, line);
    if (row.email === undefined && row.phone === undefined) {
      this.tally.warnings.add("click-id-only", line);
    }
    const own = this.upload.warning(row);
    if (own !== undefined) this.tally.warnings.add(own, line);
  }
}

/** Why nothing in the row identifies a person, if so. A click id is enough, but not without consent. */
export function whyNobody(clickId: string | undefined, match: Match): RowReason | undefined {
  if (!match.ok) {
    return clickId === undefined || match.reason === "no-consent" ? match.reason : undefined;
  }
  const { email, phone } = match.identifiers;
  if (email !== undefined || phone !== undefined || clickId !== undefined) return undefined;
  return match.conflict ? "contact-conflict" : "no-identifier";
}

/** Written out, because a spread of two objects for every row costs as much as hashing them. */
function uploadRow(conversion: Conversion, { email, phone }: Identifiers): UploadRow {
  const row: { -readonly [Key in keyof UploadRow]: UploadRow[Key] } = {
    line: conversion.line,
    name: conversion.name,
    time: conversion.time,
    clientId: conversion.clientId,
  };
  if (conversion.value !== undefined) row.value = conversion.value;
  if (conversion.currency !== undefined) row.currency = conversion.currency;
  if (conversion.clickId !== undefined) row.clickId = conversion.clickId;
  if (conversion.gclid !== undefined) row.gclid = conversion.gclid;
  if (conversion.gbraid !== undefined) row.gbraid = conversion.gbraid;
  if (conversion.wbraid !== undefined) row.wbraid = conversion.wbraid;
  if (conversion.orderId !== undefined) row.orderId = conversion.orderId;
  if (conversion.adUserData !== undefined) row.adUserData = conversion.adUserData;
  if (conversion.adPersonalization !== undefined) {
    row.adPersonalization = conversion.adPersonalization;
  }
  if (conversion.attribution !== undefined) row.attribution = conversion.attribution;
  if (email !== undefined) row.email = email;
  if (phone !== undefined) row.phone = phone;
  return row;
}

/** What rows or options ask of the destinations beyond plain conversions. */
type Wants = Pick<
  UploadOptions,
  "attribution" | "adjustments" | "template" | "carries" | "account"
> & {
  /** The user named the columns of an attribution, and did not just have them. */
  readonly attributionNamed?: boolean;
};

/** A row may carry what there is a column for. */
export function wantsOf(
  { account, columns: chosen }: PreparePlan,
  columns: Columns,
  template: UploadOptions["template"],
): Wants {
  const { "attribution-credit": credit, "attribution-model": model } = columns;
  return {
    template,
    attribution: credit !== undefined || model !== undefined,
    attributionNamed:
      chosen["attribution-credit"] !== undefined || chosen["attribution-model"] !== undefined,
    carries: new Set(CARRIED_FIELDS.filter((field) => columns[field] !== undefined)),
    account,
  };
}

/** What is known of the rows that will come. */
interface ComingRows {
  /** How many to expect. */
  readonly rows?: number;
  readonly ledger?: RunLedger | undefined;
  /** Their cells that are written as they stand. */
  readonly watched: readonly WatchedField[];
  /** Where a line stands. */
  readonly placed: PlaceOf;
}

export async function openUploads(
  plan: Plan,
  wants: Wants,
  { rows, ledger, watched, placed }: ComingRows,
): Promise<RunningUpload[]> {
  const { attributionNamed = false, ...asked } = wants;
  const { onRow } = plan;
  const opened: RunningUpload[] = [];
  try {
    for (const { destination, output } of plan.uploads) {
      const { layout, digest, force, inputPaths, signal } = plan;
      const upload = await openUpload(destination, {
        ...{ output, layout, digest, ...asked },
        // A destination that has no column for it gets it only where that was asked for, and says so.
        attribution:
          asked.attribution && (attributionNamed || destination.takes.includes("attribution")),
        ...{ force, inputs: inputPaths, signal },
      });
      const plain = new PlainWatch(watched, plan.phones.region);
      const { id, texts } = destination;
      const onEnd: OnEnd =
        onRow &&
        ((code, line) => onRow({ ...placed(line), destination: id, ...rowEnding(code, texts) }));
      opened.push(
        new RunningUpload(destination, upload, plain, plan.asOf, { rows, onEnd, ledger }),
      );
    }
    return opened;
  } catch (error) {
    for (const { upload } of opened) await upload.discard();
    throw error;
  }
}
