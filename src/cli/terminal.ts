/** What a person sees: messages and progress on stderr. Data goes to stdout and is not written here. */
import { styleText } from "node:util";
import type { Problem } from "../base/errors.ts";
import type { FlagTable } from "../base/options.ts";
import { asFlags } from "./speak.ts";

const NAME = "firsthash";
/** Progress appears after this long and is drawn at most this often. */
const PROGRESS_AFTER_MS = 1000;
const PROGRESS_EVERY_MS = 100;
/** With tens of millions of rows the line still fits into 80 columns. */
const BAR_WIDTH = 16;

export interface TerminalOptions {
  readonly stream: NodeJS.WriteStream;
  readonly env: NodeJS.ProcessEnv;
  /** `--no-color` */
  readonly color?: boolean;
  /** `--quiet`: errors and hints only. */
  readonly quiet?: boolean;
}

export interface ProgressUpdate {
  /** What is being read, e.g. "contacts". */
  readonly stage: string;
  readonly rows: number;
  /** 0 to 1; undefined when the size is not known. */
  readonly share: number | undefined;
}

type Style = "red" | "yellow" | "cyan" | "bold" | "dim";

export class Terminal {
  readonly #stream: NodeJS.WriteStream;
  readonly #color: boolean;
  readonly #quiet: boolean;
  readonly #live: boolean;
  readonly #started = performance.now();
  #stageStarted = performance.now();
  #stage = "";
  #lastDraw = 0;
  #drawn = false;
  #flags: FlagTable = {};
  /** Standard output carries data, and not a text for people. */
  dataGoesOut = false;

  constructor(options: TerminalOptions) {
    this.#stream = options.stream;
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
    // By itself styleText would look at stdout, and take an empty NO_COLOR for a set one.
    return this.#color ? styleText(style, text, { validateStream: false }) : text;
  }

  progress(update: ProgressUpdate): void {
    if (!this.#live) return;
    const now = performance.now();
    if (update.stage !== this.#stage) {
      this.#stage = update.stage;
      this.#stageStarted = now;
    }
    if (now - this.#started < PROGRESS_AFTER_MS || now - this.#lastDraw < PROGRESS_EVERY_MS) return;
    this.#lastDraw = now;
    this.#drawn = true;
    const seconds = Math.max((now - this.#stageStarted) / 1000, 0.001);
    const rate = `${formatCount(Math.round(update.rows / seconds))} rows/s`;
    const bar = update.share === undefined ? "" : ` ${drawBar(update.share)}`;
    const text = `reading ${update.stage}${bar}  ${formatCount(update.rows)} rows  ${rate}`;
    this.#stream.write(`\r\x1b[K${text.slice(0, (this.#stream.columns || 80) - 1)}`);
  }

  /** A line that says what is going on, drawn over the last one; nothing where there is no terminal. */
  live(text: string): void {
    const now = performance.now();
    if (!this.#live || now - this.#lastDraw < PROGRESS_EVERY_MS) return;
    this.#lastDraw = now;
    this.#drawn = true;
    this.#stream.write(`\r\x1b[K${text.slice(0, (this.#stream.columns || 80) - 1)}`);
  }

  /** Removes the progress line. */
  clear(): void {
    if (this.#drawn) this.#stream.write("\r\x1b[K");
    this.#drawn = false;
  }

  #line(text: string): void {
    this.clear();
    this.#stream.write(`${text}\n`);
  }
}

/** 1234567 → "1,234,567" */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

function drawBar(share: number): string {
  const clamped = Math.min(Math.max(share, 0), 1);
  const full = Math.round(clamped * BAR_WIDTH);
  const percent = String(Math.floor(clamped * 100)).padStart(3);
  return `[${"=".repeat(full)}${" ".repeat(BAR_WIDTH - full)}] ${percent} %`;
}

/** https://no-color.org and https://force-color.org: FORCE_COLOR wins, then NO_COLOR, then the terminal. */
function useColor(options: TerminalOptions): boolean {
  if (options.color === false) return false;
  const force = options.env.FORCE_COLOR;
  if (force !== undefined && force !== "") return force !== "0" && force !== "false";
  if ((options.env.NO_COLOR ?? "") !== "") return false;
  return Boolean(options.stream.isTTY) && options.env.TERM !== "dumb";
}
