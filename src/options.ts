/** What `prepare` takes. The command line and the configuration file are two ways to write this. */
import type { OnConflict } from "./join/contacts.ts";
import type { InputSource, ReadOptions, Role } from "./read/types.ts";

/** Columns that a person's row may have: contacts, or conversions where there are no contacts. */
export const PERSON_FIELDS = [
  "email",
  "phone",
  "country",
  "hashed-email",
  "hashed-phone",
  "consent",
] as const;

/** Columns of the conversions. */
export const CONVERSION_FIELDS = [
  "name",
  "stage",
  "time",
  "value",
  "currency",
  "click-id",
  "client-id",
  "attribution-credit",
  "attribution-model",
] as const;

/** The join column, where it is called differently in the two files. */
export const KEY_FIELDS = ["contacts.key", "conversions.key"] as const;

export const FIELDS = [...PERSON_FIELDS, ...CONVERSION_FIELDS, ...KEY_FIELDS] as const;

/** What the consent column says when a person agreed, unless the user says otherwise. In lower case. */
export const DEFAULT_CONSENT_VALUES = [
  "yes",
  "y",
  "true",
  "1",
  "granted",
  "opted in",
  "opt-in",
  "subscribed",
] as const;

export type PersonField = (typeof PERSON_FIELDS)[number];
export type ConversionField = (typeof CONVERSION_FIELDS)[number];
export type Field = (typeof FIELDS)[number];

/** A header, or several as fallbacks: the first usable cell wins. `#3` is the third column. */
export type ColumnChoices = Readonly<Partial<Record<Field, string | readonly string[]>>>;

export interface Progress {
  readonly stage: "conversions" | "contacts" | "output";
  readonly rows: number;
  /** 0 to 1; undefined when the size is not known. */
  readonly share: number | undefined;
}

export interface PrepareOptions {
  /** A path, a stream of bytes, or records. Read twice, so what comes only once is kept in memory. */
  readonly conversions: InputSource;
  /** A path, a stream of bytes, or records. Left out when the conversions carry e-mail or phone. */
  readonly contacts?: InputSource | undefined;
  /** What to call inputs that are not paths, in messages. */
  readonly names?: Readonly<Partial<Record<Role, string>>> | undefined;
  /** Join column, where it has one name in both inputs. */
  readonly key?: string | undefined;
  readonly columns?: ColumnChoices | undefined;
  /** `microsoft-bulk` by default. */
  readonly to?: string | readonly string[] | undefined;
  /**
   * Path, or a stream that gets the file once the run is known to be good. With several
   * destinations a path with `{to}` in it. Required unless `dryRun`.
   */
  readonly output?: string | NodeJS.WritableStream | undefined;
  readonly layout?: string | undefined;
  /** `adobe`: path of a template whose preamble and columns are kept. */
  readonly template?: string | undefined;
  /** Replace existing outputs. */
  readonly force?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
  /** Conversion name of all rows. */
  readonly goal?: string | undefined;
  /** Conversion names by value of the stage column; null leaves the rows of a stage out. */
  readonly goalMap?: Readonly<Record<string, string | null>> | undefined;
  /** Currency of rows that name none. */
  readonly currency?: string | undefined;
  /** Country of phone numbers that name none: ISO code or English name. */
  readonly country?: string | undefined;
  /** IANA zone of times that name none. */
  readonly timeZone?: string | undefined;
  readonly dateOrder?: "mdy" | "dmy" | "ymd" | undefined;
  readonly dateFormat?: string | undefined;
  /** `HH:mm`, for dates without a time. */
  readonly assumeTime?: string | undefined;
  readonly dst?: "earlier" | "later" | undefined;
  readonly decimal?: "point" | "comma" | undefined;
  /** The present: ISO 8601 with a zone, or a Date. Now by default. */
  readonly asOf?: string | Date | undefined;
  readonly onConflict?: OnConflict | undefined;
  /** Values of the consent column that mean yes. Compared without case; `yes`, `true`, `1` and the like by default. */
  readonly consentValues?: readonly string[] | undefined;
  /** Percent of the rows read, 0 to 100; past it nothing is written. 10 by default. */
  readonly maxRefused?: number | undefined;
  /** How to read each input, where detection is wrong. */
  readonly read?: Readonly<Partial<Record<Role, Omit<ReadOptions, "repeatable">>>> | undefined;
  /** Turn all shortcuts off; the output is the same. Holds for the whole process. */
  readonly reference?: boolean | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Stops the run; nothing is left behind. */
  readonly signal?: AbortSignal | undefined;
}
