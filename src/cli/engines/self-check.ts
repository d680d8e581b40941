/** Published vectors as a query, for engines that this project's tests cannot start. */
import type { EmailRuleSet } from "../../base/types.ts";
import { type Vector, type VectorRules, vectors } from "../../testing/vectors.ts";

/** Of each rule set; the query is to be read and pasted. */
const MOST = 16;

/** Quotes, backslashes and what cannot be seen are written differently in each engine. */
const PLAIN = /^[^'"\\$`\p{C}\p{Z}]*(?: [^'"\\$`\p{C}\p{Z}]+)*$/u;

export interface CheckedFunctions {
  /** Before the names of functions. */
  readonly schema: string;
  readonly rules: EmailRuleSet;
  readonly phones: boolean;
}

/** @returns a query that gives the names of vectors that do not hold: no row where all is well. No semicolon. */
export function selfCheck({ schema, rules, phones }: CheckedFunctions): string {
  const checks = [
    ...chosen(rules).map(
      (vector) => [vector, `hash_email('${vector.input}', '${rules}')`] as const,
    ),
    ...chosen("sha256-hex").map((vector) => [vector, `pass_hashed('${vector.input}')`] as const),
    ...(phones ? chosen("e164-2026-11") : []).map((vector) => {
      const country = vector.country === undefined ? "NULL" : `'${vector.country}'`;
      return [vector, `hash_phone('${vector.input}', ${country}, NULL)`] as const;
    }),
  ];
  const lines = checks.map(
    ([vector, call]) =>
      `SELECT '${vector.name}' AS name, ${schema}${call} AS given, '${expected(vector)}' AS expected`,
  );
  return `SELECT name FROM (
  ${lines.join("\n  UNION ALL ")}
) AS checks
WHERE COALESCE(given, '') <> expected`;
}

function chosen(rules: VectorRules): readonly Vector[] {
  const plain = vectors[rules].filter(({ name, input, country = "" }) =>
    [name, input, country].every((text) => PLAIN.test(text)),
  );
  const step = Math.ceil(plain.length / MOST);
  return plain.filter((_, at) => at % step === 0);
}

const expected = (vector: Vector) => (vector.expect === "digest" ? vector.sha256 : "");
