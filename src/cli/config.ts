/** The configuration file: the options of `prepare` by the names of their flags. Flags win. */
import { usageError } from "../errors.ts";
import { FIELDS } from "../options.ts";
import { type JsonObject, readJsonObject } from "../read/json.ts";
import type { Flags } from "./commands.ts";
import type { OptionSpec } from "./option-spec.ts";
import { flagKey, nearest } from "./options.ts";
import { PREPARE_OPTIONS } from "./prepare-options.ts";

/** Where an editor finds the schema in a project that has firsthash installed. */
const SCHEMA_ID = "./node_modules/firsthash/schema/config.json";

export const CONFIG_OPTIONS = PREPARE_OPTIONS.filter((spec) => !spec.commandLineOnly);

/** The flags of a run: those of the file, replaced by those of the command line. */
export async function withConfig(flags: Flags): Promise<Flags> {
  const path = flags.config;
  if (typeof path !== "string") return flags;
  return { ...readConfig(path, await readJsonObject(path)), ...flags };
}

/** @throws FirsthashError "usage" for an unknown key (with the nearest one) or a value of the wrong kind. */
export function readConfig(path: string, config: JsonObject): Flags {
  const flags: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(config)) {
    if (name === "$schema") continue;
    const spec = CONFIG_OPTIONS.find((candidate) => candidate.name === name);
    if (spec === undefined) throw unknownKey(path, name);
    flags[flagKey(spec)] = readValue(path, spec, value);
  }
  return flags;
}

function unknownKey(path: string, name: string): Error {
  const names = CONFIG_OPTIONS.map((spec) => spec.name);
  const near = nearest(name, names);
  // The file may be another than was meant: only what looks like an option's name is printed.
  const shown = /^[a-z][a-z-]{0,30}$/i.test(name) ? ` "${name}"` : "";
  return usageError(
    `${path}: unknown key${shown}`,
    near === undefined ? `keys: ${names.join(", ")}` : `did you mean "${near}"?`,
  );
}

function readValue(path: string, spec: OptionSpec, value: unknown): unknown {
  const wrong = (kind: string) => usageError(`${path}: "${spec.name}" takes ${kind}`);
  if (spec.name === "column") return readColumns(value, wrong);
  if (spec.value === undefined) {
    if (typeof value !== "boolean") throw wrong("true or false");
    return value;
  }
  if (spec.repeatable && Array.isArray(value)) {
    if (value.every((item) => typeof item === "string")) return value;
    throw wrong("text, or a list of texts");
  }
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string") throw wrong(spec.repeatable ? "text, or a list of texts" : "text");
  if (spec.choices && !spec.choices.includes(text))
    throw wrong(`one of ${spec.choices.join(", ")}`);
  return spec.repeatable ? [text] : text;
}

/** `{ "email": ["Email", "Email 2"], "phone": "Mobile" }` as the flags would say it. */
function readColumns(value: unknown, wrong: (kind: string) => Error): string[] {
  const kind = "an object from fields to headers";
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrong(kind);
  return Object.entries(value).flatMap(([field, headers]) => {
    const list: unknown[] = Array.isArray(headers) ? headers : [headers];
    if (!list.every((header) => typeof header === "string")) throw wrong(kind);
    return list.map((header) => `${field}=${header}`);
  });
}

/** What `--save-config` writes: the options of the run, in the order of the table. */
export function renderConfig(flags: Flags): string {
  const config: Record<string, unknown> = { $schema: SCHEMA_ID };
  for (const spec of CONFIG_OPTIONS) {
    const value = flags[flagKey(spec)];
    // --as-of is left out: a daily job that kept it would live in the past.
    if (value === undefined || spec.name === "as-of" || spec.name === "dry-run") continue;
    config[spec.name] = spec.name === "column" ? columnsObject(value as string[]) : value;
  }
  return `${JSON.stringify(config, null, 2)}\n`;
}

function columnsObject(texts: readonly string[]): Record<string, string | string[]> {
  const columns: Record<string, string | string[]> = {};
  for (const text of texts) {
    const at = text.indexOf("=");
    const [field, header] = [text.slice(0, at), text.slice(at + 1)];
    const before = columns[field];
    columns[field] = before === undefined ? header : [before, header].flat();
  }
  return columns;
}

/** The JSON Schema that is published as schema/config.json; a test holds the two equal. */
export function configSchema(): JsonObject {
  const text = { type: "string" };
  const texts = { anyOf: [text, { type: "array", items: text }] };
  const properties: Record<string, unknown> = {
    $schema: { type: "string", description: "address of this schema, for editors" },
  };
  for (const spec of CONFIG_OPTIONS)
    properties[spec.name] = { ...valueSchema(spec), description: spec.help };
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "firsthash prepare, configuration file",
    type: "object",
    additionalProperties: false,
    properties,
  };

  function valueSchema(spec: OptionSpec): object {
    if (spec.name === "column") {
      return {
        type: "object",
        additionalProperties: false,
        properties: Object.fromEntries(FIELDS.map((field) => [field, texts])),
      };
    }
    if (spec.value === undefined) return { type: "boolean" };
    if (spec.choices) return { enum: spec.choices };
    if (spec.repeatable) return texts;
    return spec.name === "max-refused" ? { type: ["string", "number"] } : text;
  }
}
