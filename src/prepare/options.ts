/**
 * What `prepare` and `adjust` take. The command line and the configuration file are two ways to write
 * this.
 */

import { closestMatch } from "leven";
import { usageError } from "../base/errors.ts";
import type { AdjustField, ColumnChoices, Field, InputRole, Progress } from "../base/fields.ts";
import type { OnConflict } from "../join/contacts.ts";
import type { ByteInput, InputSource, ReadOptions } from "../read/types.ts";

/** What every run takes that writes an upload. */
export interface RunOptions {
  /** A path, a stream of bytes, or records. Left out when the conversions carry e-mail or phone. */
  readonly contacts?: InputSource | undefined;
  /** What to call inputs that are not paths, in messages. */
  readonly names?: Readonly<Partial<Record<InputRole, string>>> | undefined;
  /** Join column, where it has one name in both inputs. */
  readonly key?: string | undefined;
  /** `microsoft-bulk` by default. */
  readonly to?: string | readonly string[] | undefined;
  /**
   * Path, or a stream that gets the file once the run is known to be good; the stream is not ended, so
   * end it where its reader waits for that. With several destinations a path with `{to}` in it.
   * Required unless `dryRun`.
   */
  readonly output?: string | NodeJS.WritableStream | undefined;
  /** A layout of the destination other than its usual one, e.g. `sdk` of `microsoft-bulk`. */
  readonly layout?: string | undefined;
  /** Adds the SHA-256 of each file that is written to the report. Always done with `manifest`. */
  readonly digest?: boolean | undefined;
  /** Replace existing outputs. */
  readonly force?: boolean | undefined;
  /** Do everything but write. */
  readonly dryRun?: boolean | undefined;
  /** Conversion name of all rows. */
  readonly goal?: string | undefined;
  /** Conversion names by value of the stage column; null leaves the rows of a stage out. */
  readonly goalMap?: Readonly<Record<string, string | null>> | undefined;
  /** Currency of rows that name none. */
  readonly currency?: string | undefined;
  /** Country of phone numbers that name none: ISO code or a name. */
  readonly country?: string | undefined;
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
  /** Percent of the rows read, 0 to 100; past it nothing is written. 10 by default. */
  readonly maxRefused?: number | undefined;
  /** How to read each input, where detection is wrong. */
  readonly read?: Readonly<Partial<Record<InputRole, Omit<ReadOptions, "repeatable">>>> | undefined;
  /** Turn all shortcuts off; the output is the same. Holds for the whole process. */
  readonly reference?: boolean | undefined;
  /**
   * With 2 or more, the contacts are scanned in a second thread while this one hashes. More are not used. By
   * default 2 for contacts of 32 MB and more where there is a second core, else 1. The output is the same.
   */
  readonly threads?: number | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Stops the run; nothing is left behind. */
  readonly signal?: AbortSignal | undefined;
}

export interface PrepareOptions extends RunOptions {
  /** A path, a stream of bytes, or records. Read twice, so what comes only once is kept in memory. */
  readonly conversions: InputSource;
  readonly columns?: ColumnChoices | undefined;
  /**
   * Path or bytes of the user's own copy of a template (`adobe`, `microsoft-import`): CSV or workbook.
   * What stands above its header and the header are kept.
   */
  readonly template?: ByteInput | undefined;
  /**
   * Path of a manifest to write beside the upload: SHA-256 of inputs and outputs, rule sets, options and
   * counts. `checkManifest` and `firsthash verify --manifest` compare files with it.
   */
  readonly manifest?: string | undefined;
}

export interface AdjustOptions extends RunOptions {
  /** What has changed: a path, a stream of bytes, or records. Read twice. */
  readonly corrections: InputSource;
  /**
   * The upload that was written then: a path, or bytes. Names, times and digests are taken from it as
   * they are. Excludes `conversions`, `contacts` and `key`.
   */
  readonly original?: ByteInput | undefined;
  /** The conversions that were uploaded, read as `prepare` reads them. */
  readonly conversions?: InputSource | undefined;
  /** Column that tells which conversion is meant, where it has one name in both inputs. */
  readonly id?: string | undefined;
  readonly columns?: ColumnChoices<Field | AdjustField> | undefined;
}

/**
 * The names of the library's options, for callers without types: `dryrun: true` would otherwise be a run
 * that writes. The compiler holds the list equal to the interface.
 */

const PREPARE: Readonly<Record<keyof PrepareOptions, true>> = {
  asOf: true,
  assumeTime: true,
  columns: true,
  consentValues: true,
  contacts: true,
  conversions: true,
  country: true,
  currency: true,
  dateFormat: true,
  dateOrder: true,
  decimal: true,
  digest: true,
  dryRun: true,
  dst: true,
  force: true,
  goal: true,
  goalMap: true,
  key: true,
  layout: true,
  manifest: true,
  maxRefused: true,
  names: true,
  onConflict: true,
  onProgress: true,
  output: true,
  read: true,
  reference: true,
  signal: true,
  template: true,
  threads: true,
  timeZone: true,
  to: true,
};

/** @throws FirsthashError "usage" for an option that there is not, with the nearest one that there is */
export function checkPrepareNames(options: PrepareOptions): void {
  if (typeof options !== "object" || options === null) {
    throw usageError("prepare takes an object of options", "see the example in its documentation");
  }
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(PREPARE, name)) continue;
    const near = closestMatch(name, Object.keys(PREPARE), { maxDistance: 4 });
    throw usageError(
      `prepare has no option ${/^[A-Za-z-]{1,30}$/.test(name) ? `"${name}"` : "of this name"}`,
      near === undefined ? `options: ${Object.keys(PREPARE).join(", ")}` : `did you mean ${near}?`,
    );
  }
}
