/** Files that are read. */
import { open, readFile } from "node:fs/promises";
import { isPipe, openPipe } from "./pipes.ts";
import type { InputFile } from "./types.ts";

/** Opens a path for reading. A folder is opened too, so that it can be told. */
export async function openInput(path: string, signal?: AbortSignal): Promise<InputFile> {
  if (await isPipe(path)) return openPipe(path, signal);
  const handle = await open(path, "r");
  try {
    const opened = await handle.stat({ bigint: true });
    return {
      kind: opened.isDirectory() ? "folder" : opened.isFile() ? "file" : "once",
      size: Number(opened.size),
      isUnchanged: async () => {
        const now = await handle.stat({ bigint: true });
        // A program can put the time of the content back (`touch -r`), but not that of the last change.
        return (["size", "mtimeNs", "ctimeNs"] as const).every(
          (name) => now[name] === opened[name],
        );
      },
      read: async (into, at) => (await handle.read(into, 0, into.length, at ?? null)).bytesRead,
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** All bytes of a small file. */
export function readSmall(path: string): Promise<Uint8Array> {
  return readFile(path);
}
