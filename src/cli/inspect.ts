/** `firsthash inspect`: what is in a file, in counts. The report is what was asked for: it goes to stdout. */
import { EXIT } from "../base/errors.ts";
import { inspect } from "../inspect/inspect.ts";
import { INSPECT_OPTIONS, type InspectOptions } from "../inspect/options.ts";
import { renderInspection } from "../inspect/render.ts";
import type { CommandContext, Flags } from "./command.ts";
import { optionsFrom } from "./flags.ts";

/** @returns the exit code. */
export async function inspectCommand(
  flags: Flags,
  context: CommandContext,
  file = "-",
): Promise<number> {
  const { terminal } = context;
  const report = await inspect(file === "-" ? process.stdin : file, {
    ...(await optionsFrom<InspectOptions>(INSPECT_OPTIONS, flags, context)),
    name: file === "-" ? "stdin" : file,
    onProgress: (progress) => terminal.progress({ stage: "rows", ...progress }),
  });
  terminal.clear();
  if (flags.json === true) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else terminal.printReport(renderInspection(report).map(asStarted), process.stdout);
  return EXIT.done;
}

/** Without an installation there is no `firsthash` to type: who came by npx goes on by npx. */
function asStarted(line: string): string {
  if (process.env.npm_command !== "exec") return line;
  return line.replace(/^(next +)firsthash /, "$1npx firsthash ");
}
