/** Verifies an upload file: recognizes it, checks every row, and compares it with the contacts. */

import { usageError } from "../base/errors.ts";
import type { ColumnChoices } from "../base/fields.ts";
import type { CountryCode } from "../base/types.ts";
import { VERSION } from "../base/version.ts";
import { parseInstant } from "../conversion/time/time.ts";
import { destinationById } from "../destinations/catalog.ts";
import type { Destination } from "../destinations/types.ts";
import { checkForm } from "../form/check.ts";
import type { FindingCounts } from "../form/findings.ts";
import { resolveCountry } from "../identity/country.ts";
import { DEFAULT_EMAIL_RULES } from "../identity/rules.ts";
import { openTable } from "../read/open.ts";
import type { ByteInput, InputSource, ReadOptions, Table } from "../read/types.ts";
import { type AgainstReport, compareWithContacts, contactColumns } from "./against.ts";
import { DigestTable } from "./digests.ts";
import type { VerifyReport } from "./report.ts";

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

/**
 * Checks an upload file of any destination, made by firsthash, by hand or by another tool: its
 * structure, plain text left behind, the shape of its digests, times, values, names, ids, duplicates.
 * The file is streamed; memory grows with its rows by a few dozen bytes each, and by what one digest
 * takes (about 60 bytes) with `against`.
 *
 * @param source a path, or the bytes of a file: CSV, TSV, one of these in a zip, .xlsx, JSON Lines
 * @param options the destination, the present, the contacts to compare with
 * @returns findings by code, with counts and places; never a value
 * @throws FirsthashError `input` for what cannot be read or is no upload file, `usage` for bad options
 *
 * @example
 * ```ts
 * import { verify } from "firsthash";
 *
 * const file =
 *   "Email,Conversion Name,Conversion Time,Conversion Value\n" +
 *   "jane@contoso.com,Lead,2026-11-19 10:00:00,5\n";
 * const report = await verify([Buffer.from(file)], { asOf: "2026-11-20T12:00:00Z" });
 * console.log(report.recognized.destination); // adobe
 * console.log(report.findings[0]?.code); // plaintext-email-in-hash-column
 * ```
 */
export async function verify(
  source: ByteInput,
  options: VerifyOptions = {},
): Promise<VerifyReport> {
  const { to, asOf, region } = readOptions(options);
  const { columns = {}, read, signal, onProgress } = options;
  const name = options.name ?? (typeof source === "string" ? source : "input");
  // What is wrong with the contacts is said before a large file is read.
  const contacts = await openContacts(options);
  try {
    const digests = contacts === undefined ? undefined : new DigestTable();
    const { destination, findings, unreadable, ...form } = await checkForm(source, {
      name,
      to,
      asOf,
      read: read?.file,
      digests,
      signal,
      onProgress: (rows, share) => onProgress?.({ stage: "upload file", rows, share }),
    });
    const against =
      digests === undefined || contacts === undefined
        ? undefined
        : await compareWithContacts(digests, {
            table: contacts,
            columns,
            rules: destination?.emailRules ?? to?.emailRules ?? DEFAULT_EMAIL_RULES,
            region,
            signal,
            onBatch: (rows, share) => onProgress?.({ stage: "contacts", rows, share }),
          });
    if (against !== undefined) addComparison(against, findings);
    const list = findings.list();
    return {
      schema: "firsthash.verify/1",
      version: VERSION,
      asOf: new Date(asOf * 1000).toISOString().replace(".000", ""),
      ...form,
      findings: list,
      ...(unreadable !== undefined && { unreadable }),
      ...(against !== undefined && { against }),
      ok: list.every(({ severity }) => severity !== "error"),
    };
  } finally {
    await contacts?.close();
  }
}

interface Settings {
  readonly to: Destination | undefined;
  /** Seconds since 1970. */
  readonly asOf: number;
  readonly region: CountryCode | undefined;
}

function readOptions({ to, asOf, country }: VerifyOptions): Settings {
  const region = country === undefined ? undefined : resolveCountry(country);
  if (country !== undefined && region === undefined) {
    throw usageError(
      "--country is not a country that we know",
      "give an ISO code such as US or DE, or a name",
    );
  }
  const seconds =
    typeof asOf === "string"
      ? parseInstant(asOf)
      : Math.floor((asOf?.getTime() ?? Date.now()) / 1000);
  if (seconds === undefined || Number.isNaN(seconds)) {
    throw usageError(
      "--as-of is not an instant",
      "write it with a zone: 2026-11-20T12:00:00Z, or 2026-11-20T07:00:00-05:00",
    );
  }
  return { to: to === undefined ? undefined : destinationById(to), asOf: seconds, region };
}

async function openContacts(options: VerifyOptions): Promise<Table | undefined> {
  const { against, columns = {}, read, signal } = options;
  if (against === undefined) return undefined;
  const name = options.againstName ?? (typeof against === "string" ? against : "contacts");
  const knownNames = Object.values(columns).flat();
  const table = await openTable(against, name, { ...read?.contacts, knownNames }, signal);
  try {
    contactColumns(table, columns);
    return table;
  } catch (error) {
    await table.close();
    throw error;
  }
}

function addComparison({ email, phone, columns }: AgainstReport, findings: FindingCounts): void {
  const wrong = email.wrong + phone.wrong;
  if (wrong > 0) findings.add("digests-wrong", undefined, undefined, wrong);
  for (const [name, { rows, unknown }] of Object.entries({ email, phone })) {
    if (unknown === 0) continue;
    // Where the contacts could explain a column and explain none of it, that must not pass for a check.
    const comparable = columns[name] !== undefined || columns[`hashed-${name}`] !== undefined;
    const code = comparable && unknown === rows ? "digests-untraced" : "digests-unknown";
    findings.add(code, undefined, undefined, unknown);
  }
}
