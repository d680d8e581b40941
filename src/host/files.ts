/** Files that are read. */
import { open, readFile } from "node:fs/promises";
import type { InputFile } from "./types.ts";

/** Opens a path for reading. A folder is opened too, so that it can be told. */
export async function openInput(path: string): Promise<InputFile> {
  const handle = await open(path, "r");
  try {
    const opened = await handle.stat();
    return {
      kind: opened.isDirectory() ? "folder" : opened.isFile() ? "file" : "once",
      size: opened.size,
      isUnchanged: async () => {
        const now = await handle.stat();
        return now.size === opened.size && now.mtimeMs === opened.mtimeMs;
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
