/** `--rejects`: what to mend, one line each, written while the run goes on. */
import { extname } from "node:path";
import { outputError, usageError } from "../base/errors.ts";
import type { OnRow } from "../base/row-events.ts";
import { REJECT_COLUMNS, type RejectLine, rejectLine } from "../report/rejects.ts";
import type { TargetRules } from "../write/check.ts";
import { csvLine } from "../write/csv.ts";
import { DataFile } from "../write/data-file.ts";
import { TextBlocks } from "../write/encoder.ts";
import { SheetFile } from "../write/workbook.ts";

/** A sheet of Excel has at most so many rows. */
const MAX_SHEET_ROWS = 1_048_576;

/** So many lines are put together before they are handed to the file. */
const LINES_KEPT = 1000;

/** Takes lines and gives the bytes of a file. */
interface Form {
  add(line: RejectLine): void;
  take(): Uint8Array[];
  end(): Uint8Array[];
}

/** With a byte order mark, without which Excel takes a file for one in the machine's own encoding. */
function csvForm(): Form {
  const blocks = new TextBlocks();
  blocks.push(`\ufeff${csvLine(REJECT_COLUMNS, ",")}`);
  return {
    add: (line) => blocks.push(csvLine(Object.values(line), ",")),
    take: () => blocks.take(),
    end: () => blocks.end(),
  };
}

function jsonForm(): Form {
  const blocks = new TextBlocks();
  return {
    add: (line) => blocks.push(`${JSON.stringify({ ...line, line: Number(line.line) })}\n`),
    take: () => blocks.take(),
    end: () => blocks.end(),
  };
}

function sheetForm(): Form {
  const sheet = new SheetFile(REJECT_COLUMNS.length);
  sheet.push((index) => REJECT_COLUMNS[index] as string);
  const isNumber = (index: number) => REJECT_COLUMNS[index] === "line";
  return {
    add(line) {
      if (sheet.rows === MAX_SHEET_ROWS) {
        throw outputError("--rejects: more lines than a sheet of Excel holds", {
          hint: "name a .csv or .jsonl file",
        });
      }
      sheet.push((index) => line[REJECT_COLUMNS[index] as keyof RejectLine], isNumber);
    },
    take: () => sheet.take(),
    end: () => sheet.end(),
  };
}

const FORMS: Readonly<Record<string, () => Form>> = {
  ".csv": csvForm,
  ".jsonl": jsonForm,
  ".xlsx": sheetForm,
};

/** What says how lines are written. */
interface RejectsOptions {
  /** The command of which they are. */
  readonly command: string;
  readonly rules: TargetRules;
  /** From a text of the library to one with flags. */
  readonly spoken: (text: string) => string;
}

/** The file of `--rejects`. End it with `commit` or `discard`. */
export class RejectsFile {
  readonly #file: DataFile;
  readonly #form: Form;
  readonly #options: RejectsOptions;
  #lines = 0;
  /** What was handed to the file before, in order. */
  #written: Promise<void> = Promise.resolve();
  #fault: unknown;

  private constructor(file: DataFile, form: Form, options: RejectsOptions) {
    this.#file = file;
    this.#form = form;
    this.#options = options;
  }

  /** @throws FirsthashError "usage" or "output" */
  static async open(path: string, options: RejectsOptions): Promise<RejectsFile> {
    const form = FORMS[extname(path).toLowerCase()];
    if (form === undefined) {
      throw usageError(
        "--rejects takes the name of a .csv, .xlsx or .jsonl file",
        "for example --rejects rejects.csv",
      );
    }
    const file = await DataFile.open({ kind: "file", path }, options.rules);
    return new RejectsFile(file, form(), options);
  }

  /** Takes what a run tells of its rows. What goes wrong here is said at the end, and does not end the run. */
  readonly onRow: OnRow = (event) => {
    const { command, spoken } = this.#options;
    const line = rejectLine(command, event, spoken);
    if (line === undefined || this.#fault !== undefined) return;
    try {
      this.#form.add(line);
    } catch (error) {
      this.#fault = error;
    }
    if (++this.#lines % LINES_KEPT === 0) this.#hand(this.#form.take());
  };

  #hand(blocks: readonly Uint8Array[]): void {
    if (blocks.length === 0) return;
    this.#written = this.#written
      .then(() => this.#file.write(blocks))
      .catch((error) => {
        this.#fault ??= error;
      });
  }

  /** @throws FirsthashError "output" */
  async commit(): Promise<void> {
    this.#hand(this.#form.end());
    await this.#written;
    if (this.#fault !== undefined) throw this.#fault;
    await this.#file.commit();
  }

  /** Nothing is left of it. Does nothing after `commit`. */
  async discard(): Promise<void> {
    await this.#written;
    await this.#file.discard();
  }
}
