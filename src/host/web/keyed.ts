/** `keyed.ts` by @noble/hashes. */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { encodeShort } from "./text.ts";

export function keyedHash(key: Uint8Array): (text: string) => Uint8Array {
  return (text) => {
    const bytes = new Uint8Array(text.length * 3);
    return hmac(sha256, key, bytes.subarray(0, encodeShort(text, bytes)));
  };
}
