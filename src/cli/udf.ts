/** `firsthash udf`: the statements for an engine, and the script that they load. */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { readSmall, utf8 } from "#host";
import { EXIT, usageError } from "../base/errors.ts";
import { checkFile } from "../write/check.ts";
import { writeTextFile } from "../write/data-file.ts";
import type { CommandContext, Flags } from "./command.ts";
import { engineStatements } from "./engines/engine-statements.ts";
import {
  ENGINES,
  type Engine,
  STATEMENT_OPTIONS,
  type StatementOptions,
} from "./engines/options.ts";
import { optionsFrom, textFlag } from "./flags.ts";

/** Built with the package; `dist-udf/` stands beside `dist/` and beside `dist-cli/`. */
const script = async (name: string) =>
  utf8(await readSmall(fileURLToPath(new URL(`../../dist-udf/${name}`, import.meta.url))));

/** @returns the exit code. */
export async function udfCommand(
  flags: Flags,
  context: CommandContext,
  name?: string,
): Promise<number> {
  const engine = engineOf(name);
  const output = textFlag(flags, "output") ?? "-";
  const scriptFile = textFlag(flags, "script");
  const all = await script("firsthash.udf.js");
  const given = await optionsFrom<StatementOptions>(STATEMENT_OPTIONS, flags, context);
  const scripts = { all, email: await script("firsthash.udf.email.js") };
  const statements = engineStatements({ ...given, engine, scripts });
  const rules = { force: flags.force === true, inputs: [] };
  if (scriptFile !== undefined && !scriptFile.endsWith(".js")) {
    throw usageError("the script is written to a .js file", "--script firsthash.udf.js");
  }
  if (scriptFile !== undefined && resolve(scriptFile) === resolve(output)) {
    throw usageError("the script and the statements are one file", "give two names");
  }
  // Both are asked for before one of them is written.
  for (const file of [output, scriptFile]) {
    if (file !== undefined && file !== "-") await checkFile(file, rules);
  }
  if (scriptFile !== undefined) await writeTextFile(scriptFile, all, rules);
  if (output === "-") process.stdout.write(statements);
  else await writeTextFile(output, statements, rules);
  return EXIT.done;
}

function engineOf(name: string | undefined): Engine {
  const engine = ENGINES.find((known) => known === name?.toLowerCase());
  if (engine !== undefined) return engine;
  throw usageError(
    name === undefined ? "no engine" : "not an engine that we know",
    `one of ${ENGINES.join(", ")}: firsthash udf bigquery`,
  );
}
