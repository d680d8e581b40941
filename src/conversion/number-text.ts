/**
 * Numbers as people write them, read as text: the result is made of the digits that stand in the cell.
 * No floating-point number comes into being anywhere, so none can change a value.
 */

export type DecimalMark = "." | ",";

/**
 * Reads digits with an optional decimal mark and grouped thousands. Groups are three digits apart, or
 * Indian (1,23,456), with one kind of separator: the other mark, a space or an apostrophe. Gives the
 * shortest exact decimal (`"1234.5"`), or undefined when the text is no number in this reading.
 */
export function readNumber(text: string, mark: DecimalMark): string | undefined {
  const at = text.indexOf(mark);
  if (at === -1) {
    const digits = ungroup(text, mark);
    return digits === undefined ? undefined : withoutLeadingZeros(digits);
  }
  const fraction = text.slice(at + 1);
  if (!allDigits(fraction) || fraction === "") return undefined;
  const whole = at === 0 ? "0" : ungroup(text.slice(0, at), mark);
  if (whole === undefined) return undefined;
  const exact = withoutTrailingZeros(fraction);
  return exact === "" ? withoutLeadingZeros(whole) : `${withoutLeadingZeros(whole)}.${exact}`;
}

function ungroup(text: string, mark: DecimalMark): string | undefined {
  if (text === "") return undefined;
  if (allDigits(text)) return text;
  const separator = firstNonDigit(text);
  if (separator === mark || !isGroupSeparator(separator)) return undefined;
  // The last group has three digits; most decimals end here, before anything is split.
  if (text.charAt(text.length - 4) !== separator) return undefined;
  const groups = text.split(separator);
  return areGroups(groups, separator) ? groups.join("") : undefined;
}

/** A grouped number does not begin with 0: `0,123` can only be a decimal. */
function areGroups(groups: readonly string[], separator: string): boolean {
  const first = groups[0] ?? "";
  if (first === "" || first.length > 3 || first.startsWith("0")) return false;
  let threes = true;
  let twos = separator === "," && first.length <= 2;
  for (let i = 0; i < groups.length; i++) {
    const group = groups[i] ?? "";
    if (!allDigits(group)) return false;
    const inner = i > 0 && i < groups.length - 1;
    if (inner && group.length !== 3) threes = false;
    if (inner && group.length !== 2) twos = false;
  }
  return threes || twos;
}

function isGroupSeparator(char: string): boolean {
  return char === "," || char === "." || char === " " || char === "'";
}

/** Spaces of all kinds as they stand in numbers made U+0020, typographic apostrophes `'`, minus `-`. */
export function plainNumberText(text: string): string {
  let plain = true;
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) > 126) {
      plain = false;
      break;
    }
  }
  if (plain) return text.trim();
  return text
    .replace(/[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g, " ")
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g, "")
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u2212\u2013\uff0d]/g, "-")
    .trim();
}

export function isDigitCode(code: number): boolean {
  return code >= 48 && code <= 57;
}

function allDigits(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (!isDigitCode(text.charCodeAt(i))) return false;
  return true;
}

function firstNonDigit(text: string): string {
  for (let i = 0; i < text.length; i++) if (!isDigitCode(text.charCodeAt(i))) return text.charAt(i);
  return "";
}

function withoutLeadingZeros(digits: string): string {
  let from = 0;
  while (from < digits.length - 1 && digits.charCodeAt(from) === 48) from++;
  return digits.slice(from);
}

function withoutTrailingZeros(digits: string): string {
  let to = digits.length;
  while (to > 0 && digits.charCodeAt(to - 1) === 48) to--;
  return digits.slice(0, to);
}
