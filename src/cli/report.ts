/** `firsthash report`: saved reports of one run in, one page out. */
import { EXIT, usageError } from "../base/errors.ts";
import { readJsonObject } from "../read/source.ts";
import { renderHtml } from "../report/html.ts";
import { joinReports } from "../report/reports.ts";
import { checkFile } from "../write/check.ts";
import { writeTextFile } from "../write/data-file.ts";
import type { CommandContext, Flags } from "./command.ts";
import { textFlag } from "./flags.ts";
import { withTexts } from "./speak.ts";

/** @returns the exit code. */
export async function reportCommand(
  flags: Flags,
  { terminal }: CommandContext,
  _file: string | undefined,
  files: readonly string[] = [],
): Promise<number> {
  const output = textFlag(flags, "output") ?? "-";
  if (output !== "-" && !/\.html?$/i.test(output)) {
    throw usageError("the page is written to an .html file", "for example -o report.html");
  }
  if (files.includes("-")) {
    throw usageError("report takes files, not standard input", "save the report with --report");
  }
  const rules = { force: flags.force === true, inputs: files };
  if (output !== "-") await checkFile(output, rules);
  const saved = [];
  for (const file of files) saved.push({ file, content: await readJsonObject(file) });
  const spoken = withTexts(joinReports(saved), (text) => terminal.asFlags(text));
  const page = renderHtml(spoken);
  if (output === "-") process.stdout.write(page);
  else await writeTextFile(output, page, rules);
  return EXIT.done;
}
