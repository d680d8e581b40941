/** A list of what to mend, one line each, in one schema for all jobs: places, codes and words; no cell. */
import type { RowEvent } from "../base/row-events.ts";
import { baseName } from "./names.ts";

/** The columns of `--rejects`. */
export const REJECT_COLUMNS = [
  "command",
  "input",
  "line",
  "column",
  "outcome",
  "code",
  "text",
  "advice",
  "destination",
] as const;

/** One line of it. */
export type RejectLine = Readonly<Record<(typeof REJECT_COLUMNS)[number], string>>;

/** What is no loss. */
const FINE: ReadonlySet<RowEvent["outcome"]> = new Set(["written", "repaired", "checked", "info"]);

/**
 * The line of a row that was left out, a cell that was refused, or a finding; undefined for all others.
 *
 * @param spoken from a text of the library to the words of whoever reads it
 */
export function rejectLine(
  command: string,
  { file, line, column = "", destination = "", outcome, code, text, advice }: RowEvent,
  spoken: (text: string) => string = (words) => words,
): RejectLine | undefined {
  if (FINE.has(outcome)) return undefined;
  return {
    command,
    input: asText(baseName(file)),
    line: String(line),
    column: asText(column),
    outcome,
    code,
    text: spoken(text),
    advice: advice === undefined ? "" : spoken(advice.text),
    destination,
  };
}

/** Names of files and headers are somebody else's text, and a spreadsheet must not take them for a formula. */
function asText(name: string): string {
  return /^[=+\-@\t\r]/.test(name) ? `'${name}` : name;
}
