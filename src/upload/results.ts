/**
 * What was attributed. By goal and day with the reasons why not, and by row where Microsoft gives it. Both reports
 * are of the campaign service; how soon they tell of an upload is Microsoft's matter (six hours, its page says).
 */
import { FirsthashError, usageError } from "../base/errors.ts";
import { VERSION } from "../base/version.ts";
import { contentKey, readBulk } from "./bulk-rows.ts";
import { instantOf } from "./bulk-time.ts";
import { download, type Packed } from "./download.ts";
import { failure } from "./failures.ts";
import { asErrorName } from "./faults.ts";
import { type Goal, listGoals } from "./goals.ts";
import { namedBatches, type TableForm } from "./named-rows.ts";
import {
  checkServiceOptions,
  connect,
  type Internals,
  resolveAccount,
  type ServiceOptions,
} from "./options.ts";
import type { Account, Json, Service } from "./service.ts";
import { rowCodeText, UNATTRIBUTED } from "./service-codes.ts";

/** Options of {@link results}. */
export interface ResultsOptions extends ServiceOptions {
  /** Names of goals; all offline goals when left out. */
  readonly goals?: readonly string[] | undefined;
  /** First and last day of upload, `2026-11-18`, in UTC. The last seven days when left out. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** An upload: what became of each of its rows. */
  readonly of?: string | undefined;
}

/** Conversions that were attributed to nobody, for one reason. */
export interface UnattributedCount {
  /** Microsoft's word; `other` for one that is not known here. */
  readonly reason: string;
  readonly count: number;
  readonly text: string;
  readonly advice?: string;
}

export interface DayResult {
  /** Day of upload, UTC. */
  readonly date: string;
  readonly attributed: number;
  readonly unattributed: number;
  readonly reasons: readonly UnattributedCount[];
}

export interface GoalResult {
  readonly goal: string;
  readonly id: string;
  readonly attributed: number;
  readonly unattributed: number;
  readonly days: readonly DayResult[];
  readonly reasons: readonly UnattributedCount[];
}

/** What became of one row of an upload. */
export interface RowResult {
  /** Line of the upload. */
  readonly line: number;
  readonly clientId: string;
  /** `Success`, Microsoft's word for why not, or `not-told`. */
  readonly status: string;
  readonly text: string;
}

export interface ResultsReport {
  readonly schema: "firsthash.results/1";
  readonly version: string;
  readonly account: string;
  readonly customer: string;
  readonly from: string;
  readonly to: string;
  readonly goals: readonly GoalResult[];
  /** With `of`. */
  readonly rows?: readonly RowResult[];
  readonly notes: readonly string[];
  /** Nothing was unattributed or refused. */
  readonly ok: boolean;
}

const DAY = 86_400_000;
const DAYS_A_CALL = 7;
const GOALS_A_CALL = 20;
const MOST_DAYS = 92;

/**
 * What Microsoft attributed to clicks, by goal and day of upload.
 *
 * @throws FirsthashError "usage" for dates that are none, and in the sandbox, which attributes nothing;
 *   "signIn", "unavailable", "rejected"
 *
 * @example
 * ```ts
 * import { results } from "firsthash/upload";
 *
 * const report = await results({
 *   account: "222",
 *   token: () => process.env.FIRSTHASH_ACCESS_TOKEN ?? "",
 *   developerToken: process.env.FIRSTHASH_DEVELOPER_TOKEN,
 * });
 * for (const { goal, attributed } of report.goals) console.log(goal, attributed);
 * ```
 */
export async function results(options: ResultsOptions): Promise<ResultsReport> {
  return resultsWith(options, {});
}

/** As `results`, with what only the command line has. */
export async function resultsWith(
  options: ResultsOptions,
  internals: Internals,
): Promise<ResultsReport> {
  const endpoint = checkServiceOptions(options, internals);
  if (endpoint.environment === "sandbox") {
    throw usageError("the sandbox attributes nothing", "ask for the results in production");
  }
  const range = rangeOf(options);
  const { service, close } = await connect(options, endpoint, internals);
  try {
    const account = await resolveAccount(service, options);
    const all = await listGoals(service, account);
    const { found, missing } = chosen(all, options.goals);
    const goals = await goalResults(service, account, found, range);
    const rows =
      options.of === undefined
        ? undefined
        : await rowResults(service, account, options.of, range, options.signal);
    const isOk = ({ status }: RowResult) => status === "Success" || status === "not-told";
    return {
      schema: "firsthash.results/1",
      version: VERSION,
      ...account,
      from: dayOf(range.from),
      to: dayOf(range.to),
      goals,
      ...(rows !== undefined && { rows }),
      notes: [
        ...missing.map((name) => `no offline goal is called ${JSON.stringify(name)}`),
        ...notesOf(range),
      ],
      ok:
        missing.length === 0 &&
        goals.every((goal) => goal.unattributed === 0) &&
        (rows ?? []).every(isOk),
    };
  } finally {
    await close();
  }
}

