/**
 * What personal data looks like, without the numbering plans of countries: the half of the net that a page's frame
 * and a base name of a file can afford. It finds fewer numbers than `plaintext-net.ts`, and more that are none.
 */
import { foldNumbers, type NumberCandidate, someNumber } from "./number-runs.ts";

/** An address anywhere in the text: something, `@` (also `%40`, `＠`), a name with a dot. */
export function holdsEmail(text: string): boolean {
  for (let at = 1; at < text.length; at++) {
    const length = atSignLength(text, at);
    if (length === 0) continue;
    if (isBeforeAt(text.charCodeAt(at - 1)) && hasDottedName(text, at + length)) return true;
  }
  return false;
}

function atSignLength(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === AT || code === 0xff20 || code === 0xfe6b) return 1;
  return code === PERCENT && text.startsWith("%40", at) ? 3 : 0;
}

function isBeforeAt(code: number): boolean {
  return code > 0x20 && code !== AT && code !== 0x2c && code !== 0x3b;
}

/** Letters, digits, hyphens, anything outside ASCII, with a dot among them that letters follow. */
function hasDottedName(text: string, from: number): boolean {
  let name = 0;
  let lettersAfterDot = -1;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x2e || code === 0xff0e || code === 0x3002) {
      if (name === 0) return false;
      lettersAfterDot = 0;
    } else if (isNameCode(code)) {
      name++;
      if (lettersAfterDot >= 0 && ++lettersAfterDot >= 2) return true;
    } else return false;
  }
  return false;
}

function isNameCode(code: number): boolean {
  const lower = code | 32;
  return (lower >= 97 && lower <= 122) || isDigit(code) || code === 0x2d || code > 0x7f;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

const AT = 0x40;
const PERCENT = 0x25;

/** Whether a name holds an address, or digits that are grouped or prefixed as numbers to dial are. */
export function looksPersonal(name: string): boolean {
  return holdsEmail(name) || someNumber(foldNumbers(name), isShapedAsNumber);
}

const LEAST_DOUBLE_ZERO = 11;
/** `+`, brackets, groups of 3, 3 and 4, or a 0 before as many digits as most countries have. */
function isShapedAsNumber({ text, digits, groups, hasPlus }: NumberCandidate): boolean {
  if (hasPlus || text.includes("(")) return true;
  if (digits.startsWith("00")) return digits.length >= LEAST_DOUBLE_ZERO;
  const lengths = groups.map((group) => group.length).join();
  if (lengths === "3,3,4" || (lengths === "1,3,3,4" && digits.startsWith("1"))) return true;
  return digits.startsWith("0") && digits.length >= 9 && digits.length <= 12;
}
