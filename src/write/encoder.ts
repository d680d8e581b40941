/** Rows into the bytes of one file. What a file may hold is kept here; where it stands is not known here. */
import { allocateUnset, utf8Length, writeUtf8 } from "#host";
import type { UploadRow } from "../destinations/types.ts";

/** Makes the bytes of one file. */
export interface Encoder {
  /** Takes a row in. False, with nothing done, when the file would grow past its limits. */
  add(row: UploadRow): boolean;
  /** Hands on what is ready. Small rests are kept back for a fuller block. */
  take(): readonly Uint8Array[];
  /** Ends the file and hands on the rest. */
  end(): readonly Uint8Array[];
}

/** Blocks are written one by one, so each should be worth a system call. */
const BLOCK = 256 * 1024;

/** Lines are joined up to this length before they are encoded: a long rope is slow to flatten. */
const PIECE = 16 * 1024;

/** Collects text and gives it out as blocks of UTF-8. */
export class TextBlocks {
  #blocks: Uint8Array[] = [];
  #block = allocateUnset(BLOCK);
  #filled = 0;
  #text = "";
  #bytesBefore = 0;
  /** Bytes of `#text`; counted only near a limit, because the count costs as much as the encoding. */
  #bytes: number | undefined;

  /** Whether `text` still fits under `limit` bytes, exactly. */
  fits(text: string, limit: number): boolean {
    // A UTF-16 code unit takes at most three bytes.
    if (this.#bytesBefore + 3 * (this.#text.length + text.length) <= limit) return true;
    if (this.#bytes === undefined) {
      this.#encode();
      this.#bytes = 0;
    }
    return this.#bytesBefore + this.#bytes + utf8Length(text) <= limit;
  }

  push(text: string): void {
    this.#text += text;
    if (this.#bytes !== undefined) this.#bytes += utf8Length(text);
    if (this.#text.length >= PIECE) this.#encode();
  }

  take(): Uint8Array[] {
    const blocks = this.#blocks;
    this.#blocks = [];
    return blocks;
  }

  end(): Uint8Array[] {
    this.#encode();
    this.#emit();
    return this.take();
  }

  #encode(): void {
    const room = 3 * this.#text.length;
    if (this.#filled + room > this.#block.length) {
      this.#emit();
      this.#block = allocateUnset(Math.max(BLOCK, room));
    }
    const written = writeUtf8(this.#text, this.#block, this.#filled);
    this.#filled += written;
    this.#bytesBefore += written;
    this.#text = "";
    if (this.#bytes !== undefined) this.#bytes = 0;
  }

  #emit(): void {
    if (this.#filled > 0) this.#blocks.push(this.#block.subarray(0, this.#filled));
    this.#block = this.#block.subarray(this.#filled);
    this.#filled = 0;
  }
}
