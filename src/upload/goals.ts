/** Offline conversion goals of an account, and whether the names of an upload are among them. */

import { readBulk } from "./bulk-rows.ts";
import { failure } from "./failures.ts";
import { asErrorName } from "./faults.ts";
import type { Account, Json, Service } from "./service.ts";

/** An offline conversion goal, as far as uploads depend on it. */
export interface Goal {
  readonly id: string;
  readonly name: string;
  /** `Active` or `Paused`. */
  readonly status: string;
  /** `Account` or `Customer`. */
  readonly scope: string;
  /** Whether rows without a click id are taken. Undefined where the service does not say. */
  readonly enhanced: boolean | undefined;
  /** `All`: each conversion counts. `Unique`: only the first after a click. */
  readonly countType: string;
  readonly windowDays: number | undefined;
  /** `NoValue`, `FixedValue` or `VariableValue`. */
  readonly valueType: string;
}

/**
 * `ConversionGoals/QueryByIds`. The ids are left out: an empty list, which the docs allow, gives error 206.
 * Without the additional fields the flag of enhanced conversions does not come (both seen live, Sep 2026).
 *
 * @throws FirsthashError "signIn", "unavailable", "rejected" or "interrupted"
 */
export async function listGoals(service: Service, account: Account): Promise<Goal[]> {
  const answer = await service.call(
    "campaign",
    "/CampaignManagement/v13/ConversionGoals/QueryByIds",
    {
      ConversionGoalTypes: "OfflineConversion",
      ReturnAdditionalFields: "IsEnhancedConversionsEnabled,IsExternallyAttributed",
    },
    account,
  );
  // An account without goals may have null in the place of an empty list.
  const list = answer.ConversionGoals === null ? [] : answer.ConversionGoals;
  if (!Array.isArray(list)) throw failure("service-broken", { more: "no list of goals" });
  return list.flatMap((goal: unknown) =>
    typeof goal === "object" && goal !== null ? [goalOf(goal as Json)] : [],
  );
}

function goalOf(goal: Json): Goal {
  const revenue = (goal.Revenue ?? {}) as Json;
  const minutes = Number(goal.ConversionWindowInMinutes ?? Number.NaN);
  return {
    id: String(goal.Id ?? ""),
    name: typeof goal.Name === "string" ? goal.Name : "",
    status: asErrorName(goal.Status) ?? "unknown",
    scope: asErrorName(goal.Scope) ?? "unknown",
    enhanced: flagOf(goal.IsEnhancedConversionsEnabled),
    countType: asErrorName(goal.CountType) ?? "unknown",
    windowDays: minutes > 0 ? Math.round(minutes / 144) / 10 : undefined,
    valueType: asErrorName(revenue.Type) ?? "unknown",
  };
}

/** Absent is unknown, not false. */
function flagOf(value: unknown): boolean | undefined {
  if (typeof value === "boolean") return value;
  const word = typeof value === "string" ? value.toLowerCase() : "";
  return word === "true" ? true : word === "false" ? false : undefined;
}

/** The rows of an upload under one conversion name. */
export interface NameCount {
  readonly name: string;
  rows: number;
  /** Rows without a click id: they need a goal with enhanced conversions. */
  hashOnly: number;
}

/** More names than this are not goals: Microsoft allows a few hundred. */
const MOST_NAMES = 10_000;

/** The conversion names of an upload that was verified, by the number of their rows. */
export async function countNames(file: string, signal?: AbortSignal): Promise<NameCount[]> {
  const names = new Map<string, NameCount>();
  const known = await readBulk(
    file,
    file,
    (row) => {
      const name = row.cell("name");
      let count = names.get(name);
      if (count === undefined) {
        if (names.size >= MOST_NAMES) return;
        count = { name, rows: 0, hashOnly: 0 };
        names.set(name, count);
      }
      count.rows++;
      if (row.cell("clickId") === "") count.hashOnly++;
    },
    signal,
  );
  if (!known) throw failure("not-prepared", { file });
  return [...names.values()].sort((a, b) => b.rows - a.rows);
}

