/** What `hashContacts` takes, and the flags of `firsthash hash`. */
import {
  type ColumnChoices,
  PERSON_FIELDS,
  type PersonField,
  type Progress,
} from "../base/fields.ts";
import { LIBRARY_ONLY, type OptionTable } from "../base/options.ts";
import type { OnRow } from "../base/row-events.ts";
import {
  ALLOW_PLAIN,
  CONSENT_VALUES,
  COUNTRY,
  COUNTRY_FALLBACK,
  columnOption,
  DRY_RUN,
  FORCE,
  MANIFEST,
  MAX_REFUSED,
  ON_CONFLICT,
  PHONE_WITHOUT_PLUS,
  READ,
  ROWS_AT_MOST,
} from "../base/shared-options.ts";
import { EMAIL_RULE_SETS, type EmailRuleSet, type PhoneWithoutPlus } from "../base/types.ts";
import type { OnConflict } from "../join/contacts.ts";
import type { InputSource, ReadOptions } from "../read/types.ts";
import type { StreamTarget } from "../write/stream.ts";

/** What `hashContacts` takes. */
export interface HashOptions {
  /**
   * A path, a stream of bytes, or records. Read once; with a key and a consent column twice, and then
   * what comes only once is kept in memory.
   */
  readonly contacts: InputSource;
  /** What to call contacts that are not a path, in messages. */
  readonly name?: string | undefined;
  /** Path of a .csv file, or a stream that gets it once the run is known to be good, and is not ended. Required unless `dryRun`. */
  readonly output?: string | StreamTarget | undefined;
  /** Column whose cells are written beside the digests. The line in the file where it is left out. */
  readonly key?: string | undefined;
  /** Insists on ids that seem to be cut to 15 digits: without it such a run stops. */
  readonly keyReading?: "as-written" | undefined;
  /**
   * One row for each key instead of one for each contact, by the rules of `prepare`: fields that agree or are
   * absent are merged. For a join elsewhere, which would repeat a conversion for each row of its key. Needs
   * `key`; memory grows with the keys, 110 bytes each at most.
   */
  readonly perKey?: boolean | undefined;
  /** With `perKey`: two rows of a key with different digests drop the field (the default), or keep the first or last. */
  readonly onConflict?: OnConflict | undefined;
  readonly columns?: ColumnChoices<PersonField> | undefined;
  /** Country of phone numbers that name none: ISO code or a name. */
  readonly country?: string | undefined;
  /**
   * What phone numbers without a plus are (`49 171 1234567`) where they can be read as two numbers: those of
   * `country`, or such as lost their plus. Left out, a cell that does not decide by itself is refused.
   */
  readonly phoneWithoutPlus?: PhoneWithoutPlus | undefined;
  /** `country` holds also for rows whose country cell says nothing that we know. */
  readonly countryFallback?: boolean | undefined;
  /** E-mail rule set: that of the destination that the digests are for. `microsoft-2026-11` by default. */
  readonly rules?: EmailRuleSet | undefined;
  /** Values of the consent column that mean yes. Compared without case. */
  readonly consentValues?: readonly string[] | undefined;
  /** Columns whose bare digits are ids, although they look like phone numbers. */
  readonly allowPlain?: readonly string[] | undefined;
  /** Percent of the rows read, 0 to 100; past it nothing is written. 10 by default. */
  readonly maxRefused?: number | undefined;
  /** Replace an existing output. */
  readonly force?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
  /** Path of a manifest to write, as for `prepare`. */
  readonly manifest?: string | undefined;
  /** Read this many contacts and no more, for a first look at a huge file. The report says so. */
  readonly rowsAtMost?: number | undefined;
  /** How to read the contacts, where detection is wrong. */
  readonly read?: Omit<ReadOptions, "repeatable"> | undefined;
  /** Told of each row how it ended, and of each cell that was refused or repaired; never of what is in it. */
  readonly onRow?: OnRow | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Stops the run; nothing is left behind. */
  readonly signal?: AbortSignal | undefined;
}

/** Each option of {@link HashOptions}. The contacts are the command's argument. */
export const HASH_OPTIONS = {
  contacts: LIBRARY_ONLY,
  name: LIBRARY_ONLY,
  output: {
    flag: "output",
    short: "o",
    group: "Files",
    value: "<file.csv>",
    file: "output",
    help: 'file to write; "-" is standard output (default)',
  },
  manifest: MANIFEST,
  rowsAtMost: ROWS_AT_MOST,
  force: FORCE,
  key: {
    flag: "key",
    group: "Columns",
    value: "<column>",
    help: "column of ids to write beside the digests (default: the row's line number)",
  },
  keyReading: {
    flag: "key-reading",
    group: "Columns",
    value: "<reading>",
    choices: ["as-written"],
    recorded: true,
    help: "as-written insists on ids that end in zeros from the 16th digit on",
  },
  perKey: {
    flag: "per-key",
    group: "Columns",
    recorded: true,
    help: "one row for each key, merged as prepare does it: safe to join elsewhere",
  },
  onConflict: {
    ...ON_CONFLICT,
    help: "--per-key: rows of one key with different addresses: drop the field (default), or keep one",
  },
  columns: columnOption(
    PERSON_FIELDS,
    "which column holds a field; repeat a field for fallbacks, the first usable cell wins",
  ),
  consentValues: CONSENT_VALUES,
  allowPlain: ALLOW_PLAIN,
  rules: {
    flag: "rules",
    group: "Rules",
    value: "<name>",
    choices: EMAIL_RULE_SETS,
    recorded: true,
    help: "e-mail rule set, that of the destination (default: microsoft-2026-11)",
  },
  country: { ...COUNTRY, group: "Rules" },
  phoneWithoutPlus: { ...PHONE_WITHOUT_PLUS, group: "Rules" },
  countryFallback: { ...COUNTRY_FALLBACK, group: "Rules" },
  read: READ,
  maxRefused: MAX_REFUSED,
  dryRun: DRY_RUN,
  onRow: LIBRARY_ONLY,
  onProgress: LIBRARY_ONLY,
  signal: LIBRARY_ONLY,
} as const satisfies OptionTable<HashOptions>;
