/** What a zip archive needs for reading. */
import { crc32, createInflateRaw } from "node:zlib";

/** The CRC-32 of bytes that come in pieces: `before` is that of the earlier ones. */
export function checksum(bytes: Uint8Array, before: number): number {
  return crc32(bytes, before);
}

/** Unpacks deflated bytes piece by piece. Throws where they are damaged. */
export async function* inflate(packed: Uint8Array): AsyncGenerator<Uint8Array> {
  const stream = createInflateRaw({ chunkSize: 256 * 1024 });
  stream.end(packed);
  try {
    yield* stream as AsyncIterable<Uint8Array>;
  } finally {
    stream.destroy();
  }
}
