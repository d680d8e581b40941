/**
 * `sha256.ts` by @noble/hashes alone. Nothing here needs more than ECMAScript: no TextEncoder, no crypto.
 * (crypto.subtle hashes in promises, and one of them for each cell costs more than the hashing.)
 */
import { sha256 } from "@noble/hashes/sha2.js";
import type { ByteDigest } from "../types.ts";
import { encodeShort, hexOf } from "./text.ts";

let scratch = new Uint8Array(1024);

/** There is nothing faster here than the reference. */
export function hexDigest(text: string, _reference = true): string {
  // A UTF-16 unit is at most 3 bytes of UTF-8.
  if (text.length * 3 > scratch.length) scratch = new Uint8Array(text.length * 3);
  return hexOf(sha256(scratch.subarray(0, encodeShort(text, scratch))));
}

/** There is no second implementation here: the streaming hash of the same package is compared. */
export function referenceDigestsAgree(texts: Iterable<string>): boolean {
  for (const text of texts) {
    const bytes = new Uint8Array(text.length * 3);
    const digest = byteDigest();
    digest.update(bytes.subarray(0, encodeShort(text, bytes)));
    if (digest.hex() !== hexDigest(text)) return false;
  }
  return true;
}

export function byteDigest(): ByteDigest {
  const hash = sha256.create();
  return { update: (bytes) => void hash.update(bytes), hex: () => hexOf(hash.digest()) };
}
