/**
 * The words that people write around a phone number: `Tel.: 0711 123456`, `(m) 0171 …`, `… (office)`.
 * The list is closed. What is not in it may be part of a vanity number, or a note that says whose number
 * it is, so any other letter refuses the cell.
 */
import { hasNonAscii, trimBlank } from "./clean.ts";

/** Folded: lower case, no accents. */
const WORDS: ReadonlySet<string> = new Set(
  [
    "tel telefon telephone telefono telefone telefoon phone fon ph tlf tfno rufnummer telefonnummer",
    "mobile mobil mobiel movil mob mobilnummer mobiltelefon cell cellular cellphone cellulare celular",
    "cel handy handynummer natel gsm portable telemovel whatsapp office work business home private",
    "privat prive direct main dienstlich geschaftlich buro bureau oficina casa domicile",
    "電話 携帯 携帯電話",
  ].flatMap((line) => line.split(" ")),
);

/** Count only behind one of the words: `Tel. Nr.`, `phone no`. */
const NUMBER_WORDS: ReadonlySet<string> = new Set("number nummer numero no nr".split(" "));

const SINGLE_LETTERS = /^[ptmch]$/;
const FAX: ReadonlySet<string> = new Set(["fax", "telefax"]);

const MOST_WORDS = 3;

const LETTERS = /[a-z]/i;
const OTHER_LETTERS = /\p{L}/u;
const LETTER_RUNS = /\p{L}+/gu;

/** What may stand between words, and between them and the number. */
const JOINERS = /^[ .:/\-#()[\]{}]*$/;

/** One word behind the number: set off, or in brackets. The text begins after the last digit. */
const BEHIND =
  /^[)\]}]?(?:[ ,-]+(?<word>\p{L}+)|[ ,-]*[([{] ?(?<bracketed>\p{L}+)\.? ?[)\]}])\.?$/u;

/** A number without the labels around it; `behind` when one of them stood after the number. */
export interface Unlabelled {
  readonly number: string;
  readonly behind: boolean;
}

/** Whether a text has a letter of any script. */
export function hasLetters(text: string): boolean {
  return LETTERS.test(text) || (hasNonAscii(text) && OTHER_LETTERS.test(text));
}

/**
 * Takes the labels off. `"fax"` when the cell says that the number is one of a fax, which reaches no
 * person; `"letters"` when it holds any letter that belongs to no label.
 *
 * The text has letters, its digits are folded, its dashes and spaces are plain.
 */
export function dropLabels(cell: string): Unlabelled | "fax" | "letters" {
  const text = cell.normalize("NFC");
  if (wordsOf(text).some((word) => FAX.has(word))) return "fax";
  const start = text.search(/[+\d]/);
  const end = lastDigit(text) + 1;
  if (start < 0 || end <= start) return "letters";
  const opening = /[([{] *$/.exec(text.slice(0, start))?.index ?? start;
  const before = text.slice(0, start);
  const behind = text.slice(end);
  const labelled = { before: hasLetters(before), behind: hasLetters(behind) };
  if (labelled.before && !isLabelBefore(before, text.charAt(start))) return "letters";
  if (labelled.behind && !isLabelBehind(behind)) return "letters";
  const number = text.slice(labelled.before ? opening : 0, labelled.behind ? end : text.length);
  return hasLetters(number) ? "letters" : { number: trimBlank(number), behind: labelled.behind };
}

function lastDigit(text: string): number {
  let at = text.length - 1;
  while (at >= 0 && !/\d/.test(text.charAt(at))) at--;
  return at;
}

/** `before` ends where the number begins, with the character `next`. */
function isLabelBefore(before: string, next: string): boolean {
  let end = 0;
  let words = 0;
  let numbered = false;
  for (const match of before.matchAll(LETTER_RUNS)) {
    if (!JOINERS.test(before.slice(end, match.index))) return false;
    end = match.index + match[0].length;
    const word = folded(match[0]);
    if (words > 0 && !numbered && NUMBER_WORDS.has(word)) {
      numbered = true;
      continue;
    }
    const known = SINGLE_LETTERS.test(word)
      ? isSetOff(before, match.index, end, next)
      : WORDS.has(word);
    words++;
    if (!known || numbered || words > MOST_WORDS) return false;
  }
  const isGlued = end === before.length && next !== "+";
  return !isGlued && JOINERS.test(before.slice(end));
}

/** Whether a single letter is a label: `T. `, `T: `, `T +49`, `T+49`, `(T)`. */
function isSetOff(before: string, start: number, end: number, next: string): boolean {
  const following = end < before.length ? before.charAt(end) : next;
  if (/[.: +]/.test(following)) return true;
  return /[([{]/.test(before.charAt(start - 1)) && /[)\]}]/.test(following);
}

function isLabelBehind(text: string): boolean {
  const found = BEHIND.exec(text)?.groups;
  if (found === undefined) return false;
  const { word, bracketed } = found;
  if (word !== undefined) return WORDS.has(folded(word));
  const inside = folded(bracketed ?? "");
  return WORDS.has(inside) || SINGLE_LETTERS.test(inside);
}

function wordsOf(text: string): string[] {
  return Array.from(text.matchAll(LETTER_RUNS), ([word]) => folded(word));
}

/** `Büro` → `buro`, `Nº` → `no`. */
function folded(word: string): string {
  return word.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
