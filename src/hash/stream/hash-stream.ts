/**
 * `hash --stream`: a line out for each line in, in their order, as soon as it is there, with no header and nothing
 * held back. Engines start one for each partition and read its lines beside their rows: Spark's `pipe`, Hive's
 * `TRANSFORM`, executable functions of ClickHouse, GNU parallel. What cannot be told from one row, `hash` tells:
 * a person who said no in another row, a key column that holds phone numbers.
 */
import { concat, isUtf8, utf8, utf8Bytes } from "#host";
import { inputError, interruptedError, optionError, systemCode } from "../../base/errors.ts";
import { checkOptions } from "../../base/options.ts";
import { cannotWrite } from "../../base/system.ts";
import { type Identified, type IdentifySettings, identify } from "../../identity/identify.ts";
import { phoneSettings } from "../../identity/phone-settings.ts";
import { DEFAULT_EMAIL_RULES } from "../../identity/rules.ts";
import { consentOption } from "../../prepare/settings.ts";
import { type OutputStream, writeChunk } from "../../write/stream.ts";
import { KeyCells } from "../hash-contacts.ts";
import { type Answer, type Cell, type Cells, type LineForm, lineForm } from "./lines.ts";
import {
  STREAM_FIELDS,
  STREAM_OPTIONS,
  type StreamField,
  type StreamOptions,
} from "./stream-options.ts";

/** What became of the lines. Each is counted once, `keysWithheld` aside. */
export interface StreamReport {
  readonly lines: number;
  /** With a digest at least. */
  readonly hashed: number;
  readonly noIdentifier: number;
  readonly noConsent: number;
  /** Not of the form that was named: another number of cells, or no JSON object. */
  readonly malformed: number;
  /** Keys that look like an address or a number, and were answered as NULL. */
  readonly keysWithheld: number;
}

const DEFAULT_FIELDS: readonly StreamField[] = ["key", "email", "phone", "country"];

/** From so many lines on, all of them malformed, the form was named wrongly. */
const CERTAINLY_WRONG = 10;

/**
 * Answers each line of a stream with its key and digests; NULL where there is none.
 *
 * @throws FirsthashError "usage" for options; "input" for bytes that are not UTF-8, a CSV cell of several lines,
 *   or where no line has the form that was named; "output" where the reader left
 *
 * @example
 * ```ts
 * import { hashStream } from "firsthash";
 *
 * const input = (async function* () {
 *   yield new TextEncoder().encode("1\tann@example.com\n");
 * })();
 * await hashStream({ input, output: process.stdout, fields: ["key", "email"] });
 * // 1 71d4f55f72fa128dfb468a1a3901507c804b74316488744d769d7f4b16696476
 * ```
 */
export async function hashStream(options: StreamOptions): Promise<StreamReport> {
  checkOptions("hashStream", options, STREAM_OPTIONS);
  const { input, output, signal } = options;
  const filter = new LineFilter(options);
  const blocks = new LineBlocks();
  for await (const chunk of input) {
    if (signal?.aborted) throw interruptedError();
    const block = blocks.push(chunk);
    if (block !== undefined) await send(output, filter.answer(block));
  }
  if (signal?.aborted) throw interruptedError();
  const rest = blocks.end();
  if (rest !== undefined) await send(output, filter.answer(rest));
  const report = filter.report();
  if (report.lines >= CERTAINLY_WRONG && report.malformed === report.lines) {
    throw inputError("no line has the form that was named; all were answered with NULL", {
      file: "stdin",
      hint: "see `format`, and `fields` for what the cells of a line hold",
    });
  }
  return report;
}

async function send(output: OutputStream, text: string): Promise<void> {
  try {
    await writeChunk(output, utf8Bytes(text));
  } catch (error) {
    throw systemCode(error) === "EPIPE" ? error : cannotWrite("stdout", error);
  }
}

/** Whole lines out of chunks that end anywhere. */
class LineBlocks {
  #kept: Uint8Array[] = [];

