/**
 * The published vectors: what one cell of an export must give, for any implementation. The JSON files in
 * `vectors/` are the product; this is their door for JavaScript (`firsthash/vectors`).
 */
// The build puts them in (scripts/inline-json.js).
import google from "../../vectors/email.google-2026-11.json" with { type: "json" };
import microsoft from "../../vectors/email.microsoft-2026-11.json" with { type: "json" };
import hashed from "../../vectors/hashed.json" with { type: "json" };
import apart from "../../vectors/lone-surrogates.json" with { type: "json" };
import phones from "../../vectors/phone.e164-2026-11.json" with { type: "json" };

/** The rule sets that there are vectors for. */
export type VectorRules = "microsoft-2026-11" | "google-2026-11" | "e164-2026-11" | "sha256-hex";

interface Given {
  /** What the vector is about. With `rules` and `input` it is unique. */
  readonly name: string;
  /** The cell. A few hold lone surrogates. */
  readonly input: string;
  /** Phone numbers: the cell of the country column, where there is one. */
  readonly country?: string;
  readonly rules: VectorRules;
}

/** A cell that gives a digest. */
export interface DigestVector extends Given {
  readonly expect: "digest";
  /** The text that is hashed; hashed cells have none. */
  readonly normalized?: string;
  /** SHA-256 of the text's UTF-8 bytes: 64 lower-case hex digits. */
  readonly sha256: string;
  /** What was mended on the way, in order. */
  readonly repaired: readonly string[];
}

/** A cell that must not be hashed, and why. */
export interface RefusedVector extends Given {
  readonly expect: "refused";
  readonly reason: string;
}

/** An empty cell, or one that says that it is empty. */
export interface AbsentVector extends Given {
  readonly expect: "absent";
}

/** One cell and what it must give. `vectors/schema.json` is its JSON Schema. */
export type Vector = DigestVector | RefusedVector | AbsentVector;

interface VectorFile {
  readonly vectors: readonly Vector[];
}

function group(rules: VectorRules, file: unknown): readonly Vector[] {
  const { vectors } = file as VectorFile;
  // Apart, because not every JSON reader takes a lone surrogate.
  const more = (apart as VectorFile).vectors.filter((vector) => vector.rules === rules);
  return Object.freeze([...vectors, ...more].map((vector) => Object.freeze(vector)));
}

/**
 * All published vectors by their rule set.
 *
 * @example
 * ```ts
 * import { hashEmail } from "firsthash";
 * import { vectors } from "firsthash/vectors";
 *
 * const wrong = vectors["microsoft-2026-11"].filter((vector) => {
 *   const result = hashEmail(vector.input);
 *   return (result.ok ? result.digest : undefined) !==
 *     (vector.expect === "digest" ? vector.sha256 : undefined);
 * });
 * console.log(wrong.length); // 0
 * ```
 */
export const vectors: Readonly<Record<VectorRules, readonly Vector[]>> = Object.freeze({
  "microsoft-2026-11": group("microsoft-2026-11", microsoft),
  "google-2026-11": group("google-2026-11", google),
  "e164-2026-11": group("e164-2026-11", phones),
  "sha256-hex": group("sha256-hex", hashed),
});
