/** Conversion names: how a row comes to the name of its goal. */
import { optionError } from "../base/errors.ts";
import type { RowReason } from "../base/reasons.ts";
import type { CountryCode } from "../base/types.ts";
import { isAbsent } from "../identity/absent.ts";
import { findPlaintext } from "../identity/plaintext-net.ts";
import type { GoalName } from "./types.ts";

/**
 * Microsoft's limit is 100 characters (offlineconversiongoal.md) and does not say how they are counted.
 * We count UTF-16 units, as .NET and SQL Server do: where ways of counting differ, this gives most.
 */
const LONGEST_NAME = 100;

type NameReason = Extract<RowReason, `name-${string}` | `stage-${string}`>;

export type NameResult =
  | { readonly ok: true; readonly name: GoalName; readonly outerSpace: boolean }
  | { readonly ok: false; readonly reason: NameReason };

/** From a stage of the CRM to a goal; null leaves the rows of that stage out. */
export type GoalMap = ReadonlyMap<string, GoalName | null>;

const MISSING: NameResult = { ok: false, reason: "name-missing" };

/**
 * Checks a name and keeps it byte for byte, outer spaces too: it must equal the goal's name, and only
 * Microsoft knows that. (Outer spaces are told, because a goal hardly has them.)
 */
export function readName(cell: string, region?: CountryCode): NameResult {
  if (isAbsent(cell)) return MISSING;
  if (cell.length > LONGEST_NAME) return { ok: false, reason: "name-too-long" };
  if (!isWritable(cell)) return { ok: false, reason: "name-malformed" };
  if (findPlaintext(cell, region) !== undefined) {
    return { ok: false, reason: "name-looks-personal" };
  }
  return { ok: true, name: cell as GoalName, outerSpace: cell !== cell.trim() };
}

/** No control character, which no goal has and which can break lines; no half of a surrogate pair. */
function isWritable(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x20 || (code >= 0x7f && code < 0xa0) || code === 0x2028 || code === 0x2029) {
      return false;
    }
  }
  return !/\p{Surrogate}/u.test(text);
}

const NAME_PROBLEMS: Readonly<Record<NameReason, string>> = {
  "name-missing": "is empty",
  "name-too-long": "is over 100 characters",
  "name-malformed": "has a control character",
  "name-looks-personal": "looks like an e-mail address or a phone number",
  "stage-not-mapped": "is not mapped",
  "stage-left-out": "is left out",
};

/** The value of `goal`. @throws a usage error when it cannot be a goal's name. */
export function goalOption(text: string, region?: CountryCode): GoalName {
  const result = readName(text, region);
  if (result.ok) return result.name;
  throw optionError(
    "goal",
    NAME_PROBLEMS[result.reason],
    "give the name of the conversion goal exactly as it stands in Microsoft Advertising",
  );
}

const MAP_HINT =
  'it must be one JSON object: {"Closed Won": "name of the goal", "Closed Lost": null}; null leaves a stage out';

/**
 * Checks the parsed content of `goalMap`: one JSON object whose keys are values of the stage
 * column and whose values are names of goals, or null.
 *
 * @throws a usage error that gives the number of the entry, not its text.
 */
export function parseGoalMap(content: unknown, region?: CountryCode): GoalMap {
  if (typeof content !== "object" || content === null || Array.isArray(content)) {
    throw optionError("goalMap", "is not a JSON object", MAP_HINT);
  }
  const map = new Map<string, GoalName | null>();
  let entry = 0;
  for (const [key, value] of Object.entries(content)) {
    entry++;
    const stage = key.trim();
    if (stage === "") throw mapError(entry, "has an empty stage");
    if (map.has(stage)) throw mapError(entry, "names a stage that an earlier entry names");
    map.set(stage, value === null ? null : goalOfEntry(value, entry, region));
  }
  if (map.size === 0) throw optionError("goalMap", "is empty", MAP_HINT);
  return map;
}

function goalOfEntry(value: unknown, entry: number, region: CountryCode | undefined): GoalName {
  if (typeof value !== "string") throw mapError(entry, "is neither a goal's name nor null");
  const result = readName(value, region);
  if (result.ok) return result.name;
  throw mapError(entry, `has a goal's name that ${NAME_PROBLEMS[result.reason]}`);
}

function mapError(entry: number, problem: string): Error {
  return optionError("goalMap", `is wrong: entry ${entry} ${problem}`, MAP_HINT);
}

/** The goal of a stage cell. The stage is compared after trimming, as text, case kept. */
export function readStage(cell: string, map: GoalMap): NameResult {
  const goal = map.get(cell.trim());
  if (goal === null) return { ok: false, reason: "stage-left-out" };
  if (goal !== undefined) return { ok: true, name: goal, outerSpace: false };
  return isAbsent(cell) ? MISSING : { ok: false, reason: "stage-not-mapped" };
}
