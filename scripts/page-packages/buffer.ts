/**
 * As much of Node's Buffer as the parser of csv-parse uses, for a place without one. Only the bundle of the page
 * has it: our own code asks `#host`.
 */

const UTF_8 = new TextDecoder("utf-8", { ignoreBOM: true });

export class Buffer extends Uint8Array {
  static override from(
    source: string | Iterable<number> | ArrayLike<number> | ArrayBufferLike,
    at?: unknown,
    length?: unknown,
  ): Buffer {
    if (typeof source === "string") return Buffer.#over(new TextEncoder().encode(source));
    if (source instanceof ArrayBuffer) {
      return new Buffer(source, at as number | undefined, length as number | undefined);
    }
    return new Buffer(source as ArrayLike<number>);
  }

  static #over({ buffer, byteOffset, length }: Uint8Array<ArrayBuffer>): Buffer {
    return new Buffer(buffer, byteOffset, length);
  }

  /** The same memory. */
  static over(bytes: Uint8Array): Buffer {
    return Buffer.#over(bytes as Uint8Array<ArrayBuffer>);
  }

  static compare(one: Buffer, other: Uint8Array): number {
    return one.compare(other);
  }

  static isBuffer(value: unknown): value is Buffer {
    return value instanceof Buffer;
  }

  static allocUnsafe(length: number): Buffer {
    return new Buffer(length);
  }

  static concat(parts: readonly Uint8Array[]): Buffer {
    const all = new Buffer(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }

  copy(target: Uint8Array, at = 0, start = 0, end: number = this.length): number {
    target.set(this.subarray(start, end), at);
    return end - start;
  }

  /** Node's shares its memory. */
  override slice(start?: number, end?: number): Buffer {
    return this.subarray(start, end) as Buffer;
  }

  equals(other: Uint8Array): boolean {
    return this.length === other.length && this.every((byte, at) => byte === other[at]);
  }

  compare(other: Uint8Array): number {
    const length = Math.min(this.length, other.length);
    for (let at = 0; at < length; at++) {
      const difference = (this[at] ?? 0) - (other[at] ?? 0);
      if (difference !== 0) return Math.sign(difference);
    }
    return Math.sign(this.length - other.length);
  }

  /** UTF-8 alone: the parser is given nothing else. */
  override toString(_encoding?: string, start = 0, end: number = this.length): string {
    return UTF_8.decode(this.subarray(start, end));
  }
}
