/** `firsthash inspect`: what is in a file, in counts. The report is what was asked for: it goes to stdout. */
import { EXIT } from "../base/errors.ts";
import { inspect } from "../inspect/inspect.ts";
import { renderInspection } from "../inspect/render.ts";
import type { CommandContext, Flags } from "./command.ts";
import { listFlag, parseColumns, parseDelimiter, textFlag } from "./flags.ts";

/** @returns the exit code. */
export async function inspectCommand(
  flags: Flags,
  { terminal, signal }: CommandContext,
  file = "-",
): Promise<number> {
  const report = await inspect(file === "-" ? process.stdin : file, {
    name: file === "-" ? "stdin" : file,
    key: textFlag(flags, "key"),
    columns: parseColumns(listFlag(flags, "column")),
    country: textFlag(flags, "country"),
    read: {
      encoding: textFlag(flags, "encoding"),
      delimiter: parseDelimiter(textFlag(flags, "delimiter")),
      sheet: textFlag(flags, "sheet"),
    },
    onProgress: (progress) => terminal.progress({ stage: "rows", ...progress }),
    signal,
  });
  terminal.clear();
  const text =
    flags.json === true ? JSON.stringify(report, null, 2) : renderInspection(report).join("\n");
  process.stdout.write(`${text}\n`);
  return EXIT.done;
}
