/**
 * Bytes and texts. The only place where `Buffer` stands: everywhere else bytes are a `Uint8Array`. What this
 * room allocates is a Buffer underneath, and given back to it costs no conversion.
 */
import * as buffer from "node:buffer";

export const isAscii: (bytes: Uint8Array) => boolean = buffer.isAscii;
export const isUtf8: (bytes: Uint8Array) => boolean = buffer.isUtf8;

/** The same memory, as what the functions of this room are quickest with. */
export function asNative(bytes: Uint8Array): Uint8Array {
  return native(bytes);
}

function native(bytes: Uint8Array): Buffer {
  return bytes instanceof Buffer
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Zeros. */
export function allocate(length: number): Uint8Array {
  return Buffer.alloc(length);
}

/** Whatever stood in the memory before: to be written before it is read. */
export function allocateUnset(length: number): Uint8Array {
  return Buffer.allocUnsafeSlow(length);
}

/** A copy. Not `slice`: a Buffer's is the same memory. */
export function copyOf(bytes: Uint8Array): Uint8Array {
  return Buffer.from(bytes);
}

export function concat(chunks: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(chunks);
}

/** The text of UTF-8. What is not UTF-8 becomes U+FFFD; a byte order mark stays. */
export function utf8(bytes: Uint8Array, start = 0, end: number = bytes.length): string {
  return native(bytes).toString("utf8", start, end);
}

/** A text with one character for each byte. Only its ASCII may be looked at: 0x80 to 0x9F differ by host. */
export function asciiOf(bytes: Uint8Array, start = 0, end: number = bytes.length): string {
  return native(bytes).toString("latin1", start, end);
}

/** Lower-case hex, as a flat string (see `textCopy`). */
export function hexOf(bytes: Uint8Array, start = 0, end: number = bytes.length): string {
  return native(bytes).toString("hex", start, end);
}

/** The UTF-8 of a text; a lone surrogate becomes U+FFFD. */
export function utf8Bytes(text: string): Uint8Array {
  return Buffer.from(text, "utf8");
}

/** Writes the UTF-8 of a text, for which there must be room. @returns how many bytes that are */
export function writeUtf8(text: string, target: Uint8Array, at: number): number {
  return native(target).write(text, at, "utf8");
}

/** How many bytes the UTF-8 of a text has. */
export function utf8Length(text: string): number {
  return Buffer.byteLength(text, "utf8");
}

/**
 * A copy of a text that is to be kept. A cell may be a part of a much longer text (see `ScannedBatch`), all
 * of which would stay in memory with it, and there would be more of a file than anybody meant to keep.
 */
export function textCopy(text: string): string {
  return Buffer.from(text, "utf16le").toString("utf16le");
}
