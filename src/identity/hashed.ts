/** Columns that hold digests already: checked, lower-cased, passed on. */

import type { Sha256Hex } from "../base/types.ts";
import { isAbsent } from "./absent.ts";
import { trimBlank } from "./clean.ts";
import { asSha256Hex, sha256Hex } from "./digest.ts";
import { type DigestResult, NO_REPAIRS, refuse, type Trace } from "./types.ts";

/** What an empty cell prints as in the languages that hash one by mistake. */
const NOTHINGS = [
  [""],
  ["null", "Null", "NULL"],
  ["undefined", "Undefined", "UNDEFINED"],
  ["nan", "NaN", "Nan", "NAN"],
  ["none", "None", "NONE"],
  ["n/a", "N/a", "N/A"],
].flat();

/** Digests of those texts. Any row that carries one would be matched with nobody, or with everybody. */
const NOTHING_DIGESTS: ReadonlySet<Sha256Hex> = new Set(NOTHINGS.map(sha256Hex));

/** Whether a digest is one of an empty value. */
export function isDigestOfNothing(digest: Sha256Hex): boolean {
  return NOTHING_DIGESTS.has(digest);
}

/**
 * Reads a cell of a column that the user declared as hashed. It must hold 64 hex digits of any case;
 * digests of an empty value are refused.
 */
export function readHashed(cell: string, trace?: Trace): DigestResult {
  if (isAbsent(cell)) return refuse("absent");
  const digest = asSha256Hex(trimBlank(cell));
  if (digest === undefined) return refuse("hash-malformed");
  trace?.("lower-cased", digest);
  if (isDigestOfNothing(digest)) return refuse("hash-of-nothing");
  return { ok: true, digest, repaired: NO_REPAIRS };
}
