/**
 * Programs that are not the project's own and that some tests need: a browser, another implementation, another
 * Node. `.ci/install NAME` installs a part into `.parts/NAME/`, its programs in `.parts/NAME/bin/`.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./run.ts";

/** Nothing may be skipped. */
export const MUST_RUN = process.env.FIRSTHASH_REAL === "1" || process.env.CI === "true";
const PARTS = process.env.FIRSTHASH_PARTS || join(ROOT, ".parts");

/**
 * The path of a program of a part, or undefined where the part is not installed: skip the tests then, so that
 * the rest can be run on any machine.
 *
 * @throws Error where it is not installed and nothing may be skipped: with FIRSTHASH_REAL=1, or CI=true
 * @example
 * const browser = program("chromium", "chromium");
 * describe.skipIf(browser === undefined)("the page in a browser", …);
 */
export function program(part: string, name: string): string | undefined {
  const path = join(PARTS, part, "bin", name);
  if (existsSync(path)) return path;
  const missing = `${name} is not installed: run .ci/install ${part}`;
  if (MUST_RUN) throw new Error(missing);
  console.warn(`skipped, because ${missing}`);
  return undefined;
}
