/** `firsthash times`: the forms of times that are read, as a list. */
import { EXIT } from "../base/errors.ts";
import { flagsOf } from "../base/options.ts";
import {
  NO_TIME_FORMS,
  PATTERN_TOKENS,
  TIME_FORMS,
  type TimeForm,
} from "../conversion/time/forms.ts";
import { PREPARE_OPTIONS } from "../prepare/options.ts";
import type { CommandContext, Flags } from "./command.ts";
import { asFlags } from "./speak.ts";

/** Prints the list. */
export async function timesCommand(_flags: Flags, { terminal }: CommandContext): Promise<number> {
  const heading = (title: string) => ["", terminal.style("bold", title)];
  const lines = [
    ...TIME_FORMS.flatMap(({ title, forms }) => [...heading(title), ...forms.flatMap(form)]),
    ...heading("No times"),
    ...NO_TIME_FORMS.flatMap(form),
    ...heading('Any other form: `dateFormat: "<pattern>"`'),
    ...PATTERN_TOKENS.map(([token, meaning]) => `  ${token.padEnd(12)}${meaning}`),
  ];
  const text = lines.slice(1).map((line) => asFlags(line, flagsOf(PREPARE_OPTIONS)));
  process.stdout.write(`${text.join("\n")}\n`);
  return EXIT.done;
}

/** The examples, as many on a line as fit, and the note below them. */
function form({ examples, note }: TimeForm): string[] {
  const lines: string[] = [];
  let line = "";
  for (const example of examples) {
    if (line !== "" && line.length + example.length > 74) {
      lines.push(line);
      line = "";
    }
    line += `${line === "" ? "  " : "   "}${example}`;
  }
  lines.push(line);
  return note === undefined ? lines : [...lines, `      ${note}`];
}
