/**
 * The closed list of findings about an upload file, most telling first within a severity. Each has a
 * stable code, a sentence to be read after a count, and what to do. The texts never speak of a value.
 *
 * An `error` is something that the destination documents otherwise, or that makes rows useless. What is
 * unusual but known to work, or only probably wrong, is a `warning`.
 */

import type { Advice } from "../base/errors.ts";
import type { OwnTexts } from "../base/reasons.ts";

export type Severity = "error" | "warning" | "info";

interface FindingText {
  readonly severity: Severity;
  readonly text: string;
  readonly advice?: Advice;
}

export const FINDINGS = {
  // Plaintext. It would leave the house with the file.
  "plaintext-email-in-hash-column": {
    severity: "error",
    text: "an e-mail address in plain text in a hash column",
    advice: { text: "do not upload this file; make it again with `firsthash prepare`" },
  },
  "plaintext-phone-in-hash-column": {
    severity: "error",
    text: "a phone number in plain text in a hash column",
    advice: { text: "do not upload this file; make it again with `firsthash prepare`" },
  },
  "plaintext-email": {
    severity: "error",
    text: "text that looks like an e-mail address outside the hash columns",
    advice: { text: "do not upload this file; take the column out" },
  },
  "plaintext-phone": {
    severity: "error",
    text: "text that looks like a phone number outside the hash columns",
    advice: { text: "do not upload this file; take the column out" },
  },
  "plaintext-phone-column": {
    severity: "error",
    text: "a column outside the hash columns whose bare digits are phone numbers",
    advice: {
      option: "allowPlain",
      text: 'do not upload this file; if they are ids, say so with `allowPlain: "<header>"`',
    },
  },
  // The file as a whole.
  unreadable: {
    severity: "error",
    text: "the file cannot be read from this line on; the rows after it were not checked",
    advice: { text: "write cells that hold quotes in quotes, with each of their quotes doubled" },
  },
  "layout-unknown": {
    severity: "warning",
    text: "the columns match no destination that we know; only digests and plain text were checked",
    advice: { option: "to", text: "name the destination with `to` to see what is missing" },
  },
  "header-missing": {
    severity: "error",
    text: "no header row",
    advice: { text: "put the destination's column names into the first row" },
  },
  "column-missing": {
    severity: "error",
    text: "a required column is missing",
  },
  "header-duplicate": { severity: "error", text: "a column name that appears twice" },
  "header-spelling": {
    severity: "error",
    text: "a column name that differs from the destination's in spaces or punctuation",
    advice: { text: "use the destination's own names" },
  },
  "type-not-first": {
    severity: "error",
    text: "the column for the record type is not the first one",
    advice: { text: "a Bulk file begins with the column Type" },
  },
  "version-row-missing": {
    severity: "error",
    text: "the row with the format version is missing",
    advice: { text: "the row below the header must be Format Version, with 6.0 under Name" },
  },
  "version-row-misplaced": {
    severity: "error",
    text: "the row with the format version does not stand below the header",
    advice: { text: "it must precede all other records" },
  },
  "version-wrong": {
    severity: "error",
    text: "the format version is not the one that the destination takes",
    advice: { text: "write 6.0 under Name; a spreadsheet may have made 6 or 6,0 of it" },
  },
  "time-zone-missing": {
    severity: "error",
    text: "no Parameters:TimeZone row above the header, and times without a zone",
    advice: { text: "put Parameters:TimeZone=+0000 above the header if the times are in UTC" },
  },
  "time-zone-wrong": {
    severity: "error",
    text: "the Parameters:TimeZone row names no zone that the destination knows",
    advice: { text: "write an offset such as +0000 (sign and four digits)" },
  },
  "encoding-not-utf8": {
    severity: "error",
    text: "the file is not in UTF-8",
    advice: { text: "save it as CSV UTF-8" },
  },
  "delimiter-wrong": {
    severity: "error",
    text: "the cells are separated by a character that the destination does not accept",
    advice: {
      text: "write commas; a spreadsheet in a country with decimal commas writes semicolons",
    },
  },
  "line-end-lone-cr": {
    severity: "error",
    text: "the lines end in CR alone",
    advice: { text: "write CRLF" },
  },
  "too-many-rows": {
    severity: "error",
    text: "more rows than one file may have",
    advice: { text: "split the file; `firsthash prepare` does so" },
  },
  "too-large": {
    severity: "error",
    text: "more bytes than one file may have",
    advice: { text: "split the file; `firsthash prepare` does so" },
  },
  "too-many-items": {
    severity: "error",
    text: "more conversions in one request than the operation takes",
    advice: { text: "split the request" },
  },
  "archive-several-files": {
    severity: "error",
    text: "several files in the archive; only the first was checked",
    advice: { text: "put one file into an archive" },
  },
  "body-malformed": {
    severity: "error",
    text: "a line that is no request body of the destination",
    advice: { text: "write one JSON object a line, with the list of conversions in it" },
  },
  "no-rows": { severity: "error", text: "there is no row to upload" },
  // Digests.
  "hash-of-nothing": {
    severity: "error",
    text: "the digest of an empty value (empty string, null, n/a, …)",
    advice: {
      text: "the tool that made the digests hashed empty cells; leave the cell empty instead",
    },
  },
  "hash-of-text-nothing": {
    severity: "error",
    text: "a hash column says null, n/a or the like instead of being empty",
    advice: { text: "leave the cell empty" },
  },
  "hash-base64": {
    severity: "error",
    text: "a digest in base64",
    advice: { text: "write 64 lower-case hex digits" },
  },
  "hash-md5": {
    severity: "error",
    text: "32 hex digits in a hash column: an MD5 digest",
    advice: { text: "hash with SHA-256" },
  },
  "hash-sha1": {
    severity: "error",
    text: "40 hex digits in a hash column: a SHA-1 digest",
    advice: { text: "hash with SHA-256" },
  },
  "hash-length": {
    severity: "error",
    text: "hex digits in a hash column, but not 64 of them",
    advice: { text: "write the whole SHA-256 digest: 64 lower-case hex digits" },
  },
  "hash-upper-case": {
    severity: "error",
    text: "a digest in upper case",
    advice: { text: "write 64 lower-case hex digits" },
  },
  "hash-blank": {
    severity: "error",
    text: "blanks or invisible characters around a digest, or in a hash column alone",
    advice: { text: "write nothing but the 64 hex digits" },
  },
  "hash-malformed": {
    severity: "error",
    text: "something in a hash column that is no digest",
    advice: { text: "do not upload this file until you know what it is: it may be plain text" },
  },
  "digest-in-both-columns": {
    severity: "error",
    text: "the same digest in the e-mail and the phone column of a row",
    advice: { text: "one of the two columns was filled from the wrong field" },
  },
  "digests-wrong": {
    severity: "error",
    text: "a digest that matches a contact's value normalized in a wrong way",
    advice: { text: "hash again by the destination's rules; `firsthash prepare` does so" },
  },
  "digests-untraced": {
    severity: "error",
    text: "a digest that matches no contact, in a column where none does",
    advice: {
      option: "country",
      text: "check that these are the contacts of this file, and `country`; else the values were salted or changed before hashing",
    },
  },
  "digests-of-two-people": {
    severity: "error",
    text: "an e-mail and a phone digest that are two different contacts'",
    advice: {
      option: "key",
      text: "do not upload this file: its rows mix people; where several rows of the contacts are one person, name their id with `key`",
    },
  },
  "person-other": {
    severity: "error",
    text: "a row with the digest of somebody else than its conversion's person",
    advice: {
      text: "do not upload this file; make it again with `firsthash prepare`, and look whether the ids in both files are whole",
    },
  },
  // Rows.
  "no-identifier": {
    severity: "error",
    text: "no digest and no click id in the row",
    advice: { text: "leave these rows out: nothing can be attributed to them" },
  },
  "row-too-long": {
    severity: "error",
    text: "more cells than the header",
    advice: { text: "look for a separator inside an unquoted cell" },
  },
  "time-absent": { severity: "error", text: "no conversion time" },
  "time-missing": { severity: "error", text: "a date without a time of day" },
  "time-unreadable": { severity: "error", text: "a time in no known form" },
  "time-form": {
    severity: "error",
    text: "a time in a form that the destination does not take",
    advice: { text: "write times in the destination's own form, in UTC" },
  },
  "time-too-old": { severity: "error", text: "a conversion older than 90 days" },
  "time-in-future": {
    severity: "error",
    text: "a time in the future",
    advice: { text: "times must be in UTC, or in the zone that the file states" },
  },
  "name-missing": { severity: "error", text: "no conversion name" },
  "name-too-long": { severity: "error", text: "a conversion name over 100 characters" },
  "name-malformed": {
    severity: "error",
    text: "a line break or another control character in the conversion name",
  },
  "value-missing": { severity: "error", text: "no value, which this destination requires" },
  "value-unreadable": { severity: "error", text: "a value that is no number" },
  "value-form": {
    severity: "error",
    text: "a value that is not written as plain digits with a point",
    advice: { text: "write 1234.5: no currency sign, no thousands separator, no decimal comma" },
  },
  "value-negative": { severity: "error", text: "a value with a sign" },
  "value-too-large": { severity: "error", text: "a value over 999999999999" },
  "value-too-precise": { severity: "error", text: "a value with more than 3 decimals" },
  "currency-malformed": { severity: "error", text: "a currency that is not three letters" },
  "click-id-malformed": { severity: "error", text: "a click id that is not 32 hex digits" },
  "client-id-too-long": { severity: "error", text: "a client id over 100 characters" },
  "adjustment-type": {
    severity: "error",
    text: "an adjustment type other than Restate and Retract",
  },
  "adjustment-time": {
    severity: "error",
    text: "an adjustment without a time, or with one before the conversion",
  },
  "adjustment-value": {
    severity: "error",
    text: "a Restate without a value, or a Retract with one",
  },
  "attribution-malformed": {
    severity: "error",
    text: "an external attribution without a credit over 0 and at most 1, or without a model",
  },
  // Warnings.
  "digest-on-many-rows": {
    severity: "warning",
    text: "one digest on suspiciously many rows",
    advice: { text: "look whether a placeholder (a shop's own address, noreply@…) was hashed" },
  },
  "digests-unknown": {
    severity: "warning",
    text: "a digest that equals nothing that was derived from the contacts",
    advice: {
      text: "the contacts may be others, or the values were salted or changed before hashing",
    },
  },
  "digests-open": {
    severity: "warning",
    text: "a digest of a phone number without a + that can be read in two ways",
    advice: {
      option: "phoneWithoutPlus",
      text: 'look what the numbers are, and say so with `phoneWithoutPlus: "national"` or `phoneWithoutPlus: "international"`; or write the + in the contacts',
    },
  },
  "person-shared": {
    severity: "warning",
    text: "a row that the conversions of several people fit, by one name and time: whose it is was not checked",
    advice: {
      text: "write a client id, which tells conversions apart; `firsthash prepare` does so",
    },
  },
  "conversion-unknown": {
    severity: "warning",
    text: "a row whose conversion is not in the conversions, so that its person could not be checked",
    advice: {
      text: "check that these are the conversions of this file, and that names and time zone are those of its run",
    },
  },
  duplicate: {
    severity: "warning",
    text: "the same conversion again (click id, name, time and both digests)",
    advice: { text: "the destination keeps the first one and ignores these" },
  },
  "duplicates-not-checked": {
    severity: "warning",
    text: "duplicates were looked for in the first 20 million rows only",
  },
  "result-file": {
    severity: "warning",
    text: "this is a result file of an upload, not a file to upload",
  },
  "record-type-other": {
    severity: "warning",
    text: "a record that is no offline conversion; only looked through for plain text",
  },
  "rows-above-header": {
    severity: "warning",
    text: "a row above the header that the destination does not know",
    advice: { text: "take it out" },
  },
  "column-not-known": {
    severity: "warning",
    text: "a column that the destination does not have, with something in it",
    advice: { text: "take the column out" },
  },
  "row-too-short": { severity: "warning", text: "fewer cells than the header" },
  "byte-order-mark-missing": {
    severity: "warning",
    text: "no byte order mark at the start, which the destination asks for",
    advice: { text: "save as UTF-8 with BOM" },
  },
  "byte-order-mark-unexpected": {
    severity: "warning",
    text: "a byte order mark at the start, which the destination does not document",
    advice: { text: "save as UTF-8 without BOM" },
  },
  "line-ends-mixed": { severity: "warning", text: "some lines end in LF and some in CRLF" },
  "time-form-untried": {
    severity: "warning",
    text: "a time in a form that the destination does not document",
    advice: { text: "write times in the destination's own form, in UTC" },
  },
  "time-near-limit": {
    severity: "warning",
    text: "within a day of the 90-day limit",
    advice: { text: "upload today" },
  },
  "time-within-last-hour": {
    severity: "warning",
    text: "within the last hour",
    advice: { text: "Microsoft asks to wait an hour after the click" },
  },
  "name-outer-space": {
    severity: "warning",
    text: "a conversion name that begins or ends with a space",
    advice: { text: "it must equal the goal's name exactly; look whether the goal has that space" },
  },
  "starts-like-formula": {
    severity: "warning",
    text: "a conversion name or client id that starts like a spreadsheet formula (= + - @)",
    advice: { text: "do not open and save the file in a spreadsheet" },
  },
  "currency-lower-case": {
    severity: "warning",
    text: "a currency in lower case",
    advice: { text: "write three upper-case letters" },
  },
  "currency-not-listed": {
    severity: "warning",
    text: "a currency that is not on Microsoft's list (which has the old TRL for TRY)",
  },
  "currency-without-value": { severity: "warning", text: "a currency without a value" },
  "click-id-form": {
    severity: "warning",
    text: "a click id with dashes, braces or capital letters",
    advice: { text: "write 32 lower-case hex digits" },
  },
  "line-end-lf": { severity: "info", text: "lines end in LF; the destination's own files in CRLF" },
  "header-case": {
    severity: "info",
    text: "a column name in other capitals than the destination's; known to work",
  },
} as const satisfies Record<string, FindingText>;

