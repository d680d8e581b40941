/** Reports of this room for people. */
import type { UploadFileReport, UploadReport } from "./report.ts";
import { STATUS_TEXTS } from "./service-codes.ts";

const LABEL_WIDTH = 13;
const LINES_SHOWN = 5;

/** @returns lines without line ends */
export function renderUpload(
  report: UploadReport,
  { verbose = false }: { readonly verbose?: boolean } = {},
): string[] {
  const { account, customer, environment, calls, retries, waitedSeconds } = report;
  const lines = [
    labelled("account", `${account}, customer ${customer} (${environment})`),
    ...report.files.flatMap((file) => renderFile(file, verbose)),
  ];
  if (verbose) {
    lines.push(
      labelled("calls", `${calls}, ${retries} of them repeated, ${waitedSeconds} s waited`),
    );
  }
  return lines;
}

function renderFile(report: UploadFileReport, verbose: boolean): string[] {
  const { file, rows, adjustments, sha256, requestId, trackingId, status } = report;
  const what = adjustments ? "adjustments" : "conversions";
  const lines = [labelled("file", `${file}: ${rows} ${what}`)];
  if (verbose) lines.push(labelled("", `SHA-256 ${sha256}`));
  if (requestId !== undefined) lines.push(labelled("request", requestId));
  if (verbose && trackingId !== undefined) lines.push(labelled("tracking id", trackingId));
  if (status !== null) {
    const { text } = STATUS_TEXTS[status] ?? { text: "not known here" };
    lines.push(labelled("status", `${status}: ${text}`));
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
  const lines = [labelled("accepted", `${accepted} of ${rows} rows`)];
  if (refused !== null && refused > 0) lines.push(labelled("refused", `${refused} rows`));
  for (const error of errors) {
    const shown = error.lines.slice(0, LINES_SHOWN).join(", ");
    const more = error.rows > LINES_SHOWN ? ", …" : "";
    const place = shown === "" ? "" : ` (line ${shown}${more})`;
    lines.push(
      labelled("", `${error.rows}: ${error.text}, ${codeText(error.name, error.number)}${place}`),
    );
    if (error.advice !== undefined) lines.push(labelled("", `→ ${error.advice}`));
  }
  for (const { name, number, rows: count } of unplaced) {
    lines.push(
      labelled("unplaced", `${count}: ${codeText(name, number)}, of no row that can be told`),
    );
  }
  if (unanswered !== null && unanswered > 0) {
    lines.push(labelled("unanswered", `${unanswered} rows of which the service said nothing`));
  }
  return lines;
}

function codeText(name: string, number: number | undefined): string {
  return number === undefined ? name : `${number} ${name}`;
}

export function labelled(label: string, text: string): string {
  return `${label.padEnd(LABEL_WIDTH)}${text}`;
}
