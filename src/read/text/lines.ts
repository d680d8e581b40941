/** Line numbers: every CRLF, lone LF and lone CR is one line end, as an editor counts them. */

const LF = 0x0a;
const CR = 0x0d;

export function countLineEnds(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count++;
  for (let at = text.indexOf("\r"); at !== -1; at = text.indexOf("\r", at + 1)) {
    if (text.charCodeAt(at + 1) !== LF) count++;
  }
  return count;
}

/** Knows the line of any offset in the bytes that were added and not yet forgotten. */
export class LineCounter {
  #chunks: Uint8Array[] = [];
  /** Offset, line and last byte where `#chunks` begins. */
  #start = 0;
  #line: number;
  #last = 0;

  constructor(firstLine: number) {
    this.#line = firstLine;
  }

  add(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
  }

  /** Offsets below `offset` will not be asked for any more. */
  forget(offset: number): void {
    for (;;) {
      const [chunk] = this.#chunks;
      if (chunk === undefined || this.#start + chunk.length > offset) return;
      this.#line += lineEndsIn(chunk, chunk.length, this.#last);
      this.#last = chunk[chunk.length - 1] ?? this.#last;
      this.#start += chunk.length;
      this.#chunks.shift();
    }
  }

  lineAt(offset: number): number {
    this.forget(offset);
    const [chunk] = this.#chunks;
    if (chunk === undefined) return this.#line;
    return this.#line + lineEndsIn(chunk, offset - this.#start, this.#last);
  }
}

/** Line ends in the first `length` bytes; a LF after a CR belongs to it. `before` is the byte in front. */
function lineEndsIn(bytes: Uint8Array, length: number, before: number): number {
  let count = 0;
  let previous = before;
  for (let i = 0; i < length; i++) {
    const byte = bytes[i] as number;
    if (byte === CR || (byte === LF && previous !== CR)) count++;
    previous = byte;
  }
  return count;
}
