/**
 * `firsthash explain`: one value, step by step, on the user's own screen. The only command that prints a
 * personal value, so it prints to a terminal alone unless it is told otherwise, and takes the value from
 * a prompt or a pipe: an argument would stay in the shell's history and in the list of processes.
 */
import { createInterface } from "node:readline";
import { type Advice, EXIT, inputError, interruptedError, usageError } from "../base/errors.ts";
import { CELL_REASONS, REPAIRS } from "../base/reasons.ts";
import type { EmailRuleSet, PhoneWithoutPlus } from "../base/types.ts";
import { DESTINATIONS } from "../destinations/catalog.ts";
import { type Explanation, explainEmail, explainPhone } from "../identity/explain.ts";
import { regionOption } from "../identity/phone-settings.ts";
import { EMAIL_RULES, isEmailRuleSet } from "../identity/rules.ts";
import type { CommandContext, Flags } from "./command.ts";
import { textFlag } from "./flags.ts";
import type { Terminal } from "./terminal.ts";

/** @returns 0 when the value gives a digest for the destinations, 1 when it is refused. */
export async function explainCommand(flags: Flags, context: CommandContext): Promise<number> {
  if (!process.stdout.isTTY && flags.allowPlaintextOutput !== true) {
    throw usageError(
      "the output is not a terminal, and this command prints the value in plain text",
      "run it in a terminal, or add --allow-plaintext-output if the output may hold the value",
    );
  }
  const region = regionOption(textFlag(flags, "country"));
  const rules = textFlag(flags, "rules");
  const withoutPlus = textFlag(flags, "phoneWithoutPlus") as PhoneWithoutPlus | undefined;
  const value = await readValue(context);
  const kind = textFlag(flags, "kind") ?? (/[@＠]/.test(value) ? "email" : "phone");
  const explanations =
    kind === "phone"
      ? [explainPhone(value, region, withoutPlus)]
      : ruleSets(rules).map((name) => explainEmail(value, name));
  const lines = render(value, kind, explanations, context.terminal);
  process.stdout.write(`${lines.join("\n")}\n`);
  return explanations[0]?.ok ? EXIT.done : EXIT.findings;
}

/** Those of the destinations first, in their order. */
function ruleSets(only: string | undefined): EmailRuleSet[] {
  if (only !== undefined && isEmailRuleSet(only)) return [only];
  const used = DESTINATIONS.map(({ emailRules }) => emailRules);
  return [...new Set([...used, ...(Object.keys(EMAIL_RULES) as EmailRuleSet[])])];
}

/** No cell of an export is longer, and a file piped in by mistake is. */
const LONGEST_VALUE = 64 * 1024;

async function readValue({ terminal, signal }: CommandContext): Promise<string> {
  const { stdin, stderr } = process;
  if (stdin.isTTY) stderr.write("value (e-mail address or phone number): ");
  const value = await (stdin.isTTY ? readLine(signal) : readAll(signal));
  terminal.clear();
  if (value === undefined) throw usageError("no value was given", "type one, or pipe one in");
  if (/[\r\n]/.test(value)) {
    throw usageError(
      "standard input has more than one line",
      "give one value; for whole files there is `firsthash hash`",
    );
  }
  return value;
}

/** One line as the terminal gives it: it shows what is typed, and Ctrl-C stays a signal. */
function readLine(signal: AbortSignal): Promise<string | undefined> {
  const lines = createInterface({ input: process.stdin, terminal: false });
  return new Promise<string | undefined>((resolve, reject) => {
    lines.once("line", resolve);
    lines.once("close", () => resolve(undefined));
    signal.addEventListener("abort", () => reject(interruptedError()), { once: true });
  }).finally(() => {
    lines.close();
    process.stdin.unref();
  });
}

