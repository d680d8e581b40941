/** Where the bytes of an input come from: a file held open, a stream, or memory. */
import { allocateUnset, blobInput, concat, type InputFile, openInput, readSmall } from "#host";
import { untilAborted } from "../base/abort.ts";
import { inputError, interruptedError, usageError } from "../base/errors.ts";
import { cannotRead } from "../base/system.ts";

export interface ByteSource {
  /** True when `bytes` may be called more than once. */
  readonly repeatable: boolean;
  /** Size in bytes, where it is known. */
  readonly size: number | undefined;
  /**
   * All bytes from the first on. `reuse`: a chunk is good only until the next is asked for. Else it is not
   * written to after it was handed out.
   */
  bytes(signal?: AbortSignal, reuse?: boolean): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

/** Few calls, and a text of so many characters is not yet a large object, which V8 keeps for longer. */
const CHUNK = 112 * 1024;

/** A regular file is read again from its start; a pipe or a device comes once, like a stream. */
export async function openFile(path: string, signal?: AbortSignal): Promise<ByteSource> {
  const input = await openInput(path, signal).catch((error) => {
    throw cannotRead(path, error);
  });
  if (input.kind === "file") return regularFile(input, path);
  if (input.kind === "once") return streamSource(pipeChunks(input), path, () => input.close());
  await input.close();
  throw cannotRead(path, { code: "EISDIR" });
}

/** Read again from its start, like a file. */
export function openBlob(blob: Blob, name: string): ByteSource {
  return regularFile(blobInput(blob, name), name);
}

/** The chunks of a web stream; some browsers give it no iterator. */
export async function* streamChunks<T>(stream: ReadableStream<T>): AsyncGenerator<T> {
  const reader = stream.getReader();
  let ended = false;
  try {
    for (;;) {
      const next = await reader.read();
      ended = next.done;
      if (next.done) return;
      yield next.value;
    }
  } finally {
    if (!ended) await reader.cancel().catch(() => undefined);
    reader.releaseLock();
  }
}

export function isWebStream(source: object): source is ReadableStream<Uint8Array> {
  return "getReader" in source && typeof source.getReader === "function";
}

function regularFile(input: InputFile, path: string): ByteSource {
  const checkUnchanged = async (): Promise<void> => {
    if (await input.isUnchanged()) return;
    throw inputError("was changed while it was being read", {
      file: path,
      hint: "wait until the export is complete, and run again",
    });
  };
  async function* bytes(signal?: AbortSignal, reuse = false): AsyncGenerator<Uint8Array> {
    await checkUnchanged();
    const buffers = reuse ? [allocateUnset(CHUNK), allocateUnset(CHUNK)] : [];
    const read = (at: number) => {
      const buffer = buffers.shift() ?? allocateUnset(CHUNK);
      if (reuse) buffers.push(buffer);
      const reading = input.read(buffer, at).then((length) => ({ buffer, length }));
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
        const { length, buffer } = await coming;
        if (length === 0) break;
        position += length;
        coming = read(position);
        yield length === CHUNK ? buffer : buffer.subarray(0, length);
      }
    } catch (error) {
      throw cannotRead(path, error);
    } finally {
      // Who closes the file does so when nothing is read from it any more.
      await coming.catch(() => undefined);
    }
    await checkUnchanged();
  }
  return { repeatable: true, size: input.size, bytes, close: () => input.close() };
}

/** Without a position: a pipe has none. */
async function* pipeChunks(input: InputFile): AsyncGenerator<Uint8Array> {
  for (;;) {
    const buffer = allocateUnset(CHUNK);
    const length = await input.read(buffer, undefined);
    if (length === 0) return;
    yield buffer.subarray(0, length);
  }
}

/** A pipe or a socket may give a few bytes at a time; the stages behind are made for larger pieces. */
const LEAST = 64 * 1024;

/** Bytes that come once. */
export function streamSource(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
  close: () => Promise<void> = async () => {},
): ByteSource {
  async function* bytes(signal?: AbortSignal): AsyncGenerator<Uint8Array> {
    let gathered: Uint8Array[] = [];
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

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const [only] = chunks;
  return only !== undefined && chunks.length === 1 ? only : concat(chunks);
}

function memorySource(chunks: readonly Uint8Array[]): ByteSource {
  async function* bytes(signal?: AbortSignal): AsyncGenerator<Uint8Array> {
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
  readonly top: Uint8Array;
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
  const chunks: Uint8Array[] = [];
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
  const top = concat(take(chunks, length));
  if (source.repeatable) return { source, top, whole: done };
  const kept = memorySource(chunks);
  const whole = done && top.length === read;
  if (done) return { source: { ...kept, close: source.close }, top, whole };
  const rest = { [Symbol.asyncIterator]: () => iterator };
  return { source: { ...source, bytes: () => chain(chunks, rest) }, top, whole };
}

function take(chunks: readonly Uint8Array[], length: number): Uint8Array[] {
  const taken: Uint8Array[] = [];
  let left = length;
  for (const chunk of chunks) {
    if (left <= 0) break;
    taken.push(chunk);
    left -= chunk.length;
  }
  return taken;
}

async function* chain(
  top: readonly Uint8Array[],
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* top;
  yield* rest;
}

/** Small JSON files of the user's own: the configuration and the goal map. */

/** More is not a file that a person wrote. */
const MAX_BYTES = 16 * 1024 * 1024;

export type JsonObject = Readonly<Record<string, unknown>>;

/** @throws FirsthashError "input" naming the file, and the line and column of what is not JSON. */
export async function readJsonObject(path: string): Promise<JsonObject> {
  let bytes: Uint8Array;
  try {
    bytes = await readSmall(path);
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
