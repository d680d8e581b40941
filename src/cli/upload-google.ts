/** `firsthash upload` of request bodies for Google. The file says where it goes, so no option does. */
import { homedir } from "node:os";
import { usageError } from "../base/errors.ts";
import { beginsAsBody } from "../upload/google/bodies.ts";
import { type GoogleSettings, openGoogleCaller } from "../upload/google/session.ts";
import { type GoogleConfirmation, uploadToGoogleWith } from "../upload/google/upload.ts";
import { checkProfileName, settingsFolder } from "../upload/sign-in/profiles.ts";
import { askYes } from "./ask.ts";
import type { CommandContext, Flags } from "./command.ts";
import { textFlag } from "./flags.ts";
import { setting, testHooks } from "./service.ts";
import type { Terminal } from "./terminal.ts";
import { asksFirst, endUpload, progressTo, SavedReport, timeoutOf } from "./upload-steps.ts";

/** Whether these are request bodies. @throws FirsthashError "usage" for files of both kinds */
export async function areForGoogle(files: readonly string[]): Promise<boolean> {
  const bodies: boolean[] = [];
  for (const file of files) bodies.push(file !== "-" && (await beginsAsBody(file)));
  if (!bodies.includes(true)) return false;
  if (!bodies.includes(false)) return true;
  throw usageError(
    "the files are for two services",
    "upload the request bodies for Google in a run of their own",
  );
}

/** Options that are about Microsoft Advertising alone. */
const NOT_FOR_GOOGLE = ["customer", "environment", "clientId", "result", "manifest"] as const;

/** @returns the exit code */
export async function uploadToGoogleCommand(
  flags: Flags,
  context: CommandContext,
  files: readonly string[],
): Promise<number> {
  const { terminal, signal } = context;
  for (const name of NOT_FOR_GOOGLE) {
    if (flags[name] === undefined) continue;
    const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw usageError(`--${flag} is for Microsoft Advertising`, "leave it out for request bodies");
  }
  const settings = googleSettings(flags, terminal);
  const test = testHooks(terminal);
  const asks = asksFirst(flags, test);
  const saved = await SavedReport.of(flags, files);
  const report = await uploadToGoogleWith(
    files,
    {
      account: textFlag(flags, "account"),
      resume: flags.resume === true,
      again: flags.again === true,
      dryRun: flags.dryRun === true,
      wait: flags.wait !== false,
      timeout: timeoutOf(textFlag(flags, "timeout")),
      rejects: textFlag(flags, "rejects"),
      ledger: textFlag(flags, "ledger"),
      force: flags.force === true,
      ...(asks && { confirm: (question) => confirm(question, context) }),
      onProgress: progressTo(flags, context),
      onNote: (note) => terminal.warn(note),
      signal,
    },
    { test, caller: (...parts) => openGoogleCaller(settings, ...parts) },
  );
  return endUpload(report, saved, flags, context);
}

/** A token comes from the environment, a key from a file that an option or Google's own variable names. */
export function googleSettings(flags: Flags, terminal: Terminal): GoogleSettings {
  const profile = textFlag(flags, "profile");
  return {
    folder: settingsFolder(process.platform, homedir(), process.env),
    profile: profile === undefined ? undefined : checkProfileName(profile),
    accessToken: setting("GOOGLE_ACCESS_TOKEN"),
    key: textFlag(flags, "googleKey") ?? standard("GOOGLE_APPLICATION_CREDENTIALS"),
    project: standard("GOOGLE_CLOUD_QUOTA_PROJECT"),
    gcloud: { system: process.platform, home: homedir(), env: process.env },
    onNote: (note) => terminal.warn(note),
  };
}

/** A variable that Google's own tools know. */
function standard(name: string): string | undefined {
  const value = process.env[name]?.trim();
  return value === "" ? undefined : value;
}

/** What cannot be undone is said before it is done. */
async function confirm(
  { file, rows, account, again }: GoogleConfirmation,
  { terminal, signal }: CommandContext,
): Promise<boolean> {
  terminal.say(`${file}: ${rows} conversions go to account ${account} of Google Ads`);
  terminal.say("all are checked by Google first; those that it takes cannot be deleted there");
  if (again) {
    terminal.say(
      "they were sent before: only rows with an order id or a gclid are not counted twice",
    );
  }
  return askYes("send them? [y/N] ", signal);
}
