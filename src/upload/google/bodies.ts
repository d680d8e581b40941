/** The request bodies of a file, one a line, read again and again; the same bytes each time, or it ends. */
import { byteDigest } from "#host";
import { openFile } from "../../read/source.ts";
import { failure } from "../failures.ts";
import { type Body, readBody } from "./body-text.ts";

/** A file whose bytes are known. */
export interface KnownFile {
  readonly file: string;
  readonly sha256: string;
}

/** @throws FirsthashError "input" (`file-changed`) at its end, where it is not the file that was verified */
export async function* bodiesOf(
  { file, sha256 }: KnownFile,
  signal?: AbortSignal,
): AsyncGenerator<Body> {
  const digest = byteDigest();
  const source = await openFile(file);
  // A line that is no body was found before; that there is one now is a change.
  const decode = new TextDecoder("utf-8", { fatal: true });
  try {
    let line = 0;
    let rest = "";
    const body = (text: string): Body | undefined => {
      line++;
      if (text.trim() === "") return undefined;
      const found = readBody(text, line);
      if (found === undefined) throw failure("file-changed", { file });
      return found;
    };
    for await (const chunk of source.bytes(signal)) {
      digest.update(chunk);
      const lines = (rest + decoded(decode, chunk, file)).split("\n");
      rest = lines.pop() ?? "";
      for (const text of lines) {
        const found = body(text.replace(/\r$/, ""));
        if (found !== undefined) yield found;
      }
    }
    const last = body(rest);
    if (last !== undefined) yield last;
    if (digest.hex() !== sha256) throw failure("file-changed", { file });
  } finally {
    await source.close();
  }
}

/** The decoder's error is of no use to a person. */
function decoded(
  decoder: InstanceType<typeof TextDecoder>,
  chunk: Uint8Array,
  file: string,
): string {
  try {
    return decoder.decode(chunk, { stream: true });
  } catch {
    throw failure("file-changed", { file });
  }
}

/** Whether a file begins as one of request bodies does. Everything else is told by what reads it. */
export async function beginsAsBody(file: string): Promise<boolean> {
  const source = await openFile(file);
  try {
    for await (const chunk of source.bytes()) {
      const start = new TextDecoder().decode(chunk.subarray(0, 64)).trimStart();
      if (start !== "") return start.startsWith("{");
    }
    return false;
  } finally {
    await source.close();
  }
}