/** The stable name of a finding. */
export type FindingCode = keyof typeof FINDINGS;

/** Where something was found. */
export interface Place {
  readonly line: number;
  /** The column's header where it is a name that we know, else its number (1-based). */
  readonly column?: string | number;
}

/** Something that was found, with its count; never a value. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly count: number;
  /** The first few places. */
  readonly places: readonly Place[];
  readonly text: string;
  readonly advice?: Advice;
}

const PLACES_KEPT = 5;
const CODES = Object.keys(FINDINGS) as FindingCode[];
const SEVERITIES: readonly Severity[] = ["error", "warning", "info"];

/** Told of a finding and its place. */
export type OnFinding = (code: FindingCode, line: number, column?: string | number) => void;

/** Counts of findings. Takes codes and places, no text of a cell. */
export class FindingCounts {
  readonly #counts = new Map<FindingCode, { count: number; places: Place[] }>();
  readonly #onFinding: OnFinding | undefined;

  /** @param onFinding told of each that has a line */
  constructor(onFinding?: OnFinding) {
    this.#onFinding = onFinding;
  }

  add(code: FindingCode, line?: number, column?: string | number, count = 1): void {
    let entry = this.#counts.get(code);
    if (entry === undefined) {
      entry = { count: 0, places: [] };
      this.#counts.set(code, entry);
    }
    entry.count += count;
    if (line !== undefined) this.#onFinding?.(code, line, column);
    if (line === undefined || entry.places.length >= PLACES_KEPT) return;
    entry.places.push(column === undefined ? { line } : { line, column });
  }

  has(code: FindingCode): boolean {
    return this.#counts.has(code);
  }

  /**
   * Errors first; within a severity in the order of the list.
   *
   * @param own what a destination says in other words
   */
  list(own: OwnTexts = {}): Finding[] {
    const found: Finding[] = [];
    for (const code of CODES) {
      const entry = this.#counts.get(code);
      if (entry === undefined) continue;
      const { severity, text, advice }: FindingText = FINDINGS[code];
      const texts = own[code] ?? { text, ...(advice !== undefined && { advice }) };
      found.push({ code, severity, ...entry, ...texts });
    }
    const rank = ({ severity }: Finding) => SEVERITIES.indexOf(severity);
    return found.sort((a, b) => rank(a) - rank(b));
  }
}
