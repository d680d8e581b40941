/**
 * What `prepare` takes, and what it shares with `adjust`. The command line and the configuration file are
 * two ways to write this.
 */

import type { ColumnChoices, InputRole, Progress } from "../base/fields.ts";
import { parseWhole } from "../base/option-values.ts";
import { LIBRARY_ONLY, type OptionTable } from "../base/options.ts";
import type { OnRow } from "../base/row-events.ts";
import {
  ALLOW_PLAIN,
  AS_OF,
  COLUMNS,
  CONSENT_VALUES,
  COUNTRY,
  COUNTRY_FALLBACK,
  DRY_RUN,
  FORCE,
  KEY,
  KEY_READING,
  KEY_SEPARATOR,
  MANIFEST,
  MAX_REFUSED,
  ON_CONFLICT,
  PHONE_WITHOUT_PLUS,
  ROWS_AT_MOST,
  readOption,
} from "../base/shared-options.ts";
import type { KeyReading, PhoneWithoutPlus } from "../base/types.ts";
import type { ConsentStatus } from "../conversion/types.ts";
import { EVENT_SOURCES } from "../destinations/google.ts";
import type { OnConflict } from "../join/contacts.ts";
import type { ByteInput, InputFiles, InputSource, ReadOptions } from "../read/types.ts";
import type { StreamTarget } from "../write/stream.ts";
import { parseActions } from "./account.ts";

/** What every run takes that writes an upload. */
export interface RunOptions {
  /** A path, a stream of bytes, or records, or several of them. Left out when the conversions carry e-mail or phone. */
  readonly contacts?: InputSource | InputFiles | undefined;
  /** What to call inputs that are not paths, in messages. */
  readonly names?: Readonly<Partial<Record<InputRole, string>>> | undefined;
  /** Join column, where it has one name in both inputs. */
  readonly key?: string | undefined;
  /**
   * How keys of both inputs are read besides trimming: `salesforce` (15 and 18 characters), `leading-zeros`,
   * `ignore-case`, `digits` (only these are compared). `as-written` insists on ids that seem to be cut to 15 digits.
   */
  readonly keyReading?: KeyReading | readonly KeyReading[] | undefined;
  /** Between several keys in one cell, e.g. `;`. The first one that has a contact with an address or a number counts. */
  readonly keySeparator?: string | undefined;
  /** `microsoft-bulk` by default. */
  readonly to?: string | readonly string[] | undefined;
  /**
   * Path, or a stream that gets the file once the run is known to be good; the stream is not ended, so
   * end it where its reader waits for that. With several destinations a path with `{to}` in it.
   * Required unless `dryRun`.
   */
  readonly output?: string | StreamTarget | undefined;
  /** A layout of the destination other than its usual one, e.g. `sdk` of `microsoft-bulk`. */
  readonly layout?: string | undefined;
  /** Adds the SHA-256 of each file that is written to the report. Always done with `manifest`. */
  readonly digest?: boolean | undefined;
  /** Replace existing outputs. */
  readonly force?: boolean | undefined;
  /** Do everything but write. */
  readonly dryRun?: boolean | undefined;
  /** An input of conversions without a row is no error: nothing is written, and the report says so. */
  readonly allowEmpty?: boolean | undefined;
  /** Conversion name of all rows. */
  readonly goal?: string | undefined;
  /** Conversion names by value of the stage column; null leaves the rows of a stage out. */
  readonly goalMap?: Readonly<Record<string, string | null>> | undefined;
  /** Currency of rows that name none. */
  readonly currency?: string | undefined;
  /** Country of phone numbers that name none: ISO code or a name. */
  readonly country?: string | undefined;
  /**
   * What phone numbers without a plus are (`49 171 1234567`) where they can be read as two numbers: those of
   * `country`, or such as lost their plus. Left out, a cell that does not decide by itself is refused.
   */
  readonly phoneWithoutPlus?: PhoneWithoutPlus | undefined;
  /** `country` holds also for rows whose country cell says nothing that we know. */
  readonly countryFallback?: boolean | undefined;
  /** IANA zone of times that name none. */
  readonly timeZone?: string | undefined;
  /** Order of day and month where the column leaves it open; without it such a run stops. */
  readonly dateOrder?: "mdy" | "dmy" | "ymd" | undefined;
  /** Form of times that are not recognized, e.g. `dd.MM.yy HH'h'mm`. */
  readonly dateFormat?: string | undefined;
  /** `HH:mm`, for dates without a time. */
  readonly assumeTime?: string | undefined;
  /** Which instant to take for a local time that the clock change makes double or skips; refused without it. */
  readonly dst?: "earlier" | "later" | undefined;
  /** Decimal mark of values where the column leaves it open; without it such a run stops. */
  readonly decimal?: "point" | "comma" | undefined;
  /** The present: ISO 8601 with a zone, or a Date. Now by default. */
  readonly asOf?: string | Date | undefined;
  /** Contacts with one key and different digests: drop the field (the default), or keep the first or last. */
  readonly onConflict?: OnConflict | undefined;
  /** Values of the consent column that mean yes. Compared without case; `yes`, `true`, `1` and the like by default. */
  readonly consentValues?: readonly string[] | undefined;
  /**
   * Columns that come out as they are and whose bare digits are ids, although they look like phone numbers:
   * by header, or `#3`. Without it such a run stops.
   */
  readonly allowPlain?: readonly string[] | undefined;
  /** Percent of the rows read, 0 to 100; past it nothing is written. 10 by default. */
  readonly maxRefused?: number | undefined;
  /**
   * Read this many rows of the conversions and no more (of each file, where they are several), for a first look at a
   * huge one. The contacts are read whole: who is missing could not be told otherwise. The report says so.
   */
  readonly rowsAtMost?: number | undefined;
  /** How to read each input, where detection is wrong. */
  readonly read?: Readonly<Partial<Record<InputRole, Omit<ReadOptions, "repeatable">>>> | undefined;
  /** Take no shortcut in this run; the output is the same. */
  readonly reference?: boolean | undefined;
  /**
   * With 2 or more, the contacts are scanned in a second thread while this one hashes. More are not used. By
   * default 2 for contacts of 32 MB and more where there is a second core, else 1. The output is the same.
   */
  readonly threads?: number | undefined;
  /** Told of each row how it ended, and of each cell of a person that was refused or repaired; never of what is in it. */
  readonly onRow?: OnRow | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Stops the run; nothing is left behind. */
  readonly signal?: AbortSignal | undefined;
}

