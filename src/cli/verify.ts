/** `firsthash verify`: findings about an upload file, on standard output because they are what is asked for. */
import { EXIT, usageError } from "../base/errors.ts";
import { VERSION } from "../base/version.ts";
import { checkManifest } from "../prepare/manifest.ts";
import { labelled } from "../report/render.ts";
import { renderVerification } from "../verify/report.ts";
import { type VerifyOptions, verify } from "../verify/verify.ts";
import type { CommandContext, Flags } from "./command.ts";
import { listFlag, parseColumns, parseReading, textFlag } from "./flags.ts";

/** @returns the exit code: 1 where something is wrong. */
export async function verifyCommand(
  flags: Flags,
  context: CommandContext,
  file: string | undefined,
): Promise<number> {
  const manifest = textFlag(flags, "manifest");
  if (manifest !== undefined) return verifyManifest(manifest, flags, context, file);
  if (file === undefined || file === "") {
    throw usageError("no file to verify", "firsthash verify upload.csv");
  }
  const report = await verify(file === "-" ? process.stdin : file, toOptions(flags, context, file));
  context.terminal.clear();
  if (flags.json === true) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else if (flags.quiet !== true) {
    const lines = renderVerification(report, { verbose: flags.verbose === true });
    process.stdout.write(`${lines.join("\n")}\n`);
  }
  return report.ok ? EXIT.done : EXIT.findings;
}

/** The files of a run against its manifest; what is in them is not looked at. */
async function verifyManifest(
  path: string,
  flags: Flags,
  context: CommandContext,
  file: string | undefined,
): Promise<number> {
  if (file !== undefined) {
    throw usageError(
      "--manifest names the files itself",
      "run once with --manifest, and once with the file",
    );
  }
  const findings = await checkManifest(path, context.signal);
  const ok = findings.every(({ severity }) => severity !== "error");
  if (flags.json === true) {
    const report = { schema: "firsthash.verify-manifest/1", version: VERSION, findings, ok };
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  } else if (flags.quiet !== true) {
    const lines = findings.map((each) => labelled(each.role, `${each.file}: ${each.text}`));
    process.stdout.write(`${[...lines, ok ? "OK" : "FAILED"].join("\n")}\n`);
  }
  return ok ? EXIT.done : EXIT.findings;
}

function toOptions(flags: Flags, context: CommandContext, file: string): VerifyOptions {
  const against = textFlag(flags, "against");
  if (against === "-" && file === "-") {
    throw usageError(
      "the file and --against cannot both be standard input",
      "give one of them as a file",
    );
  }
  if (against === undefined) {
    for (const key of ["column", "country", "encoding", "delimiter", "sheet"]) {
      if (flags[key] === undefined) continue;
      throw usageError(
        `--${key} is about the contacts`,
        "give them with --against, or leave it out",
      );
    }
  }
  const reading = parseReading({
    encoding: listFlag(flags, "encoding"),
    delimiter: listFlag(flags, "delimiter"),
    sheet: listFlag(flags, "sheet"),
  });
  return {
    ...(file === "-" && { name: "stdin" }),
    to: textFlag(flags, "to"),
    against: against === "-" ? process.stdin : against,
    ...(against === "-" && { againstName: "stdin" }),
    columns: parseColumns(listFlag(flags, "column")),
    country: textFlag(flags, "country"),
    asOf: textFlag(flags, "asOf"),
    read: { contacts: reading.contacts },
    onProgress: (progress) => context.terminal.progress(progress),
    signal: context.signal,
  };
}
