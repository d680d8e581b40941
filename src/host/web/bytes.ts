/** `bytes.ts` without Buffer: typed arrays and the Encoding Standard. */

export { hexOf, textCopy } from "./text.ts";

const ENCODER = new TextEncoder();
// A second U+FEFF is text, and the first one was taken off by whoever looks for it.
const UTF_8 = new TextDecoder("utf-8", { ignoreBOM: true });

export function asNative(bytes: Uint8Array): Uint8Array {
  return bytes;
}

export function allocate(length: number): Uint8Array {
  return new Uint8Array(length);
}

export function allocateUnset(length: number): Uint8Array {
  return new Uint8Array(length);
}

export function copyOf(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}

export function concat(chunks: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

export function utf8(bytes: Uint8Array, start = 0, end: number = bytes.length): string {
  return UTF_8.decode(bytes.subarray(start, end));
}

/** By way of windows-1252, which is what the standard calls Latin-1: one character a byte too. */
export function asciiOf(bytes: Uint8Array, start = 0, end: number = bytes.length): string {
  return new TextDecoder("latin1").decode(bytes.subarray(start, end));
}

export function utf8Bytes(text: string): Uint8Array {
  return ENCODER.encode(text);
}

export function writeUtf8(text: string, target: Uint8Array, at: number): number {
  return ENCODER.encodeInto(text, target.subarray(at)).written;
}

export function utf8Length(text: string): number {
  let length = text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) continue;
    length++;
    if (unit < 0x800) continue;
    length++;
    // A pair is four bytes, and two units.
    if (unit < 0xd800 || unit >= 0xdc00) continue;
    const low = text.charCodeAt(at + 1);
    if (low < 0xdc00 || low >= 0xe000) continue;
    at++;
  }
  return length;
}

export function isAscii(bytes: Uint8Array): boolean {
  let all = 0;
  for (let at = 0; at < bytes.length; at++) all |= bytes[at] as number;
  return all < 0x80;
}

/** The Unicode Standard, table 3-7: no overlong form, no surrogate, nothing over U+10FFFF. */
export function isUtf8(bytes: Uint8Array): boolean {
  const end = bytes.length;
  for (let at = 0; at < end; ) {
    const lead = bytes[at++] as number;
    if (lead < 0x80) continue;
    if (lead < 0xc2 || lead > 0xf4) return false;
    const more = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    if (at + more > end) return false;
    const second = bytes[at] as number;
    const least = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    const most = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    if (second < least || second > most) return false;
    for (let next = 1; next < more; next++) {
      if (((bytes[at + next] as number) & 0xc0) !== 0x80) return false;
    }
    at += more;
  }
  return true;
}
