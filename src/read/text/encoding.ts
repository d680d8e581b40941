/** Which encoding a file is in, from its first bytes. */

import { closestMatch } from "leven";
import { isAscii, isUtf8 } from "#host";
import { inputError, optionError } from "../../base/errors.ts";

export interface Encoding {
  /** Name as the WHATWG Encoding Standard has it, e.g. "utf-8", "windows-1252". */
  readonly name: string;
  /** Length of the byte order mark in front; 0 without one. */
  readonly mark: 0 | 2 | 3;
  /** False where it is a guess that other encodings would also fit. */
  readonly certain: boolean;
}

/** Labels to suggest from. TextDecoder knows more. */
const LABELS = [
  "utf-8",
  "utf-16le",
  "utf-16be",
  "windows-1250",
  "windows-1251",
  "windows-1252",
  "windows-1253",
  "windows-1254",
  "windows-1257",
  "iso-8859-1",
  "iso-8859-2",
  "iso-8859-5",
  "iso-8859-7",
  "iso-8859-15",
  "macintosh",
  "koi8-r",
  "shift_jis",
  "euc-jp",
  "gb18030",
  "gbk",
  "big5",
  "euc-kr",
] as const;

/** The standard's name of a label, e.g. "latin1" is "windows-1252". */
export function encodingNamed(label: string): string {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    const near = closestMatch(label.toLowerCase(), LABELS, { maxDistance: 4 });
    throw optionError(
      "encoding",
      "is not an encoding that can be read here",
      near === undefined ? `try one of ${LABELS.slice(0, 8).join(", ")}` : `did you mean ${near}?`,
    );
  }
}

/**
 * `sample`: the first bytes. `whole`: nothing follows them. `wanted`: what the user says; a byte order
 * mark that says otherwise is an error, because one of the two is wrong.
 */
export function detectEncoding(
  sample: Uint8Array,
  whole: boolean,
  wanted: string | undefined,
  file: string,
): Encoding {
  const marked = byteOrderMark(sample, file);
  if (wanted !== undefined) {
    const name = encodingNamed(wanted);
    if (marked === undefined) return { name, mark: 0, certain: true };
    // "utf-16" is a label of utf-16le, but who says it means either.
    if (marked.name === name || (name === "utf-16le" && marked.name === "utf-16be")) return marked;
    throw optionError(
      "encoding",
      `says ${name}, but the byte order mark of ${file} says ${marked.name}`,
      "leave `encoding` out",
    );
  }
  if (marked !== undefined) return marked;
  const sixteen = utf16WithoutMark(sample);
  if (sixteen !== undefined) return sixteen;
  if (isUtf8(sample)) return { name: "utf-8", mark: 0, certain: true };
  const complete = sample.subarray(0, utf8Boundary(sample));
  // A sample, or a file that was cut off, ends in half a letter.
  const cut = isUtf8(complete) && (!whole || !isAscii(complete));
  // A file that is UTF-8 but for a few bytes is damaged (cells cut in the middle of a letter). Read in
  // another encoding all its other letters would turn to nonsense without a word; as UTF-8 it is an error.
  if (cut || mostlyUtf8(complete)) return { name: "utf-8", mark: 0, certain: true };
  return legacyEncoding(sample, whole);
}

function byteOrderMark(bytes: Uint8Array, file: string): Encoding | undefined {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { name: "utf-8", mark: 3, certain: true };
  const utf32 =
    (a === 0xff && b === 0xfe && c === 0 && d === 0) ||
    (a === 0 && b === 0 && c === 0xfe && d === 0xff);
  if (utf32 && bytes.length >= 8) {
    throw inputError("is in UTF-32, which is not read", {
      file,
      hint: "save it as UTF-8",
    });
  }
  if (a === 0xff && b === 0xfe) return { name: "utf-16le", mark: 2, certain: true };
  if (a === 0xfe && b === 0xff) return { name: "utf-16be", mark: 2, certain: true };
  return undefined;
}

/**
 * Text of any script has ASCII delimiters and line ends, so UTF-16 has NULs, and all of them on one
 * side of the pairs. No other text has a NUL.
 */
