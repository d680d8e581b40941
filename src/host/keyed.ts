/** HMAC-SHA-256 (RFC 2104), for texts that come by the million under one key. */
import * as nodeCrypto from "node:crypto";
import { allocate, writeUtf8 } from "./bytes.ts";
import { hexToBytes } from "./hex.ts";

const BLOCK = 64;
const DIGEST = 32;

/** @param key at most 64 bytes @returns from text (taken as UTF-8) to 32 bytes, which the next call replaces */
export function keyedHash(key: Uint8Array): (text: string) => Uint8Array {
  const { hash } = nodeCrypto as { readonly hash?: typeof nodeCrypto.hash };
  if (typeof hash !== "function") {
    return (text) => nodeCrypto.createHmac("sha256", key).update(text, "utf8").digest();
  }
  // Two one-shot hashes over memory that is kept: half of the time of an Hmac object for each text.
  let inner = padded(key, 0x36, 1024);
  const outer = padded(key, 0x5c, DIGEST);
  const result = allocate(DIGEST);
  return (text) => {
    if (text.length * 3 > inner.length - BLOCK) inner = padded(key, 0x36, text.length * 3);
    const end = BLOCK + writeUtf8(text, inner, BLOCK);
    hexToBytes(hash("sha256", inner.subarray(0, end), "hex"), outer, BLOCK, DIGEST);
    hexToBytes(hash("sha256", outer, "hex"), result, 0, DIGEST);
    return result;
  };
}

function padded(key: Uint8Array, pad: number, room: number): Uint8Array {
  const bytes = allocate(BLOCK + room);
  for (let at = 0; at < BLOCK; at++) bytes[at] = (key[at] ?? 0) ^ pad;
  return bytes;
}
