/**
 * A layout out of the user's own copy of a template: what stands above the header and the header are
 * kept, and the columns are filled by name. Vendors change their templates (Adobe did in May 2026), and
 * a copy from the account is always the right one.
 */
import { usageError } from "../base/errors.ts";
import type { RowReason } from "../base/reasons.ts";
import {
  clickId,
  conversionName,
  conversionTime,
  currency,
  emailDigest,
  empty,
  phoneDigest,
  TIME_ZONE,
  value,
} from "./columns.ts";
import { isoSpaced } from "./times.ts";
import type { Column, UploadRow } from "./types.ts";

export type TemplateField = "email" | "phone" | "name" | "time" | "value" | "currency" | "clickId";

const COLUMNS: Readonly<Record<TemplateField, (header: string) => Column>> = {
  email: emailDigest,
  phone: phoneDigest,
  name: conversionName,
  time: (header) => conversionTime(header, isoSpaced),
  value,
  currency,
  clickId,
};

/** Headers in lower case, with one space between words. */
const FIELDS: ReadonlyMap<string, TemplateField> = new Map([
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
  ["microsoft click id", "clickId"],
]);

/** Headers that only the templates for Google have. A digest for Microsoft is of no use there. */
const GOOGLE = new Set(["ad user data", "ad personalization", "google click id", "gclid"]);

const LABELS: Readonly<Record<TemplateField, string>> = {
  email: "Email",
  phone: "Phone Number",
  name: "Conversion Name",
  time: "Conversion Time",
  value: "Conversion Value",
  currency: "Conversion Currency",
  clickId: "Microsoft Click ID",
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

/**
 * Reads a template. Rows below its header (examples, empty ones) are left out.
 *
 * @param rows its first rows, as cells of text
 * @param required fields without whose column the destination cannot be served
 * @throws FirsthashError "usage" for a template that cannot be filled
 */
export function planOfTemplate(
  rows: readonly (readonly string[])[],
  required: readonly TemplateField[],
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
  const columns = headers.map((header) => columnOf(header, found, notes));
  requireFields(found, required);
  const above = rows.slice(0, at).map((cells) => fitted(cells, headers.length));
  return {
    layout: "template",
    head: [...withTimeZone(above, headers.length), headers],
    columns,
    notes,
    check: found.has("clickId") ? () => undefined : checkIdentifier,
  };
}

function columnOf(header: string, found: Set<TemplateField>, notes: string[]): Column {
  const plain = plainHeader(header);
  if (GOOGLE.has(plain)) {
    throw usageError(
      `this is a template for Google: it has the column ${header.trim()}`,
      "Google's rules for e-mail addresses differ; use the template for Microsoft",
    );
  }
  const field = FIELDS.get(plain);
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
