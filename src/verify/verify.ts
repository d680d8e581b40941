/** Verifies an upload file: recognizes it, checks every row, and compares it with the contacts. */

import { optionError } from "../base/errors.ts";
import { checkOptions } from "../base/options.ts";
import { VERSION } from "../base/version.ts";
import { parseInstant } from "../conversion/time/time.ts";
import { destinationById } from "../destinations/catalog.ts";
import type { Destination } from "../destinations/types.ts";
import { checkForm } from "../form/check.ts";
import type { FindingCounts } from "../form/findings.ts";
import type { PhoneSettings } from "../identity/identify.ts";
import { phoneSettings } from "../identity/phone-settings.ts";
import { DEFAULT_EMAIL_RULES } from "../identity/rules.ts";
import { openTable } from "../read/open.ts";
import type { ByteInput, Table } from "../read/types.ts";
import { type AgainstReport, compareWithContacts, contactColumns } from "./against.ts";
import { DigestTable } from "./digests.ts";
import { VERIFY_OPTIONS, type VerifyOptions } from "./options.ts";
import type { VerifyReport } from "./report.ts";

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
  checkOptions("verify", options, VERIFY_OPTIONS);
  const { to, asOf, phones } = readOptions(options);
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
            phones,
            signal,
            onBatch: (rows, share) => onProgress?.({ stage: "contacts", rows, share }),
          });
    if (against !== undefined) addComparison(against, findings);
    const list = findings.list(destination?.texts);
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
  /** How phone numbers of the contacts are read. */
  readonly phones: PhoneSettings;
}

function readOptions(options: VerifyOptions): Settings {
  const { to, asOf, country, phoneWithoutPlus, countryFallback, against, columns, read } = options;
  if (against === undefined) {
    const fallback = countryFallback === true ? true : undefined;
    const ofContacts = { columns, country, phoneWithoutPlus, countryFallback: fallback };
    needNoContacts({ ...ofContacts, ...read?.contacts });
  }
  const phones = phoneSettings({ country, phoneWithoutPlus, countryFallback });
  const seconds =
    typeof asOf === "string"
      ? parseInstant(asOf)
      : Math.floor((asOf?.getTime() ?? Date.now()) / 1000);
  if (seconds === undefined || Number.isNaN(seconds)) {
    throw optionError(
      "asOf",
      "is not an instant",
      "write it with a zone: 2026-11-20T12:00:00Z, or 2026-11-20T07:00:00-05:00",
    );
  }
  return { to: to === undefined ? undefined : destinationById(to), asOf: seconds, phones };
}

/** An option about the contacts would say nothing, and who gives it believes that it does. */
function needNoContacts(options: Readonly<Record<string, unknown>>): void {
  const given = Object.keys(options).find((name) => options[name] !== undefined);
  if (given === undefined) return;
  throw optionError(given, "is about the contacts", "give them with `against`, or leave it out");
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
