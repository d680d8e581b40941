/** XML of a workbook's parts, as a stream of tags. The one import of saxen, whose errors quote the text. */
import { Parser } from "saxen";
import { damaged } from "./zip.ts";

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

  constructor(events: XmlEvents, file: string) {
    this.#file = file;
    this.#parser = new Parser();
    this.#parser.on("openTag", (name, attributes, decode) =>
      events.open(local(name), () => plain(attributes(), decode)),
    );
    const { close, text } = events;
    if (close !== undefined) this.#parser.on("closeTag", (name) => close(local(name)));
    if (text !== undefined) {
      this.#parser.on("text", (value, decode) => text(decode(value)));
      this.#parser.on("cdata", (value) => text(value));
    }
    this.#parser.on("error", () => {
      this.#broken = true;
    });
  }

  write(bytes: Uint8Array): void {
    try {
      this.#parser.write(this.#decoder.decode(bytes, { stream: true }));
    } catch (error) {
      throw this.#ours(error);
    }
    if (this.#broken) throw damaged(this.#file);
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

function local(name: string): string {
  const colon = name.indexOf(":");
  return colon === -1 ? name : name.slice(colon + 1);
}

function plain(attributes: Attributes, decode: (text: string) => string): Attributes {
  const result: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(attributes)) result[local(name)] = decode(value);
  return result;
}
