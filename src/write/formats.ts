/** Names of output files: the format that an extension stands for, the parts of a split, patterns. */
import { basename } from "#host";
import { usageError } from "../base/errors.ts";
import type { Destination, Format } from "../destinations/types.ts";

/** Longest first, because `.zip` is the end of `.csv.zip`. */
const EXTENSIONS: readonly (readonly [extension: string, format: Format])[] = [
  [".csv.zip", "csv.zip"],
  [".tsv.zip", "tsv.zip"],
  [".zip", "csv.zip"],
  [".csv", "csv"],
  [".tsv", "tsv"],
  [".xlsx", "xlsx"],
  [".jsonl", "jsonl"],
  [".ndjson", "jsonl"],
];

function split(path: string): { stem: string; extension: string; format: Format } | undefined {
  const lower = path.toLowerCase();
  const found = EXTENSIONS.find(([extension]) => lower.endsWith(extension));
  if (found === undefined) return undefined;
  const at = path.length - found[0].length;
  return { stem: path.slice(0, at), extension: path.slice(at), format: found[1] };
}

/** The extensions that a destination is written under. */
export function extensionsOf(destination: Pick<Destination, "formats">): string[] {
  return EXTENSIONS.filter(([, format]) => destination.formats.includes(format)).map(
    ([extension]) => extension,
  );
}

/**
 * The format that an output's name asks for.
 *
 * @throws FirsthashError "usage" for an extension that the destination is not written under.
 */
export function formatOf(destination: Pick<Destination, "id" | "formats">, path: string): Format {
  const format = split(path)?.format;
  if (format !== undefined && destination.formats.includes(format)) return format;
  throw usageError(
    `${path}: ${destination.id} is not written under this extension`,
    `give the output one of ${extensionsOf(destination).join(", ")}`,
  );
}

/** What the file inside a zip is called: as the zip, without `.zip`. */
export function innerName(path: string, format: Format): string {
  const stem = basename(split(path)?.stem ?? path);
  return `${stem}.${format.startsWith("tsv") ? "tsv" : "csv"}`;
}

const four = (n: number) => String(n).padStart(4, "0");

/** Names of a split output: `leads.csv` in three is `leads-0001-of-0003.csv` and so on. */
export function partNames(path: string, parts: number): string[] {
  if (parts === 1) return [path];
  const { stem, extension } = split(path) ?? { stem: path, extension: "" };
  return Array.from(
    { length: parts },
    (_, index) => `${stem}-${four(index + 1)}-of-${four(parts)}${extension}`,
  );
}

/** Whether `name`, a name in the output's folder, is the output or a part of it, of whatever run. */
export function belongsTo(path: string, name: string): boolean {
  if (name === basename(path)) return true;
  const { stem, extension } = split(path) ?? { stem: path, extension: "" };
  const start = `${basename(stem)}-`;
  if (!name.startsWith(start) || !name.endsWith(extension)) return false;
  return /^\d{4,}-of-\d{4,}$/.test(name.slice(start.length, name.length - extension.length));
}

/**
 * One output path for each destination of a run. In the pattern, `{destination}` (or `{to}`) stands
 * for the destination's name, and `{extension}` for that of its first format, without the dot. A
 * pattern without them fits one destination only.
 *
 * @throws FirsthashError "usage" when several destinations would get one path.
 */
export function expandPattern(
  pattern: string,
  destinations: readonly Pick<Destination, "id" | "formats">[],
): string[] {
  const paths = destinations.map(({ id, formats }) =>
    pattern
      .replace(/\{(?:destination|to)\}/g, () => id)
      .replace(/\{extension\}/g, () => formats[0]),
  );
  if (new Set(paths).size === paths.length) return paths;
  throw usageError(
    `${pattern}: one output name for ${paths.length} destinations`,
    'write {to} in its name, as in `output: "upload-{to}.{extension}"`',
  );
}
