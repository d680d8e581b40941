/**
 * Zip files, made by fflate while the data comes in. Not by node:zlib, whose output differs between
 * versions and processors: the same rows must give the same bytes.
 */
import { Zip, ZipDeflate } from "fflate";
import type { Encoder } from "./encoder.ts";

// Digests are random hex: the first level makes them as small as the sixth, in less time.
const LEVEL = 1;

/** An entry that is being written. */
export interface Entry {
  push(bytes: Uint8Array): void;
  end(): void;
}

/** A zip that is being written: one entry after the other. */
export class ZipWriter {
  #blocks: Uint8Array[] = [];
  readonly #zip: Zip;

  constructor() {
    this.#zip = new Zip((error, bytes) => {
      if (error) throw error;
      this.#blocks.push(bytes);
    });
  }

  /** Begins an entry. An earlier one must be ended before. */
  entry(name: string): Entry {
    const file = new ZipDeflate(name, { level: LEVEL });
    // The earliest time that a zip can state. fflate writes the parts of the local time, so they are
    // given as local ones: then the bytes do not depend on the time zone either.
    file.mtime = new Date(1980, 0, 1);
    this.#zip.add(file);
    return {
      push: (bytes) => file.push(bytes),
      end: () => file.push(new Uint8Array(0), true),
    };
  }

  take(): Uint8Array[] {
    const blocks = this.#blocks;
    this.#blocks = [];
    return blocks;
  }

  end(): Uint8Array[] {
    this.#zip.end();
    return this.take();
  }
}

/** Puts what an encoder makes into a zip, as its only file. */
export function zipped(encoder: Encoder, name: string): Encoder {
  const zip = new ZipWriter();
  const entry = zip.entry(name);
  return {
    add: (row) => encoder.add(row),
    take() {
      for (const block of encoder.take()) entry.push(block);
      return zip.take();
    },
    end() {
      for (const block of encoder.end()) entry.push(block);
      entry.end();
      return zip.end();
    },
  };
}