interface Range {
  /** Milliseconds, at midnight UTC; both days belong to it. */
  readonly from: number;
  readonly to: number;
}

function rangeOf({ from, to }: ResultsOptions): Range {
  const today = Math.floor(Date.now() / DAY) * DAY;
  const last = to === undefined ? today : parseDay("to", to);
  const first = from === undefined ? last - (DAYS_A_CALL - 1) * DAY : parseDay("from", from);
  if (first > last) throw usageError("from is after to", "give the earlier day as from");
  if (last - first > MOST_DAYS * DAY) {
    throw usageError("the days are more than three months", "ask for fewer days at a time");
  }
  return { from: first, to: last };
}

function parseDay(name: string, text: string): number {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time) || dayOf(time) !== text) {
    throw usageError(`${name} is not a day`, "write it as 2026-11-18");
  }
  return time;
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

function chosen(
  all: readonly Goal[],
  names: readonly string[] | undefined,
): { readonly found: readonly Goal[]; readonly missing: readonly string[] } {
  if (names === undefined || names.length === 0) return { found: all, missing: [] };
  return {
    found: all.filter(({ name }) => names.includes(name)),
    missing: names.filter((name) => all.every((goal) => goal.name !== name)),
  };
}

function notesOf({ to }: Range): string[] {
  const recent = Date.now() - to < 2 * DAY;
  return recent
    ? [
        "what was uploaded within the last six hours does not show yet; conversions are booked on the day of the click",
      ]
    : [];
}

async function goalResults(
  service: Service,
  account: Account,
  goals: readonly Goal[],
  { from, to }: Range,
): Promise<GoalResult[]> {
  const days = new Map<string, DayResult[]>(goals.map(({ id }) => [id, []]));
  for (let at = 0; at < goals.length; at += GOALS_A_CALL) {
    const some = goals.slice(at, at + GOALS_A_CALL);
    for (let start = from; start <= to; start += DAYS_A_CALL * DAY) {
      const end = Math.min(start + (DAYS_A_CALL - 1) * DAY, to);
      const answer = await service.call(
        "campaign",
        "/CampaignManagement/v13/OfflineConversionReport/QueryByGoalIds",
        {
          ...datesOf(start, end),
          GoalIds: some.map(({ id }) => id),
          UploadChannelFilter: "BulkAPI",
        },
        account,
      );
      for (const summary of listOf(answer.OfflineGoalConversionSummaries)) {
        const known = days.get(String(summary.GoalId));
        known?.push(...listOf(summary.DailySummaries).map(dayResult));
      }
    }
  }
  return goals.map(({ id, name }) => goalResult(id, name, days.get(id) ?? []));
}

function datesOf(from: number, to: number): Json {
  return { StartDateUtc: `${dayOf(from)}T00:00:00`, EndDateUtc: `${dayOf(to)}T00:00:00` };
}

function listOf(value: unknown): Json[] {
  return Array.isArray(value)
    ? value.filter((item): item is Json => typeof item === "object" && item !== null)
    : [];
}

/** 64-bit counts are strings, those of a day are numbers. */
function countOf(value: unknown): number {
  const count = Number(value ?? 0);
  return Number.isFinite(count) && count >= 0 ? Math.floor(count) : 0;
}

function dayResult(day: Json): DayResult {
  return {
    date: String(day.UploadDate)
      .slice(0, 10)
      .replace(/[^\d-]/g, ""),
    attributed: countOf(day.SuccessCount),
    unattributed: countOf(day.UnattributedCount),
    reasons: merged(
      listOf(day.Alerts).map((alert) => reasonOf(alert.UnattributedReason, alert.Count)),
    ),
  };
}

function reasonOf(word: unknown, count: unknown): UnattributedCount {
  const name = asErrorName(word) ?? "";
  const known = UNATTRIBUTED[name];
  const { text, advice } = known ?? { text: "a reason that is not known here", advice: undefined };
  return {
    reason: known === undefined ? "other" : name,
    count: countOf(count),
    text,
    ...(advice !== undefined && { advice }),
  };
}

