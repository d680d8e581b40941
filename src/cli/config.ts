/**
 * The configuration file: the options of `prepare` by the names of their flags. Flags win, `--column`
 * field by field. Relative paths in it start from its own folder, so that a saved configuration works
 * from wherever it is called.
 */
import { dirname, isAbsolute, join, relative } from "node:path";
import { usageError } from "../base/errors.ts";
import { FIELDS } from "../base/fields.ts";
import { type JsonObject, readJsonObject } from "../read/source.ts";
import type { Flags, OptionSpec } from "./command.ts";
import { flagKey, listFlag, nearest } from "./flags.ts";
import { PREPARE_OPTIONS } from "./option-table.ts";

/** Where an editor finds the schema in a project that has firsthash installed. */
const SCHEMA_ID = "./node_modules/firsthash/schema/config.json";

export const CONFIG_OPTIONS = PREPARE_OPTIONS.filter((spec) => !spec.commandLineOnly);

/** Options of which one excludes the other: a flag silences the other one in the file too. */
const EXCLUSIVE: Readonly<Record<string, string>> = { goal: "goalMap", goalMap: "goal" };

/** The flags of a run: those of the file, replaced by those of the command line. */
export async function withConfig(flags: Flags): Promise<Flags> {
  const path = flags.config;
  if (typeof path !== "string") return flags;
  const saved: Record<string, unknown> = { ...readConfig(path, await readJsonObject(path)) };
  for (const key of Object.keys(flags)) {
    const silenced = EXCLUSIVE[key];
    if (silenced !== undefined) delete saved[silenced];
  }
  return { ...saved, ...flags, column: mergeColumns(saved, flags) };
}

/** A field that the command line names is taken from there, the others from the file. */
function mergeColumns(saved: Flags, flags: Flags): readonly string[] {
  const given = listFlag(flags, "column");
  const fields = new Set(given.map((text) => splitColumn(text).field));
  const kept = listFlag(saved, "column").filter((text) => !fields.has(splitColumn(text).field));
  return [...kept, ...given];
}

/** @throws FirsthashError "usage" for an unknown key (with the nearest one) or a value of the wrong kind. */
export function readConfig(path: string, config: JsonObject): Flags {
  const flags: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(config)) {
    if (name === "$schema" && typeof value === "string") continue;
    const spec = CONFIG_OPTIONS.find((candidate) => candidate.name === name);
    if (spec === undefined) {
      throw unknownKey(
        path,
        "key",
        name,
        CONFIG_OPTIONS.map((option) => option.name),
      );
    }
    flags[flagKey(spec)] = readValue(path, spec, value);
  }
  return flags;
}

function unknownKey(path: string, kind: string, name: string, names: readonly string[]): Error {
  // `timeZone` and `time_zone` mean `time-zone`.
  const dashed = name.replace(/([a-z])([A-Z])/g, "$1-$2").replaceAll("_", "-");
  const near = nearest(dashed, names);
  // The file may be another than was meant, people by their addresses: only a word is printed.
  const shown = /^[$_a-z][\w-]{0,30}$/i.test(name) ? ` "${name}"` : "";
  return usageError(
    `${path}: unknown ${kind}${shown}`,
    near === undefined ? `${kind}s: ${names.join(", ")}` : `did you mean "${near}"?`,
  );
}

function readValue(path: string, spec: OptionSpec, value: unknown): unknown {
  const wrong = (kind: string) => usageError(`${path}: "${spec.name}" takes ${kind}`);
  if (spec.name === "column") return readColumns(path, value, wrong);
  if (spec.value === undefined) {
    if (typeof value !== "boolean") throw wrong("true or false");
    return value;
  }
  if (spec.repeatable) {
    const list: unknown[] = Array.isArray(value) ? value : [value];
    if (list.every((item) => typeof item === "string")) {
      return spec.path ? list.map((item) => fromFolderOf(path, item)) : list;
    }
    throw wrong("text, or a list of texts");
  }
  if (spec.choices) {
    if (spec.choices.some((choice) => choice === value)) return value;
    throw wrong(`one of ${spec.choices.join(", ")}`);
  }
  if (spec.number && typeof value === "number") return String(value);
  if (typeof value !== "string") throw wrong(spec.number ? "a number" : "text");
  return spec.path ? fromFolderOf(path, value) : value;
}

