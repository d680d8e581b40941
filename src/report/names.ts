/** A report that is mailed names files, never folders: `/Users/jane.doe/…` tells who somebody is. */
import { looksPersonal } from "../identity/plaintext-shape.ts";
import type { AdjustReport, DestinationReport, HashReport, PrepareReport } from "./summary.ts";

/** The report of any run that writes something. */
export type AnyReport = PrepareReport | AdjustReport | HashReport;

const WITHHELD = "(a name that looks like personal data)";

/** The name of a file without its folders; withheld where it looks like an address or a number. */
export function baseName(path: string): string {
  const name = path.split(/[\\/]/).at(-1) ?? "";
  return looksPersonal(name) ? WITHHELD : name;
}

/**
 * The same report with the names of its files alone, as `--report` saves it: fit to be mailed, where the
 * folders of a path would tell whose machine it was made on.
 *
 * @param report what `prepare`, `adjust` or `hashContacts` returned
 * @returns a copy; a name that looks like an address or a number is withheld
 *
 * @example
 * ```ts
 * import { hashContacts, mailable } from "firsthash";
 *
 * const report = await hashContacts({ contacts: "samples/contacts.csv", dryRun: true, country: "US" });
 * console.log(mailable(report).inputs[0]?.file); // contacts.csv
 * ```
 */
export function mailable<Report extends AnyReport>(report: Report): Report {
  const named = {
    ...report,
    inputs: report.inputs.map((input) => ({ ...input, file: baseName(input.file) })),
  };
  return "destinations" in report
    ? { ...named, destinations: report.destinations.map(withNames) }
    : { ...named, files: withNames(report).files };
}

function withNames<Written extends Pick<DestinationReport, "files">>(written: Written): Written {
  return {
    ...written,
    files: written.files.map((file) => ({ ...file, file: baseName(file.file) })),
  };
}
