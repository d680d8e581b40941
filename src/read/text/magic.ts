/** Files that are no text, by their first bytes: what they are, and what to do about it. */
import { asciiOf } from "#host";
import { inputError } from "../../base/errors.ts";

/** A version, which changes. */
const ANY = -1;

interface Kind {
  readonly bytes: readonly number[];
  readonly at?: number;
  readonly what: string;
  readonly hint: string;
}

const AS_CSV = "export the list as CSV (UTF-8) or .xlsx";
/** Bare commands that make CSV. DuckDB's quote of a name is SQL's. */
const BY_DUCKDB = (from: string) =>
  `make CSV of it: duckdb -c "COPY (SELECT * FROM ${from}) TO 'list.csv'"; or give its rows to the library, see docs/library.md`;
const BY_OFFICE =
  "save it as .xlsx or CSV UTF-8, without a password, in Excel or with soffice --headless --convert-to xlsx <file>";
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
    hint: BY_OFFICE,
  },
  { bytes: [0x25, 0x50, 0x44, 0x46, 0x2d], what: "a PDF", hint: AS_CSV },
  { bytes: [0x7b, 0x5c, 0x72, 0x74, 0x66], what: "a rich text document (RTF)", hint: AS_CSV },
  { bytes: [0x89, 0x50, 0x4e, 0x47], what: "an image (PNG)", hint: AS_CSV },
  { bytes: [0xff, 0xd8, 0xff], what: "an image (JPEG)", hint: AS_CSV },
  { bytes: [0x50, 0x41, 0x52, 0x31], what: "a Parquet file", hint: BY_DUCKDB("'<file>'") },
  {
    bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20],
    what: "an SQLite database",
    hint: BY_DUCKDB("sqlite_scan('<file>', '<table>')"),
  },
  {
    bytes: [0x44, 0x55, 0x43, 0x4b, ANY, 0, 0, 0],
    at: 8,
    what: "a DuckDB database",
    hint: `make CSV of it: duckdb <file> -c "COPY <table> TO 'list.csv'"; or give its rows to the library, see docs/library.md`,
  },
  { bytes: [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31], what: "an Arrow file", hint: AS_CSV },
  { bytes: [0x4f, 0x62, 0x6a, 0x01], what: "an Avro file", hint: AS_CSV },
  {
    bytes: [0x00, 0x01, 0x00, 0x00, 0x53, 0x74, 0x61, 0x6e, 0x64, 0x61, 0x72, 0x64, 0x20],
    what: "an Access database",
    hint: "export the table from Access as text or .xlsx",
  },
];

/** A zip archive: a workbook, or something that only looks like one from outside. */
export function isZip(top: Uint8Array): boolean {
  return top[0] === 0x50 && top[1] === 0x4b && (top[2] === 3 || top[2] === 5 || top[2] === 7);
}

/** Throws where the first bytes are those of a file that is no table. */
export function refuseForeign(top: Uint8Array, file: string): void {
  const kind = KINDS.find(({ bytes, at = 0 }) =>
    bytes.every((byte, i) => byte === ANY || top[at + i] === byte),
  );
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
