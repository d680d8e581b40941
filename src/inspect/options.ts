/** What `inspect` takes, and the flags of `firsthash inspect`. */
import type { ColumnChoices, Progress } from "../base/fields.ts";
import { LIBRARY_ONLY, type OptionTable } from "../base/options.ts";
import {
  COLUMNS,
  COUNTRY,
  COUNTRY_FALLBACK,
  KEY,
  PHONE_WITHOUT_PLUS,
  READ,
  ROWS_AT_MOST,
} from "../base/shared-options.ts";
import type { PhoneWithoutPlus } from "../base/types.ts";
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
  /**
   * What phone numbers without a plus are (`49 171 1234567`) where they can be read as two numbers: those of
   * `country`, or such as lost their plus. Left out, a cell that does not decide by itself is refused.
   */
  readonly phoneWithoutPlus?: PhoneWithoutPlus | undefined;
  /** `country` holds also for rows whose country cell says nothing that we know. */
  readonly countryFallback?: boolean | undefined;
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
  phoneWithoutPlus: { ...PHONE_WITHOUT_PLUS, group: "Reading" },
  countryFallback: { ...COUNTRY_FALLBACK, group: "Reading" },
  read: READ,
  rowsAtMost: ROWS_AT_MOST,
  onProgress: LIBRARY_ONLY,
  signal: LIBRARY_ONLY,
} as const satisfies OptionTable<InspectOptions>;
