/**
 * Personal cells that can be recognized anywhere: each is made of a word that stands nowhere else, so a
 * word that turns up in an output came out of that cell, whole or in part.
 */

/** No word of ours, no hex and no base64 of a digest holds six of these in a row. */
const LETTERS = "qxzjkvwy";

/** The same sequence on every run: a leak must be a leak tomorrow too. */
function sequence(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export interface Leak {
  /** The kind of cell that leaked, and in which form: never a reason to print more. */
  readonly cell: string;
  readonly form: string;
  readonly place: string;
}

export class Canaries {
  readonly #random: () => number;
  readonly #words = new Map<string, string>();
  readonly #numbers = new Map<string, string>();
  #phones = 0;

  constructor(seed = 1) {
    this.#random = sequence(seed);
  }

  /** A word of ten letters. */
  word(cell: string): string {
    let word = "";
    while (word.length < 10) word += LETTERS[Math.floor(this.#random() * LETTERS.length)];
    this.#words.set(word, cell);
    return word;
  }

  /** `Qxz.wjk+vvz@zzk.example.com`, each part a word. */
  email(cell = "email"): string {
    const local = this.word(cell);
    const name = local.charAt(0).toUpperCase() + local.slice(1);
    return `${name}.${this.word(cell)}+${this.word(cell)}@${this.word(cell)}.example.com`;
  }

  /** Of the range that Ofcom keeps for drama, +44 7700 900000 to 900999. */
  phone(cell = "phone"): string {
    const last = String(this.#phones++ % 1000).padStart(3, "0");
    this.#numbers.set(`7700900${last}`, cell);
    return `+44 7700 900${last}`;
  }

  /** An id that is not a number, so that it can be told from one. */
  id(cell = "key"): string {
    return `K-${this.word(cell)}`;
  }

  get size(): number {
    return this.#words.size + this.#numbers.size;
  }

  /** Every trace of a cell in `bytes`: as it is, in part, in another case, encoding or spelling. */
  leaks(bytes: Uint8Array | string, place: string): Leak[] {
    const buffer = typeof bytes === "string" ? Buffer.from(bytes) : Buffer.from(bytes);
    const leaks: Leak[] = [];
    // Both, because UTF-16 of ASCII reads as latin1 with zeros between.
    const text = buffer.toString("latin1").replaceAll("\0", "").toLowerCase();
    const letters = text.replace(/[^a-z]/g, "");
    const digits = text.replace(/[^\d]/g, "");
    for (const [word, cell] of this.#words) {
      const found = (form: string) => leaks.push({ cell, form, place });
      // The first six letters, and the last six, stand for the whole.
      const parts = [word.slice(0, 6), word.slice(-6)];
      if (parts.some((part) => text.includes(part))) found("text");
      else if (parts.some((part) => letters.includes(part))) found("text with something between");
      for (const part of parts) {
        const reversed = [...part].reverse().join("");
        if (text.includes(reversed)) found("reversed");
        for (const spelled of [part, part.toUpperCase(), capitalized(part)]) {
          if (text.includes(Buffer.from(spelled).toString("hex"))) found("hex");
        }
      }
      for (const spelled of [word, word.toUpperCase(), capitalized(word)]) {
        if (base64Pieces(spelled).some((piece) => buffer.includes(piece))) found("base64");
      }
    }
    for (const [number, cell] of this.#numbers) {
      const found = (form: string) => leaks.push({ cell, form, place });
      if (text.includes(number)) found("digits");
      else if (digits.includes(number)) found("digits with something between");
      if (text.includes(Buffer.from(number).toString("hex"))) found("hex");
      for (const piece of base64Pieces(number)) if (buffer.includes(piece)) found("base64");
    }
    return leaks;
  }
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** How a text looks inside base64, at each of the three places where it can begin. */
function base64Pieces(text: string): string[] {
  return [0, 1, 2].map((offset) => {
    const encoded = Buffer.from("\0".repeat(offset) + text).toString("base64");
    // The ends depend on what stands beside the text.
    return encoded.slice(offset === 0 ? 0 : offset + 1, -4);
  });
}