export interface PrepareOptions extends RunOptions {
  /** A path, a stream of bytes, or records, or several of them. Read twice: what comes only once is kept in memory. */
  readonly conversions: InputSource | InputFiles;
  readonly columns?: ColumnChoices | undefined;
  /**
   * Path or bytes of the user's own copy of a template (`adobe`, `microsoft-import`): CSV or workbook.
   * What stands above its header and the header are kept.
   */
  readonly template?: ByteInput | undefined;
  /** Ten digits: the Google Ads account that gets the conversions. For `google-data-manager`. */
  readonly googleAccount?: string | undefined;
  /** The manager account through which its user signs in. */
  readonly googleLoginAccount?: string | undefined;
  /** Number of the conversion action of all rows, or numbers by conversion name. For `google-data-manager`. */
  readonly googleAction?: string | Readonly<Record<string, string>> | undefined;
  /** Where the conversions came about, for `google-data-manager`; `other` by default. */
  readonly eventSource?: (typeof EVENT_SOURCES)[number] | undefined;
  /** Consent to send data to Google for ads, of the rows that have no column for it. */
  readonly adUserData?: ConsentStatus | undefined;
  /** Consent to personalized ads, of the rows that have no column for it. */
  readonly adPersonalization?: ConsentStatus | undefined;
  /**
   * Path of a manifest to write beside the upload: SHA-256 of inputs and outputs, rule sets, options and
   * counts. `checkManifest` and `firsthash verify --manifest` compare files with it.
   */
  readonly manifest?: string | undefined;
  /**
   * Path of the ledger of what was sent before; made where there is none. Conversions that it knows are left out,
   * also where their digests have changed since. `firsthash upload --ledger` marks in it what was accepted.
   */
  readonly ledger?: string | undefined;
}

/** One input, or several. */
function severalInputs(files: readonly string[]): InputSource | InputFiles {
  const [only, ...others] = files;
  return only !== undefined && others.length === 0 ? only : { files };
}

