/** Bytes in any encoding to checked UTF-8, a byte order mark taken off. */
import { asNative, concat, copyOf, isUtf8, utf8Bytes } from "#host";
import { type FirsthashError, inputError } from "../../base/errors.ts";
import { MAX_RECORD_BYTES } from "./contract.ts";
import { type Encoding, utf8Boundary } from "./encoding.ts";

const LF = 0x0a;
const EMPTY = new Uint8Array(0);

/**
 * The text as UTF-8, in chunks of any size. Where the encoding is UTF-8 they are parts of the chunks given,
 * which may be written over when the next one is asked for. A byte sequence that the encoding does not have, a character
 * cut at the end, and a NUL are input errors with the byte's offset in the file.
 */
export async function* decodeText(
  chunks: AsyncIterable<Uint8Array>,
  encoding: Encoding,
  file: string,
): AsyncGenerator<Uint8Array> {
  const decode = encoding.name === "utf-8" ? new Utf8(encoding, file) : new Recoder(encoding, file);
  let skip: number = encoding.mark;
  for await (const chunk of chunks) {
    const bytes = asNative(chunk);
    const rest = skip === 0 ? bytes : bytes.subarray(skip);
    skip -= bytes.length - rest.length;
    if (rest.length === 0) continue;
    const text = decode.next(rest);
    if (text.length > 0) yield text;
  }
  const text = decode.end();
  if (text.length > 0) yield text;
}

/** UTF-8 stays as it is; it is checked, and cut only between characters. */
class Utf8 {
  readonly #file: string;
  #carry: Uint8Array = EMPTY;
  #offset: number;

  constructor(encoding: Encoding, file: string) {
    this.#file = file;
    this.#offset = encoding.mark;
  }

  next(chunk: Uint8Array): Uint8Array {
    const bytes = this.#carry.length === 0 ? chunk : concat([this.#carry, chunk]);
    const cut = utf8Boundary(bytes);
    const text = cut === bytes.length ? bytes : bytes.subarray(0, cut);
    if (!isUtf8(text)) throw wrongBytes(this.#file, "utf-8", this.#offset, text);
    const nul = text.indexOf(0);
    if (nul !== -1) throw nulError(this.#file, this.#offset + nul);
    this.#carry = cut === bytes.length ? EMPTY : copyOf(bytes.subarray(cut));
    this.#offset += cut;
    return text;
  }

  end(): Uint8Array {
    if (this.#carry.length > 0) throw cutCharacter(this.#file, "utf-8");
    return EMPTY;
  }
}

/**
 * Every other encoding, by TextDecoder, always with `stream: true`: Node 20 decodes windows-1252 as
 * Latin-1 in one-shot calls (0x80-0x9F come out wrong). Each piece begins between two characters, so
 * that a fault can be found by reading the piece again.
 */
class Recoder {
  readonly #file: string;
  readonly #name: string;
  readonly #decoder: InstanceType<typeof TextDecoder>;
  #carry: Uint8Array[] = [];
  #carried = 0;
  #offset: number;

  constructor(encoding: Encoding, file: string) {
    this.#file = file;
    this.#name = encoding.name;
    this.#offset = encoding.mark;
    this.#decoder = fatalDecoder(encoding.name);
  }

  next(chunk: Uint8Array): Uint8Array {
    this.#carry.push(copyOf(chunk));
    this.#carried += chunk.length;
    // A chunk without a line end only waits; joining it to the others each time would be quadratic.
    const wide = this.#name.startsWith("utf-16");
    if (!wide && this.#carried < MAX_RECORD_BYTES && !chunk.includes(LF)) return EMPTY;
    const all = concat(this.#carry);
    return this.#take(all, wide ? wideBoundary(all, this.#name) : lineBoundary(all));
  }

  end(): Uint8Array {
    const text = this.#take(concat(this.#carry), this.#carried);
    try {
      this.#decoder.decode();
    } catch {
      throw cutCharacter(this.#file, this.#name);
    }
    return text;
  }

  #take(bytes: Uint8Array, length: number): Uint8Array {
    const piece = bytes.subarray(0, length);
    const rest = bytes.subarray(length);
    this.#carry = rest.length === 0 ? [] : [rest];
    this.#carried = rest.length;
    let text: string;
    try {
      text = this.#decoder.decode(piece, { stream: true });
    } catch {
      throw wrongBytes(this.#file, this.#name, this.#offset, piece);
    }
    const nul = text.indexOf("\0");
    if (nul !== -1) {
      const at = this.#name.startsWith("utf-16") ? nul * 2 : piece.indexOf(0);
      throw nulError(this.#file, this.#offset + at);
    }
    this.#offset += length;
    return utf8Bytes(text);
  }
}

/** No multi-byte encoding that we read has 0x0A inside a character. */
function lineBoundary(bytes: Uint8Array): number {
  const at = bytes.lastIndexOf(LF);
  return at === -1 ? bytes.length : at + 1;
}

/** Whole code units, and not between the two halves of a surrogate pair. */
function wideBoundary(bytes: Uint8Array, name: string): number {
  const even = bytes.length - (bytes.length % 2);
  const high = bytes[name === "utf-16le" ? even - 1 : even - 2] ?? 0;
  return (high & 0xfc) === 0xd8 ? even - 2 : even;
}

function fatalDecoder(name: string): InstanceType<typeof TextDecoder> {
  // The mark was taken off already; a second U+FEFF is text.
  return new TextDecoder(name, { fatal: true, ignoreBOM: true });
}

/** `piece` begins between two characters at `offset`, and is not wholly in the encoding. */
function wrongBytes(file: string, name: string, offset: number, piece: Uint8Array): FirsthashError {
  // The shortest prefix that fails, by halving: a longer one fails too.
  let good = 0;
  let bad = piece.length;
  while (bad - good > 1) {
    const middle = (good + bad) >>> 1;
    if (decodable(piece.subarray(0, middle), name)) good = middle;
    else bad = middle;
  }
  // The sequence that fails may have begun some bytes before.
  while (good > 0 && !decodable(piece.subarray(0, good), name, true)) good--;
  return inputError(`byte offset ${offset + good} is not valid ${name}`, {
    file,
    hint: "the file is damaged, or in another encoding; name it with `encoding`",
  });
}

/** `ended`: the last character must be complete. */
function decodable(bytes: Uint8Array, name: string, ended = false): boolean {
  const decoder = fatalDecoder(name);
  try {
    decoder.decode(bytes, { stream: true });
    if (ended) decoder.decode();
    return true;
  } catch {
    return false;
  }
}

function cutCharacter(file: string, name: string): FirsthashError {
  return inputError(`ends in the middle of a character (${name})`, {
    file,
    hint: "the file was cut off; export or copy it again",
  });
}

function nulError(file: string, offset: number): FirsthashError {
  return inputError(`byte offset ${offset} is a NUL, which no text has`, {
    file,
    hint: 'the file is damaged, or in UTF-16 (try `encoding: "utf-16le"`)',
  });
}
