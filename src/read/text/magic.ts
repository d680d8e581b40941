/** Files that are no text, by their first bytes: what they are, and what to do about it. */
import { asciiOf } from "#host";
import { inputError } from "../../base/errors.ts";

interface Kind {
  readonly bytes: readonly number[];
  readonly at?: number;
  readonly what: string;
  readonly hint: string;
}

const AS_CSV = "export the list as CSV (UTF-8) or .xlsx";
const UNPACK = "unpack it, and give the file that is in it";

const KINDS: readonly Kind[] = [
  { bytes: [0x1f, 0x8b], what: "a gzip archive", hint: UNPACK },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], what: "a zstd archive", hint: UNPACK },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], what: "an xz archive", hint: UNPACK },
  { bytes: [0x42, 0x5a, 0x68], what: "a bzip2 archive", hint: UNPACK },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], what: "a 7-Zip archive", hint: UNPACK },
  { bytes: [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07], what: "a RAR archive", hint: UNPACK },
  {
    bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
    what: "an old Excel workbook (.xls), or a workbook with a password",
    hint: "open it in Excel, and save it without a password as .xlsx or CSV UTF-8",
  },
  { bytes: [0x25, 0x50, 0x44, 0x46, 0x2d], what: "a PDF", hint: AS_CSV },
  { bytes: [0x7b, 0x5c, 0x72, 0x74, 0x66], what: "a rich text document (RTF)", hint: AS_CSV },
  { bytes: [0x89, 0x50, 0x4e, 0x47], what: "an image (PNG)", hint: AS_CSV },
  { bytes: [0xff, 0xd8, 0xff], what: "an image (JPEG)", hint: AS_CSV },
  { bytes: [0x50, 0x41, 0x52, 0x31], what: "a Parquet file", hint: AS_CSV },
  { bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20], what: "an SQLite database", hint: AS_CSV },
];

/** A zip archive: a workbook, or something that only looks like one from outside. */
export function isZip(top: Uint8Array): boolean {
  return top[0] === 0x50 && top[1] === 0x4b && (top[2] === 3 || top[2] === 5 || top[2] === 7);
}

/** Throws where the first bytes are those of a file that is no table. */
export function refuseForeign(top: Uint8Array, file: string): void {
  const kind = KINDS.find(({ bytes }) => bytes.every((byte, i) => top[i] === byte));
  if (kind !== undefined) throw foreign(file, kind.what, kind.hint);
  const start = asciiOf(top, 0, 4096)
    .replaceAll("\0", "")
    .replace(/^[\xef\xbb\xbf\xff\xfe\s]+/, "");
  if (/^<(?:!doctype html|html|head|body|table|meta|!--)/i.test(start)) {
    const hint = "open it in Excel, and save it as .xlsx or CSV UTF-8";
    throw foreign(file, "a web page (HTML), though it may be called .xls or .csv", hint);
  }
  if (/^<\?xml/i.test(start)) {
    const hint = "open it in Excel, and save it as .xlsx or CSV UTF-8";
    throw foreign(file, "an XML document", hint);
  }
  if (/^\s*[[{]\s*(?:[{["]|$)/.test(start)) throw foreign(file, "a JSON document", AS_CSV);
}

function foreign(file: string, what: string, hint: string): Error {
  return inputError(`is ${what}`, { file, hint });
}