/** Each option of {@link PrepareOptions}: its flag, its help, and what else follows from it. */
export const PREPARE_OPTIONS = {
  conversions: {
    flag: "conversions",
    group: "Files",
    value: "<file>",
    file: "input",
    repeatable: true,
    parseAll: severalInputs,
    help: 'conversions: CSV, TSV or XLSX; "-" is standard input; repeat it, or write a pattern ("2026-*.csv"), for several',
  },
  contacts: {
    flag: "contacts",
    group: "Files",
    value: "<file>",
    file: "input",
    repeatable: true,
    parseAll: severalInputs,
    help: "CRM export; leave it out when the conversions carry e-mail or phone themselves; several as for --conversions",
  },
  names: LIBRARY_ONLY,
  to: {
    flag: "to",
    ofOneRun: true,
    group: "Files",
    value: "<destination>",
    repeatable: true,
    recorded: true,
    help: "microsoft-bulk (default), microsoft-import, microsoft-api, adobe, google-leads, google-data-manager or adobe-google; repeat for several",
  },
  output: {
    flag: "output",
    ofOneRun: true,
    short: "o",
    group: "Files",
    value: "<file>",
    file: "output",
    help: 'file to write; "-" is standard output; with several --to, a pattern with {to}',
  },
  layout: {
    flag: "layout",
    ofOneRun: true,
    group: "Files",
    value: "<name>",
    recorded: true,
    help: "a layout of the destination other than its usual one",
  },
  template: {
    flag: "template",
    ofOneRun: true,
    group: "Files",
    value: "<file>",
    file: "read",
    help: "adobe: take preamble and columns from this template file",
  },
  manifest: MANIFEST,
  ledger: {
    flag: "ledger",
    ofOneRun: true,
    group: "Files",
    value: "<file>",
    file: "read",
    help: "leave out what was sent before, as this file knows; made where there is none; `firsthash upload --ledger` marks in it",
  },
  digest: LIBRARY_ONLY,
  force: FORCE,
  key: KEY,
  keyReading: KEY_READING,
  keySeparator: KEY_SEPARATOR,
  columns: COLUMNS,
  consentValues: CONSENT_VALUES,
  allowPlain: ALLOW_PLAIN,
  onConflict: ON_CONFLICT,
  goal: {
    flag: "goal",
    group: "Conversions",
    value: "<name>",
    excludes: ["goalMap"],
    recorded: true,
    help: "conversion name of all rows, exactly as the goal is called",
  },
  goalMap: {
    flag: "goal-map",
    group: "Conversions",
    value: "<file.json>",
    file: "json",
    excludes: ["goal"],
    recorded: true,
    help: "JSON object from values of the stage column to conversion names",
  },
  currency: {
    flag: "currency",
    group: "Conversions",
    value: "<code>",
    recorded: true,
    help: "currency of values that have none, e.g. USD",
  },
  googleAccount: {
    flag: "google-account",
    group: "Google",
    value: "<number>",
    recorded: true,
    help: "the Google Ads account that gets the conversions, ten digits (google-data-manager)",
  },
  googleLoginAccount: {
    flag: "google-login-account",
    group: "Google",
    value: "<number>",
    recorded: true,
    help: "the manager account through which its user signs in (google-data-manager)",
  },
  googleAction: {
    flag: "google-action",
    group: "Google",
    value: "<[name=]number>",
    repeatable: true,
    recorded: true,
    help: "number of the conversion action, of all rows or of one conversion name (google-data-manager)",
    parseAll: parseActions,
  },
  eventSource: {
    flag: "event-source",
    group: "Google",
    value: "<place>",
    choices: EVENT_SOURCES,
    recorded: true,
    help: "where the conversions came about; other by default (google-data-manager)",
  },
  adUserData: {
    flag: "ad-user-data",
    group: "Google",
    value: "<status>",
    choices: ["granted", "denied"],
    recorded: true,
    help: "consent to send data to Google for ads, of rows without a column for it",
  },
  adPersonalization: {
    flag: "ad-personalization",
    group: "Google",
    value: "<status>",
    choices: ["granted", "denied"],
    recorded: true,
    help: "consent to personalized ads, of rows without a column for it",
  },
  country: COUNTRY,
  phoneWithoutPlus: PHONE_WITHOUT_PLUS,
  countryFallback: COUNTRY_FALLBACK,
  timeZone: {
    flag: "time-zone",
    group: "Conversions",
    value: "<iana>",
    recorded: true,
    help: "zone of times that name none, e.g. America/New_York",
  },
  dateOrder: {
    flag: "date-order",
    group: "Conversions",
    value: "<order>",
    choices: ["mdy", "dmy", "ymd"],
    recorded: true,
    help: "order of day and month where the file leaves it open",
  },
  dateFormat: {
    flag: "date-format",
    group: "Conversions",
    value: "<pattern>",
    recorded: true,
    help: "form of times that are not recognized, e.g. \"dd.MM.yy HH'h'mm\"",
  },
  assumeTime: {
    flag: "assume-time",
    group: "Conversions",
    value: "<HH:mm>",
    recorded: true,
    help: "time of day of dates that have none",
  },
  dst: {
    flag: "dst",
    group: "Conversions",
    value: "<choice>",
    choices: ["earlier", "later"],
    recorded: true,
    help: "which instant to take for a local time that the clock change makes double or skips",
  },
  decimal: {
    flag: "decimal",
    group: "Conversions",
    value: "<mark>",
    choices: ["point", "comma"],
    recorded: true,
    help: "decimal mark of values where the file leaves it open",
  },
  asOf: AS_OF,
  read: readOption(["contacts", "conversions"]),
  maxRefused: MAX_REFUSED,
  dryRun: DRY_RUN,
  allowEmpty: {
    flag: "allow-empty",
    ofOneRun: true,
    group: "Run",
    help: "conversions without a row are no error: nothing is written, and the exit code is 0",
  },
  threads: {
    flag: "threads",
    group: "Run",
    value: "<n>",
    number: true,
    help: "1, or 2 to scan the contacts in a second thread; more are not used, same output (default: 2 from 32 MB of contacts on, where there is a second core)",
    parse: parseWhole,
  },
  reference: {
    flag: "reference",
    group: "Run",
    help: "use the reference libraries alone, without shortcuts; slower, same output",
    commandLineOnly: true,
  },
  rowsAtMost: {
    ...ROWS_AT_MOST,
    help: "read only the first rows of the conversions, for a first look at a huge file",
  },
  onRow: LIBRARY_ONLY,
  onProgress: LIBRARY_ONLY,
  signal: LIBRARY_ONLY,
} as const satisfies OptionTable<PrepareOptions>;
