/** What a person sees: messages and progress on stderr, reports on stderr or stdout. Data is not written here. */
import { styleText } from "node:util";
import type { Problem } from "../base/errors.ts";
import type { FlagTable } from "../base/options.ts";
import { drawProgress, type ProgressUpdate } from "./bar.ts";
import { needsPlainMarks, withPlainMarks } from "./charset.ts";
import { asFlags } from "./speak.ts";
import { wrapLine } from "./wrap.ts";

const NAME = "firsthash";
/** Progress appears after this long and is drawn at most this often. */
const PROGRESS_AFTER_MS = 1000;
const PROGRESS_EVERY_MS = 100;
/** A terminal that does not say how wide it is. */
const USUAL_WIDTH = 80;

export interface TerminalOptions {
  readonly stream: NodeJS.WriteStream;
  readonly env: NodeJS.ProcessEnv;
  /** `--no-color` */
  readonly color?: boolean;
  /** `--quiet`: errors and hints only. */
  readonly quiet?: boolean;
}

type Style = "red" | "yellow" | "green" | "cyan" | "bold" | "dim";

/** How the labels of reports look: what went well, what to look at, what to do. */
const LABEL_STYLES: Readonly<Record<string, Style>> = {
  written: "green",
  accepted: "green",
  refused: "yellow",
  malformed: "yellow",
  unmatched: "yellow",
  warnings: "yellow",
  warning: "yellow",
  missing: "yellow",
  unanswered: "yellow",
  error: "red",
  stopped: "red",
  next: "cyan",
  note: "cyan",
};

type Stream = NodeJS.WriteStream;

export class Terminal {
  readonly #stream: NodeJS.WriteStream;
  readonly #options: TerminalOptions;
  readonly #color: boolean;
  readonly #quiet: boolean;
  readonly #live: boolean;
  readonly #started = performance.now();
  #lastDraw = 0;
  #drawn = false;
  #flags: FlagTable = {};
  /** Standard output carries data, and not a text for people. */
  dataGoesOut = false;

  constructor(options: TerminalOptions) {
    this.#stream = options.stream;
    this.#options = options;
    this.#quiet = options.quiet ?? false;
    this.#color = useColor(options);
    this.#live = Boolean(options.stream.isTTY) && options.env.TERM !== "dumb" && !this.#quiet;
  }

  /** From now on options in texts of the library are written as these flags. */
  useFlags(flags: FlagTable): void {
    this.#flags = flags;
  }

  /** A text of the library with its options as flags. */
  asFlags(text: string): string {
    return asFlags(text, this.#flags);
  }

  /** A line for people, unless `--quiet`. */
  say(line = ""): void {
    if (!this.#quiet) this.#line(this.asFlags(line));
  }

  /** The report of a run, on stderr unless `--quiet`. */
  sayReport(lines: readonly string[]): void {
    if (!this.#quiet) this.#report(lines, this.#stream);
  }

  /** A report that was asked for: on stdout. */
  printReport(lines: readonly string[], stdout: Stream): void {
    this.clear();
    this.#report(lines, stdout);
  }

  /** Labels in color, lines as wide as the terminal. */
  #report(lines: readonly string[], stream: Stream): void {
    const color = stream === this.#stream ? this.#color : useColor({ ...this.#options, stream });
    const text = lines.flatMap((line) => {
      const [, label] = /^([a-z][a-z -]{0,11}) /.exec(line) ?? [];
      const [first = "", ...others] = this.#laidOut(this.asFlags(line), stream);
      if (label === undefined || !color || !first.startsWith(label)) return [first, ...others];
      const style = LABEL_STYLES[label.trimEnd()] ?? "bold";
      return [this.#styled(style, label) + first.slice(label.length), ...others];
    });
    if (stream === this.#stream) this.clear();
    stream.write(`${text.join("\n")}\n`);
  }

  warn(message: string): void {
    this.#line(`${NAME}: ${this.style("yellow", "warning")}: ${message}`);
  }

  /** What went wrong and what to do. Our own texts only: the messages of others may carry cells. */
  fail({ message, hint }: Problem): void {
    this.#line(`${NAME}: ${this.style("red", "error")}: ${this.asFlags(message)}`);
    if (hint === undefined) return;
    this.#line(`${NAME}: ${this.style("cyan", "hint")}: ${this.asFlags(hint)}`);
  }

  /** A bug: the kind of error and where it came from, without its message, which may carry a cell. */
  crash(error: unknown): void {
    const kind = error instanceof Error ? error.constructor.name : typeof error;
    const stack = error instanceof Error ? (error.stack ?? "") : "";
    const frames = stack.split("\n").filter((line) => /^\s+at .*:\d+:\d+\)?$/.test(line));
    this.#line(`${NAME}: ${this.style("red", "error")}: internal error (${kind})`);
    for (const frame of frames.slice(0, 6)) this.#line(frame);
    this.#line(
      `${NAME}: ${this.style("cyan", "hint")}: this is a bug in firsthash; please report the lines above, they hold no data`,
    );
  }

  style(style: Style, text: string): string {
    return this.#color ? this.#styled(style, text) : text;
  }

  #styled(style: Style, text: string): string {
    // By itself styleText would look at stdout, and take an empty NO_COLOR for a set one.
    return styleText(style, text, { validateStream: false });
  }

  progress(update: ProgressUpdate): void {
    if (!this.#live) return;
    const now = performance.now();
    if (now - this.#started < PROGRESS_AFTER_MS || now - this.#lastDraw < PROGRESS_EVERY_MS) return;
    this.#draw(drawProgress(update, (now - this.#started) / 1000, this.#width), now);
  }

  /** A line that says what is going on, drawn over the last one; nothing where there is no terminal. */
  live(text: string): void {
    const now = performance.now();
    if (!this.#live || now - this.#lastDraw < PROGRESS_EVERY_MS) return;
    this.#draw(text, now);
  }

  #draw(text: string, now: number): void {
    this.#lastDraw = now;
    this.#drawn = true;
    this.#stream.write(`\r\x1b[K${text.slice(0, this.#width - 1)}`);
  }

  get #width(): number {
    return this.#stream.columns || USUAL_WIDTH;
  }

  /** Removes the progress line. */
  clear(): void {
    if (this.#drawn) this.#stream.write("\r\x1b[K");
    this.#drawn = false;
  }

  #line(text: string): void {
    this.clear();
    this.#stream.write(`${this.#laidOut(text, this.#stream).join("\n")}\n`);
  }

  /** As wide as the stream's terminal; a pipe gets one line, which tools can search. */
  #laidOut(text: string, stream: Stream): string[] {
    const { env } = this.#options;
    const marked = needsPlainMarks(stream, env, process.platform) ? withPlainMarks(text) : text;
    const width = stream.isTTY ? stream.columns || USUAL_WIDTH : undefined;
    return marked.split("\n").flatMap((line) => wrapLine(line, width));
  }
}

/** https://no-color.org and https://force-color.org: FORCE_COLOR wins, then NO_COLOR, then the terminal. */
function useColor(options: TerminalOptions): boolean {
  if (options.color === false) return false;
  const force = options.env.FORCE_COLOR;
  if (force !== undefined && force !== "") return force !== "0" && force !== "false";
  if ((options.env.NO_COLOR ?? "") !== "") return false;
  return Boolean(options.stream.isTTY) && options.env.TERM !== "dumb";
}
