/** What a country column holds -> the region whose numbering plan reads the phone number. */

import { textCopy } from "#host";
import type { CountryCode } from "../base/types.ts";
import { isAbsent } from "./absent.ts";
import { hasNonAscii, trimBlank } from "./clean.ts";
import { COUNTRY_NAMES, SHARED_NAMES } from "./country-names.ts";
import { CLDR_NAMES } from "./country-names-cldr.ts";

/** The longest name in the tables has 66 characters; the limit bounds the work per cell. */
const LONGEST_CELL = 100;

const CODES: ReadonlySet<string> = new Set(COUNTRY_NAMES.map(([code]) => code));

/** Made when the first cell is read that is no code of two letters. */
let codesByKey: ReadonlyMap<string, CountryCode> | undefined;

function readNames(): ReadonlyMap<string, CountryCode> {
  const byKey = new Map<string, CountryCode>();
  for (const [code, ...others] of COUNTRY_NAMES) {
    const region = code as CountryCode;
    const names = [code, ...others, ...(CLDR_NAMES[code]?.split("|") ?? [])];
    for (const name of names) {
      byKey.set(key(name), region);
      byKey.set(key(withoutUmlauts(name)), region);
    }
  }
  for (const name of SHARED_NAMES) byKey.delete(key(name));
  return byKey;
}

/** As German is written where a keyboard or a system has no umlauts: `Suedafrika`. */
function withoutUmlauts(name: string): string {
  const ascii: Readonly<Record<string, string>> = { ä: "ae", ö: "oe", ü: "ue" };
  return name.toLowerCase().replace(/[äöü]/g, (letter) => ascii[letter] ?? letter);
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
 * The region for an ISO 3166-1 alpha-2 or alpha-3 code or a name in one of eight languages or the country's
 * own, in any case, with or without accents and punctuation; undefined when there is none. `Germany (DE)`
 * and `DE - Germany` are read too, where both parts say the same.
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

/** A code and a name, in brackets or with a dash or the like between them. */
const PAIRS = [
  /^(.+)\(([^()]+)\)$/,
  /^([a-z]{2,3})\s*[-\u2013\u2014/:|]\s*(.+)$/i,
  /^(.+?)\s*[-\u2013\u2014/:|]\s*([a-z]{2,3})$/i,
];

function codeOf(text: string): CountryCode | undefined {
  const whole = lookUp(text);
  if (whole !== undefined) return whole;
  for (const pair of PAIRS) {
    const [, one = "", other = ""] = pair.exec(text) ?? [];
    const code = lookUp(trimBlank(one));
    if (code !== undefined && code === lookUp(trimBlank(other))) return code;
  }
  return undefined;
}

function lookUp(text: string): CountryCode | undefined {
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
    .replaceAll("ß", "ss")
    .replaceAll("&", " and ")
    .replace(/['’]/g, "")
    .split(ascii ? /[^a-z0-9]+/ : /[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "" && word !== "the")
    .map((word) => (word === "saint" ? "st" : word))
    .join("");
}
