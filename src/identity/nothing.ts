/** Digests of empty values. They are known constants: no digest of a person is made here. */
import { hexDigest } from "#host";

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
const NOTHING_DIGESTS: ReadonlySet<string> = new Set(NOTHINGS.map(hexDigest));

/** Whether a digest is one of an empty value. */
export function isDigestOfNothing(digest: string): boolean {
  return NOTHING_DIGESTS.has(digest);
}
