/** `deflate.ts` with the browser's own inflater and a table of CRC-32. */

const TABLE = new Uint32Array(256);
for (let byte = 0; byte < 256; byte++) {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  TABLE[byte] = value;
}

export function checksum(bytes: Uint8Array, before: number): number {
  let crc = ~before;
  for (let at = 0; at < bytes.length; at++) {
    crc = (TABLE[(crc ^ (bytes[at] as number)) & 0xff] as number) ^ (crc >>> 8);
  }
  return ~crc >>> 0;
}

/** Bytes that are given to the inflater at once. */
const PIECE = 256 * 1024;

export async function* inflate(packed: Uint8Array): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new DecompressionStream("deflate-raw");
  const writer = writable.getWriter();
  const write = async () => {
    for (let at = 0; at < packed.length; at += PIECE) {
      await writer.write(packed.slice(at, at + PIECE));
    }
    await writer.close();
  };
  const written = write();
  // Damaged bytes are met by whoever reads; the writer's side of the same error has no one to tell.
  written.catch(() => {});
  const reader = readable.getReader();
  try {
    for (;;) {
      const next = await reader.read();
      if (next.done) break;
      yield next.value;
    }
    await written;
  } finally {
    await reader.cancel().catch(() => {});
  }
}
