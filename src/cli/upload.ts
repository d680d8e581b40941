/** `firsthash upload`: flags in, summary out. The work is the library's. */
import { statusOf } from "#host";
import { EXIT, usageError } from "../base/errors.ts";
import { readJsonObject } from "../read/source.ts";
import { parseDuration } from "../upload/clock.ts";
import { renderUpload } from "../upload/render.ts";
import type { UploadReport } from "../upload/report.ts";
import { type Confirmation, type UploadProgress, uploadWith } from "../upload/upload.ts";
import { checkFile } from "../write/check.ts";
import { writeTextFile } from "../write/data-file.ts";
import { askYes } from "./ask.ts";
import type { CommandContext, Flags } from "./command.ts";
import { textFlag } from "./flags.ts";
import { serviceOptions } from "./service.ts";

/** @returns the exit code: 1 where rows were refused, 7 where the file was refused as a whole. */
export async function uploadCommand(
  flags: Flags,
  context: CommandContext,
  _file: string | undefined,
  files: readonly string[] = [],
): Promise<number> {
  const { terminal } = context;
  const { options, internals } = serviceOptions(flags, context);
  const isTest = internals.test?.endpoint !== undefined;
  const asks = flags.yes !== true && flags.dryRun !== true && !isTest;
  if (asks && flags.resume !== true && !process.stdin.isTTY) {
    throw usageError(
      "there is no terminal to ask on before the file is sent",
      "give --yes where nobody can be asked",
    );
  }
  const reportPath = textFlag(flags, "report");
  const force = flags.force === true;
  const replaces = reportPath !== undefined && (force || (await isOurReport(reportPath)));
  if (reportPath !== undefined) await checkFile(reportPath, { force: replaces, inputs: files });
  const report = await uploadWith(
    files,
    {
      ...options,
      resume: flags.resume === true,
      again: flags.again === true,
      dryRun: flags.dryRun === true,
      wait: flags.wait !== false,
      goalsCheck: flags.goalsCheck !== false,
      timeout: timeoutOf(textFlag(flags, "timeout")),
      result: textFlag(flags, "result"),
      rejects: textFlag(flags, "rejects"),
      manifest: textFlag(flags, "manifest"),
      ledger: textFlag(flags, "ledger"),
      force,
      ...(asks && { confirm: (question) => confirm(question, context) }),
      onProgress: progressTo(flags, context),
      onNote: (note) => terminal.warn(note),
    },
    internals,
  );
  terminal.clear();
  if (reportPath !== undefined)
    await writeTextFile(reportPath, toJson(report), { force: replaces });
  if (flags.json === true) process.stdout.write(toJson(report));
  else
    for (const line of renderUpload(report, { verbose: flags.verbose === true }))
      terminal.say(line);
  if (report.files.some(({ outcome }) => outcome === "failed")) {
    terminal.fail({
      message: "the service refused the file as a whole (upload-failed)",
      hint: "see its status above and in docs/upload.md; after mending the cause, send it with --again",
    });
    return EXIT.rejected;
  }
  return report.ok ? EXIT.done : EXIT.findings;
}

function timeoutOf(text: string | undefined): number | undefined {
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

/** What cannot be undone is said before it is done. */
async function confirm(
  question: Confirmation,
  { terminal, signal }: CommandContext,
): Promise<boolean> {
  const { file, rows, account, customer, environment, adjustments, again } = question;
  const what = adjustments ? "adjustments" : "conversions";
  terminal.say(
    `${file}: ${rows} ${what} go to account ${account} of customer ${customer} (${environment})`,
  );
  terminal.say(
    adjustments
      ? "what a Retract has taken back cannot be adjusted any more"
      : "conversions cannot be read, changed or deleted there; `firsthash retract` makes the file that takes them back",
  );
  if (again) {
    terminal.say(
      adjustments
        ? "they were sent before: what was adjusted then is refused now (ConversionAlreadyRetracted, AdjustmentOriginalNotFound)"
        : "they were sent before: only rows that are identical to the second are not counted twice",
    );
  }
  if (!(await askYes("send them? [y/N] ", signal))) return false;
  // Adjustments that go twice do harm, so one yes is not enough.
  return again && adjustments ? askYes("send the same adjustments again? [y/N] ", signal) : true;
}

/** Steps for people on a terminal, or as lines of JSON for a program. */
function progressTo(
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
