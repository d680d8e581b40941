/** Flags as text become ready options once, here, at the border. Every fault is a usage error. */
import { closestMatch } from "leven";
import { usageError } from "../base/errors.ts";
import { type ColumnChoices, FIELDS, type InputRole } from "../base/fields.ts";
import type { RunOptions } from "../prepare/options.ts";
import type { ReadOptions } from "../read/types.ts";
import type { Flags, OptionSpec } from "./command.ts";
import { DELIMITERS } from "./option-table.ts";

/** The candidate that is nearest to what was typed, if one is near. */
export function nearest(typed: string, candidates: readonly string[]): string | undefined {
  return closestMatch(typed.toLowerCase(), candidates, {
    maxDistance: Math.max(2, Math.floor(typed.length / 3)),
  });
}

/** `email=Work Email` and the like, as often as given, into choices by field. */
export function parseColumns(texts: readonly string[]): ColumnChoices;
export function parseColumns<F extends string>(
  texts: readonly string[],
  fields: readonly F[],
): ColumnChoices<F>;
export function parseColumns(
  texts: readonly string[],
  fields: readonly string[] = FIELDS,
): ColumnChoices<string> {
  const choices: Record<string, string[]> = {};
  for (const text of texts) {
    const at = text.indexOf("=");
    const field = text.slice(0, Math.max(at, 0)).trim();
    const header = text.slice(at + 1);
    if (at <= 0 || header.trim() === "") {
      throw usageError(
        "--column takes a field and a header: --column <field>=<header>",
        'for example --column email="Work Email"',
      );
    }
    const known = fields.find((name) => name === field.toLowerCase());
    if (known === undefined) {
      const near = nearest(field, fields);
      throw usageError(
        `--column does not know the field "${field}"`,
        near === undefined ? `fields: ${fields.join(", ")}` : `did you mean ${near}?`,
      );
    }
    choices[known] = [...(choices[known] ?? []), header];
  }
  return choices;
}

/** `semicolon` for all inputs, or `contacts=semicolon` for one of them. */
function byRole(
  texts: readonly string[],
  roles: readonly InputRole[],
): Partial<Record<InputRole, string>> {
  const values: Partial<Record<InputRole, string>> = {};
  for (const text of texts) {
    const named = roles.find((role) => text.startsWith(`${role}=`));
    const value = named === undefined ? text : text.slice(named.length + 1);
    for (const role of named === undefined ? roles : [named]) values[role] = value;
  }
  return values;
}

/** `--encoding`, `--delimiter` and `--sheet`, for each input. */
export function parseReading(
  flags: {
    readonly encoding?: readonly string[];
    readonly delimiter?: readonly string[];
    readonly sheet?: readonly string[];
  },
  roles: readonly InputRole[] = ["contacts", "conversions"],
): NonNullable<RunOptions["read"]> {
  const encodings = byRole(flags.encoding ?? [], roles);
  const delimiters = byRole(flags.delimiter ?? [], roles);
  const sheets = byRole(flags.sheet ?? [], roles);
  const read = (role: InputRole): ReadOptions => ({
    encoding: encodings[role],
    delimiter: parseDelimiter(delimiters[role]),
    sheet: sheets[role],
  });
  return Object.fromEntries(roles.map((role) => [role, read(role)]));
}

/** `semicolon`, or the character itself. */
export function parseDelimiter(text: string | undefined): ReadOptions["delimiter"] {
  if (text === undefined) return undefined;
  for (const [name, delimiter] of Object.entries(DELIMITERS)) {
    if (text === name || text === delimiter || (delimiter === "\t" && text === "\\t")) {
      return delimiter;
    }
  }
  throw usageError(
    "--delimiter does not take this value",
    `use one of ${Object.keys(DELIMITERS).join(", ")}`,
  );
}

/** A percentage, 0 to 100, with or without the sign. */
export function parsePercent(flag: string, text: string): number {
  const match = /^\s*(\d{1,3}(?:\.\d+)?)\s*%?\s*$/.exec(text);
  const percent = Number(match?.[1]);
  if (match === null || !(percent <= 100)) {
    throw usageError(`${flag} takes a percentage from 0 to 100`, `for example ${flag} 10`);
  }
  return percent;
}

export function parseList(text: string): string[] {
  return text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

/** The name under which commander stores a flag: `--time-zone` is `timeZone`, `--no-color` is `color`. */
export function flagKey(spec: OptionSpec): string {
  return spec.name
    .replace(/^no-/, "")
    .replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

export function textFlag(flags: Flags, key: string): string | undefined {
  const value = flags[key];
  return typeof value === "string" ? value : undefined;
}

export function listFlag(flags: Flags, key: string): readonly string[] {
  const value = flags[key];
  return Array.isArray(value) ? value.map(String) : typeof value === "string" ? [value] : [];
}
