/** `goals`: the offline goals of an account, and whether the names of a file are among them. */
import { VERSION } from "../base/version.ts";
import {
  compareNames,
  countNames,
  GOAL_FINDINGS,
  type Goal,
  isBlocked,
  listGoals,
  type NameReport,
} from "./goals.ts";
import {
  checkServiceOptions,
  connect,
  type Internals,
  resolveAccount,
  type ServiceOptions,
} from "./options.ts";
import type { Json, Service } from "./service.ts";

/** Options of {@link goals}. */
export interface GoalsOptions extends ServiceOptions {
  /** A prepared file whose conversion names are compared. */
  readonly file?: string | undefined;
}

export interface GoalsReport {
  readonly schema: "firsthash.goals/1";
  readonly version: string;
  readonly account: string;
  readonly customer: string;
  readonly goals: readonly Goal[];
  /** With `file`: its names, most rows first. */
  readonly names?: readonly NameReport[];
  readonly notes: readonly string[];
  /** No name of the file would be of no use. */
  readonly ok: boolean;
}

/**
 * The offline conversion goals of an account; with a file, whether each of its names is a goal, active and
 * enhanced. Of the file only names are read, and what identifies rows.
 *
 * @throws FirsthashError "signIn", "unavailable", "rejected", "usage", "input"
 *
 * @example
 * ```ts
 * import { goals } from "firsthash/upload";
 *
 * const report = await goals({
 *   account: "222",
 *   token: () => process.env.FIRSTHASH_ACCESS_TOKEN ?? "",
 *   developerToken: process.env.FIRSTHASH_DEVELOPER_TOKEN,
 *   file: "upload.csv",
 * });
 * console.log(report.ok);
 * ```
 */
export async function goals(options: GoalsOptions): Promise<GoalsReport> {
  return goalsWith(options, {});
}

/** As `goals`, with what only the command line has. */
export async function goalsWith(options: GoalsOptions, internals: Internals): Promise<GoalsReport> {
  const endpoint = checkServiceOptions(options, internals);
  const { file, signal } = options;
  const counts = file === undefined ? undefined : await countNames(file, signal);
  const { service, close } = await connect(options, endpoint, internals);
  try {
    const account = await resolveAccount(service, options);
    const list = await listGoals(service, account);
    const names = counts === undefined ? undefined : compareNames(list, counts);
    const clickIds = counts?.some(({ rows, hashOnly }) => rows > hashOnly) === true;
    return {
      schema: "firsthash.goals/1",
      version: VERSION,
      ...account,
      goals: list,
      ...(names !== undefined && { names }),
      notes: [
        ...(clickIds ? await taggingNotes(service, account.account) : []),
        "when a goal was made is not told: conversions are refused within its first two hours",
      ],
      ok: names?.some(isBlocked) !== true,
    };
  } finally {
    await close();
  }
}

/** Click ids come of auto-tagging: where it is off, those in a file are of another account, or older. */
async function taggingNotes(service: Service, account: string): Promise<string[]> {
  try {
    const answer = await service.call("clientcenter", "/CustomerManagement/v13/Account/Query", {
      AccountId: account,
    });
    const { AutoTagType } = (answer.Account ?? {}) as Json;
    return AutoTagType === "Inactive"
      ? ["rows have click ids, and auto-tagging is off in this account: its clicks get none"]
      : [];
  } catch {
    return ["whether auto-tagging is on could not be asked"];
  }
}

/** The texts of a name's findings. */
export function findingTexts({ findings }: NameReport): string[] {
  return findings.map((code) => `${GOAL_FINDINGS[code].text} (${code})`);
}
