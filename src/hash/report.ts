/** The report of `hash`: what `--json` prints and `hashContacts` returns. Fit to be mailed, as that of a run. */
import type { Problem } from "../base/errors.ts";
import { aligned, grouped, type Line, labelled } from "../base/report-lines.ts";
import type { PeopleTally, RowTally } from "../base/tally.ts";
import { VERSION } from "../base/version.ts";
import { PHONE_RULES } from "../identity/rules.ts";
import type { CutKeys } from "../join/damaged-keys.ts";
import type { KeyCount } from "../join/key-count.ts";
import type { Input } from "../prepare/inputs.ts";
import { cutKeysProblem } from "../prepare/key-stops.ts";
import { allowedColumns, phoneColumn } from "../prepare/plain-columns.ts";
import { refusedTooMany, reportInput } from "../prepare/publish.ts";
import { printableHeader } from "../read/columns/columns.ts";
import { countList, renderInput, renderPeople, renderReasons, rowCount } from "../report/render.ts";
import { type HashReport, reportPeople, reportReasons, reportRows } from "../report/summary.ts";
import type { WrittenData } from "../write/data-file.ts";
import type { KeyCells } from "./hash-contacts.ts";
import type { PeopleByKey } from "./people-by-key.ts";
import type { HashPlan } from "./plan.ts";

interface Run {
  readonly input: Input;
  readonly people: PeopleTally;
  readonly rows: RowTally;
  readonly keys: KeyCells;
  readonly count: KeyCount;
  readonly cut: CutKeys;
  readonly perKey: PeopleByKey | undefined;
}

/** What is said here in other words than of conversions. */
export const HASH_TEXTS = { duplicate: { text: "another row of the same key, merged" } };

/** Why the output must not be published, if so. */
export function whyNotPublish(
  { input, people, rows, keys, cut }: Run,
  {
    maxRefused,
    allowPlain,
    keyReading,
  }: Pick<HashPlan, "maxRefused" | "allowPlain" | "keyReading">,
): Problem | undefined {
  const { key, table } = input;
  if (key !== undefined && !allowedColumns(table, allowPlain).has(key) && keys.holdPhones) {
    return phoneColumn(printableHeader(table, key) ?? `#${key + 1}`);
  }
  if (key !== undefined) {
    const wasCut = cutKeysProblem(input, key, cut.count, keyReading === "as-written");
    if (wasCut !== undefined) return wasCut;
  }
  const counts = reportRows(rows, people.rows);
  const tooMany = refusedTooMany(counts, maxRefused);
  if (tooMany !== undefined) return tooMany;
  if (rows.written > 0) return undefined;
  return {
    message: "no row can be written",
    hint: "see the reasons for each row that was left out",
  };
}

export function reportHash(
  run: Run & {
    readonly plan: HashPlan;
    readonly problem: Problem | undefined;
    readonly written: WrittenData | undefined;
  },
): HashReport {
  const { input, people, rows, plan, problem, written } = run;
  const { dryRun, outputName } = plan;
  const { rules } = plan.settings;
  const published = written !== undefined && !dryRun;
  return {
    schema: "firsthash.hash/1",
    version: VERSION,
    dryRun,
    inputs: [reportInput(input, people.rows)],
    people: reportPeople(people, "contacts"),
    rules: [rules, PHONE_RULES.name],
    rows: reportRows(rows, people.rows),
    identifiers: rows.identifiers,
    ...(input.key !== undefined && { keys: reportKeys(run) }),
    reasons: reportReasons(rows, HASH_TEXTS),
    published,
    files: published ? [{ file: outputName, rows: rows.written, ...written }] : [],
    problems: problem === undefined ? [] : [problem],
    ok: problem === undefined,
  };
}

function reportKeys({ count, perKey }: Run): NonNullable<HashReport["keys"]> {
  const { different, repeated } = perKey ?? count;
  return { different, repeated, perKey: perKey !== undefined };
}

function renderKeys({ keys }: HashReport): Line[] {
  if (keys === undefined) return [];
  const { different, repeated, perKey } = keys;
  const said = `different, ${grouped(repeated)} of them in more than one row`;
  const line = (text: string) => [{ label: "keys", count: different, text }];
  if (repeated === 0) return line(said);
  const then = perKey
    ? "; merged into one each"
    : ": a join elsewhere would repeat conversions; `perKey` writes one row for each key";
  return line(said + then);
}

/** @returns lines without line ends. */
export function renderHash(report: HashReport, { verbose = false } = {}): string[] {
  const { rows, identifiers } = report;
  const lines: Line[] = report.inputs.flatMap((input) => renderInput(input, verbose));
  if (verbose) lines.push(...renderPeople(report.people));
  lines.push(renderWritten(report));
  if (rows.written > 0) {
    lines.push(
      ...countList("identifiers", [
        [identifiers.both, "e-mail and phone"],
        [identifiers.emailOnly, "e-mail only"],
        [identifiers.phoneOnly, "phone only"],
      ]),
    );
  }
  lines.push(...renderKeys(report));
  for (const outcome of ["duplicate", "refused", "unmatched", "excluded"] as const) {
    const reasons = report.reasons.filter((reason) => reason.outcome === outcome);
    if (reasons.length > 0) {
      lines.push(...renderReasons(outcome, rows[outcome], reasons, verbose));
    }
  }
  return aligned(lines);
}

function renderWritten({ rows, files, rules: names, published, dryRun }: HashReport): Line {
  const of = `of ${rowCount(rows.read)}`;
  const rules = `rules ${names.join(" and ")}`;
  if (!published && !dryRun) {
    return labelled("written", `nothing (${grouped(rows.written)} ${of} could be; ${rules})`);
  }
  const to = published
    ? `to ${files[0]?.file ?? ""} (${rules})`
    : `would be written (${rules}; dry run)`;
  return { label: "written", count: rows.written, text: `${of} ${to}` };
}
