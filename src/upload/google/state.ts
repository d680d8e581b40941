/**
 * The state of an upload to Google, beside its file: written and synced before each request that could count, and
 * after it. A chunk is one request body of the file. No address, token, path or digest of a person is in it.
 */
import { readStateAs } from "../state.ts";
import { isRequestId } from "./data-manager.ts";
import { asWord } from "./refusals.ts";
import type { ReasonCount } from "./request-status.ts";

/**
 * `ready`: found to be fit, not sent. `sending`: it may have arrived or not, nobody can be asked. `sent`: the
 * service has given it an id. `done`: it has said what became of it. `none`: no row of it is fit.
 */
export type ChunkPhase = "ready" | "sending" | "sent" | "done" | "none";

const CHUNK_PHASES: readonly ChunkPhase[] = ["ready", "sending", "sent", "done", "none"];

/** Rows of a chunk that the service does not take, by its word. */
export type RefusedPlaces = Readonly<Record<string, readonly number[]>>;

export interface ChunkState {
  readonly events: number;
  readonly phase: ChunkPhase;
  /** Places of the events that were refused before the sending, by the service's word. */
  readonly refused: RefusedPlaces;
  /** How often it was begun to be sent. */
  readonly sends: number;
  readonly requestId: string | null;
  /** The service's last word, one for each destination. */
  readonly status: string | null;
  readonly accepted: number | null;
  /** Counts of the rows that were refused after the sending, by reason. */
  readonly errors: readonly ReasonCount[];
  readonly warnings: readonly ReasonCount[];
}

export interface GoogleState {
  readonly schema: "firsthash.google-upload/1";
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly rows: number;
  readonly account: string;
  /** `sending`: some chunk is not sent. `sent`: all are, some answer is not read. `done`, `failed`: the ends. */
  readonly phase: "sending" | "sent" | "done" | "failed";
  /** Made here, for the name of a state that is set aside. */
  readonly runId: string;
  readonly again?: true;
  readonly ledger?: string;
  readonly at: string;
  readonly chunks: readonly ChunkState[];
}

/** @throws FirsthashError "output" for what is no state of this version */
export function readGoogleState(file: string): Promise<GoogleState | undefined> {
  return readStateAs(file, asGoogleState);
}

type Fields<T> = Readonly<Record<keyof T, unknown>>;

function asGoogleState(value: unknown): GoogleState | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const state = value as Fields<GoogleState>;
  const isText = (text: unknown, form: RegExp) => typeof text === "string" && form.test(text);
  const fits =
    state.schema === "firsthash.google-upload/1" &&
    typeof state.file === "string" &&
    isText(state.sha256, /^[0-9a-f]{64}$/) &&
    [state.bytes, state.rows].every(Number.isInteger) &&
    isText(state.account, /^\d{10}$/) &&
    isText(state.phase, /^(?:sending|sent|done|failed)$/) &&
    isText(state.runId, /^[0-9a-f-]{36}$/) &&
    isText(state.at, /^[\dT:.Z-]{10,30}$/) &&
    (state.ledger === undefined || isText(state.ledger, /^[0-9a-f]{16}$/)) &&
    Array.isArray(state.chunks) &&
    state.chunks.every(isChunk);
  return fits ? (value as GoogleState) : undefined;
}

function isChunk(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const chunk = value as Fields<ChunkState>;
  const areCounts = (list: unknown) =>
    Array.isArray(list) &&
    list.every((count) => isWordOrUnknown(count?.name) && Number.isInteger(count?.rows));
  return (
    Number.isInteger(chunk.events) &&
    CHUNK_PHASES.some((phase) => phase === chunk.phase) &&
    typeof chunk.refused === "object" &&
    chunk.refused !== null &&
    Object.entries(chunk.refused).every(
      ([word, places]) =>
        isWordOrUnknown(word) && Array.isArray(places) && places.every(Number.isInteger),
    ) &&
    Number.isInteger(chunk.sends) &&
    (chunk.requestId === null || isRequestId(chunk.requestId)) &&
    (chunk.status === null || typeof chunk.status === "string") &&
    (chunk.accepted === null || Number.isInteger(chunk.accepted)) &&
    areCounts(chunk.errors) &&
    areCounts(chunk.warnings)
  );
}

function isWordOrUnknown(word: unknown): boolean {
  return word === "unknown" || asWord(word) !== undefined;
}

/** Places of a chunk that are not sent. */
export function refusedPlaces({ refused }: Pick<ChunkState, "refused">): ReadonlySet<number> {
  return new Set(Object.values(refused).flat());
}
