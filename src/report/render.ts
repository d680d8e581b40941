/** The summary for people: ten lines or so, or all of it with `verbose`. */
import { aligned, grouped, type Line, labelled } from "../base/report-lines.ts";
import type {
  AdjustReport,
  CountReport,
  DestinationReport,
  FieldReport,
  InputReport,
  PeopleReport,
  PrepareReport,
  RunReport,
} from "./summary.ts";

export interface RenderOptions {
  /** All reasons, repairs, warnings, and the columns that were found. */
  readonly verbose?: boolean;
}

/** Reasons named in the short form; the rest is counted. */
const REASONS_SHOWN = 3;
/**
 * From this share of refused cells on, the short form says so too: a missing `country` costs the phone
 * number of every row, while the rows are still written, with the e-mail address alone.
 */
const REFUSED_SHARE_SHOWN = 0.2;

/** @returns lines without line ends. */
export function renderSummary(
  report: PrepareReport | AdjustReport,
  options: RenderOptions = {},
): string[] {
  const verbose = options.verbose ?? false;
  const lines: Line[] = report.inputs.flatMap((input) => renderInput(input, verbose));
  if (report.people !== undefined) {
    lines.push(...renderMalformed(report.people, verbose));
    lines.push(...(verbose ? renderPeople(report.people) : renderLosses(report.people)));
  }
  for (const destination of report.destinations) {
    lines.push(...renderDestination(destination, report, verbose));
  }
  for (const note of report.notes) lines.push(labelled("note", note));
  return aligned(lines);
}

export function renderInput(input: InputReport, verbose: boolean): string[] {
  const how = [
    input.encoding && `${input.encoding}${input.encodingCertain === false ? " (a guess)" : ""}`,
    input.delimiter && DELIMITER_NAMES[input.delimiter],
    input.sheet !== undefined && `sheet ${JSON.stringify(input.sheet)}`,
  ].filter(Boolean);
  const detail = how.length > 0 ? ` (${how.join(", ")})` : "";
  const lines = [labelled(input.role, `${input.file}: ${rowCount(input.rows)}${detail}`)];
  for (const note of input.notes) lines.push(labelled("", note));
  if (input.encodingCertain === false) {
    const guess = `${input.encoding} is a guess: if letters are wrong, give \`encoding\``;
    lines.push(labelled("", guess));
  }
  if (verbose) {
    for (const [field, headers] of Object.entries(input.columns)) {
      lines.push(labelled("", `${field} from ${headers.join(", then ")}`));
    }
  }
  return lines;
}

export const DELIMITER_NAMES = {
  ",": "comma",
  ";": "semicolon",
  "\t": "tab",
  "|": "pipe",
} as const;

/** Contacts that could not be read. In both forms: their conversions only say that there is no contact. */
function renderMalformed({ malformed }: PeopleReport, verbose: boolean): Line[] {
  // Contacts without a key are usual; their conversions, if any, are counted.
  const shown = malformed.filter(({ code }) => verbose || code !== "no-key");
  const sum = shown.reduce((total, { count }) => total + count, 0);
  return sum === 0 ? [] : renderReasons("malformed", sum, shown, verbose);
}

export function renderPeople({ email, phone }: PeopleReport): Line[] {
  return [...renderField("e-mail", email), ...renderField("phone", phone)];
}

function renderField(name: string, field: FieldReport): Line[] {
  const refused = field.refused.reduce((sum, { count }) => sum + count, 0);
  const others = `${grouped(field.absent)} empty, ${grouped(refused)} refused`;
  const lines: Line[] = [{ label: name, count: field.usable, text: `usable, ${others}` }];
  for (const count of [...field.refused, ...field.repaired]) lines.push(detail(count));
  return lines;
}

/** One line for each kind of cell of which many were refused, with the advice for the first reason. */
export function renderLosses({ email, phone }: PeopleReport): Line[] {
  const fields = [
    ["e-mail", email],
    ["phone", phone],
  ] as const;
  return fields.flatMap(([name, { usable, refused }]) => {
    const sum = refused.reduce((total, { count }) => total + count, 0);
    if (sum === 0 || sum < (usable + sum) * REFUSED_SHARE_SHOWN) return [];
    const { advice } = refused[0] ?? {};
    const lines = renderReasons(name, sum, refused, false, `of ${grouped(usable + sum)} refused: `);
    return advice === undefined ? lines : [...lines, labelled("", `→ ${advice.text}`)];
  });
}

