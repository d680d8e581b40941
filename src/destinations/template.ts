/**
 * A layout out of the user's own copy of a template: what stands above the header and the header are
 * kept, and the columns are filled by name. Vendors change their templates (Adobe did in May 2026), and
 * a copy from the account is always the right one.
 */
import { usageError } from "../base/errors.ts";
import type { RowReason } from "../base/reasons.ts";
import {
  clickId,
  consentColumn,
  conversionName,
  conversionTime,
  currency,
  emailDigest,
  empty,
  gclid,
  orderId,
  phoneDigest,
  TIME_ZONE,
  value,
} from "./columns.ts";
import { TEMPLATE_CONSENT } from "./google.ts";
import { isoSpaced } from "./times.ts";
import type { Column, UploadRow } from "./types.ts";

export type TemplateField =
  | "email"
  | "phone"
  | "name"
  | "time"
  | "value"
  | "currency"
  | "clickId"
  | "gclid"
  | "orderId"
  | "adUserData"
  | "adPersonalization";

/** Whose template it is: the rules for e-mail addresses differ, so a digest for one is of no use to the other. */
export type Platform = "microsoft" | "google";

const COLUMNS: Readonly<Record<TemplateField, (header: string) => Column>> = {
  email: emailDigest,
  phone: phoneDigest,
  name: conversionName,
  time: (header) => conversionTime(header, isoSpaced),
  value,
  currency,
  clickId,
  gclid,
  orderId,
  adUserData: (header) => consentColumn("ad-user-data", header, TEMPLATE_CONSENT),
  adPersonalization: (header) => consentColumn("ad-personalization", header, TEMPLATE_CONSENT),
};

/** Headers of both platforms, in lower case, with one space between words. */
const SHARED: readonly (readonly [string, TemplateField])[] = [
  ["email", "email"],
  ["hashed email", "email"],
  ["hashed email address", "email"],
  ["phone number", "phone"],
  ["hashed phone number", "phone"],
  ["conversion name", "name"],
  ["conversion time", "time"],
  ["conversion value", "value"],
  ["conversion currency", "currency"],
  ["conversion currency code", "currency"],
];

/** Headers that only the templates of one platform have. */
const OWN: Readonly<Record<Platform, readonly (readonly [string, TemplateField])[]>> = {
  microsoft: [["microsoft click id", "clickId"]],
  google: [
    ["ad user data", "adUserData"],
    ["ad personalization", "adPersonalization"],
    ["google click id", "gclid"],
    ["gclid", "gclid"],
    ["order id", "orderId"],
  ],
};

const NAMES: Readonly<Record<Platform, string>> = { microsoft: "Microsoft", google: "Google" };

const LABELS: Readonly<Record<TemplateField, string>> = {
  email: "Email",
  phone: "Phone Number",
  name: "Conversion Name",
  time: "Conversion Time",
  value: "Conversion Value",
  currency: "Conversion Currency",
  clickId: "Microsoft Click ID",
  gclid: "Google Click ID",
  orderId: "Order ID",
  adUserData: "Ad User Data",
  adPersonalization: "Ad Personalization",
};

/** A template may mark what it requires with a star or in words. */
const REQUIRED = /\s*(?:\*|\(required\))\s*$/i;

function plainHeader(header: string): string {
  return header.replace(REQUIRED, "").trim().replace(/\s+/g, " ").toLowerCase();
}

/** The part of a plan that a template decides. */
export interface TemplatePlan {
  readonly layout: "template";
  readonly head: readonly (readonly string[])[];
  readonly columns: readonly Column[];
  readonly notes: readonly string[];
  readonly check: (row: UploadRow) => RowReason | undefined;
}

export interface TemplateOptions {
  readonly platform: Platform;
  readonly required: readonly TemplateField[];
}

/**
 * Reads a template. Rows below its header (examples, empty ones) are left out.
 *
 * @param rows its first rows, as cells of text
 * @param platform whose template it must be
 * @param required fields without whose column the destination cannot be served
 * @throws FirsthashError "usage" for a template that cannot be filled
 */
export function planOfTemplate(
  rows: readonly (readonly string[])[],
  { platform, required }: TemplateOptions,
): TemplatePlan {
  const at = rows.findIndex((cells) =>
    cells.some((cell) => plainHeader(cell) === "conversion name"),
  );
  const headers = rows[at];
  if (headers === undefined) {
    throw usageError("the template has no row with the header Conversion Name");
  }
  const notes: string[] = [];
  const found = new Set<TemplateField>();
  const columns = headers.map((header) => columnOf(header, platform, found, notes));
  requireFields(found, required);
  const above = rows.slice(0, at).map((cells) => fitted(cells, headers.length));
  return {
    layout: "template",
    head: [...withTimeZone(above, headers.length), headers],
    columns,
    notes,
    check: found.has("clickId") || found.has("gclid") ? () => undefined : checkIdentifier,
  };
}

function columnOf(
  header: string,
  platform: Platform,
  found: Set<TemplateField>,
  notes: string[],
): Column {
  const plain = plainHeader(header);
  const other = platform === "google" ? "microsoft" : "google";
  const isOther = OWN[other].some(([name]) => name === plain);
  if (isOther && plain !== "order id") {
    throw usageError(
      `this is a template for ${NAMES[other]}: it has the column ${header.trim()}`,
      `the rules for e-mail addresses differ; use the template for ${NAMES[platform]}`,
    );
  }
  const field = [...SHARED, ...OWN[platform]].find(([name]) => name === plain)?.[1];
  if (field !== undefined) {
    if (found.has(field)) throw usageError(`the template has two columns for ${LABELS[field]}`);
    found.add(field);
    return COLUMNS[field](header);
  }
  if (REQUIRED.test(header)) {
    throw usageError(`the template requires a column that is not known: ${header.trim()}`);
  }
  if (plain !== "") notes.push(`the template's column ${header.trim()} is left empty`);
  return empty(header);
}

function requireFields(found: ReadonlySet<TemplateField>, required: readonly TemplateField[]) {
  for (const field of required) {
    if (!found.has(field)) throw usageError(`the template has no column ${LABELS[field]}`);
  }
  if (!found.has("email") && !found.has("phone")) {
    throw usageError("the template has no column for a hashed e-mail address or phone number");
  }
}

/** Cut or padded to a width. */
function fitted(cells: readonly string[], width: number): string[] {
  return Array.from({ length: width }, (_, index) => cells[index] ?? "");
}

/** The rows above the header, with the time zone set to that of the times that are written. */
function withTimeZone(above: readonly string[][], width: number): string[][] {
  let set = false;
  const rows = above.map((cells) =>
    cells.map((cell) => {
      if (!/^\s*parameters\s*:/i.test(cell)) return cell;
      set = true;
      return TIME_ZONE;
    }),
  );
  return set ? rows : [...rows, fitted([TIME_ZONE], width)];
}

/** A row with a click id alone cannot be written where there is no column for it. */
export function checkIdentifier(row: UploadRow): RowReason | undefined {
  return row.email === undefined && row.phone === undefined ? "click-id-not-in-layout" : undefined;
}
