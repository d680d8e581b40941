/** A Blob, or a File that a user chose, as an input: read by slices, so it is never whole in memory. Both faces have it. */
import { inputError } from "../base/errors.ts";
import type { InputFile } from "./types.ts";

/** @param name what messages call it */
export function blobInput(blob: Blob, name: string): InputFile {
  return {
    kind: "file",
    size: blob.size,
    // A file that was changed on the disk since cannot be read at all.
    isUnchanged: async () => true,
    read: async (into, at = 0) => {
      try {
        const bytes = new Uint8Array(await blob.slice(at, at + into.length).arrayBuffer());
        into.set(bytes);
        return bytes.length;
      } catch {
        // Browsers say no more than that it cannot be read.
        throw inputError("cannot be read: it was changed, moved or locked since it was chosen", {
          file: name,
          hint: "choose the file again",
        });
      }
    },
    close: async () => {},
  };
}
