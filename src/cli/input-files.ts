/**
 * The files of an input that may be several: paths, `-`, and patterns for shells that leave them alone, as those of
 * Windows do, and for configuration files.
 */
import type { Stats } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join, normalize, parse, sep } from "node:path";
import { optionError } from "../base/errors.ts";

/**
 * @param option name in the library
 * @returns paths in the order given, those of a pattern by name, and standard input for `-`
 * @throws FirsthashError "usage" where a pattern matches no file
 */
export async function inputFiles(
  texts: readonly string[],
  option: string,
): Promise<(string | NodeJS.ReadStream)[]> {
  const files: (string | NodeJS.ReadStream)[] = [];
  for (const text of texts) {
    if (text === "-") files.push(process.stdin);
    else if (!/[*?]/.test(text) || (await statOf(text)) !== undefined) files.push(text);
    else {
      const found = await matching(text);
      if (found.length === 0) {
        throw optionError(
          option,
          "is a pattern that matches no file",
          "* stands for any characters of a name and ? for one; ** for any folders",
        );
      }
      files.push(...found);
    }
  }
  return files;
}

/** Files that a pattern names, by their paths. Hidden ones only where the pattern says so. */
async function matching(pattern: string): Promise<string[]> {
  const { root } = parse(pattern);
  const steps = pattern
    .slice(root.length)
    .split(sep === "\\" ? /[\\/]/ : "/")
    .filter((step) => step !== "");
  const found = new Set<string>();
  await walk(root, steps, found);
  return [...found].sort((a, b) => (a < b ? -1 : 1));
}

async function walk(folder: string, steps: readonly string[], found: Set<string>): Promise<void> {
  const [step, ...rest] = steps;
  if (step === undefined) return;
  if (step === "**") await walk(folder, rest, found);
  const isName = matcher(step);
  for (const name of isName === undefined ? [step] : await namesIn(folder)) {
    if (isName?.(name) === false) continue;
    const path = folder === "" ? name : join(folder, name);
    const isFolder = (await statOf(path))?.isDirectory();
    if (isFolder === undefined) continue;
    if (isFolder) await walk(path, step === "**" ? steps : rest, found);
    else if (rest.length === 0 && step !== "**") found.add(normalize(path));
  }
}

/** Undefined for a step that is a name as it stands. */
function matcher(step: string): ((name: string) => boolean) | undefined {
  if (!/[*?]/.test(step)) return undefined;
  const source = step.replace(/[.*+?^${}()|[\]\\]/g, (character) =>
    character === "*" ? ".*" : character === "?" ? "." : `\\${character}`,
  );
  const expression = new RegExp(`^${source.replace(/(?:\.\*)+/g, ".*")}$`, "su");
  return (name) => (step.startsWith(".") || !name.startsWith(".")) && expression.test(name);
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder === "" ? "." : folder).catch(() => []);
}

async function statOf(path: string): Promise<Stats | undefined> {
  return stat(path).catch(() => undefined);
}
