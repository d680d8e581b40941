/** `dist-udf/firsthash.udf.js`: the rules for one cell as one script. See `udf-email.ts`. */
import "./polyfills.ts";
import { resolveCountry } from "../identity/country.ts";
import { digestOf } from "../identity/hash.ts";
import { readPhone } from "../identity/identify.ts";
import { textOf } from "./cell-text.ts";

export { hashEmail, passHashed } from "./udf-email.ts";

/**
 * The digest of a phone number, or null.
 *
 * @param cell the number
 * @param country the row's country cell; where it names no country, a number without its own gives null
 * @param fallback the country of numbers in rows without one. One that there is not gives null for every cell.
 */
export function hashPhone(cell: unknown, country?: unknown, fallback?: unknown): string | null {
  const given = textOf(fallback);
  const region = given === "" ? undefined : resolveCountry(given);
  if (given !== "" && region === undefined) return null;
  const result = digestOf(readPhone(textOf(cell), textOf(country), { region }));
  return result.ok ? result.digest : null;
}
