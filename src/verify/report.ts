/** The report of `verify`: codes, counts, places and names of files; no cell of any file. */

import { grouped, labelled } from "../base/report-lines.ts";
import type { Finding, FindingCode, Severity } from "../form/findings.ts";
import type { FileFacts, Recognized } from "../form/report.ts";
import type { IdentifierCounts } from "../form/rows.ts";
import type { AgainstReport } from "./against.ts";
import { type FieldComparison, openRows } from "./field.ts";
import type { PersonReport, TogetherReport } from "./people.ts";

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

/** The findings for people, in the form of the other summaries. */

/** @returns lines without line ends */
export function renderVerification(
  report: VerifyReport,
  { verbose = false }: { readonly verbose?: boolean } = {},
): string[] {
  const { findings, against, unreadable } = report;
  const lines = [labelled("file", describeFile(report)), labelled("is", describeShape(report))];
  lines.push(labelled("rows", describeRows(report)));
  if (unreadable !== undefined) lines.push(labelled("stopped", unreadable));
  for (const severity of ["error", "warning", "info"] as const) {
    const found = findings.filter((finding) => finding.severity === severity);
    if (severity === "info" && !verbose) continue;
    for (const finding of found) lines.push(...renderFinding(finding, severity));
  }
  if (against !== undefined) lines.push(...renderAgainst(against));
  lines.push(labelled("next", nextStep(report)));
  return lines;
}

function describeFile({ input }: VerifyReport): string {
  const { file, kind, encoding, byteOrderMark, delimiter, lineEnd, sheet, zipped, bytes } = input;
  const names = { ",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe" } as const;
  const how = [
    kind === "workbook" ? "workbook" : kind === "json" ? "JSON Lines" : undefined,
    zipped ? "in a zip" : undefined,
    sheet === undefined ? undefined : `sheet ${JSON.stringify(sheet)}`,
    encoding === undefined ? undefined : `${encoding}${byteOrderMark ? " with BOM" : ""}`,
    delimiter === undefined ? undefined : names[delimiter as keyof typeof names],
    lineEnd,
    `${grouped(bytes)} bytes`,
  ].filter((part) => part !== undefined);
  return `${file} (${how.join(", ")})`;
}

function describeShape({ recognized }: VerifyReport): string {
  const { destination, layout, adjustments, alsoFits } = recognized;
  if (destination === undefined) return "columns with digests, of no destination that we know";
  const what = `${destination}, layout ${layout}${adjustments ? ", adjustments" : ""}`;
  if (alsoFits.length === 0) return what;
  return `${what} (the same columns as ${alsoFits.join(", ")}: choose with \`to\`)`;
}

function describeRows({ rows, identifiers }: VerifyReport): string {
  const { both, emailOnly, phoneOnly, clickIdOnly, none } = identifiers;
  const parts = [
    [both, "with e-mail and phone"],
    [emailOnly, "e-mail only"],
    [phoneOnly, "phone only"],
    [clickIdOnly, "click id only"],
    [none, "nothing that identifies"],
  ] as const;
  const list = parts.flatMap(([count, text]) => (count > 0 ? [`${grouped(count)} ${text}`] : []));
  return [grouped(rows), list.join(", ")].filter(Boolean).join(": ");
}

const LABELS: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  info: "note",
};

function renderFinding(finding: Finding, severity: Severity): string[] {
  const { code, count, text, advice } = finding;
  const times = count > 1 ? ` (${grouped(count)} times)` : "";
  const lines = [labelled(LABELS[severity], `${text}${times}${places(finding)} [${code}]`)];
  if (advice !== undefined) lines.push(labelled("", `→ ${advice.text}`));
  return lines;
}

/** ": line 4, column Hashed Email Address; line 9, column 3; …" */
function places({ places: found, count }: Finding): string {
  if (found.length === 0) return "";
  const shown = found
    .slice(0, 3)
    .map(({ line, column }) => `line ${line}${column === undefined ? "" : `, column ${column}`}`);
  return `: ${shown.join("; ")}${count > shown.length ? "; …" : ""}`;
}

