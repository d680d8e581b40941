/** Text to bytes in encodings that Node only decodes. */

export type EncodingName =
  | "utf-8"
  | "utf-8 with mark"
  | "utf-16le"
  | "utf-16le with mark"
  | "utf-16be"
  | "utf-16be with mark"
  | "windows-1252"
  | "shift_jis"
  | "gb18030";

const MARK = "\ufeff";
const legacy = new Map<string, Map<string, Buffer>>();

/** @throws Error for a character that the encoding does not have */
export function encode(text: string, encoding: EncodingName): Buffer {
  switch (encoding) {
    case "utf-8":
      return Buffer.from(text);
    case "utf-8 with mark":
      return Buffer.from(MARK + text);
    case "utf-16le":
      return Buffer.from(text, "utf16le");
    case "utf-16le with mark":
      return Buffer.from(MARK + text, "utf16le");
    case "utf-16be":
      return Buffer.from(text, "utf16le").swap16();
    case "utf-16be with mark":
      return Buffer.from(MARK + text, "utf16le").swap16();
    default:
      return encodeLegacy(text, encoding);
  }
}

function encodeLegacy(text: string, encoding: string): Buffer {
  let table = legacy.get(encoding);
  if (table === undefined) {
    table = encodingTable(encoding);
    legacy.set(encoding, table);
  }
  return Buffer.concat(
    [...text].map((char) => {
      const bytes = table.get(char);
      if (bytes === undefined) throw new Error(`${encoding} has no ${JSON.stringify(char)}`);
      return bytes;
    }),
  );
}

/** Every one- and two-byte sequence, decoded. */
function encodingTable(encoding: string): Map<string, Buffer> {
  const table = new Map<string, Buffer>();
  const decoder = new TextDecoder(encoding, { fatal: true });
  const add = (...bytes: number[]): boolean => {
    try {
      // In stream mode: Node 20 decodes windows-1252 wrongly in one-shot calls.
      const char = decoder.decode(Uint8Array.from(bytes), { stream: true });
      decoder.decode();
      if ([...char].length !== 1) return false;
      if (!table.has(char)) table.set(char, Buffer.from(bytes));
      return true;
    } catch {
      return false;
    }
  };
  for (let lead = 0; lead < 256; lead++) {
    if (add(lead) || encoding === "windows-1252") continue;
    for (let trail = 0x40; trail < 256; trail++) add(lead, trail);
  }
  return table;
}
