/** The report of `verify`: codes, counts, places and names of files; no cell of any file. */
import type { AgainstReport } from "./against.ts";
import type { Finding } from "./findings.ts";
import type { IdentifierCounts } from "./rows.ts";

/** What a file was recognized as. */
export interface Recognized {
  /** Undefined where the columns are those of no destination. */
  readonly destination?: string;
  readonly title?: string;
  readonly layout?: string;
  /** Rows correct conversions that were uploaded before. */
  readonly adjustments?: boolean;
  /** Destinations whose columns are the same. */
  readonly alsoFits: readonly string[];
}

/** What the bytes are like. */
export interface FileFacts {
  /** The file as the user named it. */
  readonly file: string;
  readonly kind: "text" | "workbook" | "json";
  readonly encoding?: string;
  readonly byteOrderMark?: boolean;
  readonly delimiter?: string;
  readonly lineEnd?: string;
  readonly sheet?: string;
  /** Whether the text came in a zip archive. */
  readonly zipped: boolean;
  /** Bytes, unpacked (of a workbook: of the file). */
  readonly bytes: number;
}

/** What `verify` found. Fit to be mailed: it holds no cell of the file or of the contacts. */
export interface VerifyReport {
  readonly schema: "firsthash.verify/1";
  readonly version: string;
  /** The present of the run, ISO 8601 in UTC. */
  readonly asOf: string;
  readonly input: FileFacts;
  readonly recognized: Recognized;
  /** Rows to upload that were checked. */
  readonly rows: number;
  readonly identifiers: Readonly<IdentifierCounts>;
  /** Errors first. */
  readonly findings: readonly Finding[];
  /** Why the file could not be read to its end; undefined where it could. */
  readonly unreadable?: string;
  /** The comparison with contacts, where it was asked for. */
  readonly against?: AgainstReport;
  /** True when nothing is an error. */
  readonly ok: boolean;
}
