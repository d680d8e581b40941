/** `firsthash page`: the page that does the work in a browser, as it is in the package. */
import { fileURLToPath } from "node:url";
import { hexDigest, readSmall, utf8 } from "#host";
import { EXIT, usageError } from "../base/errors.ts";
import { checkFile } from "../write/check.ts";
import { writeTextFile } from "../write/data-file.ts";
import type { CommandContext, Flags } from "./command.ts";
import { textFlag } from "./flags.ts";

/** Built with the package; `dist-page/` stands beside `dist/` and beside `dist-cli/`. */
const PAGE = fileURLToPath(new URL("../../dist-page/firsthash.html", import.meta.url));

/** @returns the exit code. */
export async function pageCommand(flags: Flags, { terminal }: CommandContext): Promise<number> {
  const output = textFlag(flags, "output") ?? "-";
  if (output !== "-" && !/\.html?$/i.test(output)) {
    throw usageError("the page is written to an .html file", "for example -o firsthash.html");
  }
  const rules = { force: flags.force === true, inputs: [] };
  if (output !== "-") await checkFile(output, rules);
  const page = utf8(await readSmall(PAGE));
  if (output === "-") process.stdout.write(page);
  else await writeTextFile(output, page, rules);
  if (flags.quiet !== true) terminal.say(`sha256  ${hexDigest(page)}`);
  return EXIT.done;
}
