/**
 * The one error that a user may see. Its texts are written by us: a file's name, a line, a column,
 * a header, an option's name. Never a cell, and never another error as `cause`, because errors of
 * the libraries underneath carry the text that they failed on; but for what the caller's own iterable
 * threw, which is the caller's.
 */

/** Process exit codes. One table for the command line, the README and the tests. */
export const EXIT = {
  done: 0,
  /** Done, but too many rows refused, nothing to write, or a check (`verify`, `selftest`) found something. */
  findings: 1,
  usage: 2,
  /** An input cannot be read or is malformed. */
  input: 3,
  /** The output cannot be written. */
  output: 4,
  /** Not signed in, the sign-in has expired, or the account may not be used. */
  signIn: 5,
  /** The service cannot be reached, is busy, or has not finished. Nothing is lost. */
  unavailable: 6,
  /** The service refused the file as a whole. */
  rejected: 7,
  bug: 70,
  interrupted: 130,
} as const;

/** What each code says, for `--help` and the documents. */
export const EXIT_TEXTS: Readonly<Record<keyof typeof EXIT, string>> = {
  done: "done; also where the reader of a text has left",
  findings: "done, but rows were refused, there was nothing to write, or a check found something",
  usage: "wrong use: options, columns; an upload that is unfinished or done",
  input: "an input cannot be read or is malformed",
  output: "the output cannot be written, or its reader left before all data was written",
  signIn: "not signed in, the sign-in has expired, or the account may not be used",
  unavailable: "the service cannot be reached, is busy, or has not finished; nothing is lost",
  rejected: "the service refused the file as a whole",
  bug: "a bug",
  interrupted: "interrupted; nothing was left behind",
};

/** The kind of an error. */
export type ErrorCode = Exclude<keyof typeof EXIT, "done">;

/** What to do about something. Options stand in the text as a program writes them, between backticks. */
export interface Advice {
  readonly text: string;
  /** The option that would help, by its name in the library, so that a form can point at a field. */
  readonly option?: string;
}

/** What a person is told: what is wrong, and what to do about it. An error is one. */
export interface Problem {
  readonly message: string;
  readonly hint?: string | undefined;
  /** The option that it is about, by its name in the library, so that a form can point at a field. */
  readonly option?: string | undefined;
}

export interface ErrorDetails {
  /** A stable code for what exactly went wrong, where there is one: `file-changed`, `request-unknown`, … */
  readonly reason?: string | undefined;
  /** The option that it is about, by its name in the library. */
  readonly option?: string | undefined;
  /** What to do about it. One line. */
  readonly hint?: string | undefined;
  /** The file as the user named it. */
  readonly file?: string | undefined;
  /** 1-based line (a workbook's row). */
  readonly line?: number | undefined;
  /** 1-based column, or the header of the column. */
  readonly column?: number | string | undefined;
  /** Files of the run that had been written, whole, before this went wrong. */
  readonly written?: readonly string[] | undefined;
  /** What the caller's own iterable threw. Of no other error. */
  readonly cause?: unknown;
}

const MARK: unique symbol = Symbol.for("firsthash.FirsthashError") as never;

/**
 * What the library throws when it cannot go on. Its message begins with the place, as far as it is known,
 * and holds no cell. An aborted signal is one too, with the code `interrupted`.
 */
export class FirsthashError extends Error {
  // The command line is bundled in two parts, each with a class of its own: what counts is the mark.
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && MARK in value;
  }

  readonly [MARK] = true;
  override readonly name = "FirsthashError";
  /** The kind of error: `usage`, `input`, `output`, `interrupted`, … */
  readonly code: ErrorCode;
  /** The exit code of the command line for it, see {@link EXIT}. */
  readonly exitCode: number;
  /** A stable code for what exactly went wrong, where there is one. */
  readonly reason: string | undefined;
  /** What to do about it. One line. */
  readonly hint: string | undefined;
  /** The file as the user named it. */
  readonly file: string | undefined;
  /** 1-based line (a workbook's row). */
  readonly line: number | undefined;
  /** 1-based column, or the header of the column. */
  readonly column: number | string | undefined;
  /** The option that cannot be carried out, by its name in the library. */
  readonly option: string | undefined;
  /** Files of the run that are there and whole all the same; empty where nothing was written. */
  readonly written: readonly string[];

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(
      `${place(details)}${message}`,
      details.cause === undefined ? undefined : { cause: details.cause },
    );
    this.code = code;
    this.exitCode = EXIT[code];
    this.reason = details.reason;
    this.hint = details.hint;
    this.file = details.file;
    this.line = details.line;
    this.column = details.column;
    this.option = details.option;
    this.written = details.written ?? [];
  }
}

/** "contacts.csv:12, column 3: " as far as it is known. */
function place({ file, line, column }: ErrorDetails): string {
  if (file === undefined) return line === undefined ? "" : `line ${line}: `;
  const at = line === undefined ? "" : `:${line}`;
  return `${file}${at}${column === undefined ? "" : `, column ${column}`}: `;
}

/** Options that cannot be carried out as given. Thrown before any output is opened. */
export function usageError(message: string, hint?: string): FirsthashError {
  return new FirsthashError("usage", message, { hint });
}

/**
 * An option that cannot be carried out as given. Options stand in texts as the library has them, between
 * backticks (`timeZone`, `timeZone: "Europe/Oslo"`); the command line writes them as its flags.
 *
 * @param what what is wrong with it, to be read after its name: "is not a time zone"
 */
export function optionError(option: string, what: string, hint?: string): FirsthashError {
  return new FirsthashError("usage", `\`${option}\` ${what}`, { hint, option });
}

/** An input that cannot be read on: missing, unreadable, malformed. */
export function inputError(message: string, details: ErrorDetails = {}): FirsthashError {
  return new FirsthashError("input", message, details);
}

/** An input with nothing in it. */
export function emptyInput(file: string): FirsthashError {
  return inputError("is empty", {
    file,
    hint: "export again: the export may have stopped, or its filter let nothing through",
  });
}

/** An output that cannot be written. */
export function outputError(message: string, details: ErrorDetails = {}): FirsthashError {
  return new FirsthashError("output", message, details);
}

/**
 * The run was stopped from outside.
 *
 * @param left what is left of it, where that is more than nothing
 */
export function interruptedError(left = "nothing was written"): FirsthashError {
  return new FirsthashError("interrupted", `interrupted; ${left}`);
}

/**
 * The error of a step behind the publication: what was published stays, and the error says so. What is no
 * error of ours stays as it is.
 *
 * @param files the files that were published, `stdout` for a stream
 */
export function butWritten(error: unknown, files: readonly string[]): unknown {
  if (!(error instanceof FirsthashError) || files.length === 0) return error;
  const written = [...new Set([...files, ...error.written])];
  const { code, reason, option } = error;
  const there = `written before that, and whole: ${written.join(", ")}`;
  const details = { reason, option, written };
  if (code === "interrupted") return new FirsthashError(code, `interrupted; ${there}`, details);
  const hint = error.hint === undefined ? there : `${there}; ${error.hint}`;
  // The place stands in the message already.
  return Object.assign(new FirsthashError(code, error.message, { ...details, hint }), {
    file: error.file,
    line: error.line,
    column: error.column,
  });
}

/** The `code` of a system error (`ENOENT`), or undefined. The only thing we take from foreign errors. */
export function systemCode(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
