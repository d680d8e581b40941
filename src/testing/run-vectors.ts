/** Runs any function against the published vectors. */
import { isEmailRuleSet } from "../identity/rules.ts";
import { type Vector, type VectorRules, vectors } from "./vectors.ts";

/** What the function under test is told besides the cell. */
export interface VectorCase {
  readonly rules: VectorRules;
  /** What the cell is: an address, a number, or a digest that was made elsewhere. */
  readonly kind: "email" | "phone" | "hashed";
  /** The cell of the country column, where there is one. */
  readonly country?: string;
}

/** From a cell to its digest in hex, or to nothing where it must not be hashed. */
export type VectorFunction = (
  input: string,
  options: VectorCase,
) => string | null | undefined | PromiseLike<string | null | undefined>;

export interface RunVectorsOptions {
  /** Only the vectors of these rule sets; all of them when left out. */
  readonly rules?: readonly VectorRules[];
}

/** A vector that did not hold. It holds no input and no digest. */
export interface VectorFailure {
  readonly rules: VectorRules;
  readonly name: string;
  readonly expected: "digest" | "nothing";
  readonly got: "another digest" | "nothing" | "a digest" | "an exception";
}

export interface VectorRun {
  readonly count: number;
  readonly failed: readonly VectorFailure[];
}

/**
 * Runs a function against the published vectors, one after the other. A digest must be equal to the
 * vector's, in lower case; for a cell that is refused or absent the function must return `undefined`,
 * `null` or "".
 *
 * @param fn the function under test; an exception that it throws is a failure of that vector
 * @returns how many were run, and those that did not hold
 *
 * @example
 * ```ts
 * import { hashEmail } from "firsthash";
 * import { runVectors } from "firsthash/testing";
 *
 * const { failed } = await runVectors(
 *   (input) => {
 *     const result = hashEmail(input);
 *     return result.ok ? result.digest : undefined;
 *   },
 *   { rules: ["microsoft-2026-11"] },
 * );
 * console.log(failed); // []
 * ```
 */
export async function runVectors(
  fn: VectorFunction,
  options: RunVectorsOptions = {},
): Promise<VectorRun> {
  const names = options.rules ?? (Object.keys(vectors) as VectorRules[]);
  const failed: VectorFailure[] = [];
  let count = 0;
  for (const vector of names.flatMap((name) => vectors[name])) {
    count++;
    const wanted = vector.expect === "digest" ? vector.sha256 : undefined;
    const got = compare(await call(fn, vector), wanted);
    if (got === undefined) continue;
    const expected = wanted === undefined ? "nothing" : "digest";
    failed.push({ rules: vector.rules, name: vector.name, expected, got });
  }
  return { count, failed };
}

const THREW = Symbol("an exception");

async function call(fn: VectorFunction, { input, rules, country }: Vector) {
  const kind = isEmailRuleSet(rules) ? "email" : rules === "e164-2026-11" ? "phone" : "hashed";
  try {
    return await fn(input, { rules, kind, ...(country !== undefined && { country }) });
  } catch {
    return THREW;
  }
}

function compare(
  result: string | null | undefined | typeof THREW,
  wanted: string | undefined,
): VectorFailure["got"] | undefined {
  if (result === THREW) return "an exception";
  const digest = result === null || result === "" ? undefined : result;
  if (digest === wanted) return undefined;
  if (digest === undefined) return "nothing";
  return wanted === undefined ? "a digest" : "another digest";
}
