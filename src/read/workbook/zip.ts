/**
 * The parts of a zip archive in memory, each checked against its checksum and held to a size. fflate and
 * unzipper check neither the checksum nor what an archive really unpacks to.
 * Format: APPNOTE.TXT of PKWARE, sections 4.3 (records) and 4.5.3 (sizes over 4 GiB).
 */
import { checksum, inflate, utf8 } from "#host";
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

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;

const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;

export function zipEntries(zip: Uint8Array, file: string): Map<string, ZipEntry> {
  try {
    return readDirectory(zip, file);
  } catch (error) {
    // Offsets that point outside of the archive.
    if (error instanceof RangeError) throw damaged(file);
    throw error;
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function readDirectory(zip: Uint8Array, file: string): Map<string, ZipEntry> {
  const view = viewOf(zip);
  const { count, start } = directoryPlace(view, file);
  const entries = new Map<string, ZipEntry>();
  let at = start;
  for (let i = 0; i < count; i++) {
    if (view.getUint32(at, true) !== CENTRAL) throw damaged(file);
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const name = utf8(zip, at + 46, at + 46 + nameLength);
    const extra = zip.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength);
    // Excel opens parts without regard to case, and so do the names in relations.
    entries.set(name.toLowerCase(), {
      name,
      method: view.getUint16(at + 10, true),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      crc: view.getUint32(at + 16, true),
      ...largeSizes(extra, {
        size: view.getUint32(at + 24, true),
        packed: view.getUint32(at + 20, true),
        offset: view.getUint32(at + 42, true),
      }),
    });
    at += 46 + nameLength + extraLength + view.getUint16(at + 32, true);
  }
  return entries;
}

function directoryPlace(zip: DataView, file: string): { count: number; start: number } {
  // A comment of up to 64 KiB may stand behind the end record.
  const from = Math.max(0, zip.byteLength - 22 - 0xffff);
  for (let at = zip.byteLength - 22; at >= from; at--) {
    if (zip.getUint32(at, true) !== END) continue;
    const count = zip.getUint16(at + 10, true);
    const start = zip.getUint32(at + 16, true);
    if (count !== 0xffff && start !== 0xffffffff) return { count, start };
    if (at < 20 || zip.getUint32(at - 20, true) !== LOCATOR_64) throw damaged(file);
    const large = Number(zip.getBigUint64(at - 12, true));
    if (zip.getUint32(large, true) !== END_64) throw damaged(file);
    return {
      count: Number(zip.getBigUint64(large + 32, true)),
      start: Number(zip.getBigUint64(large + 48, true)),
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
function largeSizes(extra: Uint8Array, sizes: Sizes): Sizes {
  const view = viewOf(extra);
  for (let at = 0; at + 4 <= extra.length; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    let next = at + 4;
    const take = (value: number): number => {
      if (value !== 0xffffffff) return value;
      next += 8;
      return Number(view.getBigUint64(next - 8, true));
    };
    return { size: take(sizes.size), packed: take(sizes.packed), offset: take(sizes.offset) };
  }
  return sizes;
}

/** The bytes of a part, unpacked piece by piece. Ends in an error unless size and checksum are right. */
export async function* unpack(
  zip: Uint8Array,
  entry: ZipEntry,
  file: string,
  limit: number = MAX_PART_BYTES,
): AsyncGenerator<Uint8Array> {
  if (entry.encrypted) {
    throw inputError("is encrypted", { file, hint: "save it without a password" });
  }
  if (entry.size > limit) throw tooLarge(file, limit);
  if (entry.method !== 0 && entry.method !== 8) throw damaged(file);
  const packed = packedBytes(zip, entry, file);
  let size = 0;
  let crc = 0;
  for await (const chunk of entry.method === 0 ? [packed] : inflated(packed, file)) {
    size += chunk.length;
    if (size > limit) throw tooLarge(file, limit);
    if (size > entry.size) throw damaged(file);
    crc = checksum(chunk, crc);
    yield chunk;
  }
  if (size !== entry.size || crc !== entry.crc) throw damaged(file);
}

function packedBytes(zip: Uint8Array, entry: ZipEntry, file: string): Uint8Array {
  const { offset, packed } = entry;
  const view = viewOf(zip);
  if (offset + 30 > zip.length || view.getUint32(offset, true) !== LOCAL) throw damaged(file);
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + packed > zip.length) throw damaged(file);
  return zip.subarray(start, start + packed);
}

async function* inflated(packed: Uint8Array, file: string): AsyncGenerator<Uint8Array> {
  const pieces = inflate(packed);
  try {
    for (;;) {
      const next = await pieces.next().catch(() => {
        throw damaged(file);
      });
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await pieces.return(undefined);
  }
}

export function damaged(file: string): Error {
  return inputError("is a damaged workbook, or one that was cut off", {
    file,
    hint: "open it in Excel and save it again, or export it as CSV",
  });
}

function tooLarge(file: string, limit: number): Error {
  const size = limit < GIB ? `${limit / MIB} MiB` : `${limit / GIB} GiB`;
  return inputError(`has a part that unpacks to more than ${size}, which is not read`, {
    file,
    hint: "export the list as CSV, which has no such limit",
  });
}
