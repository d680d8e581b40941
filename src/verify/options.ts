/** What `verify` takes, and the flags of `firsthash verify`. */
import { type ColumnChoices, PERSON_FIELDS } from "../base/fields.ts";
import { LIBRARY_ONLY, type OptionTable } from "../base/options.ts";
import {
  AS_OF,
  COUNTRY,
  COUNTRY_FALLBACK,
  columnOption,
  PHONE_WITHOUT_PLUS,
  readOption,
} from "../base/shared-options.ts";
import type { PhoneWithoutPlus } from "../base/types.ts";
import type { InputSource, ReadOptions } from "../read/types.ts";

/** How far `verify` has come. */
export interface VerifyProgress {
  readonly stage: "upload file" | "contacts";
  readonly rows: number;
  /** 0 to 1; undefined when the size is not known. */
  readonly share: number | undefined;
}

/** Options of {@link verify}. */
export interface VerifyOptions {
  /** What to call an input that is no path, in messages. */
  readonly name?: string | undefined;
  /** Check as a file of this destination; recognized by its columns when left out. */
  readonly to?: string | undefined;
  /** The present, for the 90 days: ISO 8601 with a zone, or a Date. Now by default. */
  readonly asOf?: string | Date | undefined;
  /** The CRM export that the file was made from: its digests are derived again and compared. */
  readonly against?: InputSource | undefined;
  /** What to call the contacts where they are no path. */
  readonly againstName?: string | undefined;
  /** Columns of the contacts, where they are not found by their names. */
  readonly columns?: ColumnChoices | undefined;
  /** Country of phone numbers of contacts that name none: ISO code or a name. */
  readonly country?: string | undefined;
  /**
   * What phone numbers without a plus are (`49 171 1234567`) where they can be read as two numbers: those of
   * `country`, or such as lost their plus. Left out, a cell that does not decide by itself is refused.
   */
  readonly phoneWithoutPlus?: PhoneWithoutPlus | undefined;
  /** `country` holds also for rows whose country cell says nothing that we know. */
  readonly countryFallback?: boolean | undefined;
  /** How to read the file and the contacts, where detection is wrong. */
  readonly read?:
    | {
        readonly file?: Omit<ReadOptions, "repeatable"> | undefined;
        readonly contacts?: Omit<ReadOptions, "repeatable"> | undefined;
      }
    | undefined;
  readonly onProgress?: ((progress: VerifyProgress) => void) | undefined;
  /** Stops the run. */
  readonly signal?: AbortSignal | undefined;
}

/** Each option of {@link VerifyOptions}. The file is the command's argument. */
export const VERIFY_OPTIONS = {
  name: LIBRARY_ONLY,
  to: {
    flag: "to",
    group: "File",
    value: "<destination>",
    help: "check as a file of this destination (default: recognized by its columns)",
  },
  asOf: { ...AS_OF, group: "File" },
  against: {
    flag: "against",
    group: "Contacts",
    value: "<file>",
    file: "input",
    help: "the CRM export that the file was made from: derive its digests again and compare",
  },
  againstName: LIBRARY_ONLY,
  columns: columnOption(
    PERSON_FIELDS,
    "column of --against that holds a field: email, phone, country, hashed-email or hashed-phone",
  ),
  country: {
    ...COUNTRY,
    group: "Contacts",
    help: "country of phone numbers of --against that name none",
  },
  phoneWithoutPlus: { ...PHONE_WITHOUT_PLUS, group: "Contacts" },
  countryFallback: { ...COUNTRY_FALLBACK, group: "Contacts" },
  read: readOption(["contacts"]),
  onProgress: LIBRARY_ONLY,
  signal: LIBRARY_ONLY,
} as const satisfies OptionTable<VerifyOptions>;
