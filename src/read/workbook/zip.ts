/**
 * The parts of a zip archive in memory, each checked against its checksum and held to a size. fflate and
 * unzipper check neither the checksum nor what an archive really unpacks to.
 * Format: APPNOTE.TXT of PKWARE, sections 4.3 (records) and 4.5.3 (sizes over 4 GiB).
 */
import { crc32, createInflateRaw } from "node:zlib";
import { inputError } from "../../base/errors.ts";

export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly encrypted: boolean;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  /** Offset of the local header. */
  readonly offset: number;
}

/** Larger parts are not read: a sheet of a million rows is smaller. */
export const MAX_PART_BYTES = 1024 * 1024 * 1024;

const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;

export function zipEntries(zip: Buffer, file: string): Map<string, ZipEntry> {
  try {
    return readDirectory(zip, file);
  } catch (error) {
    // Offsets that point outside of the archive.
    if (error instanceof RangeError) throw damaged(file);
    throw error;
  }
}

function readDirectory(zip: Buffer, file: string): Map<string, ZipEntry> {
  const { count, start } = directoryPlace(zip, file);
  const entries = new Map<string, ZipEntry>();
  let at = start;
  for (let i = 0; i < count; i++) {
    if (zip.readUInt32LE(at) !== CENTRAL) throw damaged(file);
    const nameLength = zip.readUInt16LE(at + 28);
    const extraLength = zip.readUInt16LE(at + 30);
    const name = zip.toString("utf8", at + 46, at + 46 + nameLength);
    const extra = zip.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength);
    // Excel opens parts without regard to case, and so do the names in relations.
    entries.set(name.toLowerCase(), {
      name,
      method: zip.readUInt16LE(at + 10),
      encrypted: (zip.readUInt16LE(at + 8) & 1) === 1,
      crc: zip.readUInt32LE(at + 16),
      ...largeSizes(extra, {
        size: zip.readUInt32LE(at + 24),
        packed: zip.readUInt32LE(at + 20),
        offset: zip.readUInt32LE(at + 42),
      }),
    });
    at += 46 + nameLength + extraLength + zip.readUInt16LE(at + 32);
  }
  return entries;
}

function directoryPlace(zip: Buffer, file: string): { count: number; start: number } {
  // A comment of up to 64 KiB may stand behind the end record.
  const from = Math.max(0, zip.length - 22 - 0xffff);
  for (let at = zip.length - 22; at >= from; at--) {
    if (zip.readUInt32LE(at) !== END) continue;
    const count = zip.readUInt16LE(at + 10);
    const start = zip.readUInt32LE(at + 16);
    if (count !== 0xffff && start !== 0xffffffff) return { count, start };
    if (at < 20 || zip.readUInt32LE(at - 20) !== LOCATOR_64) throw damaged(file);
    const large = Number(zip.readBigUInt64LE(at - 12));
    if (zip.readUInt32LE(large) !== END_64) throw damaged(file);
    return {
      count: Number(zip.readBigUInt64LE(large + 32)),
      start: Number(zip.readBigUInt64LE(large + 48)),
    };
  }
  throw damaged(file);
}

interface Sizes {
  readonly size: number;
  readonly packed: number;
  readonly offset: number;
}

/** Sizes of 0xFFFFFFFF stand in the extra field 0x0001 instead, in this order. */
function largeSizes(extra: Buffer, sizes: Sizes): Sizes {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    let next = at + 4;
    const take = (value: number): number => {
      if (value !== 0xffffffff) return value;
      next += 8;
      return Number(extra.readBigUInt64LE(next - 8));
    };
    return { size: take(sizes.size), packed: take(sizes.packed), offset: take(sizes.offset) };
  }
  return sizes;
}

/** The bytes of a part, unpacked piece by piece. Ends in an error unless size and checksum are right. */
export async function* unpack(
  zip: Buffer,
  entry: ZipEntry,
  file: string,
  limit: number = MAX_PART_BYTES,
): AsyncGenerator<Buffer> {
  if (entry.encrypted) {
    throw inputError("is encrypted", { file, hint: "save it without a password" });
  }
  if (entry.size > limit) throw tooLarge(file);
  if (entry.method !== 0 && entry.method !== 8) throw damaged(file);
  const packed = packedBytes(zip, entry, file);
  let size = 0;
  let crc = 0;
  for await (const chunk of entry.method === 0 ? [packed] : inflated(packed, file)) {
    size += chunk.length;
    if (size > limit) throw tooLarge(file);
    if (size > entry.size) throw damaged(file);
    crc = crc32(chunk, crc);
    yield chunk;
  }
  if (size !== entry.size || crc !== entry.crc) throw damaged(file);
}

function packedBytes(zip: Buffer, entry: ZipEntry, file: string): Buffer {
  const { offset, packed } = entry;
  if (offset + 30 > zip.length || zip.readUInt32LE(offset) !== LOCAL) throw damaged(file);
  const start = offset + 30 + zip.readUInt16LE(offset + 26) + zip.readUInt16LE(offset + 28);
  if (start + packed > zip.length) throw damaged(file);
  return zip.subarray(start, start + packed);
}

async function* inflated(packed: Buffer, file: string): AsyncGenerator<Buffer> {
  const inflate = createInflateRaw({ chunkSize: 256 * 1024 });
  inflate.end(packed);
  const iterator = (inflate as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await iterator.next().catch(() => {
        throw damaged(file);
      });
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    inflate.destroy();
  }
}

export function damaged(file: string): Error {
  return inputError("is a damaged workbook, or one that was cut off", {
    file,
    hint: "open it in Excel and save it again, or export it as CSV",
  });
}

function tooLarge(file: string): Error {
  return inputError("unpacks to more than 1 GiB, which is not read", {
    file,
    hint: "export the list as CSV, which has no such limit",
  });
}
