/** `firsthash verify`: findings about an upload file, on standard output because they are what is asked for. */
import { EXIT, optionError, usageError } from "../base/errors.ts";
import { VERSION } from "../base/version.ts";
import { checkManifest } from "../prepare/manifest.ts";
import { labelled } from "../report/render.ts";
import { VERIFY_OPTIONS, type VerifyOptions } from "../verify/options.ts";
import { renderVerification } from "../verify/report.ts";
import { verify } from "../verify/verify.ts";
import type { CommandContext, Flags } from "./command.ts";
import { optionsFrom, textFlag } from "./flags.ts";

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
  const report = await verify(
    file === "-" ? process.stdin : file,
    await toOptions(flags, context, file),
  );
  context.terminal.clear();
  if (flags.json === true) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else if (flags.quiet !== true) {
    const lines = renderVerification(report, { verbose: flags.verbose === true });
    process.stdout.write(`${context.terminal.asFlags(lines.join("\n"))}\n`);
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

async function toOptions(
  flags: Flags,
  context: CommandContext,
  file: string,
): Promise<VerifyOptions> {
  if (flags.against === "-" && file === "-") {
    throw optionError(
      "against",
      "and the file cannot both be standard input",
      "give one of them as a file",
    );
  }
  return {
    ...(await optionsFrom<VerifyOptions>(VERIFY_OPTIONS, flags, context)),
    ...(file === "-" && { name: "stdin" }),
    ...(flags.against === "-" && { againstName: "stdin" }),
  };
}
