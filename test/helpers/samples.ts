/** The files in samples/outputs and the commands that make them. */
import { SAMPLE_ARGS } from "./run.ts";

export interface SampleOutput {
  /** Its name in samples/outputs. */
  readonly file: string;
  /** Without `-o`. */
  readonly args: readonly string[];
}

const prepared = (file: string, to: string, ...more: string[]): SampleOutput => ({
  file,
  args: [...SAMPLE_ARGS, "--to", to, ...more],
});

/** Adobe requires a value, so that one more row of the samples is refused there. */
const adobe = (file: string, ...more: string[]) =>
  prepared(file, "adobe", "--max-refused", "15", ...more);

const adjusted = (file: string, to: string, original: string, ...more: string[]): SampleOutput => ({
  file,
  args: [
    "adjust",
    "--corrections",
    "samples/corrections.csv",
    "--original",
    `samples/outputs/${original}`,
    "--time-zone",
    "America/New_York",
    "--as-of",
    "2026-11-20T12:00:00Z",
    "--to",
    to,
    ...more,
  ],
});

/** Originals come before the adjustments that are made of them. */
export const SAMPLE_OUTPUTS: readonly SampleOutput[] = [
  prepared("microsoft-bulk.csv", "microsoft-bulk"),
  prepared("microsoft-bulk.tsv", "microsoft-bulk"),
  prepared("microsoft-bulk.zip", "microsoft-bulk"),
  prepared("microsoft-bulk.tsv.zip", "microsoft-bulk"),
  prepared("microsoft-bulk-sdk.csv", "microsoft-bulk", "--layout", "sdk"),
  prepared("microsoft-import.csv", "microsoft-import"),
  prepared("microsoft-import.xlsx", "microsoft-import"),
  prepared("microsoft-import-name-first.csv", "microsoft-import", "--layout", "name-first"),
  prepared("microsoft-api.jsonl", "microsoft-api"),
  adobe("adobe-2026-05.csv"),
  adobe("adobe-2026-05.xlsx"),
  adobe("adobe-2024-11.csv", "--layout", "2024-11"),
  adobe("adobe-template.csv", "--template", "samples/template.csv"),
  prepared("google-leads.csv", "google-leads"),
  prepared("google-leads.xlsx", "google-leads"),
  prepared(
    "google-data-manager.jsonl",
    "google-data-manager",
    "--google-account",
    "123-456-7890",
    "--google-action",
    "987654321",
    "--ad-user-data",
    "granted",
  ),
  prepared("adobe-google.csv", "adobe-google", "--ad-user-data", "granted", "--max-refused", "15"),
  adjusted("microsoft-bulk-adjustments.csv", "microsoft-bulk", "microsoft-bulk.csv"),
  adjusted(
    "microsoft-bulk-sdk-adjustments.csv",
    "microsoft-bulk",
    "microsoft-bulk.zip",
    "--layout",
    "sdk",
  ),
  adjusted("microsoft-import-adjustments.csv", "microsoft-import", "microsoft-import.csv"),
  adjusted("microsoft-import-adjustments.xlsx", "microsoft-import", "microsoft-import.xlsx"),
  adjusted("microsoft-api-adjustments.jsonl", "microsoft-api", "microsoft-api.jsonl"),
];

/** Parts of samples/outputs/split/upload.csv, with the limit lowered to this many rows. */
export const SPLIT_ROWS = 8;
