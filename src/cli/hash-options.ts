/** The options of `hash`. Those that mean the same as elsewhere are taken from there. */

import { type OptionSpec, OUTPUT_OPTIONS } from "./command.ts";
import { INSPECT_OPTIONS } from "./inspect-options.ts";
import { PREPARE_OPTIONS } from "./option-table.ts";

function sameAs(options: readonly OptionSpec[], ...names: string[]): OptionSpec[] {
  return names.map((name) => {
    const spec = options.find((candidate) => candidate.name === name);
    if (spec === undefined) throw new Error(`no option is called ${name}`);
    return spec;
  });
}

export const HASH_OPTIONS: readonly OptionSpec[] = [
  {
    name: "output",
    group: "Files",
    short: "o",
    value: "<file.csv>",
    help: 'file to write; "-" is standard output (default)',
  },
  ...sameAs(PREPARE_OPTIONS, "report", "manifest", "force"),
  {
    name: "key",
    group: "Columns",
    value: "<column>",
    help: "column of ids that is written beside the digests (default: the row's line number)",
  },
  ...sameAs(PREPARE_OPTIONS, "column", "consent-values"),
  {
    name: "rules",
    group: "Rules",
    value: "<name>",
    choices: ["microsoft-2026-11", "google-2026-11"],
    help: "e-mail rule set, that of the destination (default: microsoft-2026-11)",
  },
  ...sameAs(PREPARE_OPTIONS, "country").map((spec) => ({ ...spec, group: "Rules" })),
  ...sameAs(INSPECT_OPTIONS, "encoding", "delimiter", "sheet").map((spec) => ({
    ...spec,
    group: "Reading",
  })),
  ...sameAs(PREPARE_OPTIONS, "max-refused", "dry-run", "json"),
  ...OUTPUT_OPTIONS,
];
