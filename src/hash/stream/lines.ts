/** One line of a stream into its cells, and digests into the line that answers it. A cell that is NULL is null. */
import { inputError } from "../../base/errors.ts";
import type { LineFormat, StreamField } from "./stream-options.ts";

/** A cell as it reads, and as it stood in the line, to be written again byte for byte. */
export interface Cell {
  readonly text: string;
  readonly raw: string;
}

/** Cells by their place among the fields; null for NULL. */
export type Cells = readonly (Cell | null)[];

/** The column of an answer, and what stands in it. */
export type Answer = readonly (readonly [name: string, value: string | null])[];

export interface LineForm {
  /** The cells of a line; undefined where it does not have the form. */
  read(line: string): Cells | undefined;
  /** The line of an answer without its end. A key stands in it as it was read. */
  write(answer: Answer): string;
}

/** @throws FirsthashError "input" from `read` for a CSV cell that goes on on the next line */
export function lineForm(format: LineFormat, fields: readonly StreamField[]): LineForm {
  if (format === "jsonl") return jsonForm(fields);
  return format === "tsv" ? tsvForm(fields.length) : csvForm(fields.length);
}

const NULL = "\\N";

function tsvForm(width: number): LineForm {
  return {
    read(line) {
      const parts = line.split("\t");
      if (parts.length !== width) return undefined;
      return parts.map((raw) =>
        raw === NULL ? null : { raw, text: raw.includes("\\") ? unescaped(raw) : raw },
      );
    },
    write: (answer) => answer.map(([, value]) => value ?? NULL).join("\t"),
  };
}

const ESCAPES: Readonly<Record<string, string>> = {
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  0: "\0",
};

/** As ClickHouse, Hive and Postgres write TSV: `\t`, `\n`, `\\`; a backslash before another sign is left out. */
function unescaped(text: string): string {
  return text.replace(/\\([\s\S])/g, (_, sign: string) => ESCAPES[sign] ?? sign);
}

const CELL = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/y;

function csvForm(width: number): LineForm {
  return {
    read(line) {
      const cells: (Cell | null)[] = [];
      CELL.lastIndex = 0;
      for (;;) {
        const start = CELL.lastIndex;
        const match = CELL.exec(line);
        if (match === null) {
          if (line[start] === '"' && isOpen(line, start)) throw goesOn();
          return undefined;
        }
        const [whole, quoted, bare, end = ""] = match;
        const raw = whole.slice(0, whole.length - end.length);
        const text = quoted === undefined ? (bare ?? "") : quoted.replaceAll('""', '"');
        cells.push(raw === "" || raw === NULL ? null : { raw, text });
        if (end === "") return cells.length === width ? cells : undefined;
      }
    },
    write: (answer) => answer.map(([, value]) => value ?? "").join(","),
  };
}

/** Whether a quoted cell has no end on its line. */
function isOpen(line: string, start: number): boolean {
  return !/^"(?:[^"]|"")*"(?!")/.test(line.slice(start));
}

function goesOn(): Error {
  return inputError("a quoted cell goes on on the next line, and here a row is one line", {
    hint: "send the rows as tsv or jsonl, where a line end in a cell is escaped",
  });
}

/** A member of an object at the top, and the text of its value where that is a number. */
const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

function jsonForm(fields: readonly StreamField[]): LineForm {
  return {
    read(line) {
      const row = parsed(line);
      if (row === undefined) return undefined;
      return fields.map((field) => {
        const value = Object.hasOwn(row, field) ? row[field] : null;
        if (value === null || value === undefined) return null;
        if (typeof value === "string") return { raw: JSON.stringify(value), text: value };
        // A long number has lost digits by now: it is taken from the line.
        const text = typeof value === "number" ? numberIn(line, field) : undefined;
        return text === undefined ? { raw: "null", text: "?" } : { raw: text, text };
      });
    },
    write: (answer) =>
      `{${answer
        .map(([name, value]) => {
          const text = name === "key" || value === null ? (value ?? "null") : `"${value}"`;
          return `"${name}":${text}`;
        })
        .join(",")}}`,
  };
}

function parsed(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    // The parser's error holds the line.
    return undefined;
  }
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** The text of the number that a member at the top of an object has; the last one of its name, as JSON.parse. */
function numberIn(line: string, name: string): string | undefined {
  let depth = 0;
  let found: string | undefined;
  const tokens = line.match(TOKEN) ?? [];
  for (const [at, token] of tokens.entries()) {
    if (token === "{" || token === "[") depth++;
    else if (token === "}" || token === "]") depth--;
    else if (depth === 1 && tokens[at + 1] === ":" && JSON.parse(token) === name) {
      found = tokens[at + 2];
    }
  }
  return found !== undefined && NUMBER.test(found) ? found : undefined;
}