function renderDestination(
  destination: DestinationReport,
  report: RunReport,
  verbose: boolean,
): Line[] {
  const { rows: counts, identifiers } = destination;
  const lines: Line[] = [written(destination, report)];
  if (counts.written > 0) {
    lines.push(
      ...countList("identifiers", [
        [identifiers.both, "e-mail and phone"],
        [identifiers.emailOnly, "e-mail only"],
        [identifiers.phoneOnly, "phone only"],
        [identifiers.clickIdOnly, "click id only"],
      ]),
    );
  }
  for (const outcome of ["duplicate", "refused", "unmatched", "excluded"] as const) {
    const reasons = destination.reasons.filter((reason) => reason.outcome === outcome);
    if (reasons.length > 0)
      lines.push(...renderReasons(outcome, counts[outcome], reasons, verbose));
    const [{ advice } = {}] = reasons;
    const many = counts[outcome] >= counts.read * REFUSED_SHARE_SHOWN;
    if (outcome === "refused" && !verbose && many && advice !== undefined)
      lines.push(labelled("", `→ ${advice.text}`));
  }
  if (destination.warnings.length > 0) {
    const sum = destination.warnings.reduce((total, { count }) => total + count, 0);
    lines.push(...renderReasons("warnings", sum, destination.warnings, verbose));
  }
  if (destination.published) lines.push(labelled("next", destination.next));
  return lines;
}

function written(destination: DestinationReport, report: RunReport): Line {
  const { rows: counts, files } = destination;
  const rules = `${destination.destination}, rules ${destination.rules.join(" and ")}`;
  const of = `of ${rowCount(counts.read)}`;
  const line = (text: string) => ({ label: "written", count: counts.written, text });
  if (report.dryRun) return line(`${of} would be written (${rules}; dry run)`);
  if (!destination.published) {
    return labelled("written", `nothing (${grouped(counts.written)} ${of} could be; ${rules})`);
  }
  const first = files[0]?.file ?? "";
  const to = files.length > 1 ? `${grouped(files.length)} files, ${first} and so on` : first;
  return line(`${of} to ${to} (${rules})`);
}

/** The sum and its reasons, each with its count and lines; one reason alone stands beside the label. */
export function renderReasons(
  label: string,
  sum: number,
  reasons: readonly CountReport<string>[],
  verbose: boolean,
  of = "",
): Line[] {
  const head = { label, count: sum, text: of.replace(/: $/, "") };
  if (verbose) return [head, ...reasons.map(detail)];
  const [only] = reasons;
  if (only !== undefined && reasons.length === 1) {
    return [{ label, count: sum, text: `${of}${reasonText(only)}` }];
  }
  const shown = reasons.slice(0, REASONS_SHOWN);
  const rest = reasons.slice(REASONS_SHOWN).reduce((total, { count }) => total + count, 0);
  const lines = shown.map((reason) => ({
    label: "",
    count: reason.count,
    text: reasonText(reason),
  }));
  if (rest > 0) lines.push({ label: "", count: rest, text: "more (`verbose`)" });
  return [head, ...lines];
}

function detail(reason: CountReport<string>): Line {
  const advice = reason.advice === undefined ? "" : ` → ${reason.advice.text}`;
  return { label: "", count: reason.count, text: `${reasonText(reason)}${advice}` };
}

function reasonText({ count, text, lines, files }: CountReport<string>): string {
  return `${text} (${lineList(lines, count, files)})`;
}

/** "3 older than 90 days (lines 4, 9, 12)" */
export function phrase(reason: CountReport<string>): string {
  return `${grouped(reason.count)} ${reasonText(reason)}`;
}

/** "lines 4, 9, 12, …"; of several files "october.csv:4, november.csv:9, …" */
export function lineList(
  lines: readonly number[],
  count: number,
  files?: readonly string[],
): string {
  const more = count > lines.length ? ", …" : "";
  if (files !== undefined) {
    return `${lines.map((line, at) => `${files[at]}:${line}`).join(", ")}${more}`;
  }
  const where = lines.length === 1 && more === "" ? "line" : "lines";
  return `${where} ${lines.join(", ")}${more}`;
}

export function rowCount(count: number): string {
  return count === 1 ? "1 row" : `${grouped(count)} rows`;
}

type Part = readonly [count: number, text: string];

export function list(parts: readonly Part[]): string {
  const present = parts.filter(([count]) => count > 0);
  return present.map(([count, text]) => `${grouped(count)} ${text}`).join(", ");
}

/** The parts that there are in one line, whose first count is aligned with those of other lines. */
export function countList(label: string, parts: readonly Part[]): Line[] {
  const [first, ...others] = parts.filter(([count]) => count > 0);
  if (first === undefined) return [];
  const text = [first[1], list(others)].filter((part) => part !== "").join(", ");
  return [{ label, count: first[0], text }];
}
