/**
 * The state of an upload, beside its file: written and synced before the first byte goes out and after every
 * change, so that a run that is killed anywhere can be gone on with. No address, token, path or cell is in it.
 */
import { readFile } from "node:fs/promises";
import { publish, statusOf } from "#host";
import { outputError } from "../base/errors.ts";
import { cannotWrite } from "../base/system.ts";
import { checkFile } from "../write/check.ts";
import { writeTextFile } from "../write/data-file.ts";
import type { AnswerCode } from "./answer.ts";
import type { UploadAuth } from "./bulk.ts";
import { ENVIRONMENTS, type Environment } from "./endpoint.ts";
import { asErrorName } from "./faults.ts";

/**
 * How far an upload is. `sending`: it may have arrived or not, only the service knows. `sent`: it has
 * arrived. `result`: the service is done, its answer is not read. `done` and `failed` are the ends.
 */
export type Phase = "sending" | "sent" | "result" | "done" | "failed";

const PHASES: readonly Phase[] = ["sending", "sent", "result", "done", "failed"];

/** Rows that were refused for one reason. */
export interface RefusedCount extends AnswerCode {
  readonly rows: number;
}

export interface UploadState {
  readonly schema: "firsthash.upload/1";
  /** Base name of the file. */
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly rows: number;
  readonly adjustments: boolean;
  readonly environment: Environment;
  readonly account: string;
  readonly customer: string;
  readonly phase: Phase;
  readonly requestId: string;
  /** How often the file was begun to be sent. */
  readonly sends: number;
  /** Which header the upload address took the token in. */
  readonly auth: UploadAuth;
  /** Sent although an earlier upload of the same bytes was done. */
  readonly again?: true;
  /** Which ledger it is marked in. */
  readonly ledger?: string;
  /** When this was written, ISO 8601 in UTC. */
  readonly at: string;
  /** The service's last word. */
  readonly status: string | null;
  readonly accepted: number | null;
  readonly refused: number | null;
  readonly unanswered: number | null;
  readonly errors: readonly RefusedCount[];
}

export function statePath(file: string): string {
  return `${file}.upload.json`;
}

/** Whether the bytes may still have to be sent, or the answer to be read. */
export function isUnfinished({ phase }: Pick<UploadState, "phase">): boolean {
  return phase !== "done" && phase !== "failed";
}

/**
 * @returns undefined where there is no state
 * @throws FirsthashError "output" for a link, a folder, and for what is not a state of this version: it is
 *   not replaced, because it may be the only knowledge of an upload
 */
export async function readState(file: string): Promise<UploadState | undefined> {
  return readStateAs(file, asState);
}

/** As `readState`, for the state of another service. @param check undefined for what is no such state */
export async function readStateAs<State>(
  file: string,
  check: (value: unknown) => State | undefined,
): Promise<State | undefined> {
  const path = statePath(file);
  const status = await statusOf(path);
  if (status === undefined) return undefined;
  if (!status.isFile()) throw unusable(path);
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    // The parser's error quotes the text.
    if (error instanceof SyntaxError) throw unusable(path);
    throw cannotWrite(path, error);
  }
  const state = check(value);
  if (state === undefined) throw unusable(path);
  return state;
}

function unusable(path: string): Error {
  return outputError("is not a state that this version of firsthash has written", {
    file: path,
    hint: "it may tell of an upload; look at it, and move it away when that upload is settled",
  });
}

function asState(value: unknown): UploadState | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const state = value as Readonly<Record<keyof UploadState, unknown>>;
  const isCount = (count: unknown) => typeof count === "number" && Number.isInteger(count);
  const isCountOrNull = (count: unknown) => count === null || isCount(count);
  const fits =
    state.schema === "firsthash.upload/1" &&
    typeof state.file === "string" &&
    isText(state.sha256, /^[0-9a-f]{64}$/) &&
    [state.bytes, state.rows, state.sends].every(isCount) &&
    ENVIRONMENTS.some((name) => name === state.environment) &&
    isText(state.account, /^\d{1,20}$/) &&
    isText(state.customer, /^\d{1,20}$/) &&
    PHASES.some((phase) => phase === state.phase) &&
    isText(state.requestId, /^[A-Za-z0-9-]{1,64}$/) &&
    (state.auth === "authentication-token" || state.auth === "bearer") &&
    isText(state.at, /^[\dT:.Z-]{10,30}$/) &&
    (state.status === null || asErrorName(state.status) !== undefined) &&
    [state.accepted, state.refused, state.unanswered].every(isCountOrNull) &&
    Array.isArray(state.errors) &&
    (state.ledger === undefined || isText(state.ledger, /^[0-9a-f]{16}$/));
  return fits ? (value as UploadState) : undefined;
}

function isText(value: unknown, form: RegExp): boolean {
  return typeof value === "string" && form.test(value);
}

/** The state of one file, as it changes. */
export class StateFile {
  readonly #file: string;
  /** Whether what stands under the name is ours to replace. */
  #owned: boolean;

  private constructor(file: string, owned: boolean) {
    this.#file = file;
    this.#owned = owned;
  }

  /** A state that was read from the disk. */
  static of(file: string): StateFile {
    return new StateFile(file, true);
  }

  /**
   * A state that is to come. Nothing is written yet; the first `write` fails where another run has written
   * one meanwhile.
   */
  static async fresh(file: string): Promise<StateFile> {
    await checkFile(statePath(file), { inputs: [file] });
    return new StateFile(file, false);
  }

  /** @throws FirsthashError "output" */
  async write(state: object): Promise<void> {
    const text = `${JSON.stringify(state, null, 2)}\n`;
    await writeTextFile(statePath(this.#file), text, { force: this.#owned });
    this.#owned = true;
  }
}

/**
 * Gives the state of a finished upload another name, so that a daily job can use one file name every day.
 * The new name says which upload it was.
 */
export async function setStateAside(
  file: string,
  { requestId }: Pick<UploadState, "requestId">,
): Promise<void> {
  const aside = `${file}.${requestId}.upload.json`;
  await publish([{ temp: statePath(file), target: aside }], { force: true, stale: [] });
}
