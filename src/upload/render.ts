/** Reports of this room for people. */
import { grouped, labelled } from "../base/report-lines.ts";
import { GOAL_FINDINGS } from "./goals.ts";
import { findingTexts, type GoalsReport } from "./goals-report.ts";
import type { RefusedReport, UploadFileReport, UploadReport } from "./report.ts";
import type { ResultsReport } from "./results.ts";
import { STATUS_TEXTS } from "./service-codes.ts";

const LINES_SHOWN = 5;

/** @returns lines without line ends */
export function renderUpload(
  report: UploadReport,
  { verbose = false }: { readonly verbose?: boolean } = {},
): string[] {
  const { account, customer, environment, calls, retries, waitedSeconds } = report;
  const lines = [
    labelled(
      "account",
      customer === "" ? account : `${account}, customer ${customer} (${environment})`,
    ),
    ...report.files.flatMap((file) => renderFile(file, verbose)),
  ];
  if (verbose) {
    lines.push(
      labelled(
        "calls",
        `${grouped(calls)}, ${grouped(retries)} of them repeated, ${waitedSeconds} s waited`,
      ),
    );
  }
  return lines;
}

function renderFile(report: UploadFileReport, verbose: boolean): string[] {
  const { file, rows, adjustments, sha256, requestId, trackingId, status } = report;
  const what = adjustments ? "adjustments" : "conversions";
  const lines = [labelled("file", `${file}: ${grouped(rows)} ${what}`)];
  if (verbose) lines.push(labelled("", `SHA-256 ${sha256}`));
  if (requestId !== undefined) lines.push(labelled("request", requestId));
  if (verbose && trackingId !== undefined) lines.push(labelled("tracking id", trackingId));
  if (status !== null) {
    const { text } = STATUS_TEXTS[status] ?? { text: "not known here" };
    lines.push(labelled("status", `${status}: ${text}`));
  }
  if (verbose) {
    for (const { line, requestId: id, status: word, sent } of report.requests ?? []) {
      lines.push(
        labelled(
          "request",
          `${id ?? "none"}: line ${line}, ${sent} events, ${word ?? "no answer yet"}`,
        ),
      );
    }
  }
  lines.push(...renderRows(report));
  for (const note of report.notes) lines.push(labelled("note", note));
  return lines;
}

function renderRows(report: UploadFileReport): string[] {
  const { rows, accepted, refused, unanswered, errors, unplaced, outcome } = report;
  if (outcome === "sent")
    return [labelled("sent", "the answer is not read yet; --resume reads it")];
  if (accepted === null) {
    return errors.map(({ name, number }) => labelled("error", codeText(name, number)));
  }
  const lines = [labelled("accepted", `${grouped(accepted)} of ${grouped(rows)} rows`)];
  if (refused !== null && refused > 0) lines.push(labelled("refused", `${grouped(refused)} rows`));
  for (const error of errors) {
    const place = placesText(error);
    lines.push(
      labelled(
        "",
        `${grouped(error.rows)}: ${error.text}, ${codeText(error.name, error.number)}${place}`,
      ),
    );
    if (error.advice !== undefined) lines.push(labelled("", `→ ${error.advice}`));
  }
  for (const { name, number, rows: count } of unplaced) {
    lines.push(
      labelled(
        "unplaced",
        `${grouped(count)}: ${codeText(name, number)}, of no row that can be told`,
      ),
    );
  }
  if (unanswered !== null && unanswered > 0) {
    lines.push(
      labelled("unanswered", `${grouped(unanswered)} rows of which the service said nothing`),
    );
  }
  return lines;
}

function placesText({ lines, places = [], rows }: RefusedReport): string {
  const more = rows > LINES_SHOWN ? ", …" : "";
  if (places.length > 0) {
    const shown = places.slice(0, LINES_SHOWN).map(({ line, event }) => `${event} of line ${line}`);
    return ` (event ${shown.join(", ")}${more})`;
  }
  const shown = lines.slice(0, LINES_SHOWN).join(", ");
  return shown === "" ? "" : ` (line ${shown}${more})`;
}

function codeText(name: string, number: number | undefined): string {
  return number === undefined ? name : `${number} ${name}`;
}

/** Goals as a table, and what is wrong with the names of a file. @returns lines without line ends */
export function renderGoals(report: GoalsReport): string[] {
  const rows = report.goals.map((goal) => [
    goal.name,
    goal.status,
    goal.enhanced === undefined ? "unknown" : goal.enhanced ? "yes" : "no",
    goal.countType,
    goal.windowDays === undefined ? "unknown" : `${goal.windowDays} days`,
    goal.valueType,
  ]);
  const header = ["goal", "status", "enhanced", "counts", "window", "value"];
  const lines = report.goals.length === 0 ? ["no offline goals"] : table(header, rows);
  if (report.names !== undefined) {
    lines.push("");
    for (const name of report.names) {
      const texts = findingTexts(name);
      const hashOnly = name.hashOnly > 0 ? `, ${grouped(name.hashOnly)} without a click id` : "";
      lines.push(
        `${JSON.stringify(name.name)}: ${grouped(name.rows)} rows${hashOnly}${texts.length === 0 ? ": fine" : ""}`,
      );
      for (const text of texts) lines.push(`  ${text}`);
      for (const code of name.findings) lines.push(`  → ${GOAL_FINDINGS[code].advice}`);
    }
  }
  return [...lines, ...report.notes.map((note) => labelled("note", note))];
}

/** What was attributed, by goal and day. @returns lines without line ends */
export function renderResults(report: ResultsReport): string[] {
  const { from, to, goals, rows, notes } = report;
  const lines = [labelled("days", `${from} to ${to} (days of upload, UTC)`)];
  for (const goal of goals) {
    lines.push(
      "",
      `${printable(goal.goal)}: ${grouped(goal.attributed)} attributed, ${grouped(goal.unattributed)} not`,
    );
    for (const { date, attributed, unattributed } of goal.days) {
      lines.push(`  ${date}  ${grouped(attributed)} attributed, ${grouped(unattributed)} not`);
    }
    for (const { reason, count, text, advice } of goal.reasons) {
      lines.push(`  ${grouped(count)}: ${text} (${reason})`);
      if (advice !== undefined) lines.push(`    → ${advice}`);
    }
  }
  if (rows !== undefined) lines.push("", ...renderRowResults(rows));
  return [...lines, "", ...notes.map((note) => labelled("note", note))];
}

function renderRowResults(rows: NonNullable<ResultsReport["rows"]>): string[] {
  const byStatus = new Map<string, { text: string; lines: number[] }>();
  for (const { status, text, line } of rows) {
    const entry = byStatus.get(status);
    if (entry === undefined) byStatus.set(status, { text, lines: [line] });
    else entry.lines.push(line);
  }
  return [...byStatus].map(([status, { text, lines }]) => {
    const shown = lines.slice(0, LINES_SHOWN).join(", ");
    const more = lines.length > LINES_SHOWN ? ", …" : "";
    return labelled("rows", `${grouped(lines.length)}: ${text} (${status}; line ${shown}${more})`);
  });
}

/** A text of the service on a terminal: nothing in it may steer the screen. */
export function printable(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "?");
}

/** Columns side by side, as wide as their widest cell. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [header, ...rows.map((row) => row.map(printable))];
  const widths = header.map((_, at) => Math.max(...all.map((row) => (row[at] ?? "").length)));
  return all.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
