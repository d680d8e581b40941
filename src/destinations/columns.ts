/** Columns that several destinations share, under the header that each gives them. */

import { optionError, usageError } from "../base/errors.ts";
import type { RowReason } from "../base/reasons.ts";
import type { ConsentStatus, EpochSeconds } from "../conversion/types.ts";
import type { Column, Destination, PlanOptions, Role, UploadRow } from "./types.ts";

/** Text as it came: a name or an id. */
function free(role: Role, header: string, cell: (row: UploadRow) => string): Column {
  return { role, header, type: "text", alphabet: "free", cell };
}

/** Text of a closed alphabet: a digest, a time, a code. */
function closed(role: Role, header: string, cell: (row: UploadRow) => string): Column {
  return { role, header, type: "text", alphabet: "closed", cell };
}

/** An exact decimal. */
function decimal(role: Role, header: string, cell: (row: UploadRow) => string): Column {
  return { role, header, type: "number", alphabet: "closed", cell };
}

function constant(role: Role, header: string, text: string): Column {
  return { ...closed(role, header, () => text), always: text };
}

/** The kind of record, the same in every row. */
export const recordType = (header: string, text: string) => constant("type", header, text);
/** A column that the destination wants and that stays empty. */
export const empty = (header: string) => constant("none", header, "");

export const clientId = (header: string) => free("client-id", header, (row) => row.clientId);
export const conversionName = (header: string) => free("name", header, (row) => row.name);
export const conversionTime = (header: string, form: (time: EpochSeconds) => string) =>
  closed("time", header, (row) => form(row.time));
export const clickId = (header: string) => closed("click-id", header, (row) => row.clickId ?? "");
export const emailDigest = (header: string) => closed("email", header, (row) => row.email ?? "");
export const phoneDigest = (header: string) => closed("phone", header, (row) => row.phone ?? "");

export const gclid = (header: string) => closed("gclid", header, (row) => row.gclid ?? "");
export const gbraid = (header: string) => closed("gbraid", header, (row) => row.gbraid ?? "");
export const wbraid = (header: string) => closed("wbraid", header, (row) => row.wbraid ?? "");
export const orderId = (header: string) => free("order-id", header, (row) => row.orderId ?? "");

/** @param words what the destination calls a yes and a no; of the row, else of the run, else nothing */
export const consentColumn = (
  role: "ad-user-data" | "ad-personalization",
  header: string,
  words: Readonly<Record<ConsentStatus, string>>,
  ofRun?: ConsentStatus,
) =>
  closed(role, header, ({ adUserData, adPersonalization }) => {
    const status = (role === "ad-user-data" ? adUserData : adPersonalization) ?? ofRun;
    return status === undefined ? "" : words[status];
  });

// Value and currency belong to the conversion as it was first uploaded. In an adjustment row they
// are "not applicable" (offline-conversion.md), so they stay empty there.
export const value = (header: string) =>
  decimal("value", header, (row) => (row.adjustment ? "" : (row.value ?? "")));
export const currency = (header: string) =>
  closed("currency", header, (row) => (row.adjustment ? "" : (row.currency ?? "")));

// Only goals that are externally attributed take these, so they are written only when asked for.
export const attributionCredit = (header: string) =>
  decimal("credit", header, (row) => (row.adjustment ? "" : (row.attribution?.credit ?? "")));
export const attributionModel = (header: string) =>
  free("model", header, (row) => (row.adjustment ? "" : (row.attribution?.model ?? "")));

// A Retract has neither a value nor a currency: a value there is error 5624
// OfflineConversionAdjustmentValueNotExpected (operation-error-codes.md).
export const adjustmentValue = (header: string) =>
  decimal("adjustment-value", header, ({ adjustment }) =>
    adjustment?.type === "Restate" ? (adjustment.value ?? "") : "",
  );
export const adjustmentCurrency = (header: string) =>
  closed("adjustment-currency", header, ({ adjustment }) =>
    adjustment?.type === "Restate" ? (adjustment.currency ?? "") : "",
  );
export const adjustmentType = (header: string) =>
  closed("adjustment-type", header, (row) => row.adjustment?.type ?? "");
export const adjustmentTime = (header: string, form: (time: EpochSeconds) => string) =>
  closed("adjustment-time", header, (row) => (row.adjustment ? form(row.adjustment.time) : ""));

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
    throw optionError("layout", "and `template` exclude each other", "leave `layout` out");
  }
  if (options.template !== undefined && options.adjustments) {
    throw usageError("adjustments cannot be written into a template");
  }
  if (!layouts.includes(layout)) {
    throw optionError("layout", `is none of ${id}`, `its layouts: ${layouts.join(", ")}`);
  }
  return layout;
}

/** A Restate without a value is error 5625 OfflineConversionAdjustmentValueRequired. */
export function checkAdjustment({ adjustment }: UploadRow): RowReason | undefined {
  return adjustment?.type === "Restate" && adjustment.value === undefined
    ? "adjustment-value-missing"
    : undefined;
}