/** What can be wrong with a name. Those of `BLOCKING` make an upload without use. */
export const GOAL_FINDINGS = {
  missing: {
    blocking: true,
    text: "no offline conversion goal has this name",
    advice: "make the goal, or correct the name with --goal or --goal-map of `firsthash prepare`",
  },
  "differs-in-case": {
    blocking: true,
    text: "a goal has this name with other capital letters",
    advice: "the name must be the goal's, letter for letter",
  },
  "differs-in-space": {
    blocking: true,
    text: "a goal has this name with other spaces",
    advice: "the name must be the goal's, space for space; look at both ends",
  },
  "differs-in-form": {
    blocking: true,
    text: "a goal has this name with its accents in another Unicode form",
    advice: "copy the name from the goal",
  },
  paused: {
    blocking: true,
    text: "the goal is paused: conversions are not tracked",
    advice: "activate the goal in Microsoft Advertising",
  },
  "not-enhanced": {
    blocking: true,
    text: "the goal takes no enhanced conversions, and there are rows without a click id",
    advice: "turn enhanced conversions on for the goal, and accept their terms",
  },
  "enhanced-unknown": {
    blocking: false,
    text: "whether the goal takes enhanced conversions is not told",
    advice: "look at the goal in Microsoft Advertising",
  },
  unique: {
    blocking: false,
    text: "the goal counts only the first conversion after a click",
    advice: "for sales, All is usual",
  },
  "no-value": {
    blocking: false,
    text: "the goal has no value, so it may be that values of rows are not counted",
    advice: "let the value of the goal vary",
  },
} as const;

export type GoalFindingCode = keyof typeof GOAL_FINDINGS;

/** A name of an upload, its goal, and what is wrong. */
export interface NameReport extends NameCount {
  readonly goal: Goal | undefined;
  readonly findings: readonly GoalFindingCode[];
}

/** Compares names byte for byte; a difference in case, spaces or Unicode form is named as such. */
export function compareNames(
  goals: readonly Goal[],
  names: readonly NameCount[],
  { adjustments = false }: { readonly adjustments?: boolean } = {},
): NameReport[] {
  return names.map((count) => {
    const same = goals.filter(({ name }) => name === count.name);
    const goal = same.find(({ status }) => status === "Active") ?? same[0];
    if (goal === undefined) {
      const near = nearMiss(goals, count.name);
      return { ...count, goal: near?.goal, findings: [near?.code ?? "missing"] };
    }
    return { ...count, goal, findings: adjustments ? [] : findingsOf(goal, count) };
  });
}

function findingsOf(goal: Goal, { hashOnly }: NameCount): GoalFindingCode[] {
  const findings: GoalFindingCode[] = [];
  if (goal.status === "Paused") findings.push("paused");
  if (hashOnly > 0 && goal.enhanced === false) findings.push("not-enhanced");
  if (hashOnly > 0 && goal.enhanced === undefined) findings.push("enhanced-unknown");
  if (goal.countType === "Unique") findings.push("unique");
  if (goal.valueType === "NoValue") findings.push("no-value");
  return findings;
}

const SPACES = /[\s\u00a0\u202f\u200b\ufeff]+/g;

const FORMS: readonly (readonly [GoalFindingCode, (name: string) => string])[] = [
  ["differs-in-form", (name) => name.normalize("NFC")],
  ["differs-in-space", (name) => name.normalize("NFC").replace(SPACES, " ").trim()],
  ["differs-in-case", (name) => name.normalize("NFC").replace(SPACES, " ").trim().toLowerCase()],
];

function nearMiss(
  goals: readonly Goal[],
  name: string,
): { readonly code: GoalFindingCode; readonly goal: Goal } | undefined {
  for (const [code, form] of FORMS) {
    const goal = goals.find((each) => form(each.name) === form(name));
    if (goal !== undefined) return { code, goal };
  }
  return undefined;
}

/** Whether an upload with this name would be without use. */
export function isBlocked({ findings }: NameReport): boolean {
  return findings.some((code) => GOAL_FINDINGS[code].blocking);
}
