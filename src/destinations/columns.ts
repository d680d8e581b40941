/** Columns that several destinations share, under the header that each gives them. */

import { usageError } from "../base/errors.ts";
import type { RowReason } from "../base/reasons.ts";
import type { EpochSeconds } from "../conversion/types.ts";
import type { Column, Destination, PlanOptions, UploadRow } from "./types.ts";

/** Text as it came: a name or an id. */
export function free(header: string, cell: (row: UploadRow) => string): Column {
  return { header, type: "text", alphabet: "free", cell };
}

/** Text of a closed alphabet: a digest, a time, a code. */
export function closed(header: string, cell: (row: UploadRow) => string): Column {
  return { header, type: "text", alphabet: "closed", cell };
}

/** An exact decimal. */
export function decimal(header: string, cell: (row: UploadRow) => string): Column {
  return { header, type: "number", alphabet: "closed", cell };
}

/** The same cell in every row. */
export function constant(header: string, text: string): Column {
  return { ...closed(header, () => text), always: text };
}

export const conversionName = (header: string) => free(header, (row) => row.name);
export const conversionTime = (header: string, form: (time: EpochSeconds) => string) =>
  closed(header, (row) => form(row.time));
export const clickId = (header: string) => closed(header, (row) => row.clickId ?? "");
export const emailDigest = (header: string) => closed(header, (row) => row.email ?? "");
export const phoneDigest = (header: string) => closed(header, (row) => row.phone ?? "");

// Value and currency belong to the conversion as it was first uploaded. In an adjustment row they
// are "not applicable" (offline-conversion.md), so they stay empty there.
export const value = (header: string) =>
  decimal(header, (row) => (row.adjustment ? "" : (row.value ?? "")));
export const currency = (header: string) =>
  closed(header, (row) => (row.adjustment ? "" : (row.currency ?? "")));

// A Retract has neither a value nor a currency: a value there is error 5624
// OfflineConversionAdjustmentValueNotExpected (operation-error-codes.md).
export const adjustmentValue = (header: string) =>
  decimal(header, ({ adjustment }) =>
    adjustment?.type === "Restate" ? (adjustment.value ?? "") : "",
  );
export const adjustmentCurrency = (header: string) =>
  closed(header, ({ adjustment }) =>
    adjustment?.type === "Restate" ? (adjustment.currency ?? "") : "",
  );
export const adjustmentType = (header: string) =>
  closed(header, (row) => row.adjustment?.type ?? "");
export const adjustmentTime = (header: string, form: (time: EpochSeconds) => string) =>
  closed(header, (row) => (row.adjustment ? form(row.adjustment.time) : ""));

/**
 * The rows above and of the header, where a file states its time zone. The zone is always +0000, because
 * times are written in UTC; the row is padded, because readers of CSV want rows of one width.
 */
export function parametersAndHeader(columns: readonly Column[]): string[][] {
  const headers = columns.map((column) => column.header);
  return [headers.map((_, index) => (index === 0 ? TIME_ZONE : "")), headers];
}

export const TIME_ZONE = "Parameters:TimeZone=+0000";

/** What every destination asks of its options. */

type Choices = Pick<Destination, "id" | "layouts" | "formats" | "takes">;

const EXTRAS = ["template", "attribution", "adjustments"] as const;

/** The layout asked for, or the default. @throws FirsthashError "usage" */
export function chooseLayout(destination: Choices, options: PlanOptions): string {
  const { id, layouts, formats, takes } = destination;
  const layout = options.layout ?? layouts[0];
  if (!formats.includes(options.format)) {
    throw usageError(
      `${id} is not written as ${options.format}`,
      `it is written as ${formats.join(", ")}`,
    );
  }
  for (const extra of EXTRAS) {
    if (options[extra] && !takes.includes(extra)) throw usageError(`${id} takes no ${extra}`);
  }
  if (options.template !== undefined && options.layout !== undefined) {
    throw usageError("a layout and a template at once", "leave the layout out");
  }
  if (options.template !== undefined && options.adjustments) {
    throw usageError("adjustments cannot be written into a template");
  }
  if (!layouts.includes(layout)) {
    throw usageError(`${id} has no layout "${layout}"`, `its layouts: ${layouts.join(", ")}`);
  }
  return layout;
}

/** A Restate without a value is error 5625 OfflineConversionAdjustmentValueRequired. */
export function checkAdjustment({ adjustment }: UploadRow): RowReason | undefined {
  return adjustment?.type === "Restate" && adjustment.value === undefined
    ? "adjustment-value-missing"
    : undefined;
}
