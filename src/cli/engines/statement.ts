/** What the texts of all engines are made from. */
import type { EmailRuleSet } from "../../base/types.ts";
import type { UdfScripts } from "./options.ts";

export interface Statement {
  readonly scripts: UdfScripts;
  readonly rules: EmailRuleSet;
  /** A code of two letters. */
  readonly country: string | undefined;
  /** An address of Cloud Storage. */
  readonly library: string | undefined;
}

/** A word of ours as it stands in a statement. */
export const quoted = (word: string | undefined) => (word === undefined ? "NULL" : `'${word}'`);

/**
 * A function's body that holds the script. Engines run the body for each row, and the script once: what is
 * assigned without a declaration outlives the row (docs.snowflake.com, "JavaScript UDF limitations", 2026-08).
 *
 * Each function has a name of its own for it: whether two functions share their globals is not written anywhere.
 *
 * @param name the function of the script
 * @param args what it is called with
 */
export function guarded(script: string, name: string, args: readonly string[]): string {
  const loaded = `firsthash_${name}`;
  return `if (typeof ${loaded} === "undefined") {
${script.trimEnd()}
${loaded} = firsthash;
}
return ${loaded}.${name}(${args.join(", ")});`;
}
