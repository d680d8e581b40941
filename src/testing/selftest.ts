/** Recomputes the published vectors on this machine, by the code that `prepare` runs. */

import { referenceDigestsAgree } from "#host";
import { VERSION } from "../base/version.ts";
import { type Identified, identify, type PersonCells } from "../identity/identify.ts";
import {
  DEFAULT_EMAIL_RULES,
  isEmailRuleSet,
  phoneMetadataVersion,
  RULE_SETS,
  type RuleSet,
} from "../identity/rules.ts";
import type { Vector, VectorRules } from "./vectors.ts";

/** The vectors of one rule set. */
export interface SelftestGroup {
  readonly rules: VectorRules | "sha256";
  /** Vectors recomputed. */
  readonly count: number;
  /** Names of those that did not hold. No other word of them is kept. */
  readonly failed: readonly string[];
}

/** What `selftest` found. Fit for a report: names, counts and versions. */
export interface SelftestReport {
  readonly schema: "firsthash.selftest/1";
  readonly version: string;
  readonly rules: readonly Pick<RuleSet, "name" | "date">[];
  /** The package that says which phone numbers are valid, and its version. */
  readonly phoneMetadata: string;
  readonly groups: readonly SelftestGroup[];
  readonly ok: boolean;
}

/**
 * Recomputes every published vector on this machine and compares digests, reasons and repairs. The group
 * `sha256` hashes every normalized text by three implementations of SHA-256 (the one in use,
 * `@noble/hashes`, and Node's own), which must agree with each other.
 *
 * @param vectors the vectors to recompute; the published ones when left out
 *
 * @example
 * ```ts
 * import { selftest } from "firsthash";
 *
 * const { ok } = await selftest();
 * console.log(ok); // true
 * ```
 */
export async function selftest(
  vectors?: Readonly<Partial<Record<VectorRules, readonly Vector[]>>>,
): Promise<SelftestReport> {
  // Imported here: 200 kB of JSON that nothing else needs.
  const all = vectors ?? (await import("./vectors.ts")).vectors;
  const names = Object.keys(RULE_SETS) as VectorRules[];
  const groups: SelftestGroup[] = names.flatMap((rules) => {
    const group = all[rules];
    return group === undefined ? [] : [checkGroup(rules, group, holds)];
  });
  groups.push(checkGroup("sha256", Object.values(all).flat().filter(hasText), digestsHold));
  return {
    schema: "firsthash.selftest/1",
    version: VERSION,
    rules: names.map((name) => ({ name, date: RULE_SETS[name].date })),
    phoneMetadata: phoneMetadataVersion(),
    groups,
    ok: groups.every(({ failed }) => failed.length === 0),
  };
}

function checkGroup(
  rules: SelftestGroup["rules"],
  vectors: readonly Vector[],
  test: (vector: Vector) => boolean,
): SelftestGroup {
  const failed = vectors.filter((vector) => !holdsSafely(vector, test)).map(({ name }) => name);
  return { rules, count: vectors.length, failed };
}

/** An exception is a failure of its vector, not the end of the test; its message may hold the text. */
function holdsSafely(vector: Vector, test: (vector: Vector) => boolean): boolean {
  try {
    return test(vector);
  } catch {
    return false;
  }
}

function hasText(vector: Vector): boolean {
  return vector.expect === "digest" && vector.normalized !== undefined;
}

function digestsHold(vector: Vector): boolean {
  return (
    vector.expect === "digest" &&
    vector.normalized !== undefined &&
    referenceDigestsAgree([vector.normalized])
  );
}

/** As a row of an export would give it. */
function holds(vector: Vector): boolean {
  const rules = isEmailRuleSet(vector.rules) ? vector.rules : DEFAULT_EMAIL_RULES;
  const found = identify(cellsOf(vector), { rules });
  const digest = found.email ?? found.phone;
  switch (vector.expect) {
    case "digest":
      return digest === vector.sha256 && sameList(repairsOf(found), vector.repaired);
    case "refused":
      return digest === undefined && sameList(reasonsOf(found), [vector.reason]);
    case "absent":
      return digest === undefined && found.notes.length === 0;
  }
}

function cellsOf({ rules, input, country }: Vector): PersonCells {
  const cells = { emails: [], phones: [], country, hashedEmails: [], hashedPhones: [] };
  if (rules === "e164-2026-11") return { ...cells, phones: [input] };
  if (rules === "sha256-hex") return { ...cells, hashedEmails: [input] };
  return { ...cells, emails: [input] };
}

function repairsOf({ notes }: Identified): string[] {
  return notes.flatMap((note) => ("repaired" in note ? [note.repaired] : []));
}

function reasonsOf({ notes }: Identified): string[] {
  return notes.flatMap((note) => ("refused" in note ? [note.refused] : []));
}

function sameList(found: readonly string[], wanted: readonly string[]): boolean {
  return found.length === wanted.length && found.every((item, index) => item === wanted[index]);
}
