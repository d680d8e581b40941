/** What the files of `src/` import, read from their text. Types count: a type that looks up is an arrow too. */
import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";

export const SRC = join(import.meta.dirname, "../../src");

export interface Import {
  /** Path below `src/`, with `/`. */
  readonly file: string;
  /** As it is written: `./x.ts`, `node:fs`, `csv-parse`. */
  readonly module: string;
  /** A file of ours that is imported, as a path below `src/`; undefined for anything else. */
  readonly target: string | undefined;
  readonly typeOnly: boolean;
}

export const files: readonly string[] = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => name.replaceAll("\\", "/"))
  .sort();

const sources = new Map(files.map((file) => [file, readFileSync(join(SRC, file), "utf8")]));

/** A file's text without comments, so that an example in a docstring is not an import. */
export function code(file: string): string {
  const source = sources.get(file) ?? "";
  return source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
}

const IMPORT =
  /\b(import|export)\s+(type\s)?(?:[^"';]*?\sfrom\s+)?"([^"]+)"|\b(?:import|require|createRequire\(import\.meta\.url\))\(\s*"([^"]+)"\s*\)/g;

/** Where `#host` leads: package.json says the same. */
const HOST = "host/node.ts";

export const imports: readonly Import[] = files.flatMap((file) => {
  const text = code(file);
  return [...text.matchAll(IMPORT)].map((match) => {
    const module = match[3] ?? match[4] ?? "";
    // `import("x").T` in the place of a type is no import at run time.
    const inType = /^import\("[^"]+"\)\.[A-Z]/.test(text.slice(match.index));
    return {
      file,
      module,
      target: targetOf(file, module),
      typeOnly: match[2] !== undefined || inType,
    };
  });
});

function targetOf(file: string, module: string): string | undefined {
  if (module === "#host") return HOST;
  return /^\..*\.ts$/.test(module) ? posix.join(posix.dirname(file), module) : undefined;
}

/** The room that a file stands in: its folder, or its own name for a loose file. */
export function roomOf(file: string): string {
  return file.split("/", 1)[0] as string;
}

export interface Arrow {
  readonly from: string;
  readonly to: string;
}

/** Rooms that import from rooms, types included, each pair once, in order. */
export function arrows(): readonly Arrow[] {
  const found = new Map<string, Arrow>();
  for (const { file, target } of imports) {
    if (target === undefined) continue;
    const arrow = { from: roomOf(file), to: roomOf(target) };
    if (arrow.from !== arrow.to) found.set(`${arrow.from} -> ${arrow.to}`, arrow);
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, arrow]) => arrow);
}

/** All files of ours that a file needs at run time, itself included. */
export function reachedFrom(file: string): ReadonlySet<string> {
  const reached = new Set<string>();
  const visit = (at: string): void => {
    if (reached.has(at)) return;
    reached.add(at);
    for (const { file: from, target, typeOnly } of imports) {
      if (from === at && target !== undefined && !typeOnly) visit(target);
    }
  };
  visit(file);
  return reached;
}
