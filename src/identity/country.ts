/** What a country column holds -> the region whose numbering plan reads the phone number. */

import { textCopy } from "#host";
import type { CountryCode } from "../base/types.ts";
import { isAbsent } from "./absent.ts";
import { hasNonAscii, trimBlank } from "./clean.ts";
import { COUNTRY_NAMES } from "./country-names.ts";

/** The longest name in the table has 53 characters; the limit bounds the work per cell. */
const LONGEST_CELL = 100;

const CODES: ReadonlySet<string> = new Set(COUNTRY_NAMES.map(([code]) => code));

/** Made when the first cell is read that is no code of two letters. */
let codesByKey: ReadonlyMap<string, CountryCode> | undefined;

function readNames(): ReadonlyMap<string, CountryCode> {
  return new Map(
    COUNTRY_NAMES.flatMap((names) => names.map((name) => [key(name), names[0] as CountryCode])),
  );
}

/** Millions of rows hold a few hundred spellings; bounded, because a wrong column may hold anything. */
const known = new Map<string, CountryCode>();
const MOST_REMEMBERED = 1000;

/**
 * The country that a cell names: a region, `"absent"` when the cell is empty or says so, `"unknown"`
 * when it names none that has a numbering plan here.
 *
 * `NA` is Namibia in this column, though the same letters are an empty marker in others.
 */
export function readCountry(cell: string): CountryCode | "absent" | "unknown" {
  return resolveCountry(cell) ?? (isAbsent(cell) ? "absent" : "unknown");
}

/**
 * The region for an ISO 3166-1 alpha-2 or alpha-3 code or an English name, in any case, with or
 * without accents and punctuation; undefined when there is none.
 */
export function resolveCountry(cell: string): CountryCode | undefined {
  const remembered = known.get(cell);
  if (remembered !== undefined) return remembered;
  const text = trimBlank(cell);
  if (text.length > LONGEST_CELL) return undefined;
  const code = codeOf(text);
  if (code !== undefined && known.size < MOST_REMEMBERED) known.set(textCopy(cell), code);
  return code;
}

function codeOf(text: string): CountryCode | undefined {
  const upper = /^[a-z]{2}$/i.test(text) ? text.toUpperCase() : "";
  if (CODES.has(upper)) return upper as CountryCode;
  const wanted = key(text);
  // Without its punctuation `#N/A` would be Namibia.
  if (wanted === "na") return undefined;
  codesByKey ??= readNames();
  return codesByKey.get(wanted);
}

/** `St. Kitts & Nevis`, `Saint Kitts and Nevis` -> `stkittsandnevis`. */
function key(name: string): string {
  // Nearly all names are ASCII without their accents, and classes of Unicode take milliseconds to compile.
  const letters = name.normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  const ascii = !hasNonAscii(letters);
  return (ascii ? letters : letters.replace(/\p{M}/gu, ""))
    .toLowerCase()
    .replaceAll("&", " and ")
    .replace(/['’]/g, "")
    .split(ascii ? /[^a-z0-9]+/ : /[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "" && word !== "the")
    .map((word) => (word === "saint" ? "st" : word))
    .join("");
}
