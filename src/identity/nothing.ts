/** Digests of empty values. They are known constants: no digest of a person is made here. */
import { hexDigest } from "#host";
import { ABSENT_MARKERS } from "./absent.ts";

/** Every empty marker as programs write it: as it stands in the list, in capitals, with first capitals. */
const NOTHINGS = [...ABSENT_MARKERS, "NaN"].flatMap((marker) => [
  marker,
  marker.toUpperCase(),
  marker.replace(/[a-z]/, (letter) => letter.toUpperCase()),
  marker.replace(/\b[a-z]/g, (letter) => letter.toUpperCase()),
]);

/** Digests of those texts. Any row that carries one would be matched with nobody, or with everybody. */
const NOTHING_DIGESTS: ReadonlySet<string> = new Set(NOTHINGS.map((text) => hexDigest(text)));

/** Whether a digest is one of an empty value. */
export function isDigestOfNothing(digest: string): boolean {
  return NOTHING_DIGESTS.has(digest);
}
