/**
 * ZIP archives, read and written apart from the product's own code. Reading is strict: the service is said to
 * need a proper end of the central directory.
 */
import { crc32, deflateRawSync, inflateRawSync } from "node:zlib";

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;

export interface Entry {
  readonly name: string;
  readonly bytes: Buffer;
}

/** @throws Error that says what is wrong with the archive. */
export function readArchive(archive: Buffer): Entry[] {
  const end = archive.length - 22;
  if (end < 0 || archive.readUInt32LE(end) !== END) {
    throw new Error("archive does not end with the end record of its directory");
  }
  const count = archive.readUInt16LE(end + 10);
  const entries: Entry[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    if (archive.readUInt32LE(at) !== CENTRAL) throw new Error("directory is broken");
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.subarray(at + 46, at + 46 + nameLength).toString();
    entries.push({ name, bytes: readEntry(archive, at, name) });
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  if (at !== end) throw new Error("directory does not end at its end record");
  return entries;
}

function readEntry(archive: Buffer, central: number, name: string): Buffer {
  const flags = archive.readUInt16LE(central + 8);
  const method = archive.readUInt16LE(central + 10);
  const checksum = archive.readUInt32LE(central + 16);
  const packed = archive.readUInt32LE(central + 20);
  const size = archive.readUInt32LE(central + 24);
  const local = archive.readUInt32LE(central + 42);
  if ((flags & 1) !== 0) throw new Error("entry is encrypted");
  if (archive.readUInt32LE(local) !== LOCAL) throw new Error("entry has no local header");
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const localName = archive.subarray(local + 30, local + 30 + archive.readUInt16LE(local + 26));
  if (localName.toString() !== name) throw new Error("the two names of an entry differ");
  const bytes = archive.subarray(start, start + packed);
  const content = method === 8 ? inflateRawSync(bytes) : bytes;
  if (method !== 8 && method !== 0) throw new Error("entry is packed by another method");
  if (content.length !== size) throw new Error("entry has another length than said");
  if (crc32(content) !== checksum) throw new Error("entry has another checksum than said");
  return content;
}

export function writeArchive(entries: readonly Entry[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes } of entries) {
    const packed = deflateRawSync(bytes);
    const nameBytes = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800, 2);
    common.writeUInt16LE(8, 4);
    // 3 September 2026, midnight.
    common.writeUInt16LE(((2026 - 1980) << 9) | (9 << 5) | 3, 8);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(nameBytes.length, 22);
    const local = Buffer.concat([number32(LOCAL), common, nameBytes, packed]);
    const attributes = Buffer.alloc(14);
    attributes.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.concat([number32(CENTRAL), Buffer.from([20, 0]), common, attributes, nameBytes]),
    );
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, central, number32(END), end]);
}

function number32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
