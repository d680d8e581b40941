/** From what the service counts to what became of the rows of a body. */
import { Answer } from "../answer.ts";
import type { DestinationStatus, ReasonCount, RequestStatus } from "./request-status.ts";
import { type ChunkState, type GoogleState, refusedPlaces } from "./state.ts";

/** What is known of the events that were sent, for each destination of the body. */
export interface SentEvents {
  /** References of the destinations, in the order of the request. */
  readonly destinations: readonly string[];
  /** Events by the reference that they name; under "" those of a body with one destination. */
  readonly byReference: ReadonlyMap<string, number>;
}

/** With an order id a second sending is told from the first: then the first one was taken. */
const TAKEN_BEFORE = "DUPLICATE_TRANSACTION_ID";

/** The end of a chunk, of which each destination has its last word. */
export function settledChunk(
  chunk: ChunkState,
  { destinations }: RequestStatus,
  sent: SentEvents,
): ChunkState {
  const errors = new Map<string, number>();
  const warnings = new Map<string, number>();
  let accepted = 0;
  for (const [at, destination] of destinations.entries()) {
    const events = eventsOf(destination, at, destinations.length, sent);
    const { taken, refused } = outcomeOf(destination, events, chunk.sends > 1);
    accepted += taken;
    add(errors, refused);
    add(warnings, destination.warnings);
  }
  return {
    ...chunk,
    phase: "done",
    status: [...new Set(destinations.map(({ word }) => word))].join(" "),
    accepted,
    errors: listOf(errors),
    warnings: listOf(warnings),
  };
}

function eventsOf(
  { reference, events }: DestinationStatus,
  at: number,
  destinations: number,
  sent: SentEvents,
): number {
  const all = [...sent.byReference.values()].reduce((sum, count) => sum + count, 0);
  if (destinations === 1) return all;
  const name = reference === "" ? (sent.destinations[at] ?? "") : reference;
  return sent.byReference.get(name) ?? Math.min(events ?? 0, all);
}

function outcomeOf(
  { status, errors }: DestinationStatus,
  events: number,
  sentBefore: boolean,
): { readonly taken: number; readonly refused: readonly ReasonCount[] } {
  const real = sentBefore ? errors.filter(({ name }) => name !== TAKEN_BEFORE) : errors;
  const again = errors.length - real.length > 0;
  const counted = real.reduce((sum, { rows }) => sum + rows, 0);
  if (status === "failed" && !again) {
    // None was taken, whatever the counts add up to; the proto says that they may be missing.
    const rest = events - counted;
    return {
      taken: 0,
      refused: rest > 0 ? [...real, { name: "unknown", rows: rest }] : real,
    };
  }
  return { taken: Math.max(0, events - counted), refused: real };
}

function add(counts: Map<string, number>, list: readonly ReasonCount[]): void {
  for (const { name, rows } of list) counts.set(name, (counts.get(name) ?? 0) + rows);
}

function listOf(counts: ReadonlyMap<string, number>): ReasonCount[] {
  return [...counts].map(([name, rows]) => ({ name, rows }));
}

/**
 * The answer for the ledger. A row is refused or accepted where that is sure of this very row; where the service
 * counts some of a body's rows as refused and does not say which, they stay as they are: sent.
 */
export function answerFor({ rows, chunks }: Pick<GoogleState, "rows" | "chunks">): Answer {
  const answer = new Answer(rows);
  let first = 0;
  for (const chunk of chunks) {
    const refused = refusedPlaces(chunk);
    const sent = chunk.events - refused.size;
    const isAll = chunk.phase === "done" && chunk.accepted === sent;
    const isNone = chunk.phase === "done" && chunk.accepted === 0;
    for (let place = 0; place < chunk.events; place++) {
      const row = first + place;
      if (refused.has(place) || isNone) answer.refuse(row, { name: "unknown", number: undefined });
      else if (isAll) answer.echo(row);
    }
    first += chunk.events;
  }
  return answer;
}
