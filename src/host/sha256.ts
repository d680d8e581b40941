/**
 * SHA-256. @noble/hashes is the reference; Node's one-shot `crypto.hash` (from 20.12 and 21.7; 2026-11) is
 * about six times as fast on short texts and is used when it exists and agrees with the reference.
 */
import * as nodeCrypto from "node:crypto";
import { sha256 } from "@noble/hashes/sha2.js";
import { hexOf, utf8Bytes } from "./bytes.ts";
import type { ByteDigest } from "./types.ts";

/** A function from text (taken as UTF-8) to lower-case hex. */
type HexDigest = (text: string) => string;

// `hexOf` gives a flat string. noble's `bytesToHex` concatenates 32 times, and the ropes that come of it
// cost several times the hashing once millions of them are kept.
const referenceHex: HexDigest = (text) => hexOf(sha256(utf8Bytes(text)));

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

/** SHA-256 over the UTF-8 bytes of a text, in lower-case hex; by the reference alone where that is asked for. */
export function hexDigest(text: string, reference = false): string {
  return reference ? referenceHex(text) : fastHex(text);
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

/** Starts a digest of bytes. */
export function byteDigest(): ByteDigest {
  const hash = nodeCrypto.createHash("sha256");
  return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest("hex") };
}
