/**
 * SHA-256, and the only place where a `Sha256Hex` is made. @noble/hashes is the reference; Node's
 * one-shot `crypto.hash` (from 20.12 and 21.7; 2026-11) is about six times as fast on short texts and is
 * used when it exists and agrees with the reference.
 */
import * as nodeCrypto from "node:crypto";
import { sha256 } from "@noble/hashes/sha2.js";
import type { Sha256Hex } from "./types.ts";

/** Bytes of a digest. */
export const DIGEST_BYTES = 32;
/** Bytes of a fingerprint. */
export const FINGERPRINT_BYTES = 16;

/** A function from text (taken as UTF-8) to lower-case hex. */
type HexDigest = (text: string) => string;

// `Buffer#toString("hex")` gives a flat string. noble's `bytesToHex` concatenates 32 times, and the
// ropes that come of it cost several times the hashing once millions of them are kept.
const referenceHex: HexDigest = (text) => {
  const bytes = sha256(Buffer.from(text, "utf8"));
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
};

/** Texts on which the two must agree: empty, one block, block edges, UTF-8 of each length. */
const AGREEMENT_TEXTS = [
  "",
  "abc",
  "a".repeat(55),
  "a".repeat(56),
  "a".repeat(64),
  "a".repeat(119),
  "\u00e9\u20ac\u{1f600}",
  "\ud800",
];

/** Node's one-shot hash if this Node has one that agrees with the reference, else undefined. */
export function agreeingNativeHex(
  crypto: { readonly hash?: typeof nodeCrypto.hash } = nodeCrypto,
): HexDigest | undefined {
  const { hash } = crypto;
  if (typeof hash !== "function") return undefined;
  const native: HexDigest = (text) => hash("sha256", text, "hex");
  try {
    return AGREEMENT_TEXTS.every((text) => native(text) === referenceHex(text))
      ? native
      : undefined;
  } catch {
    return undefined; // e.g. a policy that forbids it: the reference needs no permission
  }
}

const fastHex = agreeingNativeHex() ?? referenceHex;
let hexDigest = fastHex;

/**
 * Forces the reference implementation (`true`), or goes back to the fastest one that agrees with it
 * (`false`). For `--reference`, so that whole outputs can be compared. Holds for the whole process.
 */
export function useReferenceDigest(on: boolean): void {
  hexDigest = on ? referenceHex : fastHex;
}

/** SHA-256 over the UTF-8 bytes of a text, no salt, 64 lower-case hex digits. */
export function sha256Hex(text: string): Sha256Hex {
  return hexDigest(text) as Sha256Hex;
}

/**
 * Whether the function in use, the reference and Node's streaming hash give one digest for each text. For
 * the self-test; at start-up only the first two are compared, on a few texts.
 */
export function referenceDigestsAgree(texts: Iterable<string>): boolean {
  for (const text of texts) {
    const streamed = nodeCrypto.createHash("sha256").update(text, "utf8").digest("hex");
    if (hexDigest(text) !== streamed || referenceHex(text) !== streamed) return false;
  }
  return true;
}

/** SHA-256 of bytes that come in pieces: whole files, for a manifest. Not a person's digest. */
export interface ByteDigest {
  update(bytes: Uint8Array): void;
  /** Lower-case hex. Called once. */
  hex(): string;
}

/** Starts a digest of bytes. */
export function byteDigest(): ByteDigest {
  const hash = nodeCrypto.createHash("sha256");
  return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest("hex") };
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

/** Values of lower-case hex digits by character code. A table: no branch foretells random digits. */
const NIBBLES = new Uint8Array(0x67);
for (let value = 0; value < 16; value++) NIBBLES[value.toString(16).charCodeAt(0)] = value;

/** Reads back what `digestToBytes` wrote, as a flat string. */
export function digestFromBytes(source: Buffer, offset: number): Sha256Hex {
  const end = offset + DIGEST_BYTES;
  if (offset < 0 || end > source.length) {
    throw new RangeError("a digest ends past the end of its bytes");
  }
  return source.toString("hex", offset, end) as Sha256Hex;
}

/** Writes the first 16 bytes of a text's SHA-256 to `target` at `offset`, to tell duplicates by. */
export function fingerprint(text: string, target: Uint8Array, offset: number): void {
  hexToBytes(hexDigest(text), target, offset, FINGERPRINT_BYTES);
}

function hexToBytes(hex: string, target: Uint8Array, offset: number, bytes: number): void {
  if (offset < 0 || offset + bytes > target.length) {
    throw new RangeError("a digest ends past the end of its bytes");
  }
  for (let i = 0; i < bytes; i++) {
    target[offset + i] =
      ((NIBBLES[hex.charCodeAt(2 * i)] as number) << 4) |
      (NIBBLES[hex.charCodeAt(2 * i + 1)] as number);
  }
}

/** The 32 bits of eight hex digits of a digest, from `offset` of its text on. */
export function digestWord(digest: string, offset: number): number {
  let word = 0;
  for (let at = offset; at < offset + 8; at++) {
    word = (word << 4) | (NIBBLES[digest.charCodeAt(at)] as number);
  }
  return word;
}