/** One entry a reason, most first. */
function merged(reasons: readonly UnattributedCount[]): UnattributedCount[] {
  const byReason = new Map<string, UnattributedCount>();
  for (const reason of reasons) {
    const count = (byReason.get(reason.reason)?.count ?? 0) + reason.count;
    byReason.set(reason.reason, { ...reason, count });
  }
  return [...byReason.values()].sort((a, b) => b.count - a.count);
}

function goalResult(id: string, goal: string, days: readonly DayResult[]): GoalResult {
  const sum = (count: (day: DayResult) => number) => days.reduce((all, day) => all + count(day), 0);
  return {
    goal,
    id,
    attributed: sum(({ attributed }) => attributed),
    unattributed: sum(({ unattributed }) => unattributed),
    days: [...days].sort((a, b) => (a.date < b.date ? -1 : 1)),
    reasons: merged(days.flatMap(({ reasons }) => reasons)),
  };
}

type ReportField = "name" | "time" | "clickId" | "email" | "phone" | "status";

const ROW_REPORT: TableForm<ReportField> = {
  headers: {
    name: "conversionname",
    time: "conversiontime",
    clickId: "msclickid",
    email: "hashedemailaddress",
    phone: "hashedphonenumber",
    status: "status",
  },
  required: ["name", "time", "status"],
};

/** `OfflineConversionReports/Query`: a file of rows for each day, joined by name, time and identifiers. */
async function rowResults(
  service: Service,
  account: Account,
  file: string,
  { from, to }: Range,
  signal: AbortSignal | undefined,
): Promise<RowResult[]> {
  const statuses = new Map<string, string>();
  for (let start = from; start <= to; start += DAYS_A_CALL * DAY) {
    const end = Math.min(start + (DAYS_A_CALL - 1) * DAY, to);
    const ask = async () =>
      listOf(
        (
          await service.call(
            "campaign",
            "/CampaignManagement/v13/OfflineConversionReports/Query",
            datesOf(start, end),
            account,
          )
        ).DailySummaries,
      );
    const days = await ask();
    for (const [index] of days.entries()) {
      await readDay(service, ask, days[index], index, statuses, signal);
    }
  }
  return joined(file, statuses, signal);
}

const TRIES = 4;

/** The address of a day's file lives for minutes, like that of an answer. */
async function readDay(
  service: Service,
  ask: () => Promise<Json[]>,
  first: Json | undefined,
  index: number,
  statuses: Map<string, string>,
  signal: AbortSignal | undefined,
): Promise<void> {
  let day = first;
  for (let tried = 0; tried < TRIES; tried++) {
    if (tried > 0) {
      await service.clock.wait(2 ** tried);
      day = (await ask())[index];
    }
    if (typeof day?.FileUrl !== "string" || day.FileUrl === "") continue;
    const got = await download(service, day.FileUrl);
    if (got.kind === "file" && (await readRows(got.packed, statuses, signal))) return;
  }
  throw failure("result-damaged", {
    more: "the rows of a day",
    hint: "try again later",
  });
}

async function readRows(
  packed: Packed,
  statuses: Map<string, string>,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  let known = false;
  try {
    for await (const rows of namedBatches(packed.bytes(), "the report", ROW_REPORT, signal)) {
      known = true;
      for (const row of rows) {
        const status = asErrorName(row.cell("status")) ?? "unknown";
        statuses.set(keyOf(row), status);
      }
    }
  } catch (error) {
    if (error instanceof FirsthashError && error.code === "input") return false;
    throw error;
  }
  return known;
}

function keyOf(row: {
  cell(field: "name" | "time" | "clickId" | "email" | "phone"): string;
}): string {
  const time = row.cell("time");
  return contentKey(
    row.cell("name"),
    instantOf(time) ?? time,
    row.cell("clickId"),
    row.cell("email"),
    row.cell("phone"),
  );
}

async function joined(
  file: string,
  statuses: ReadonlyMap<string, string>,
  signal: AbortSignal | undefined,
): Promise<RowResult[]> {
  const rows: RowResult[] = [];
  const known = await readBulk(
    file,
    file,
    (row) => {
      const status = statuses.get(keyOf(row)) ?? "not-told";
      rows.push({ line: row.line, clientId: row.cell("clientId"), status, text: textOf(status) });
    },
    signal,
  );
  if (!known) throw failure("not-prepared", { file });
  return rows;
}

function textOf(status: string): string {
  if (status === "Success") return "taken; whether it was attributed is told by goal";
  if (status === "not-told") return "Microsoft's report has no such row in these days";
  return (UNATTRIBUTED[status] ?? rowCodeText(status, undefined)).text;
}
