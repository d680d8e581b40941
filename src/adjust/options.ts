/** What `adjust` takes: its own options, and those of `prepare` that say how inputs are read. */
import {
  ADJUST_FIELDS,
  type AdjustField,
  type ColumnChoices,
  FIELDS,
  type Field,
} from "../base/fields.ts";
import type { OptionTable } from "../base/options.ts";
import { columnOption, readOption } from "../base/shared-options.ts";
import { PREPARE_OPTIONS, type RunOptions } from "../prepare/options.ts";
import type { ByteInput, InputFiles, InputSource } from "../read/types.ts";
import { ADJUSTMENT_WORDS } from "./words.ts";

export interface AdjustOptions extends RunOptions {
  /** What has changed: a path, a stream of bytes, or records. Read twice. */
  readonly corrections: InputSource;
  /**
   * The upload that was written then: a path, or bytes. Names, times and digests are taken from it as
   * they are. Excludes `conversions`, `contacts` and `key`.
   */
  readonly original?: ByteInput | undefined;
  /** The conversions that were uploaded, read as `prepare` reads them. */
  readonly conversions?: InputSource | InputFiles | undefined;
  /** Column that tells which conversion is meant, where it has one name in both inputs. */
  readonly id?: string | undefined;
  readonly columns?: ColumnChoices<Field | AdjustField> | undefined;
}

const { template, manifest, conversions, to, ...shared } = PREPARE_OPTIONS;

/** Each option of {@link AdjustOptions}. */
export const ADJUST_OPTIONS = {
  corrections: {
    flag: "corrections",
    group: "Files",
    value: "<file>",
    file: "input",
    help: 'what has changed: CSV, TSV or XLSX; "-" is standard input',
  },
  original: {
    flag: "original",
    group: "Files",
    value: "<file>",
    file: "read",
    excludes: ["conversions", "contacts", "key"],
    help: "the upload that was written then; or give --conversions and --contacts as for prepare",
  },
  conversions: {
    ...conversions,
    help: "the conversions that were uploaded, where there is no --original",
  },
  to: {
    ...to,
    help: "microsoft-bulk (default), microsoft-import or microsoft-api; repeat for several",
  },
  ...shared,
  id: {
    flag: "id",
    group: "Columns",
    value: "<column>",
    help:
      "column that tells which conversion is meant, in the corrections and the conversions; with " +
      "--original, the column that holds its Client Id",
  },
  columns: columnOption(
    [...FIELDS, ...ADJUST_FIELDS],
    "which column holds a field; of the corrections: adjustment-time, new-value, new-currency, and " +
      `adjustment-type (restate, or one of ${ADJUSTMENT_WORDS.Retract.join(", ")})`,
  ),
  read: readOption(["corrections", "contacts", "conversions"]),
} as const satisfies OptionTable<AdjustOptions>;
