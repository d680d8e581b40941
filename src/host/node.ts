/**
 * The machine, for Node.js. This room alone imports `node:` modules and names `Buffer`; all others import
 * `#host`, which is this file, or `browser.ts` where a bundler builds for browsers (`imports` in
 * package.json). The two export the same names with the same types, and a test holds them to it.
 */
export * from "./blob.ts";
export * from "./bytes.ts";
export * from "./debug.ts";
export * from "./deflate.ts";
export * from "./disk.ts";
export * from "./files.ts";
export * from "./hex.ts";
export * from "./keyed.ts";
export * from "./later.ts";
export * from "./log.ts";
export * from "./path.ts";
export { byteDigest, hexDigest, referenceDigestsAgree } from "./sha256.ts";
export * from "./thread.ts";
export type { ByteDigest, InputFile, PathStatus, Publication, TempFile, Thread } from "./types.ts";