  /** All whole lines that there are now. */
  push(chunk: Uint8Array): Uint8Array | undefined {
    const end = chunk.lastIndexOf(0x0a) + 1;
    if (end === 0) {
      this.#kept.push(chunk);
      return undefined;
    }
    const block = concat([...this.#kept, chunk.subarray(0, end)]);
    this.#kept = end < chunk.length ? [chunk.subarray(end)] : [];
    return block;
  }

  /** A last line without an end. */
  end(): Uint8Array | undefined {
    return this.#kept.length === 0 ? undefined : concat(this.#kept);
  }
}

class LineFilter {
  readonly #form: LineForm;
  readonly #fields: readonly StreamField[];
  readonly #settings: IdentifySettings;
  readonly #consentValues: ReadonlySet<string>;
  readonly #keys: KeyCells;
  /** Columns of an answer: those of digests are there where the fields can give one. */
  readonly #withKey: boolean;
  readonly #withEmail: boolean;
  readonly #withPhone: boolean;
  readonly #nothing: string;
  #counts = { lines: 0, hashed: 0, noIdentifier: 0, noConsent: 0, malformed: 0, keysWithheld: 0 };

  /** @throws FirsthashError "usage" */
  constructor(options: StreamOptions) {
    const { format = "tsv", rules = DEFAULT_EMAIL_RULES } = options;
    const fields = fieldsOf(options);
    this.#fields = fields;
    this.#form = lineForm(format, fields);
    this.#settings = { ...phoneSettings(options), rules };
    this.#consentValues = consentOption(options);
    this.#keys = new KeyCells();
    this.#withKey = fields.includes("key");
    this.#withEmail = fields.includes("email") || fields.includes("hashed-email");
    this.#withPhone = fields.includes("phone") || fields.includes("hashed-phone");
    this.#nothing = this.#form.write(this.#columns(null, undefined));
  }

  report(): StreamReport {
    return this.#counts;
  }

  /** @param block whole lines; the last one of a stream may have no end */
  answer(block: Uint8Array): string {
    if (!isUtf8(block)) throw this.#notUtf8(block);
    let answers = "";
    const text = utf8(block);
    for (let start = 0; start < text.length; ) {
      const next = text.indexOf("\n", start);
      const end = next < 0 ? text.length : next;
      const line = text.slice(
        start,
        text.charCodeAt(end - 1) === 0x0d && end > start ? end - 1 : end,
      );
      this.#counts.lines++;
      answers += `${this.#answerLine(line)}\n`;
      start = end + 1;
    }
    return answers;
  }

  #answerLine(line: string): string {
    const cells = this.#form.read(line);
    if (cells === undefined) {
      this.#counts.malformed++;
      return this.#nothing;
    }
    return this.#form.write(this.#columns(this.#keyOf(cells), this.#identify(cells)));
  }

  #columns(key: string | null, person: Identified | undefined): Answer {
    return [
      ...(this.#withKey ? ([["key", key]] as const) : []),
      ...(this.#withEmail ? ([["hashed_email", person?.email ?? null]] as const) : []),
      ...(this.#withPhone ? ([["hashed_phone", person?.phone ?? null]] as const) : []),
    ];
  }

  /** The key as it stood in the line; null where it is NULL or looks personal. */
  #keyOf(cells: Cells): string | null {
    const [cell] = this.#cellsOf(cells, "key");
    if (cell === undefined) return null;
    if (cell.text.trim() === "") return cell.raw;
    const personal = [...this.#texts(cells, "email"), ...this.#texts(cells, "phone")];
    if (this.#keys.read(cell.text, personal).ok) return cell.raw;
    this.#counts.keysWithheld++;
    return null;
  }

  #identify(cells: Cells): Identified | undefined {
    const consents = this.#fields.every(
      (field, at) =>
        field !== "consent" ||
        this.#consentValues.has((cells[at]?.text ?? "").trim().toLowerCase()),
    );
    if (!consents) {
      this.#counts.noConsent++;
      return undefined;
    }
    const person = identify(
      {
        emails: this.#texts(cells, "email"),
        phones: this.#texts(cells, "phone"),
        country: this.#texts(cells, "country").find((text) => text.trim() !== ""),
        hashedEmails: this.#texts(cells, "hashed-email"),
        hashedPhones: this.#texts(cells, "hashed-phone"),
      },
      this.#settings,
    );
    if (person.email === undefined && person.phone === undefined) this.#counts.noIdentifier++;
    else this.#counts.hashed++;
    return person;
  }

  #cellsOf(cells: Cells, wanted: StreamField): readonly Cell[] {
    const found: Cell[] = [];
    for (let at = 0; at < this.#fields.length; at++) {
      const cell = cells[at];
      if (this.#fields[at] === wanted && cell) found.push(cell);
    }
    return found;
  }

  #texts(cells: Cells, wanted: StreamField): readonly string[] {
    return this.#cellsOf(cells, wanted).map(({ text }) => text);
  }

  #notUtf8(block: Uint8Array): Error {
    let line = this.#counts.lines + 1;
    for (let start = 0; start < block.length; line++) {
      const next = block.indexOf(0x0a, start);
      const end = next < 0 ? block.length : next;
      if (!isUtf8(block.subarray(start, end))) break;
      start = end + 1;
    }
    const hint = "send UTF-8; for a file in another encoding use `hashContacts`";
    return inputError("is not UTF-8", { file: "stdin", line, hint });
  }
}

/** @throws FirsthashError "usage" */
function fieldsOf({ fields = DEFAULT_FIELDS, consentPerRow }: StreamOptions): StreamField[] {
  const known = fields.map((name) => STREAM_FIELDS.find((field) => field === name));
  if (known.includes(undefined)) {
    throw optionError("fields", "names something else", `use ${STREAM_FIELDS.join(", ")}`);
  }
  const named = known as StreamField[];
  if (named.filter((field) => field === "key").length > 1) {
    throw optionError("fields", "names two keys", "a line has one key; - is a cell to ignore");
  }
  if (!named.some((field) => /email|phone/.test(field))) {
    throw optionError("fields", "names no e-mail and no phone", "for example `fields: key,email`");
  }
  if (named.includes("consent") && consentPerRow !== true) {
    throw optionError(
      "fields",
      "has a consent cell, which here decides about its own row alone",
      "give `consentPerRow` if each person has one row, or use `hash` with `key`",
    );
  }
  return named;
}
