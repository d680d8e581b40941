/** A finished spool onto a stream, such as stdout. */

import { allocateUnset, later, type TempFile } from "#host";
import { untilAborted } from "../base/abort.ts";
import { FirsthashError, interruptedError, outputError } from "../base/errors.ts";
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
 * Copies the whole file. Where it ends before that, the error says how many bytes have gone out: they cannot be
 * taken back.
 *
 * @throws FirsthashError "output", also where the reader closed its end; "interrupted"
 */
export async function copyTo(
  stream: StreamTarget,
  spool: TempFile,
  signal?: AbortSignal,
): Promise<void> {
  const { write, release } = writerOf(stream);
  let sent = 0;
  let pending = false;
  try {
    for (;;) {
      if (signal?.aborted) throw interruptedError();
      // A new buffer each time: a stream may hold on to what it was given.
      const buffer = allocateUnset(CHUNK);
      const length = await spool.read(buffer, sent);
      if (length === 0) return;
      pending = true;
      // A reader that takes nothing more would hold up the end, too.
      await untilAborted(write(buffer.subarray(0, length)), signal);
      pending = false;
      sent += length;
    }
  } catch (error) {
    throw cutShort(error, sent, pending);
  } finally {
    release();
  }
}

/** @param pending a block was on its way, of which a part may have gone out, too */
function cutShort(error: unknown, sent: number, pending: boolean): FirsthashError {
  const bytes = `${pending ? "at least " : ""}${sent} bytes`;
  const out = `${bytes} had gone to stdout, which are not the whole file`;
  if (error instanceof FirsthashError && error.code === "interrupted") {
    return sent === 0 && !pending ? error : interruptedError(out);
  }
  const { message, hint } = cannotWrite("stdout", error);
  return outputError(`${message}; ${out}`, { hint: hint ?? "drop what was received" });
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
