/** Inputs that take a while, so that a run can be watched or stopped. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** A word that stands in every personal cell of the large inputs and nowhere else. */
export const LARGE_CANARY = "qxzjkvwyqx";

export const LARGE_ARGS = [
  "prepare",
  "--contacts",
  "contacts.csv",
  "--conversions",
  "conversions.csv",
  "--key",
  "Contact ID",
  "--as-of",
  "2026-11-20T12:00:00Z",
] as const;

/** Writes contacts.csv and conversions.csv, with one contact for each conversion. */
export function writeLarge(folder: string, rows: number): void {
  const contacts = ["Contact ID,First Name,Email,Notes\n"];
  const conversions = ["Contact ID,Conversion Name,Conversion Time,Conversion Value,Comment\n"];
  for (let row = 1; row <= rows; row++) {
    const c = LARGE_CANARY;
    contacts.push(`K-${c}-${row},${c},${c}${row}@${c}.example.com,${c}\n`);
    const second = String(row % 60).padStart(2, "0");
    conversions.push(`K-${c}-${row},Sale,2026-11-10T10:00:${second}Z,${row % 1000},${c}\n`);
  }
  writeFileSync(join(folder, "contacts.csv"), contacts.join(""));
  writeFileSync(join(folder, "conversions.csv"), conversions.join(""));
}
