/**
 * `dist-udf/firsthash.udf.email.js`: the e-mail rules as one script, small enough to stand inside a statement.
 * The functions are those of an SQL engine: NULL in, NULL out, and never an exception.
 */
import "./polyfills.ts";
import { asSha256Hex } from "../identity/digest.ts";
import { normalizeEmail } from "../identity/email.ts";
import { digestOf } from "../identity/hash.ts";
import { readHashed } from "../identity/hashed.ts";
import { DEFAULT_EMAIL_RULES, isEmailRuleSet } from "../identity/rules.ts";
import { textOf } from "./cell-text.ts";

/**
 * The digest of an e-mail address, or null.
 *
 * @param cell the address
 * @param rules the rule set, Microsoft's where it is left out. One that there is not gives null for every cell.
 */
export function hashEmail(cell: unknown, rules: unknown = DEFAULT_EMAIL_RULES): string | null {
  if (typeof rules !== "string" || !isEmailRuleSet(rules)) return null;
  const result = digestOf(normalizeEmail(textOf(cell), rules));
  return result.ok ? result.digest : null;
}

/** A digest that was made elsewhere, in lower case, or null: for what is no digest, and for that of an empty cell. */
export function passHashed(cell: unknown): string | null {
  const text = textOf(cell).trim();
  if (asSha256Hex(text) === undefined) return null;
  const result = readHashed(text);
  return result.ok ? result.digest : null;
}