function utf16WithoutMark(sample: Uint8Array): Encoding | undefined {
  let even = 0;
  let odd = 0;
  for (let at = sample.indexOf(0); at !== -1; at = sample.indexOf(0, at + 1)) {
    if (at % 2 === 0) even++;
    else odd++;
  }
  const least = Math.max(2, sample.length / 100);
  if (odd >= least && even * 20 <= odd) return { name: "utf-16le", mark: 0, certain: true };
  if (even >= least && odd * 20 <= even) return { name: "utf-16be", mark: 0, certain: true };
  return undefined;
}

/** Length without a character that is cut at the end. */
export function utf8Boundary(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return bytes.length;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** Three in four of the bytes over 127 are in well-formed UTF-8 sequences; by chance it is one in five. */
function mostlyUtf8(bytes: Uint8Array): boolean {
  let good = 0;
  let bad = 0;
  for (let i = 0; i < bytes.length; ) {
    const byte = bytes[i] as number;
    if (byte < 0x80) {
      i++;
      continue;
    }
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    if (byte >= 0xc2 && byte < 0xf5 && isUtf8(bytes.subarray(i, i + length))) {
      good += length;
      i += length;
    } else {
      bad++;
      i++;
    }
  }
  return good >= bad * 3 && good > 0;
}

/**
 * A letter over 127 between two of ASCII. Japanese words have two or more together; `Teléfono` of Mac OS Roman, in which
 * the accented letter takes the next one with it, has one.
 */
const LONELY = /(?<![^\0-\x7f])[^\0-\x7f](?![^\0-\x7f])/gu;

/** Not Unicode. What the byte pairs say; else windows-1252, Excel's "CSV" in Western Europe and the US. */
function legacyEncoding(text: Uint8Array, whole: boolean): Encoding {
  const kana = decodes(text, "shift_jis", whole);
  if (
    kana !== undefined &&
    share(kana, LONELY) <= 0.5 &&
    share(kana, /[\u3040-\u30fe\u4e00-\u9fff\uff01-\uff60\u3000-\u3002]/gu) > 0.8
  ) {
    if (/[\u3041-\u3096\u30a1-\u30fa]/u.test(kana) || leadsBelowA0(text) > 0.5) {
      return { name: "shift_jis", mark: 0, certain: false };
    }
  }
  if (decodes(text, "gb18030", whole) !== undefined && hanziPairs(text) > 0.7) {
    return { name: "gb18030", mark: 0, certain: false };
  }
  return { name: "windows-1252", mark: 0, certain: false };
}

function decodes(text: Uint8Array, name: string, whole: boolean): string | undefined {
  try {
    const decoder = new TextDecoder(name, { fatal: true });
    return decoder.decode(text, { stream: true }) + (whole ? decoder.decode() : "");
  } catch {
    return undefined;
  }
}

/** Share of the characters over 127 that `pattern` finds. */
function share(text: string, pattern: RegExp): number {
  const all = text.match(/[^\0-\x7f]/gu)?.length ?? 0;
  return all === 0 ? 0 : (text.match(pattern)?.length ?? 0) / all;
}

/** Share of the pairs that begin in 0x81-0x9F: kana and common kanji, but rare punctuation in windows-1252. */
function leadsBelowA0(text: Uint8Array): number {
  let pairs = 0;
  let low = 0;
  for (let i = 0; i < text.length; i++) {
    const byte = text[i] as number;
    if (byte < 0x81) continue;
    pairs++;
    if (byte < 0xa0) low++;
    i++;
  }
  return pairs === 0 ? 0 : low / pairs;
}

/** Share of the bytes over 127 in pairs of GB 2312's first level (the 3755 usual characters). */
function hanziPairs(text: Uint8Array): number {
  let high = 0;
  let inPairs = 0;
  for (let i = 0; i < text.length; i++) {
    const lead = text[i] as number;
    if (lead < 0x80) continue;
    high++;
    const trail = text[i + 1] ?? 0;
    if (trail < 0xa1) continue;
    high++;
    if (lead >= 0xb0 && lead <= 0xd7) inPairs += 2;
    i++;
  }
  return high === 0 ? 0 : inPairs / high;
}
