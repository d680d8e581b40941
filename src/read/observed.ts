/** SHA-256 of an input as it is read, so that a manifest costs no second reading. */
import { byteDigest } from "#host";
import { type ByteSource, openFile } from "./source.ts";

/** All bytes of a source. */
export interface WholeBytes {
  readonly bytes: number;
  /** 64 lower-case hex digits. */
  readonly sha256: string;
}

/** The same source; `onWhole` is told once, when a reading has come to the end. */
export function observed(source: ByteSource, onWhole: (whole: WholeBytes) => void): ByteSource {
  let known = false;
  async function* bytes(signal?: AbortSignal, reuse?: boolean): AsyncGenerator<Uint8Array> {
    if (known) {
      yield* source.bytes(signal, reuse);
      return;
    }
    const digest = byteDigest();
    let count = 0;
    for await (const chunk of source.bytes(signal, reuse)) {
      digest.update(chunk);
      count += chunk.length;
      yield chunk;
    }
    if (known) return;
    known = true;
    onWhole({ bytes: count, sha256: digest.hex() });
  }
  return { ...source, bytes };
}

/** The bytes of a file. @throws FirsthashError "input" */
export async function digestFile(path: string, signal?: AbortSignal): Promise<WholeBytes> {
  let whole: WholeBytes | undefined;
  const source = observed(await openFile(path, signal), (read) => {
    whole = read;
  });
  try {
    for await (const _ of source.bytes(signal, true));
  } finally {
    await source.close();
  }
  if (whole === undefined) throw new Error("a reading that ended is whole");
  return whole;
}
