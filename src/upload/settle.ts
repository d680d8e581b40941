/** From a file that has arrived to the answer about its rows: waits for the service, then fetches at once. */
import { FirsthashError } from "../base/errors.ts";
import { type Answer, readAnswer } from "./answer.ts";
import { askForStatus, type UploadStatus } from "./bulk.ts";
import { download, type Packed } from "./download.ts";
import { failure } from "./failures.ts";
import type { RowIndex } from "./row-index.ts";
import type { Account, Service } from "./service.ts";

/**
 * Seconds between two asks; the last one goes on. Microsoft's page asks for one a minute, its SDK asks after
 * 1 second four times and then every 5: this is between the two.
 */
const WAITS = [5, 5, 5, 5, 15, 15, 15, 15, 15, 15, 60] as const;

export interface Waiting {
  readonly service: Service;
  readonly account: Account;
  readonly requestId: string;
  /** Seconds. */
  readonly timeout: number;
  onStatus(status: UploadStatus): void;
}

/**
 * Asks until the service is done with the file.
 *
 * @returns a status that is `done` or `failed`
 * @throws FirsthashError "unavailable": `not-finished`, `status-unknown`, `request-unknown`
 */
export async function awaitStatus(waiting: Waiting): Promise<UploadStatus> {
  const { service, requestId, account, timeout } = waiting;
  const end = performance.now() + service.clock.scaled(timeout);
  for (let ask = 0; ; ask++) {
    const status = await askForStatus(service, requestId, account);
    waiting.onStatus(status);
    if (status.kind === "done" || status.kind === "failed") return status;
    if (status.kind === "unknown") throw failure("status-unknown", { more: status.status });
    const wait = WAITS[Math.min(ask, WAITS.length - 1)] ?? 60;
    if (performance.now() + service.clock.scaled(wait) > end) {
      throw failure("not-finished", { more: `status ${status.status}` });
    }
    await service.clock.wait(wait);
  }
}

const TRIES = 4;
const BROKEN_WAITS = [2, 4, 8] as const;

export interface Fetching {
  readonly service: Service;
  readonly account: Account;
  readonly requestId: string;
  /** As `awaitStatus` gave it. */
  readonly status: UploadStatus;
  readonly index: () => Promise<RowIndex>;
  readonly signal?: AbortSignal | undefined;
  onBytes(bytes: number): void;
}

export interface Fetched {
  readonly answer: Answer;
  readonly index: RowIndex;
  readonly packed: Packed;
}

/**
 * Fetches the answer. Its address lives for minutes: where it is gone, or what comes is damaged, the service
 * is asked for another one.
 *
 * @throws FirsthashError "unavailable": `result-gone`, `result-damaged`; "rejected": `result-too-large`, …
 */
export async function fetchAnswer(fetching: Fetching): Promise<Fetched> {
  const { service, account, requestId, signal } = fetching;
  let { status } = fetching;
  let gone = true;
  let what = "";
  let index: RowIndex | undefined;
  for (let tried = 0; tried < TRIES; tried++) {
    if (tried > 0) {
      service.facts.retries++;
      await service.clock.wait(BROKEN_WAITS[tried - 1] ?? 8);
      status = await askForStatus(service, requestId, account);
    }
    if (status.resultUrl === undefined) {
      gone = true;
      continue;
    }
    const got = await download(service, status.resultUrl, (bytes) => fetching.onBytes(bytes));
    gone = got.kind === "gone";
    if (got.kind === "broken") what = got.what;
    if (got.kind !== "file") continue;
    index ??= await fetching.index();
    const answer = await readPacked(got.packed, index, signal);
    if (answer !== undefined) return { answer, index, packed: got.packed };
    what = "not a whole Bulk file";
  }
  throw gone ? failure("result-gone") : failure("result-damaged", { more: what });
}

/** @returns undefined where it is damaged, or nothing of the kind */
async function readPacked(
  packed: Packed,
  index: RowIndex,
  signal: AbortSignal | undefined,
): Promise<Answer | undefined> {
  try {
    const answer = await readAnswer(packed.bytes(), index, signal);
    if (answer === undefined || answer.lost === 0 || index.hasContents) return answer;
    await index.addContents();
    return await readAnswer(packed.bytes(), index, signal);
  } catch (error) {
    if (error instanceof FirsthashError && error.code === "input") return undefined;
    throw error;
  }
}
