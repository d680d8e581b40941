/** A place in a short text, for the readers of times. */

export const SPACE = 32;
export const COMMA = 44;
export const MINUS = 45;
export const DOT = 46;
export const SLASH = 47;
export const COLON = 58;

const DIGIT_0 = 48;

export function isDigit(code: number): boolean {
  return code >= DIGIT_0 && code <= 57;
}

/** ASCII letters. */
export function isLetter(code: number): boolean {
  const lower = code | 32;
  return lower >= 97 && lower <= 122;
}

export class Cursor {
  text = "";
  at = 0;

  /** Code of the character `ahead` of here, -1 behind the end. */
  code(ahead = 0): number {
    const at = this.at + ahead;
    return at < this.text.length ? this.text.charCodeAt(at) : -1;
  }

  digitsAhead(): number {
    let count = 0;
    while (isDigit(this.code(count))) count++;
    return count;
  }

  lettersAhead(): number {
    let count = 0;
    while (isLetter(this.code(count))) count++;
    return count;
  }

  /** Takes `count` digits; the caller has seen that they are there. */
  number(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) value = value * 10 + (this.code(i) - DIGIT_0);
    this.at += count;
    return value;
  }

  /** Takes spaces; how many there were. */
  skipSpaces(): number {
    const from = this.at;
    while (this.code() === SPACE) this.at++;
    return this.at - from;
  }

  /** Takes a whole word, any case, if it stands here. */
  word(word: string): boolean {
    if (this.lettersAhead() !== word.length) return false;
    if (this.text.slice(this.at, this.at + word.length).toLowerCase() !== word) return false;
    this.at += word.length;
    return true;
  }
}
