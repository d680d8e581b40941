/**
 * Reports that were saved as JSON, read again: that of the run that wrote an upload, that of its upload, and
 * that of its results. They belong together where they are about files of the same SHA-256.
 */
import { inputError } from "../base/errors.ts";
import { type AnyReport, baseName } from "./names.ts";
import { isAnswer, isRun } from "./shapes.ts";

/** Rows of a sent file that the service refused for one reason. */
export interface RefusedRows {
  readonly name: string;
  readonly number?: number | null;
  readonly rows: number;
  readonly text: string;
  readonly advice?: string;
  readonly lines: readonly number[];
}

/** What the service said about one file. */
export interface FileAnswer {
  readonly file: string;
  readonly sha256: string;
  readonly rows: number;
  readonly outcome: "done" | "sent" | "failed" | "dry-run";
  readonly requestId?: string;
  readonly accepted: number | null;
  readonly refused: number | null;
  readonly unanswered: number | null;
  readonly errors: readonly RefusedRows[];
  readonly notes: readonly string[];
}

/** The report of `firsthash upload`, as far as it is shown. */
export interface AnswerReport {
  readonly schema: "firsthash.upload-report/1";
  readonly environment: string;
  readonly files: readonly FileAnswer[];
  readonly notes: readonly string[];
}

/** A run, and what became of the files that it wrote. */
export interface JoinedReport {
  readonly run: AnyReport;
  readonly answers: readonly AnswerReport[];
}

/** What a JSON file holds, and the name that messages give the file. */
export interface SavedReport {
  readonly file: string;
  readonly content: unknown;
}

/**
 * Joins saved reports by the SHA-256 of the files that they are about. Their order does not matter.
 *
 * @throws FirsthashError "input" for what is no report of firsthash, where the run is missing, or where an
 *   answer is about a file that the run did not write
 *
 * @example
 * ```ts
 * import { joinReports, prepare, renderHtml } from "firsthash";
 *
 * const run = await prepare({
 *   contacts: "samples/contacts.csv",
 *   conversions: "samples/conversions.csv",
 *   key: "Contact ID",
 *   country: "US",
 *   timeZone: "America/New_York",
 *   asOf: "2026-11-20T12:00:00Z",
 *   dryRun: true,
 * });
 * // Beside it: what `firsthash upload --report upload.json` saved.
 * const page = renderHtml(joinReports([{ file: "prepare.json", content: run }]));
 * ```
 */
export function joinReports(saved: readonly SavedReport[]): JoinedReport {
  const runs: { readonly file: string; readonly run: AnyReport }[] = [];
  const answers: { readonly file: string; readonly answer: AnswerReport }[] = [];
  for (const { file, content } of saved) {
    if (isRun(content)) runs.push({ file, run: content });
    else if (isAnswer(content)) answers.push({ file, answer: content });
    else {
      throw inputError("is not a report of firsthash", {
        file,
        hint: "name what --report of prepare, adjust, hash or upload saved as .json",
      });
    }
  }
  const [first, second] = runs;
  if (first === undefined) {
    throw inputError("is the report of an upload, and that of the run is missing", {
      file: answers[0]?.file,
      hint: "name the report of prepare too; it was saved with --report prepare.json",
    });
  }
  if (second !== undefined) {
    throw inputError("is the report of a second run", {
      file: second.file,
      hint: "make a page for each run",
    });
  }
  const digests = digestsOf(first.run);
  for (const { file, answer } of answers) {
    for (const { sha256 } of answer.files) needFile(file, sha256, digests, first.file);
  }
  return { run: first.run, answers: answers.map(({ answer }) => answer) };
}

function digestsOf(run: AnyReport): ReadonlySet<string> {
  const files = "destinations" in run ? run.destinations.flatMap(({ files }) => files) : run.files;
  return new Set(files.flatMap(({ sha256 }) => sha256 ?? []));
}

function needFile(file: string, sha256: string, digests: ReadonlySet<string>, run: string): void {
  if (digests.has(sha256)) return;
  if (digests.size === 0) {
    throw inputError("has no SHA-256 of what was written, so nothing can be joined to it", {
      file: run,
      hint: "run again with --report prepare.json; a dry run writes nothing",
    });
  }
  throw inputError(`is about another file than those of ${baseName(run)}: their SHA-256 differ`, {
    file,
    hint: "take the reports of one run; a file that was changed after it was written is another file",
  });
}
