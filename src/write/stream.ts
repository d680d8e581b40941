/** A finished spool onto a stream, such as stdout. */

import { allocateUnset, later, type TempFile } from "#host";
import { interruptedError, systemCode } from "../base/errors.ts";
import { cannotWrite } from "../base/system.ts";

/** What is needed of a Node stream. */
export interface OutputStream {
  write(chunk: Uint8Array, done: (error?: Error | null) => void): boolean;
  on(event: "error", listener: (error: Error) => void): unknown;
  off(event: "error", listener: (error: Error) => void): unknown;
}

/** What is needed of a web stream. */
export interface WebOutput {
  getWriter(): {
    readonly ready: Promise<unknown>;
    write(chunk: Uint8Array): Promise<unknown>;
    releaseLock(): void;
  };
}

/** Where a program may have data go. Neither is ended. */
export type StreamTarget = OutputStream | WebOutput;

const CHUNK = 256 * 1024;

/**
 * Copies the whole file. A reader that has seen enough and closed its end (`| head`) is a success, as
 * it is for every filter.
 */
export async function copyTo(
  stream: StreamTarget,
  spool: TempFile,
  signal?: AbortSignal,
): Promise<void> {
  const { write, release } = writerOf(stream);
  try {
    for (let at = 0; ; ) {
      if (signal?.aborted) throw interruptedError();
      // A new buffer each time: a stream may hold on to what it was given.
      const buffer = allocateUnset(CHUNK);
      const length = await spool.read(buffer, at);
      if (length === 0) return;
      await write(buffer.subarray(0, length));
      at += length;
    }
  } catch (error) {
    if (systemCode(error) === "EPIPE") return;
    throw cannotWrite("stdout", error);
  } finally {
    release();
  }
}

function writerOf(stream: StreamTarget): {
  readonly write: (chunk: Uint8Array) => Promise<unknown>;
  readonly release: () => void;
} {
  if (!("getWriter" in stream)) {
    return { write: (chunk) => writeChunk(stream, chunk), release: () => {} };
  }
  const writer = stream.getWriter();
  return {
    write: async (chunk) => {
      await writer.ready;
      await writer.write(chunk);
    },
    release: () => writer.releaseLock(),
  };
}

export function writeChunk(stream: OutputStream, chunk: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    // Without a listener an error of the stream ends the process, although `done` gets it too.
    const settleWith = (error?: Error | null) => {
      if (error) reject(error);
      else resolve();
      // The event comes after `done`.
      later(() => stream.off("error", settleWith));
    };
    stream.on("error", settleWith);
    stream.write(chunk, settleWith);
  });
}
