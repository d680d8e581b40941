/** csv-parse without the stream of Node: the parser that is behind it, with the few methods that `read/` calls. */
import { transform } from "csv-parse-core";
import { Buffer } from "./buffer.ts";

/** A `Parser` of csv-parse, as far as `read/text/parse.ts` knows it. */
class Parser {
  errored: Error | null = null;
  readonly info: { readonly bytes: number };
  readonly #core: ReturnType<typeof transform>;
  readonly #records: string[][] = [];

  constructor(options: object) {
    this.#core = transform(options);
    this.info = this.#core.info;
  }

  on(): void {}

  destroy(): void {}

  write(chunk: Uint8Array): void {
    this.#parse(Buffer.over(chunk), false);
  }

  end(): void {
    this.#parse(undefined, true);
  }

  read(): string[] | null {
    return this.#records.shift() ?? null;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string[]> {
    if (this.errored !== null) throw this.errored;
    for (let record = this.read(); record !== null; record = this.read()) yield record;
  }

  #parse(chunk: Buffer | undefined, isLast: boolean): void {
    if (this.errored !== null) return;
    const push = (record: string[]) => void this.#records.push(record);
    this.errored = this.#core.parse(chunk, isLast, push, () => {}) ?? null;
  }
}

export function parse(options: object): Parser {
  return new Parser(options);
}
