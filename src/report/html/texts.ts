/** The words of the report, in one place; reasons and advice come with the report itself. */
import type { DestinationReport, InputReport } from "../summary.ts";

export type Outcome = "written" | DestinationReport["reasons"][number]["outcome"];

export const OUTCOMES: Readonly<Record<Outcome, string>> = {
  written: "written",
  duplicate: "duplicates",
  refused: "refused",
  unmatched: "without a person",
  excluded: "left out on purpose",
};

export const JOBS = {
  "firsthash.prepare/1": "Upload file",
  "firsthash.adjust/1": "Adjustments",
  "firsthash.hash/1": "Hashed contacts",
} as const;

export const ROLES: Readonly<Record<InputReport["role"], string>> = {
  contacts: "contacts",
  conversions: "conversions",
  corrections: "corrections",
  original: "upload that was sent",
};

/** A step, and never more than the report knows. */
export const VERDICTS = {
  published: "written",
  dryRun: "A dry run: nothing was written.",
  nothing: "Nothing was written. Do not upload an older file in its place.",
} as const;

export const IDENTIFIERS = {
  both: "e-mail and phone",
  emailOnly: "e-mail only",
  phoneOnly: "phone only",
  clickIdOnly: "click id only",
} as const;

export const PRIVACY =
  "Counts, codes, line numbers, headers and file names only. No cell of an input is in this report.";