/** All of a pipe, without the line end that `echo` puts behind. */
async function readAll(signal: AbortSignal): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    if (signal.aborted) throw interruptedError();
    chunks.push(chunk);
    length += chunk.length;
    if (length > LONGEST_VALUE) {
      throw inputError("is too long for one value", {
        file: "stdin",
        hint: "give one value; for whole files there is `firsthash hash`",
      });
    }
  }
  const text = Buffer.concat(chunks).toString("utf8");
  return length === 0 ? undefined : text.replace(/\r?\n$/, "");
}

function render(
  value: string,
  kind: string,
  explanations: readonly Explanation[],
  terminal: Terminal,
): string[] {
  const name = kind === "phone" ? "phone number" : "e-mail address";
  const lines = [
    terminal.style(
      "yellow",
      "This shows the value in plain text. It is the only command that does; keep it on your screen.",
    ),
    "",
    `${name} ${show(value)}`,
  ];
  for (const explanation of explanations) lines.push("", ...renderOne(explanation, terminal));
  return [...lines, "", ...renderDestinations(kind, explanations, terminal)];
}

const NAME_WIDTH = 46;

function renderOne(explanation: Explanation, terminal: Terminal): string[] {
  const { rules, steps } = explanation;
  const lines = [
    `${terminal.style("bold", rules.name)}, rules of ${rules.date}`,
    ...steps.map(({ number, name, text, changed }) =>
      step(number, name, changed ? show(text) : terminal.style("dim", "no change")),
    ),
  ];
  if (!explanation.ok) {
    const { text, advice } = reasonTexts(explanation);
    const verdict = terminal.style("red", explanation.reason === "absent" ? "empty" : "refused");
    lines.push(step(explanation.number, verdict, `${text} (${explanation.reason})`));
    if (advice !== undefined) lines.push(`      → ${terminal.asFlags(advice.text)}`);
    return lines;
  }
  for (const repair of explanation.repaired) lines.push(`      mended: ${REPAIRS[repair].text}`);
  lines.push(`      hashed text   ${terminal.style("bold", show(explanation.text))}`);
  lines.push(`      SHA-256       ${explanation.digest}`);
  return lines;
}

function step(number: number, name: string, what: string): string {
  return `  ${String(number).padStart(2)}  ${name.padEnd(NAME_WIDTH)}${what}`;
}

function reasonTexts({ reason }: Extract<Explanation, { ok: false }>): {
  readonly text: string;
  readonly advice?: Advice;
} {
  return reason === "absent"
    ? { text: "the cell is empty, or says so (n/a, null, …); nothing is hashed" }
    : CELL_REASONS[reason];
}

/** What each destination would get. Google has no destination yet; its rules are here to compare. */
function renderDestinations(
  kind: string,
  explanations: readonly Explanation[],
  terminal: Terminal,
): string[] {
  const byRules = new Map(explanations.map((each) => [each.rules.name, each]));
  const phone = kind === "phone" ? explanations[0] : undefined;
  const line = (name: string, explanation: Explanation | undefined) =>
    explanation === undefined
      ? []
      : [
          `${name.padEnd(20)}${explanation.rules.name.padEnd(20)}` +
            (explanation.ok ? explanation.digest : `none (${explanation.reason})`),
        ];
  return [
    terminal.style("bold", `${"destination".padEnd(20)}${"rules".padEnd(20)}digest`),
    ...DESTINATIONS.flatMap(({ id, emailRules }) => line(id, phone ?? byRules.get(emailRules))),
    ...line("Google, to compare", phone ?? byRules.get("google-2026-11")),
  ];
}

/**
 * In quotes, with all that is invisible, combining or could steer the terminal written as an escape: such
 * characters are often what is to be explained.
 */
function show(text: string): string {
  const escaped = text.replace(
    /[\p{C}\p{Zl}\p{Zp}\p{M}"\\]|(?! )\p{Zs}|\p{Default_Ignorable_Code_Point}/gu,
    (character) =>
      character === '"' || character === "\\"
        ? `\\${character}`
        : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
  return `"${escaped}"`;
}
