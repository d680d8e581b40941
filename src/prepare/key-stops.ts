/** Keys by which people would be taken for each other: reasons to stop before anything is written (rules.md 6). */
import { usageError } from "../base/errors.ts";
import { areCut, type CutCount } from "../join/damaged-keys.ts";
import type { KeySettings } from "../join/key-readings.ts";
import { printableHeader } from "../read/columns/columns.ts";
import type { Input } from "./inputs.ts";

/** @param key the column @throws FirsthashError "usage" where the keys of an input were cut to 15 digits */
export function refuseCutKeys(
  input: Pick<Input, "table">,
  key: number,
  count: CutCount,
  { readings }: KeySettings,
): void {
  const problem = cutKeysProblem(input, key, count, readings.includes("as-written"));
  if (problem !== undefined) throw usageError(problem.message, problem.hint);
}

/** The same for a job that has written when it knows, and publishes nothing. */
export function cutKeysProblem(
  input: Pick<Input, "table">,
  key: number,
  count: CutCount,
  asWritten: boolean,
): { readonly message: string; readonly hint: string } | undefined {
  if (!areCut(count) || asWritten) return undefined;
  return {
    message: `${placeOf(input, key)}: the ids were cut to 15 digits, as a spreadsheet does (${count.cut} of ${count.long} long ids end in zeros): one id may be several people's`,
    hint: 'export the column as text; if the ids are so, insist with `keyReading: "as-written"`',
  };
}

/** One key with two addresses is a person who has two; several say that the column names no person. */
const FEWEST = 2;
const SHARE = 1 / 20;

/**
 * @param used keys of the conversions that have a contact
 * @param conflicting of these, keys whose contacts have different addresses or numbers
 * @throws FirsthashError "usage" where too many of the keys are several people's
 */
export function refuseSharedKeys(
  input: Input & { readonly key: number },
  used: number,
  conflicting: number,
): void {
  if (conflicting < FEWEST || conflicting <= used * SHARE) return;
  throw usageError(
    `${placeOf(input, input.key)}: ${conflicting} of the ${used} keys that are used have contacts with different addresses or numbers: it names no single person`,
    'name a column that does with `key`; if these are one person each, insist with `onConflict: "drop"`, `"first"` or `"last"`',
  );
}

function placeOf({ table }: Pick<Input, "table">, key: number): string {
  const header = printableHeader(table, key);
  const column = header === undefined ? `column ${key + 1}` : JSON.stringify(header);
  return `key column ${column} of ${table.findings.file}`;
}
