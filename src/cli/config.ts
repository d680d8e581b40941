/**
 * The configuration file: the options of `prepare` by the names of their flags. Flags win, `--column`
 * field by field. Relative paths in it start from its own folder, so that a saved configuration works
 * from wherever it is called.
 */
import { dirname, isAbsolute, join, relative } from "node:path";
import { usageError } from "../base/errors.ts";
import { splitColumn } from "../base/option-values.ts";
import {
  type AnyOptionTable,
  type FlagOption,
  type FlagTable,
  flagsOf,
  nearest,
} from "../base/options.ts";
import { PREPARE_OPTIONS } from "../prepare/options.ts";
import { type JsonObject, readJsonObject } from "../read/source.ts";
import { type Flags, REJECTS_OPTION, REPORT_OPTIONS } from "./command.ts";
import { flagKey, listFlag } from "./flags.ts";

/** Where an editor finds the schema in a project that has firsthash installed. */
const SCHEMA_ID = "./node_modules/firsthash/schema/config.json";

/** What a configuration file may say, from the tables of the jobs that it is for. */
export function configOptions(
  table: AnyOptionTable = { ...PREPARE_OPTIONS, ...REPORT_OPTIONS, ...REJECTS_OPTION },
): FlagOption[] {
  return Object.values(flagsOf(table)).filter((option) => !option.commandLineOnly);
}

/**
 * The flags of a run: those of the file, replaced by those of the command line.
 *
 * @param table the options of the job: a flag silences those that it excludes in the file too
 */
export async function withConfig(flags: Flags, table: AnyOptionTable): Promise<Flags> {
  const path = flags.config;
  if (typeof path !== "string") return flags;
  const saved: Record<string, unknown> = { ...readConfig(path, await readJsonObject(path)) };
  const known = flagsOf(table);
  for (const option of Object.values(known)) {
    if (flags[flagKey(option)] === undefined) continue;
    for (const other of option.excludes ?? []) delete saved[keyOf(other, known)];
  }
  return { ...saved, ...flags, ...mergedColumns(saved, flags, known) };
}

function keyOf(name: string, table: FlagTable): string {
  const option = table[name];
  if (option === undefined) throw new Error(`no option is called ${name}`);
  return flagKey(option);
}

/** A field that the command line names is taken from there, the others from the file. */
function mergedColumns(saved: Flags, flags: Flags, table: FlagTable): Flags {
  const merged: Record<string, unknown> = {};
  for (const option of Object.values(table)) {
    if (option.fields === undefined) continue;
    const key = flagKey(option);
    const given = listFlag(flags, key);
    const fields = new Set(given.map((text) => splitColumn(text).field));
    const kept = listFlag(saved, key).filter((text) => !fields.has(splitColumn(text).field));
    merged[key] = [...kept, ...given];
  }
  return merged;
}

/** @throws FirsthashError "usage" for an unknown key (with the nearest one) or a value of the wrong kind. */
export function readConfig(path: string, config: JsonObject, table?: AnyOptionTable): Flags {
  const flags: Record<string, unknown> = {};
  const options = configOptions(table);
  for (const [index, [name, value]] of Object.entries(config).entries()) {
    if (name === "$schema" && typeof value === "string") continue;
    const option = options.find(({ flag }) => flag === name);
    if (option === undefined) {
      const names = options.map(({ flag }) => flag);
      throw unknownKey(path, `key, number ${index + 1} of the file`, name, names);
    }
    flags[flagKey(option)] = readValue(path, option, value);
  }
  return flags;
}

/** What stands there is not printed: the file may be another than was meant, people by their addresses. */
function unknownKey(path: string, kind: string, name: string, names: readonly string[]): Error {
  // `timeZone` and `time_zone` mean `time-zone`.
  const dashed = name.replace(/([a-z])([A-Z])/g, "$1-$2").replaceAll("_", "-");
  const near = nearest(dashed, names);
  return usageError(
    `${path}: unknown ${kind}`,
    near === undefined ? `use one of ${names.join(", ")}` : `did you mean "${near}"?`,
  );
}

function readValue(path: string, option: FlagOption, value: unknown): unknown {
  const wrong = (kind: string) => usageError(`${path}: "${option.flag}" takes ${kind}`);
  if (option.fields !== undefined) return readColumns(path, value, option.fields, wrong);
  if (option.value === undefined) {
    if (typeof value !== "boolean") throw wrong("true or false");
    return value;
  }
  if (option.repeatable) {
    const list: unknown[] = Array.isArray(value) ? value : [value];
    if (list.every((item) => typeof item === "string")) {
      return option.file === undefined ? list : list.map((item) => fromFolderOf(path, item));
    }
    throw wrong("text, or a list of texts");
  }
  if (option.choices) {
    if (option.choices.some((choice) => choice === value)) return value;
    throw wrong(`one of ${option.choices.join(", ")}`);
  }
  if (option.number && typeof value === "number") return String(value);
  if (typeof value !== "string") throw wrong(option.number ? "a number" : "text");
  return option.file === undefined ? value : fromFolderOf(path, value);
}

/** `{ "email": ["Email", "Email 2"], "phone": "Mobile" }` as the flags would say it. */
function readColumns(
  path: string,
  value: unknown,
  fields: readonly string[],
  wrong: (kind: string) => Error,
): string[] {
  const kind = "an object from fields to headers";
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrong(kind);
  return Object.entries(value).flatMap(([field, headers]) => {
    if (!fields.includes(field)) throw unknownKey(path, "field", field, fields);
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

/** One path of an option that may be repeated stands as text, as people write it. */
function pathsToFolderOf(config: string, value: unknown): string | string[] {
  if (Array.isArray(value) && value.length !== 1) {
    return value.map((item) => toFolderOf(config, String(item)));
  }
  return toFolderOf(config, String(value));
}

/** What `--save-config path` writes: the options of the run, in the order of the table. */
export function renderConfig(flags: Flags, path: string): string {
  const config: Record<string, unknown> = { $schema: SCHEMA_ID };
  for (const option of configOptions()) {
    const value = flags[flagKey(option)];
    if (value === undefined || option.unsaved) continue;
    if (option.fields !== undefined) {
      const texts = listFlag(flags, flagKey(option));
      if (texts.length > 0) config[option.flag] = columnsObject(texts);
    } else if (option.file !== undefined) config[option.flag] = pathsToFolderOf(path, value);
    else config[option.flag] = value;
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

/** The JSON Schema that is published as schema/config.json; a test holds the two equal. */
export function configSchema(table?: AnyOptionTable): JsonObject {
  const properties: Record<string, unknown> = {
    $schema: { type: "string", description: "address of this schema, for editors" },
  };
  for (const option of configOptions(table)) {
    properties[option.flag] = { description: option.help, ...valueSchema(option) };
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

function valueSchema(option: FlagOption): object {
  if (option.fields !== undefined) {
    const properties = Object.fromEntries(option.fields.map((field) => [field, oneOrMore(HEADER)]));
    return { type: "object", additionalProperties: false, properties };
  }
  if (option.value === undefined) return { type: "boolean" };
  if (option.choices) return { enum: option.choices };
  if (option.repeatable) return oneOrMore(TEXT);
  return option.number ? { type: ["string", "number"] } : TEXT;
}
