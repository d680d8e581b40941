/** Digests of people's texts: the only place where a `Sha256Hex` is made. */
import { hexDigest, hexOf, hexToBytes } from "#host";
import type { Sha256Hex } from "../base/types.ts";

/** Bytes of a digest. */
export const DIGEST_BYTES = 32;

/** SHA-256 over the UTF-8 bytes of a text, no salt, 64 lower-case hex digits. `reference`: without shortcuts. */
export function sha256Hex(text: string, reference = false): Sha256Hex {
  return hexDigest(text, reference) as Sha256Hex;
}

const HEX_64 = /^[0-9a-fA-F]{64}$/;

/** The text as a digest in lower case when it is exactly 64 hex digits, else undefined. */
export function asSha256Hex(text: string): Sha256Hex | undefined {
  return text.length === 64 && HEX_64.test(text) ? (text.toLowerCase() as Sha256Hex) : undefined;
}

const BASE64_32 = /^[A-Za-z0-9+/_-]{43}=$/;

/** Whether a trimmed text has the form of a SHA-256 digest: 64 hex digits, or base64 of 32 bytes. */
export function looksLikeDigest(text: string): boolean {
  return text.length === 64 ? HEX_64.test(text) : text.length === 44 && BASE64_32.test(text);
}

/** Writes the 32 bytes of a digest to `target` at `offset`. */
export function digestToBytes(digest: Sha256Hex, target: Uint8Array, offset: number): void {
  hexToBytes(digest, target, offset, DIGEST_BYTES);
}

/** Reads back what `digestToBytes` wrote, as a flat string. */
export function digestFromBytes(source: Uint8Array, offset: number): Sha256Hex {
  const end = offset + DIGEST_BYTES;
  if (offset < 0 || end > source.length) {
    throw new RangeError("a digest ends past the end of its bytes");
  }
  return hexOf(source, offset, end) as Sha256Hex;
}
