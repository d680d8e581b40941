/** Verifies an upload file: recognizes it, checks every row, and compares it with the contacts. */

import { optionError } from "../base/errors.ts";
import { checkOptions } from "../base/options.ts";
import type { OnRow } from "../base/row-events.ts";
import type { EmailRuleSet } from "../base/types.ts";
import { VERSION } from "../base/version.ts";
import { parseInstant } from "../conversion/time/time.ts";
import { destinationById } from "../destinations/catalog.ts";
import type { Destination } from "../destinations/types.ts";
import { checkForm } from "../form/check.ts";
import { FINDINGS, type FindingCode, type FindingCounts } from "../form/findings.ts";
import type { DigestField } from "../form/rows.ts";
import type { PhoneSettings } from "../identity/identify.ts";
import { phoneSettings } from "../identity/phone-settings.ts";
import { DEFAULT_EMAIL_RULES } from "../identity/rules.ts";
import { PLAIN_KEYS } from "../join/key-readings.ts";
import { refuseCutKeys } from "../prepare/key-stops.ts";
import type { ByteInput } from "../read/types.ts";
import { type AgainstReport, compareWithContacts } from "./against.ts";
import { readConversions } from "./conversions.ts";
import { type DigestVerdict, openRows, verdictOf } from "./field.ts";
import { openSources, type Sources } from "./inputs.ts";
import { CONVERSION_OPTIONS, VERIFY_OPTIONS, type VerifyOptions } from "./options.ts";
import { UploadedPeople } from "./people.ts";
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
  const { read, signal, onProgress } = options;
  const name = options.name ?? (typeof source === "string" ? source : "input");
  // What is wrong with the contacts is said before a large file is read.
  const sources = await openSources(options);
  try {
    const people =
      sources === undefined
        ? undefined
        : new UploadedPeople(sources.joined?.plan.keys ?? PLAIN_KEYS);
    const { destination, findings, unreadable, ...form } = await checkForm(source, {
      name,
      to,
      asOf,
      region: phones.region,
      allowPlain: options.allowPlain,
      read: read?.file,
      digests: people,
      signal,
      ...tellers(name, options.onRow),
      onProgress: (rows, share) => onProgress?.({ stage: "upload file", rows, share }),
    });
    const rules = destination?.emailRules ?? to?.emailRules ?? DEFAULT_EMAIL_RULES;
    const against =
      people === undefined || sources === undefined
        ? undefined
        : await compare(people, sources, { rules, phones, signal, onProgress, findings });
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
    await sources?.close();
  }
}

/** Tells of rows and findings as of those of the other jobs. */
function tellers(file: string, onRow: OnRow | undefined) {
  if (onRow === undefined) return {};
  const onFinding = (code: FindingCode, line: number, column?: string | number) => {
    const { severity, ...texts } = FINDINGS[code];
    const name = typeof column === "number" ? `#${column}` : column;
    const place = {
      input: "file",
      file,
      line,
      ...(name !== undefined && { column: name }),
    } as const;
    onRow({ ...place, outcome: severity, code, ...texts });
  };
  const onChecked = (line: number) =>
    onRow({ input: "file", file, line, outcome: "checked", code: "checked", text: "checked" });
  return { onFinding, onChecked };
}

interface Settings {
  readonly to: Destination | undefined;
  /** Seconds since 1970. */
  readonly asOf: number;
  /** How phone numbers of the contacts are read. */
  readonly phones: PhoneSettings;
}

function readOptions(options: VerifyOptions): Settings {
  const { to, asOf, country, phoneWithoutPlus, countryFallback, against, read } = options;
  const { columns, conversions, key } = options;
  if (against === undefined) {
    const fallback = countryFallback === true ? true : undefined;
    const ofContacts = { columns, phoneWithoutPlus, countryFallback: fallback, key };
    refuseFor("contacts", "against", { ...ofContacts, conversions, ...read?.contacts });
  }
  if (conversions === undefined) {
    const ofConversions = CONVERSION_OPTIONS.map((name) => [name, options[name]] as const);
    refuseFor("conversions", "conversions", {
      ...Object.fromEntries(ofConversions),
      ...read?.conversions,
    });
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

/** An option about a file that is not given would say nothing, and who gives it believes that it does. */
function refuseFor(what: string, missing: string, options: Readonly<Record<string, unknown>>) {
  const given = Object.keys(options).find((name) => options[name] !== undefined);
  if (given === undefined) return;
  const hint = `give them with \`${missing}\`, or leave it out`;
  throw optionError(given, `is about the ${what}`, hint);
}

interface Comparison extends Pick<VerifyOptions, "signal" | "onProgress"> {
  readonly rules: EmailRuleSet;
  readonly phones: PhoneSettings;
  readonly findings: FindingCounts;
}

/** Compares the digests with the contacts, and the people with the conversions. */
async function compare(
  people: UploadedPeople,
  { contacts, joined }: Sources,
  { rules, phones, signal, onProgress, findings }: Comparison,
): Promise<AgainstReport> {
  const fields = await compareWithContacts(people, {
    ...contacts,
    rules,
    phones,
    signal,
    onBatch: (rows, share) => onProgress?.({ stage: "contacts", rows, share }),
  });
  if (joined !== undefined) {
    const { key } = contacts;
    if (key !== undefined) refuseCutKeys(contacts, key, people.keys.cut.count, joined.plan.keys);
    await readConversions(people, joined.inputs, joined.plan);
  }
  people.end();
  addFields(people, fields, findings);
  const together = people.together((line) => findings.add("digests-of-two-people", line));
  if (joined === undefined) return { ...fields, together };
  const persons = people.persons({
    onOther: (line) => findings.add("person-other", line),
    onShared: (line) => findings.add("person-shared", line),
    onUnknown: (line) => findings.add("conversion-unknown", line),
  });
  const { file } = joined.inputs.conversions.table.findings;
  return { ...fields, together, persons: { file, ...persons } };
}

/** Says of each column what is wrong with its digests, and where. */
function addFields(
  people: UploadedPeople,
  { email, phone, columns }: Pick<AgainstReport, "email" | "phone" | "columns">,
  findings: FindingCounts,
): void {
  for (const [name, compared] of Object.entries({ email, phone })) {
    const field = name as DigestField;
    const { rows, unknown, wrong, open } = compared;
    const add = (code: FindingCode, verdict: DigestVerdict, count: number) => {
      let told = 0;
      people.rowsOf(
        field,
        (marks) => verdictOf(marks) === verdict,
        (line) => {
          findings.add(code, line);
          told++;
        },
      );
      // Digests in columns of which it is not known what they are of have no rows here.
      if (count > told) findings.add(code, undefined, undefined, count - told);
    };
    add("digests-wrong", "wrong", wrong);
    add("digests-open", "open", openRows(open));
    // Where the contacts could explain a column and explain none of it, that must not pass for a check.
    const comparable = columns[field] !== undefined || columns[`hashed-${field}`] !== undefined;
    const isUntraced = comparable && unknown === rows;
    add(isUntraced ? "digests-untraced" : "digests-unknown", "unknown", unknown);
  }
}
