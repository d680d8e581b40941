/** What `verify` takes, and the flags of `firsthash verify`. */
import { type ColumnChoices, FIELDS } from "../base/fields.ts";
import { LIBRARY_ONLY, type OptionTable, pick } from "../base/options.ts";
import type { OnRow } from "../base/row-events.ts";
import {
  ALLOW_PLAIN,
  AS_OF,
  COUNTRY,
  COUNTRY_FALLBACK,
  columnOption,
  KEY,
  PHONE_WITHOUT_PLUS,
  readOption,
} from "../base/shared-options.ts";
import type { PhoneWithoutPlus } from "../base/types.ts";
import { PREPARE_OPTIONS, type PrepareOptions } from "../prepare/options.ts";
import type { InputSource, ReadOptions } from "../read/types.ts";

/** How far `verify` has come. */
export interface VerifyProgress {
  readonly stage: "upload file" | "contacts" | "conversions";
  readonly rows: number;
  /** 0 to 1; undefined when the size is not known. */
  readonly share: number | undefined;
}

/** How the conversions are read, in the words of `prepare`. */
type ConversionOptions = Pick<
  PrepareOptions,
  | "goal"
  | "goalMap"
  | "currency"
  | "timeZone"
  | "dateOrder"
  | "dateFormat"
  | "assumeTime"
  | "dst"
  | "decimal"
  | "keyReading"
  | "keySeparator"
>;

/** Options of {@link verify}. */
export interface VerifyOptions extends ConversionOptions {
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
  /**
   * The conversions that the file was made from, read as `prepare` reads them: each row must have the digests of its
   * own conversion's person. With `against`.
   */
  readonly conversions?: InputSource | undefined;
  /** What to call the conversions where they are no path. */
  readonly conversionsName?: string | undefined;
  /** Column that says which contact is meant, where it has one name in both inputs. */
  readonly key?: string | undefined;
  /** Columns of the contacts and the conversions, where they are not found by their names. */
  readonly columns?: ColumnChoices | undefined;
  /**
   * Country of phone numbers that name none, of the contacts and in plain columns: ISO code or a name.
   * Without one, numbers in plain columns are found by their `+`, `00` or brackets alone.
   */
  readonly country?: string | undefined;
  /**
   * What phone numbers without a plus are (`49 171 1234567`) where they can be read as two numbers: those of
   * `country`, or such as lost their plus. Left out, a cell that does not decide by itself is refused.
   */
  readonly phoneWithoutPlus?: PhoneWithoutPlus | undefined;
  /** `country` holds also for rows whose country cell says nothing that we know. */
  readonly countryFallback?: boolean | undefined;
  /** Columns of the file whose bare digits are ids and no phone numbers, by their headers. */
  readonly allowPlain?: readonly string[] | undefined;
  /** How to read the file and the contacts, where detection is wrong. */
  readonly read?:
    | {
        readonly file?: Omit<ReadOptions, "repeatable"> | undefined;
        readonly contacts?: Omit<ReadOptions, "repeatable"> | undefined;
        readonly conversions?: Omit<ReadOptions, "repeatable"> | undefined;
      }
    | undefined;
  /**
   * Told of each row once it was checked (`checked`), and of each finding that has a line (`error`, `warning` or
   * `info`); never of what is in it. `input` is `file`.
   */
  readonly onRow?: OnRow | undefined;
  readonly onProgress?: ((progress: VerifyProgress) => void) | undefined;
  /** Stops the run. */
  readonly signal?: AbortSignal | undefined;
}

/** Those that say how conversions are read. */
export const CONVERSION_OPTIONS = [
  "goal",
  "goalMap",
  "currency",
  "timeZone",
  "dateOrder",
  "dateFormat",
  "assumeTime",
  "dst",
  "decimal",
  "keyReading",
  "keySeparator",
] as const satisfies readonly (keyof ConversionOptions)[];

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
  conversions: {
    flag: "conversions",
    group: "Contacts",
    value: "<file>",
    file: "input",
    help: "the conversions that the file was made from: does each row have its own person's digests",
  },
  conversionsName: LIBRARY_ONLY,
  key: {
    ...KEY,
    group: "Contacts",
    help: "column of the person's id in --against and --conversions",
  },
  columns: columnOption(
    FIELDS,
    "column of --against or --conversions that holds a field, as for prepare",
  ),
  country: {
    ...COUNTRY,
    group: "Contacts",
    help: "country of phone numbers that name none, of --against and in plain columns",
  },
  phoneWithoutPlus: { ...PHONE_WITHOUT_PLUS, group: "Contacts" },
  countryFallback: { ...COUNTRY_FALLBACK, group: "Contacts" },
  allowPlain: { ...ALLOW_PLAIN, group: "File" },
  ...pick(PREPARE_OPTIONS, ...CONVERSION_OPTIONS),
  read: readOption(["contacts", "conversions"]),
  onRow: LIBRARY_ONLY,
  onProgress: LIBRARY_ONLY,
  signal: LIBRARY_ONLY,
} as const satisfies OptionTable<VerifyOptions>;
