/** Columns that hold digests already: checked, lower-cased, passed on. */

import { isAbsent } from "./absent.ts";
import { trimBlank } from "./clean.ts";
import { asSha256Hex } from "./digest.ts";
import { isDigestOfNothing } from "./nothing.ts";
import { type DigestResult, NO_REPAIRS, refuse, type Trace } from "./types.ts";

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
