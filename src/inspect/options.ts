/** What `inspect` takes, and the flags of `firsthash inspect`. */
import type { ColumnChoices, Progress } from "../base/fields.ts";
import { LIBRARY_ONLY, type OptionTable } from "../base/options.ts";
import { COLUMNS, COUNTRY, KEY, READ } from "../base/shared-options.ts";
import type { ReadOptions } from "../read/types.ts";

export interface InspectOptions {
  /** What to call an input that is not a path. */
  readonly name?: string | undefined;
  /** Join column. */
  readonly key?: string | undefined;
  /** As for `prepare`. A column that is named here must be there. */
  readonly columns?: ColumnChoices | undefined;
  /** Country of phone numbers that name none. */
  readonly country?: string | undefined;
  /** How to read the file, where detection is wrong. */
  readonly read?: Omit<ReadOptions, "repeatable"> | undefined;
  /** Look at this many rows and no more, where a first look is enough. The report then says `partial`. */
  readonly rowsAtMost?: number | undefined;
  readonly onProgress?: ((progress: Omit<Progress, "stage">) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Each option of {@link InspectOptions}. The file is the command's argument. */
export const INSPECT_OPTIONS = {
  name: LIBRARY_ONLY,
  key: { ...KEY, help: "join column, where it is not found by its name" },
  columns: { ...COLUMNS, help: "which column holds a field, as for prepare" },
  country: { ...COUNTRY, group: "Reading" },
  read: READ,
  rowsAtMost: LIBRARY_ONLY,
  onProgress: LIBRARY_ONLY,
  signal: LIBRARY_ONLY,
} as const satisfies OptionTable<InspectOptions>;
