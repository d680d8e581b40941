/**
 * The configuration of `run`: a section of flags for each of its two steps. What the flags mean is their command's
 * affair; here they become arguments, because this process must know neither how people are read nor a network.
 */
import { basename, dirname, join } from "#host";
import { usageError } from "../base/errors.ts";
import { readJsonObject } from "../read/source.ts";

/** What one run does. Paths start from the folder of the configuration file. */
export interface RunConfig {
  /** Arguments of `prepare`, without its command. */
  readonly prepare: readonly string[];
  /** Arguments of `upload`, without command and file. */
  readonly upload: readonly string[];
  /** The file that prepare writes today. */
  readonly output: string;
  /** Whether a name in the folder of the output is one of a run of any day, or a part of it. */
  readonly isOutput: (name: string) => boolean;
  readonly failIfEmpty: boolean;
}

const KEYS = ["$schema", "prepare", "upload", "ledger", "fail-if-empty"];
const LEDGER = "ledger.firsthash";

/** @throws FirsthashError "usage" for what is no configuration of a run; what stands there is not printed */
export async function readRunConfig(path: string, now: Date): Promise<RunConfig> {
  const config = await readJsonObject(path);
  const unknown = Object.keys(config).findIndex((key) => !KEYS.includes(key));
  if (unknown >= 0) {
    throw usageError(
      `${path}: unknown key, number ${unknown + 1} of the file`,
      `use ${KEYS.slice(1).join(", ")}; what prepare and upload take stands in the sections of these names`,
    );
  }
  const prepare = sectionOf(path, config.prepare, "prepare");
  const upload = sectionOf(path, config.upload, "upload");
  const { output } = prepare;
  if (typeof output !== "string" || output === "-") {
    throw usageError(
      `${path}: "prepare" names no file for "output"`,
      'for example "output": "upload-{date}.csv"',
    );
  }
  if (/[{}]/.test(dirname(output))) {
    throw usageError(
      `${path}: {date} and {time} may stand in the name of a file, and not in that of its folder`,
      "name one folder for all days",
    );
  }
  const ledger = ledgerOf(path, config.ledger);
  const today = withDate(output, now);
  const extra = {
    ...(ledger !== undefined && { ledger }),
    manifest: `${join(dirname(today), basename(today).replace(/\.[a-z.]+$/i, ""))}.manifest.json`,
  };
  return {
    prepare: argumentsOf(path, { ...extra, ...prepare }, now),
    upload: argumentsOf(
      path,
      { ...(ledger !== undefined && { ledger }), ...upload, yes: true },
      now,
    ),
    output: today,
    isOutput: nameTest(basename(output)),
    failIfEmpty: config["fail-if-empty"] === true,
  };
}

type Section = Readonly<Record<string, unknown>>;

function sectionOf(path: string, value: unknown, name: string): Section {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Section;
  throw usageError(
    `${path}: "${name}" takes an object of the flags of \`firsthash ${name}\``,
    'see docs/upload.md for an example: { "prepare": { … }, "upload": { … } }',
  );
}

function ledgerOf(path: string, value: unknown): string | undefined {
  if (value === false) return undefined;
  if (value === undefined) return LEDGER;
  if (typeof value === "string") return value;
  throw usageError(`${path}: "ledger" takes the name of a file, or false for none`);
}

/** `{ "column": { "email": "Mail" }, "force": true }` → `--column=email=Mail --force` */
function argumentsOf(path: string, section: Section, now: Date): string[] {
  return Object.entries(section).flatMap(([flag, value], index) => {
    if (!/^[a-z][a-z-]*$/.test(flag) || flag === "resume" || flag === "again") {
      throw usageError(`${path}: entry ${index + 1} of a section is no flag that a run takes`);
    }
    return valuesOf(value).map((text) => {
      if (text === undefined) {
        throw usageError(
          `${path}: "${flag}" takes text, a number, true or false, or several of them`,
        );
      }
      return text === "" ? `--${flag}` : `--${flag}=${withDate(text, now)}`;
    });
  });
}

function valuesOf(value: unknown): (string | undefined)[] {
  if (value === true) return [""];
  if (value === false) return [];
  if (typeof value === "string") return [value];
  if (typeof value === "number") return [String(value)];
  if (Array.isArray(value)) return value.flatMap(valuesOf);
  if (typeof value !== "object" || value === null) return [undefined];
  return Object.entries(value).flatMap(([name, part]) =>
    valuesOf(part).map((text) => (text === undefined ? undefined : `${name}=${text}`)),
  );
}

/** `{date}` is 2026-11-25, `{time}` 174000, by the clock of this machine. */
function withDate(text: string, now: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const date = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  const time = `${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
  return text.replaceAll("{date}", date).replaceAll("{time}", time);
}

function nameTest(pattern: string): (name: string) => boolean {
  const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const dot = pattern.search(/\.(?:csv|tsv)(?:\.zip)?$/i);
  const [stem, end] = dot < 0 ? [pattern, ""] : [pattern.slice(0, dot), pattern.slice(dot)];
  const dated = literal(stem)
    .replaceAll("\\{date\\}", "\\d{4}-\\d\\d-\\d\\d")
    .replaceAll("\\{time\\}", "\\d{6}");
  const form = new RegExp(`^${dated}(?:-\\d{4,}-of-\\d{4,})?${literal(end)}$`);
  return (name) => form.test(name);
}
