/** `firsthash verify`: findings about an upload file, on standard output because they are what is asked for. */
import { EXIT, optionError, usageError } from "../base/errors.ts";
import { flagsOf } from "../base/options.ts";
import { labelled } from "../base/report-lines.ts";
import { VERSION } from "../base/version.ts";
import { checkManifest } from "../prepare/manifest.ts";
import type { ByteInput } from "../read/types.ts";
import { VERIFY_OPTIONS, type VerifyOptions } from "../verify/options.ts";
import { renderVerification, type VerifyReport } from "../verify/report.ts";
import { verify } from "../verify/verify.ts";
import type { CommandContext, Flags } from "./command.ts";
import { optionsFrom, pathsGiven, textFlag } from "./flags.ts";
import { RejectsFile } from "./rejects.ts";

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
  const options = await toOptions(flags, context, file);
  const rejects = await openRejects(flags, context, file);
  const source = file === "-" ? process.stdin : file;
  const report = await verifyWith(rejects, source, options);
  context.terminal.clear();
  if (flags.json === true) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else if (flags.quiet !== true) {
    const lines = renderVerification(report, { verbose: flags.verbose === true });
    context.terminal.printReport(lines, process.stdout);
  }
  await rejects?.commit();
  return report.ok ? EXIT.done : EXIT.findings;
}

/** @throws FirsthashError "usage" where it would replace what is read */
async function openRejects(
  flags: Flags,
  { terminal }: CommandContext,
  file: string,
): Promise<RejectsFile | undefined> {
  const path = textFlag(flags, "rejects");
  if (path === undefined) return undefined;
  const inputs = pathsGiven(flagsOf(VERIFY_OPTIONS), flags, "input", "read", "json");
  const rules = {
    force: flags.force === true,
    inputs: [file, ...inputs.map((input) => input.path)].filter((each) => each !== "-"),
  };
  const spoken = (text: string) => terminal.asFlags(text);
  return RejectsFile.open(path, { command: "verify", rules, spoken });
}

/** Where the job throws, nothing is left of what it told. */
async function verifyWith(
  rejects: RejectsFile | undefined,
  source: ByteInput,
  options: VerifyOptions,
): Promise<VerifyReport> {
  try {
    return await verify(source, {
      ...options,
      ...(rejects !== undefined && { onRow: rejects.onRow }),
    });
  } catch (error) {
    await rejects?.discard();
    throw error;
  }
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
  const all = await checkManifest(path, context.signal);
  const findings = flags.outputsOnly === true ? all.filter(({ role }) => role === "output") : all;
  const failed = findings.some(({ severity }) => severity === "error");
  const open = findings.filter(({ severity }) => severity === "warning").length;
  // What was not compared may be anything.
  const ok = !failed && open === 0;
  if (flags.json === true) {
    const report = { schema: "firsthash.verify-manifest/1", version: VERSION, findings, ok };
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  } else if (flags.quiet !== true) {
    const lines = findings.map((each) => labelled(each.role, `${each.file}: ${each.text}`));
    const end = failed ? "FAILED" : `NOT CHECKED: ${open} of ${findings.length} files`;
    process.stdout.write(`${[...lines, ok ? "OK" : end].join("\n")}\n`);
  }
  if (!ok && !failed) {
    context.terminal.fail({
      message: `${open} of ${findings.length} files could not be compared`,
      hint: "put files beside the manifest; say --outputs-only where you have the outputs alone; what was a stream cannot be compared",
    });
  }
  return ok ? EXIT.done : EXIT.findings;
}

async function toOptions(
  flags: Flags,
  context: CommandContext,
  file: string,
): Promise<VerifyOptions> {
  const beside = ["against", "conversions"].find((name) => flags[name] === "-");
  if (beside !== undefined && file === "-") {
    throw optionError(
      beside,
      "and the file cannot both be standard input",
      "give one of them as a file",
    );
  }
  return {
    ...(await optionsFrom<VerifyOptions>(VERIFY_OPTIONS, flags, context)),
    ...(file === "-" && { name: "stdin" }),
    ...(flags.against === "-" && { againstName: "stdin" }),
    ...(flags.conversions === "-" && { conversionsName: "stdin" }),
  };
}
