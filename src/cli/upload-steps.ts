/** What an upload asks, shows and ends with, to whichever service it goes. */
import { statusOf } from "#host";
import { EXIT, usageError } from "../base/errors.ts";
import { readJsonObject } from "../read/source.ts";
import { parseDuration } from "../upload/clock.ts";
import type { TestHooks } from "../upload/endpoint.ts";
import { renderUpload } from "../upload/render.ts";
import type { UploadReport } from "../upload/report.ts";
import type { UploadProgress } from "../upload/upload.ts";
import { checkFile } from "../write/check.ts";
import { writeTextFile } from "../write/data-file.ts";
import type { CommandContext, Flags } from "./command.ts";
import { textFlag } from "./flags.ts";

/** Whether a person is asked before anything goes out. @throws FirsthashError "usage" where nobody can be asked */
export function asksFirst(flags: Flags, test: TestHooks | undefined): boolean {
  const isTest = test?.endpoint !== undefined;
  const asks = flags.yes !== true && flags.dryRun !== true && !isTest;
  if (asks && flags.resume !== true && !process.stdin.isTTY) {
    throw usageError(
      "there is no terminal to ask on before the file is sent",
      "give --yes where nobody can be asked",
    );
  }
  return asks;
}

export function timeoutOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = parseDuration(text);
  if (seconds !== undefined) return seconds;
  throw usageError("--timeout takes a time", "for example 90s, 60m or 2h");
}

/** A daily job writes its report under one name: an older report of the same kind is replaced. */
async function isOurReport(path: string): Promise<boolean> {
  if ((await statusOf(path))?.isFile() !== true) return false;
  try {
    return (await readJsonObject(path)).schema === "firsthash.upload-report/1";
  } catch {
    return false;
  }
}

function toJson(report: UploadReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** Where the summary goes, looked at before anything is sent. */
export class SavedReport {
  readonly #path: string | undefined;
  readonly #replaces: boolean;

  private constructor(path: string | undefined, replaces: boolean) {
    this.#path = path;
    this.#replaces = replaces;
  }

  /** @throws FirsthashError "output" */
  static async of(flags: Flags, files: readonly string[]): Promise<SavedReport> {
    const path = textFlag(flags, "report");
    const replaces = path !== undefined && (flags.force === true || (await isOurReport(path)));
    if (path !== undefined) await checkFile(path, { force: replaces, inputs: files });
    return new SavedReport(path, replaces);
  }

  async write(report: UploadReport): Promise<void> {
    if (this.#path === undefined) return;
    await writeTextFile(this.#path, toJson(report), { force: this.#replaces });
  }
}

/** @returns the exit code: 1 where rows were refused, 7 where the file was refused as a whole. */
export async function endUpload(
  report: UploadReport,
  saved: SavedReport,
  flags: Flags,
  { terminal }: CommandContext,
): Promise<number> {
  terminal.clear();
  await saved.write(report);
  if (flags.json === true) process.stdout.write(toJson(report));
  else terminal.sayReport(renderUpload(report, { verbose: flags.verbose === true }));
  if (report.files.some(({ outcome }) => outcome === "failed")) {
    terminal.fail({
      message: "the service refused the file as a whole (upload-failed)",
      hint: "see its status above and in docs/upload.md; after mending the cause, send it with --again",
    });
    return EXIT.rejected;
  }
  return report.ok ? EXIT.done : EXIT.findings;
}

/** Steps for people on a terminal, or as lines of JSON for a program. */
export function progressTo(
  flags: Flags,
  { terminal }: CommandContext,
): (progress: UploadProgress) => void {
  if (flags.progress !== "json") return (progress) => terminal.live(textOf(progress));
  let last = "";
  let lastAt = 0;
  return (progress) => {
    // Bytes come in thousands of pieces; a step that is new is told at once.
    const now = performance.now();
    if (progress.step === last && progress.step !== "waiting" && now - lastAt < 250) return;
    last = progress.step;
    lastAt = now;
    process.stderr.write(`${JSON.stringify(progress)}\n`);
  };
}

function textOf(progress: UploadProgress): string {
  const percent = (share: number) => `${Math.floor(Math.min(share, 1) * 100)} %`;
  switch (progress.step) {
    case "verifying":
      return `verifying ${progress.share === undefined ? "" : `${percent(progress.share)}, `}${progress.rows} rows`;
    case "checking":
      return `asking which rows are fit: ${percent(progress.rows / Math.max(1, progress.total))}`;
    case "sending":
      return `sending ${percent(progress.bytes / progress.total)} of ${Math.ceil(progress.total / 1000)} kB`;
    case "retrying":
      return `sending again: ${progress.why}`;
    case "waiting":
      return `waiting: ${progress.status}${progress.percent === undefined ? "" : `, ${progress.percent} %`}`;
    case "reading":
      return `reading the answer: ${Math.ceil(progress.bytes / 1000)} kB`;
  }
}