/** `{ "email": ["Email", "Email 2"], "phone": "Mobile" }` as the flags would say it. */
function readColumns(path: string, value: unknown, wrong: (kind: string) => Error): string[] {
  const kind = "an object from fields to headers";
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrong(kind);
  return Object.entries(value).flatMap(([field, headers]) => {
    if (!FIELDS.some((known) => known === field)) throw unknownKey(path, "field", field, FIELDS);
    const list: unknown[] = Array.isArray(headers) ? headers : [headers];
    if (!list.every((header) => typeof header === "string" && header.trim() !== "")) {
      throw wrong(kind);
    }
    return list.map((header) => `${field}=${header}`);
  });
}

/** `-` is a standard stream, here as there. */
function fromFolderOf(config: string, path: string): string {
  return path === "-" || isAbsolute(path) ? path : join(dirname(config), path);
}

function toFolderOf(config: string, path: string): string {
  return path === "-" || isAbsolute(path) ? path : relative(dirname(config), path);
}

function pathsToFolderOf(config: string, value: unknown): string | string[] {
  if (Array.isArray(value)) return value.map((item) => toFolderOf(config, String(item)));
  return toFolderOf(config, String(value));
}

/** What `--save-config path` writes: the options of the run, in the order of the table. */
export function renderConfig(flags: Flags, path: string): string {
  const config: Record<string, unknown> = { $schema: SCHEMA_ID };
  for (const spec of CONFIG_OPTIONS) {
    const value = flags[flagKey(spec)];
    // --as-of is left out: a daily job that kept it would live in the past.
    if (value === undefined || spec.name === "as-of" || spec.name === "dry-run") continue;
    if (spec.name === "column") {
      if (listFlag(flags, "column").length > 0) {
        config.column = columnsObject(listFlag(flags, "column"));
      }
    } else config[spec.name] = spec.path ? pathsToFolderOf(path, value) : value;
  }
  return `${JSON.stringify(config, null, 2)}\n`;
}

function columnsObject(texts: readonly string[]): Record<string, string | string[]> {
  const columns: Record<string, string | string[]> = {};
  for (const text of texts) {
    const { field, header } = splitColumn(text);
    const before = columns[field];
    columns[field] = before === undefined ? header : [before, header].flat();
  }
  return columns;
}

/** As `parseColumns` reads it, which has checked it or will. */
function splitColumn(text: string): { field: string; header: string } {
  const at = text.indexOf("=");
  return { field: text.slice(0, Math.max(at, 0)).trim().toLowerCase(), header: text.slice(at + 1) };
}

/** The JSON Schema that is published as schema/config.json; a test holds the two equal. */
export function configSchema(): JsonObject {
  const properties: Record<string, unknown> = {
    $schema: { type: "string", description: "address of this schema, for editors" },
  };
  for (const spec of CONFIG_OPTIONS) {
    properties[spec.name] = { description: spec.help, ...valueSchema(spec) };
  }
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "firsthash prepare, configuration file",
    description: "Relative paths start from the folder of the configuration file.",
    type: "object",
    additionalProperties: false,
    properties,
  };
}

const TEXT = { type: "string" };
const HEADER = { type: "string", pattern: "\\S" };

function oneOrMore(item: object): object {
  return { anyOf: [item, { type: "array", items: item }] };
}

function valueSchema(spec: OptionSpec): object {
  if (spec.name === "column") {
    const properties = Object.fromEntries(FIELDS.map((field) => [field, oneOrMore(HEADER)]));
    return { type: "object", additionalProperties: false, properties };
  }
  if (spec.value === undefined) return { type: "boolean" };
  if (spec.choices) return { enum: spec.choices };
  if (spec.repeatable) return oneOrMore(TEXT);
  return spec.number ? { type: ["string", "number"] } : TEXT;
}
