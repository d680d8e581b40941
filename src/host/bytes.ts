/**
 * A copy of a text that is to be kept. A cell may be a part of a much longer text (see `ScannedBatch`), all
 * of which would stay in memory with it, and there would be more of a file than anybody meant to keep.
 */
export function textCopy(text: string): string {
  return Buffer.from(text, "utf16le").toString("utf16le");
}