function renderAgainst({
  file,
  rows,
  rules,
  email,
  phone,
  together,
  persons,
}: AgainstReport): string[] {
  const lines = [
    labelled(
      "against",
      `${file}: ${rows === 1 ? "1 row" : `${grouped(rows)} rows`} (rules ${rules})`,
    ),
  ];
  for (const [name, field] of [
    ["e-mail", email],
    ["phone", phone],
  ] as const) {
    if (field.rows > 0) lines.push(...renderField(name, field));
  }
  if (together.rows > 0) lines.push(renderTogether(together));
  if (persons !== undefined) lines.push(renderPersons(persons));
  return lines;
}

function renderTogether({ rows, apart }: TogetherReport): string {
  const both = `${grouped(rows)} rows with both: ${grouped(rows - apart)} of one contact, ${grouped(apart)} of two`;
  return labelled("pairs", both);
}

function renderPersons({
  file,
  rows,
  right,
  shared,
  other,
  unknown,
  untraced,
}: PersonReport): string {
  const parts = [
    `${grouped(right)} with their own person's digests${shared === 0 ? "" : ` (${grouped(shared)} of them with one name and time for several people, so each may have another's)`}`,
    `${grouped(other)} with somebody else's`,
    unknown > 0 ? `${grouped(unknown)} whose conversion is not there` : undefined,
    untraced > 0 ? `${grouped(untraced)} with digests of no contact` : undefined,
  ].filter((part) => part !== undefined);
  return labelled("persons", `${grouped(rows)} rows by ${file}: ${parts.join(", ")}`);
}

function renderField(name: string, field: FieldComparison): string[] {
  const { rows, right, open, wrong, unknown, mistakes, likely } = field;
  const either = open === undefined ? "" : ` ${openRows(open)} of numbers with two readings,`;
  const lines = [
    labelled(
      name,
      `${grouped(rows)} digests: ${grouped(right)} right,${either} ${grouped(wrong)} wrong in a known way, ${grouped(unknown)} unknown`,
    ),
  ];
  if (open !== undefined) {
    const { national, international } = open;
    lines.push(
      labelled(
        "",
        `the file holds ${grouped(national)} as numbers of the country, ${grouped(international)} with a + in front`,
      ),
    );
  }
  for (const mistake of mistakes) {
    const most = mistake.code === likely ? "most likely: " : "";
    lines.push(labelled("", `${most}${grouped(mistake.rows)} ${mistake.text} [${mistake.code}]`));
  }
  return lines;
}

/** Warnings that leave open whether digests are right. */
const DOUBTS: ReadonlySet<FindingCode> = new Set([
  "digests-unknown",
  "digests-open",
  "conversion-unknown",
  "person-shared",
]);

function nextStep({ ok, findings, against }: VerifyReport): string {
  if (findings.some(({ code }) => code.startsWith("plaintext-"))) {
    return "do not upload or mail this file: it holds plain text; make it again with `firsthash prepare`";
  }
  if (against !== undefined && against.email.wrong + against.phone.wrong > 0) {
    return "hash the contacts again by the destination's rules, with `firsthash prepare` or `firsthash hash`";
  }
  if (against !== undefined && against.together.apart + (against.persons?.other ?? 0) > 0) {
    return "do not upload this file: it names wrong people; make it again with `firsthash prepare`";
  }
  if (!ok) return "mend what is said above, or make the file again with `firsthash prepare`";
  if (findings.some(({ code }) => DOUBTS.has(code))) {
    return "do not upload before you know about the warnings: not every row could be checked";
  }
  return findings.some(({ severity }) => severity === "warning")
    ? "nothing is wrong; look at the warnings, then upload"
    : "nothing is wrong: upload it";
}
