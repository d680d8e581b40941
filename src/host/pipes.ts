/**
 * Named pipes, and those of a shell's `<(command)`. A call that waits in one holds a thread of node's, and a process
 * does not end before its threads do: without more, Ctrl-C could not end a run whose writer is silent. (A socket
 * would wait better, but no module that can reach a network is imported here.)
 */
import { closeSync, constants, openSync } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import { platform } from "node:process";
import { interruptedError, systemCode } from "../base/errors.ts";
import type { InputFile } from "./types.ts";

/** Whether a path is a pipe that can be read without waiting in it, which Linux allows. */
export async function isPipe(path: string): Promise<boolean> {
  if (platform !== "linux") return false;
  const status = await stat(path).catch(() => undefined);
  return status?.isFIFO() === true;
}

/** Opens a pipe when a writer has opened it, or ends with the signal. */
export async function openPipe(path: string, signal: AbortSignal | undefined): Promise<InputFile> {
  const handle = await withWriter(path, signal);
  let closed = false;
  return {
    kind: "once",
    size: 0,
    isUnchanged: async () => true,
    read: async (into) => {
      for (let pause = 0; !closed; pause = Math.min(20, pause + 1)) {
        const length = await readNow(handle, into);
        if (length !== undefined) return length;
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
      return 0;
    },
    close: async () => {
      closed = true;
      await handle.close();
    },
  };
}

/**
 * Opened twice: the first call waits for a writer, so that an empty pipe is an end; the second does not wait in any
 * reading.
 */
async function withWriter(path: string, signal: AbortSignal | undefined): Promise<FileHandle> {
  // A writer of our own that leaves at once ends the waiting.
  const wake = () => {
    try {
      closeSync(openSync(path, constants.O_WRONLY | constants.O_NONBLOCK));
    } catch {}
  };
  if (signal?.aborted) throw interruptedError();
  signal?.addEventListener("abort", wake, { once: true });
  const first = await open(path, "r").finally(() => signal?.removeEventListener("abort", wake));
  try {
    if (signal?.aborted) throw interruptedError();
    return await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } finally {
    await first.close();
  }
}

/** What is there now; 0 at the end, undefined where the writer has not written yet. */
async function readNow(handle: FileHandle, into: Uint8Array): Promise<number | undefined> {
  try {
    return (await handle.read(into, 0, into.length, null)).bytesRead;
  } catch (error) {
    if (systemCode(error) === "EAGAIN") return undefined;
    throw error;
  }
}
