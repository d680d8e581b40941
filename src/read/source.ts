/** Where the bytes of an input come from: a file held open, a stream, or memory. */
import { type FileHandle, open, readFile } from "node:fs/promises";
import {
  FirsthashError,
  inputError,
  interruptedError,
  systemCode,
  usageError,
} from "../base/errors.ts";

export interface ByteSource {
  /** True when `bytes` may be called more than once. */
  readonly repeatable: boolean;
  /** Size in bytes, where it is known. */
  readonly size: number | undefined;
  /**
   * All bytes from the first on. `reuse`: a chunk is good only until the next is asked for. Else it is not
   * written to after it was handed out.
   */
  bytes(signal?: AbortSignal, reuse?: boolean): AsyncIterable<Buffer>;
  close(): Promise<void>;
}

/** Few calls, and a text of so many characters is not yet a large object, which V8 keeps for longer. */
const CHUNK = 112 * 1024;

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  ENOTDIR: "a part of the path is not a folder",
  EISDIR: "it is a folder",
  EACCES: "permission denied",
  EPERM: "permission denied",
  ERR_ACCESS_DENIED: "the permissions given to node do not allow it",
  EMFILE: "too many open files",
  ELOOP: "too many symbolic links",
  ENAMETOOLONG: "the name is too long",
  EBUSY: "the file is in use by another program",
};

const HINTS: Readonly<Record<string, string>> = {
  ENOENT: "check the name, and the folder that you are in",
  EISDIR: "name the file in it",
  EBUSY: "close it there, then try again",
};

export function cannotRead(file: string, error: unknown): FirsthashError {
  if (error instanceof FirsthashError) return error;
  const code = systemCode(error);
  const reason = (code === undefined ? undefined : REASONS[code]) ?? code ?? "reading failed";
  const hint = (code === undefined ? undefined : HINTS[code]) ?? "check that you may read it";
  return inputError(`cannot be read: ${reason}`, { file, hint });
}

/** A regular file is read again from its start; a pipe or a device comes once, like a stream. */
export async function openFile(path: string): Promise<ByteSource> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, "r");
    const stat = await handle.stat();
    if (stat.isDirectory())
      throw inputError("cannot be read: it is a folder", { file: path, hint: HINTS.EISDIR });
    return stat.isFile()
      ? regularFile(handle, path, stat)
      : streamSource(pipeChunks(handle), path, () => (handle as FileHandle).close());
  } catch (error) {
    await handle?.close();
    throw cannotRead(path, error);
  }
}

function regularFile(
  handle: FileHandle,
  path: string,
  opened: { readonly size: number; readonly mtimeMs: number },
): ByteSource {
  const checkUnchanged = async (): Promise<void> => {
    const now = await handle.stat();
    if (now.size === opened.size && now.mtimeMs === opened.mtimeMs) return;
    throw inputError("was changed while it was being read", {
      file: path,
      hint: "wait until the export is complete, and run again",
    });
  };
  async function* bytes(signal?: AbortSignal, reuse = false): AsyncGenerator<Buffer> {
    await checkUnchanged();
    const buffers = reuse ? [Buffer.allocUnsafeSlow(CHUNK), Buffer.allocUnsafeSlow(CHUNK)] : [];
    const read = (position: number) => {
      const buffer = buffers.shift() ?? Buffer.allocUnsafeSlow(CHUNK);
      if (reuse) buffers.push(buffer);
      const reading = handle.read(buffer, 0, CHUNK, position);
      // An error is met when the chunk is asked for; until then nobody waits for it.
      reading.catch(() => undefined);
      return reading;
    };
    let position = 0;
    // The next chunk is read while the stages behind have this one.
    let coming = read(0);
    try {
      for (;;) {
        if (signal?.aborted) throw interruptedError();
        const { bytesRead, buffer } = await coming;
        if (bytesRead === 0) break;
        position += bytesRead;
        coming = read(position);
        yield bytesRead === CHUNK ? buffer : buffer.subarray(0, bytesRead);
      }
    } catch (error) {
      throw cannotRead(path, error);
    } finally {
      // Who closes the file does so when nothing is read from it any more.
      await coming.catch(() => undefined);
    }
    await checkUnchanged();
  }
  return { repeatable: true, size: opened.size, bytes, close: () => handle.close() };
}

/** Without a position: a pipe has none. */
async function* pipeChunks(handle: FileHandle): AsyncGenerator<Buffer> {
  for (;;) {
    const buffer = Buffer.allocUnsafeSlow(CHUNK);
    const { bytesRead } = await handle.read(buffer, 0, CHUNK, null);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
  }
}

