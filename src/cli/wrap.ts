/**
 * Lines for a terminal of any width. A word is never broken: what is longer than the line, a path for
 * example, runs over its end, and the terminal breaks it as it likes.
 */
import stringWidth from "fast-string-width";
import { wrapAnsi } from "fast-wrap-ansi";

/** Below this the text would be a column of single words; it goes on at the left instead. */
const NARROWEST = 24;

/** A label of reports, or the program's name and a kind; with the count or arrow behind it. */
const HEAD =
  /^(?:firsthash: |[a-z]+(?:[ -][a-z]+)* {2,}(?:[\d,]+ )?| +[a-z]+(?:-[a-z]+)* {2,}| +(?:[\d,]+ |→ )?)/;

/**
 * One line as several, each below the first set in to where its text begins.
 *
 * @param width columns of the terminal; undefined where there is none: then nothing is changed
 */
export function wrapLine(line: string, width: number | undefined): string[] {
  if (width === undefined || stringWidth(line) <= width) return [line];
  const head = HEAD.exec(line)?.[0] ?? "";
  const text = line.slice(head.length);
  const room = width - stringWidth(head);
  if (room < NARROWEST) return atLeft(head, text, width);
  const indent = " ".repeat(stringWidth(head));
  return split(text, room).map((part, at) => `${at === 0 ? head : indent}${part}`);
}

/** The label for itself, and what it says below it. */
function atLeft(head: string, text: string, width: number): string[] {
  const label = head.trim();
  const parts = split(text, Math.max(1, width - 2)).map((part) => `  ${part}`);
  return label === "" ? parts : [label, ...parts];
}

/** A command to be copied is broken only where a shell lets it be, between its words. */
const COMMAND = /^(?:npx )?firsthash [a-z]+ /;
/** A word, or a flag with its value. */
const SHELL_WORD = /(?:--?[a-z-]+ (?!-))?(?:"[^"]*"|\S)+/g;

function split(text: string, room: number): string[] {
  if (!COMMAND.test(text)) return wrapAnsi(text, room, { hard: false, trim: true }).split("\n");
  // Other systems end such a line with another mark, or with none.
  if (process.platform === "win32") return [text];
  const lines: string[] = [];
  const words = text.match(SHELL_WORD) ?? [];
  for (const [at, word] of words.entries()) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    // The last line has no mark behind it.
    const space = at === words.length - 1 ? room : room - 2;
    if (last === undefined || stringWidth(longer) > space) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines.map((part, at) => (at < lines.length - 1 ? `${part} \\` : part));
}
