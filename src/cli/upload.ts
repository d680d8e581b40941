/** `firsthash upload`: flags in, summary out. The work is the library's. */
import { usageError } from "../base/errors.ts";
import { type Confirmation, uploadWith } from "../upload/upload.ts";
import { askYes } from "./ask.ts";
import type { CommandContext, Flags } from "./command.ts";
import { textFlag } from "./flags.ts";
import { serviceOptions } from "./service.ts";
import { areForGoogle, uploadToGoogleCommand } from "./upload-google.ts";
import { asksFirst, endUpload, progressTo, SavedReport, timeoutOf } from "./upload-steps.ts";

/** @returns the exit code: 1 where rows were refused, 7 where the file was refused as a whole. */
export async function uploadCommand(
  flags: Flags,
  context: CommandContext,
  _file: string | undefined,
  files: readonly string[] = [],
): Promise<number> {
  const { terminal } = context;
  checkIds(flags);
  if (await areForGoogle(files)) return uploadToGoogleCommand(flags, context, files);
  const { options, internals } = serviceOptions(flags, context);
  const asks = asksFirst(flags, internals.test);
  const saved = await SavedReport.of(flags, files);
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
      force: flags.force === true,
      ...(asks && { confirm: (question) => confirm(question, context) }),
      onProgress: progressTo(flags, context),
      onNote: (note) => terminal.warn(note),
    },
    internals,
  );
  return endUpload(report, saved, flags, context);
}

/** Before a file is opened to see for which service it is. Google's ids may have dashes. */
function checkIds(flags: Flags): void {
  for (const name of ["account", "customer"] as const) {
    const id = textFlag(flags, name);
    if (id === undefined || /^\d[\d-]{0,24}$/.test(id)) continue;
    throw usageError(
      `--${name} is not an id of digits`,
      "give the id, not the number of letters and digits; see `firsthash accounts`",
    );
  }
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
