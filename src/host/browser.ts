/**
 * The machine, for browsers, workers and edge runtimes: `node.ts` without Node.js. What it leaves out:
 *
 * - There is no disk. Paths name blobs in a drawer in memory (`web/disk.ts`): what is to be read by name is put
 *   in before, what was written is taken out. Links, permissions and full disks do not exist.
 * - There is no second thread, and so no shared memory.
 * - SHA-256 is that of @noble/hashes alone; the self-test has no second implementation to compare with.
 * - Nothing notices that a file was changed between two readings but the browser itself, which then refuses
 *   to read it.
 */

export * from "./blob.ts";
export * from "./hex.ts";
export type { ByteDigest, InputFile, PathStatus, Publication, TempFile, Thread } from "./types.ts";
export * from "./web/bytes.ts";
export * from "./web/debug.ts";
export * from "./web/deflate.ts";
export {
  identityOf,
  namesIn,
  openBeside,
  openSpool,
  publish,
  requireWritable,
  statusOf,
} from "./web/disk.ts";
export * from "./web/files.ts";
export * from "./web/keyed.ts";
export * from "./web/later.ts";
export * from "./web/log.ts";
export * from "./web/path.ts";
export * from "./web/sha256.ts";
export * from "./web/thread.ts";
