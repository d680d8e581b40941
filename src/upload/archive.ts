/**
 * The body that carries a file: a zip of one entry, in a form of one part, of a length that is known before
 * the first byte. Names in it are always the same: Microsoft's SDK puts the full local path into the archive.
 */
import { crc32, createDeflateRaw } from "node:zlib";

/** Digests are random hex: the first level makes them as small as the sixth, in a third of the time. */
const LEVEL = 1;
const DEFLATE = 8;
/** UTF-8 names; no data descriptor. */
const FLAGS = 0x0800;
/** 1 January 1980, the earliest that a zip can state: nothing of this machine goes along. */
const DOS_DATE = 0x0021;

/** A zip archive in memory. */
export interface Archive {
  readonly pieces: readonly Uint8Array[];
  readonly bytes: number;
}

/**
 * Packs bytes as the only entry of an archive.
 * Format: APPNOTE.TXT of PKWARE, 4.3.7 (local header), 4.3.12 (directory), 4.3.16 (end).
 *
 * @param chunks at most 4 GiB - 1
 */
export async function zipOf(
  name: "upload.csv" | "upload.tsv",
  chunks: AsyncIterable<Uint8Array>,
): Promise<Archive> {
  const deflate = createDeflateRaw({ level: LEVEL, chunkSize: 256 * 1024 });
  const packed: Buffer[] = [];
  deflate.on("data", (piece: Buffer) => packed.push(piece));
  const ended = new Promise<void>((resolve, reject) => {
    deflate.on("end", resolve);
    deflate.on("error", reject);
  });
  ended.catch(() => {});
  let crc = 0;
  let size = 0;
  try {
    for await (const chunk of chunks) {
      crc = crc32(chunk, crc);
      size += chunk.length;
      // The chunk may be written over by its source, so it must have gone in before the next is asked for.
      await new Promise<void>((resolve, reject) =>
        deflate.write(chunk, (error) => (error ? reject(error) : resolve())),
      );
    }
    deflate.end();
    await ended;
  } finally {
    deflate.destroy();
  }
  const length = packed.reduce((sum, piece) => sum + piece.length, 0);
  const common = commonFields(crc, length, size, name.length);
  const local = Buffer.concat([u32(0x04034b50), common, Buffer.from(name)]);
  const central = Buffer.concat([
    ...[u32(0x02014b50), u16(20), common],
    // Comment, disk, attributes, offset of the local header.
    ...[u16(0), u16(0), u16(0), u32(0), u32(0), Buffer.from(name)],
  ]);
  const end = Buffer.concat([
    ...[u32(0x06054b50), u16(0), u16(0), u16(1), u16(1)],
    ...[u32(central.length), u32(local.length + length), u16(0)],
  ]);
  return {
    pieces: [local, ...packed, central, end],
    bytes: local.length + length + central.length + end.length,
  };
}

/** From "version needed" to "length of the extra field": the same in both headers. */
function commonFields(crc: number, packed: number, size: number, nameLength: number): Buffer {
  return Buffer.concat([
    ...[u16(20), u16(FLAGS), u16(DEFLATE), u16(0), u16(DOS_DATE)],
    ...[u32(crc), u32(packed), u32(size), u16(nameLength), u16(0)],
  ]);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}

/** The archive as the one part of a form, under a boundary of its own. */
export function multipart(archive: readonly Uint8Array[]): {
  readonly pieces: readonly Uint8Array[];
  readonly contentType: string;
} {
  const random = Buffer.from(crypto.getRandomValues(new Uint8Array(16)));
  const boundary = `----firsthash-${random.toString("hex")}`;
  const head =
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="upload.zip"\r\n` +
    "Content-Type: application/zip\r\n\r\n";
  return {
    pieces: [Buffer.from(head), ...archive, Buffer.from(`\r\n--${boundary}--\r\n`)],
    contentType: `multipart/form-data; boundary=${boundary}`,
  };
}
