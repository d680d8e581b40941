/** From the text of a flag to the value that the library takes. Every fault is a usage error that names the option and not the text. */
import { optionError } from "./errors.ts";
import type { ColumnChoices, InputRole } from "./fields.ts";
import { nearest } from "./options.ts";

/** Words for the characters, because a shell makes a tab or a pipe hard to type. */
export const DELIMITERS = {
  comma: ",",
  semicolon: ";",
  tab: "\t",
  pipe: "|",
} as const;

export type Delimiter = (typeof DELIMITERS)[keyof typeof DELIMITERS];

/** `semicolon`, or the character itself. */
export function parseDelimiter(text: string, option: string): Delimiter {
  for (const [name, delimiter] of Object.entries(DELIMITERS)) {
    if (text === name || text === delimiter || (delimiter === "\t" && text === "\\t")) {
      return delimiter;
    }
  }
  throw optionError(
    option,
    "does not take this value",
    `use one of ${Object.keys(DELIMITERS).join(", ")}`,
  );
}

/** A percentage, 0 to 100, with or without the sign. */
export function parsePercent(text: string, option: string): number {
  const match = /^\s*(\d{1,3}(?:\.\d+)?)\s*%?\s*$/.exec(text);
  const percent = Number(match?.[1]);
  if (match === null || !(percent <= 100)) {
    throw optionError(option, "takes a percentage from 0 to 100", `for example \`${option}: 10\``);
  }
  return percent;
}

/** Digits; NaN for anything else, which the plan refuses with the range that it allows. */
export function parseWhole(text: string): number {
  return /^\s*\d{1,9}\s*$/.test(text) ? Number(text) : Number.NaN;
}

/** Parts between commas; empty ones do not count. */
export function parseList(text: string): string[] {
  return text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

/** `email=Work Email` and the like, as often as given, into choices by field. */
export function parseColumns<F extends string>(
  fields: readonly F[],
): (texts: readonly string[], option: string) => ColumnChoices<F> {
  return (texts, option) => {
    const choices: Partial<Record<F, string[]>> = {};
    for (const text of texts) {
      const { field, header } = splitColumn(text);
      if (field === "" || header.trim() === "") {
        throw optionError(
          option,
          "takes a field and a header",
          `for example \`${option}.${fields[0]}: "Work Email"\``,
        );
      }
      const known = fields.find((name) => name === field);
      if (known === undefined) throw unknownField(field, fields, option);
      choices[known] = [...(choices[known] ?? []), header];
    }
    return choices;
  };
}

function unknownField(field: string, fields: readonly string[], option: string): Error {
  const near = nearest(field, fields);
  return optionError(
    option,
    "names no field that exists",
    near === undefined ? `fields: ${fields.join(", ")}` : `did you mean ${near}?`,
  );
}

/** "" where there is no field. */
export function splitColumn(text: string): { readonly field: string; readonly header: string } {
  const at = text.indexOf("=");
  return { field: text.slice(0, Math.max(at, 0)).trim().toLowerCase(), header: text.slice(at + 1) };
}

/** `semicolon` for all inputs, or `contacts=semicolon` for one of them. */
export function parseByRole<Value>(
  roles: readonly InputRole[],
  parse: (text: string, option: string) => Value,
): (texts: readonly string[], option: string) => Partial<Record<InputRole, Value>> {
  return (texts, option) => {
    const values: Partial<Record<InputRole, Value>> = {};
    for (const text of texts) {
      const named = roles.find((role) => text.startsWith(`${role}=`));
      const value = parse(named === undefined ? text : text.slice(named.length + 1), option);
      for (const role of named === undefined ? roles : [named]) values[role] = value;
    }
    return values;
  };
}