/** What comes, or the interruption: a stream may never give its next bytes. */
export function untilAborted<T>(coming: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return coming;
  if (signal.aborted) return Promise.reject(interruptedError());
  return new Promise((resolve, reject) => {
    const stop = () => reject(interruptedError());
    const settled = () => signal.removeEventListener("abort", stop);
    signal.addEventListener("abort", stop, { once: true });
    coming.finally(settled).then(resolve, reject);
  });
}

/** A pipe or a socket may give a few bytes at a time; the stages behind are made for larger pieces. */
const LEAST = 64 * 1024;

/** Bytes that come once. */
export function streamSource(
  chunks: AsyncIterable<Buffer>,
  file: string,
  close: () => Promise<void> = async () => {},
): ByteSource {
  async function* bytes(signal?: AbortSignal): AsyncGenerator<Buffer> {
    let gathered: Buffer[] = [];
    let length = 0;
    const iterator = chunks[Symbol.asyncIterator]();
    try {
      for (;;) {
        if (signal?.aborted) throw interruptedError();
        const next = await untilAborted(iterator.next(), signal).catch((error) => {
          throw cannotRead(file, error);
        });
        if (next.done === true) break;
        gathered.push(next.value);
        length += next.value.length;
        if (length < LEAST) continue;
        yield joined(gathered);
        gathered = [];
        length = 0;
      }
      if (length > 0) yield joined(gathered);
    } finally {
      // A source that is waiting for its next bytes would not answer either.
      if (signal?.aborted !== true) await iterator.return?.();
    }
  }
  return { repeatable: false, size: undefined, bytes, close };
}

function joined(chunks: readonly Buffer[]): Buffer {
  const [only] = chunks;
  return only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks);
}

function memorySource(chunks: readonly Buffer[]): ByteSource {
  async function* bytes(signal?: AbortSignal): AsyncGenerator<Buffer> {
    for (const chunk of chunks) {
      if (signal?.aborted) throw interruptedError();
      yield chunk;
    }
  }
  const size = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  return { repeatable: true, size, bytes, close: async () => {} };
}

export interface Peeked {
  /** The same bytes, from the first on. */
  readonly source: ByteSource;
  readonly top: Buffer;
  /** `top` is all there is. */
  readonly whole: boolean;
}

/**
 * Looks at the first `length` bytes or more. `keep`: what comes only once is read to its end and kept
 * in memory, so that it can be read again.
 */
export async function peek(
  source: ByteSource,
  length: number,
  keep: boolean,
  signal?: AbortSignal,
): Promise<Peeked> {
  const iterator = source.bytes(signal)[Symbol.asyncIterator]();
  const chunks: Buffer[] = [];
  let read = 0;
  let done = false;
  const all = keep && !source.repeatable;
  while (!done && (all || read < length)) {
    const next = await iterator.next();
    done = next.done === true;
    if (next.done === true) break;
    chunks.push(next.value);
    read += next.value.length;
  }
  if (done || source.repeatable) await iterator.return?.();
  const top = Buffer.concat(take(chunks, length));
  if (source.repeatable) return { source, top, whole: done };
  const kept = memorySource(chunks);
  const whole = done && top.length === read;
  if (done) return { source: { ...kept, close: source.close }, top, whole };
  const rest = { [Symbol.asyncIterator]: () => iterator };
  return { source: { ...source, bytes: () => chain(chunks, rest) }, top, whole };
}

function take(chunks: readonly Buffer[], length: number): Buffer[] {
  const taken: Buffer[] = [];
  let left = length;
  for (const chunk of chunks) {
    if (left <= 0) break;
    taken.push(chunk);
    left -= chunk.length;
  }
  return taken;
}

async function* chain(top: readonly Buffer[], rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield* top;
  yield* rest;
}

/** Small JSON files of the user's own: the configuration and the goal map. */

/** More is not a file that a person wrote. */
const MAX_BYTES = 16 * 1024 * 1024;

export type JsonObject = Readonly<Record<string, unknown>>;

/** @throws FirsthashError "input" naming the file, and the line and column of what is not JSON. */
export async function readJsonObject(path: string): Promise<JsonObject> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw cannotRead(path, error);
  }
  if (bytes.length > MAX_BYTES) throw inputError("is too large for a JSON file", { file: path });
  const text = new TextDecoder().decode(bytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw inputError("is not valid JSON", { file: path, ...place(error, text) });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw usageError(`${path}: must hold one JSON object, { … }`);
  }
  return value as JsonObject;
}

/** The parser's message quotes the text; only the number in it is taken. */
function place(error: unknown, text: string): { line?: number; column?: number } {
  const at = /at position (\d+)/.exec(error instanceof Error ? error.message : "")?.[1];
  if (at === undefined) return {};
  const before = text.slice(0, Number(at)).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}
