/** The options of `adjust`: its own, and those of `prepare` that say how inputs are read. */
import { RETRACT_WORDS } from "../adjust/corrections.ts";
import type { OptionSpec } from "./command.ts";
import { PREPARE_OPTIONS } from "./option-table.ts";

/** Of `prepare` alone. */
const LEFT_OUT = new Set(["template", "manifest", "save-config"]);

const OWN: readonly OptionSpec[] = [
  {
    name: "corrections",
    group: "Files",
    value: "<file>",
    help: 'what has changed: CSV, TSV or XLSX; "-" is standard input',
  },
  {
    name: "original",
    group: "Files",
    value: "<file>",
    help: "the upload that was written then; or give --conversions and --contacts as for prepare",
  },
  {
    name: "id",
    group: "Columns",
    value: "<column>",
    help:
      "column that tells which conversion is meant, in the corrections and the conversions; with " +
      "--original, the column that holds its Client Id",
  },
];

/** Words of their own for options that mean a little more, or less, than in `prepare`. */
const HELP: Readonly<Record<string, string>> = {
  conversions: "the conversions that were uploaded, where there is no --original",
  to: "microsoft-bulk (default), microsoft-import or microsoft-api; repeat for several",
  column:
    "which column holds a field; of the corrections: adjustment-time, new-value, new-currency, and " +
    `adjustment-type (restate, or one of ${RETRACT_WORDS.join(", ")})`,
  config: "take from a file of prepare how conversions and contacts are read; flags win",
};

export const ADJUST_OPTIONS: readonly OptionSpec[] = [
  ...OWN,
  ...PREPARE_OPTIONS.filter(({ name }) => !LEFT_OUT.has(name)).map((spec) => {
    const help = HELP[spec.name];
    return help === undefined ? spec : { ...spec, help };
  }),
];
