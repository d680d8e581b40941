/** `firsthash hash --stream`: lines from stdin, a line for each to stdout, and a summary on stderr at the end. */
import { EXIT, systemCode, usageError } from "../base/errors.ts";
import { flagsOf } from "../base/options.ts";
import { grouped, labelled } from "../base/report-lines.ts";
import { HASH_OPTIONS } from "../hash/options.ts";
import { hashStream, type StreamReport } from "../hash/stream/hash-stream.ts";
import { STREAM_OPTIONS, type StreamOptions } from "../hash/stream/stream-options.ts";
import { type CommandContext, type Flags, JSON_OPTION, OUTPUT_OPTIONS } from "./command.ts";
import { flagKey, optionsFrom } from "./flags.ts";

/** Flags that mean nothing without --stream. */
const OWN = ["format", "fields", "consentPerRow"] as const;

/** @throws FirsthashError "usage" for flags that belong to the other kind of run */
export function checkStreamFlags(flags: Flags, file: string): void {
  const stream = flags.stream === true;
  if (!stream) {
    const stray = OWN.find((name) => flags[name] !== undefined);
    if (stray === undefined) return;
    throw usageError(`--${STREAM_OPTIONS[stray].flag} is about --stream`, "give --stream too");
  }
  if (file !== "-")
    throw usageError("--stream reads standard input alone", "firsthash hash --stream < rows.tsv");
  const taken = Object.values(flagsOf({ ...STREAM_OPTIONS, ...JSON_OPTION, ...OUTPUT_OPTIONS }));
  const known = new Set(["stream", ...taken.map(flagKey)]);
  const stray = Object.values(flagsOf(HASH_OPTIONS)).find(
    (flag) => flags[flagKey(flag)] !== undefined && !known.has(flagKey(flag)),
  );
  if (stray === undefined && flags.report === undefined) return;
  throw usageError(
    `--stream does not take --${stray?.flag ?? "report"}`,
    stray?.flag === "column" || stray?.flag === "key"
      ? "lines have no header: say what their cells hold with --fields key,email,phone,country"
      : "leave it out, or hash a whole file without --stream",
  );
}

/** @returns the exit code; 0 also where there was no line */
export async function hashStreamCommand(flags: Flags, context: CommandContext): Promise<number> {
  const { terminal } = context;
  const { onProgress: _, ...given } = (await optionsFrom<StreamOptions>(
    STREAM_OPTIONS,
    flags,
    context,
  )) as Partial<StreamOptions> & { readonly onProgress?: unknown };
  terminal.dataGoesOut = true;
  try {
    const options = { ...given, input: process.stdin, output: process.stdout };
    const report = await hashStream(options);
    if (flags.json === true) process.stderr.write(`${JSON.stringify(report)}\n`);
    else terminal.sayReport(renderStream(report));
    return EXIT.done;
  } catch (error) {
    if (systemCode(error) === "EPIPE") return EXIT.output;
    throw error;
  }
}

function renderStream(report: StreamReport): string[] {
  const { lines, hashed, noIdentifier, noConsent, malformed, keysWithheld } = report;
  const counts: readonly (readonly [number, string])[] = [
    [hashed, "with digests"],
    [noIdentifier, "without a usable e-mail or phone"],
    [noConsent, "without consent"],
    [malformed, "malformed"],
    [keysWithheld, "keys withheld, because they look like an e-mail address or a phone number"],
  ];
  const said = counts
    .filter(([count]) => count > 0)
    .map(([count, text]) => `${grouped(count)} ${text}`);
  return [labelled("lines", [grouped(lines), said.join(", ")].filter(Boolean).join(": "))];
}
