/** XML of a workbook's parts, as a stream of tags. The one import of saxen, whose errors quote the text. */
import { Parser } from "saxen";
import { inputError } from "../../base/errors.ts";
import { damaged } from "./zip.ts";

/**
 * A tag, a text or a comment is kept until its end is there, and looked through again with every piece: that is
 * quadratic. The longest text that a cell may have is smaller, however its characters are written.
 */
const LONGEST_PIECE = 512 * 1024;

const EVENTS = ["comment", "question", "attention"] as const;

export type Attributes = Readonly<Record<string, string>>;

export interface XmlEvents {
  open(name: string, attributes: () => Attributes): void;
  close?(name: string): void;
  text?(text: string): void;
}

/** Names come without their prefix: some writers put one on every tag (`<x:row>`). */
export class XmlReader {
  readonly #parser: Parser;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true });
  readonly #file: string;
  #broken = false;
  /** Characters since something was complete. */
  #pending = 0;

  constructor(events: XmlEvents, file: string) {
    this.#file = file;
    this.#parser = new Parser();
    const { open, close, text } = events;
    const complete = () => {
      this.#pending = 0;
    };
    this.#parser.on("openTag", (name, attributes, decode) => {
      complete();
      open(local(name), () => plain(attributes(), decode));
    });
    this.#parser.on("closeTag", (name) => {
      complete();
      close?.(local(name));
    });
    this.#parser.on("text", (value, decode) => {
      complete();
      text?.(decode(value));
    });
    this.#parser.on("cdata", (value) => {
      complete();
      text?.(value);
    });
    for (const name of EVENTS) this.#parser.on(name, complete);
    this.#parser.on("error", () => {
      this.#broken = true;
    });
  }

  write(bytes: Uint8Array): void {
    try {
      const text = this.#decoder.decode(bytes, { stream: true });
      this.#pending += text.length;
      this.#parser.write(text);
    } catch (error) {
      throw this.#ours(error);
    }
    if (this.#broken) throw damaged(this.#file);
    if (this.#pending > LONGEST_PIECE) throw tooLong(this.#file);
  }

  end(): void {
    try {
      this.#parser.write(this.#decoder.decode());
      this.#parser.end();
    } catch (error) {
      throw this.#ours(error);
    }
    if (this.#broken) throw damaged(this.#file);
  }

  #ours(error: unknown): unknown {
    return error instanceof Error && error.name === "FirsthashError" ? error : damaged(this.#file);
  }
}

function tooLong(file: string): Error {
  return inputError(
    `holds more than ${LONGEST_PIECE.toLocaleString("en")} characters without a tag between them, and is not read`,
    { file, hint: "a cell of Excel has 32,767 characters at most; export the list as CSV" },
  );
}

function local(name: string): string {
  const colon = name.indexOf(":");
  return colon === -1 ? name : name.slice(colon + 1);
}

function plain(attributes: Attributes, decode: (text: string) => string): Attributes {
  const result: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(attributes)) result[local(name)] = decode(value);
  return result;
}
