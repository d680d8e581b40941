/**
 * Sends one body, once. Where it is not known whether it arrived, it is sent again only if every event has an order id:
 * by it Google knows a second one. Else the body stays in doubt, and the run ends.
 */
import { failure } from "../failures.ts";
import type { SentEvents } from "./answer.ts";
import { type Body, eventFacts, requestText } from "./body-text.ts";
import type { DataManager } from "./data-manager.ts";
import { type ChunkState, refusedPlaces } from "./state.ts";
import { refusedWhole, Validation } from "./validate.ts";

/** Times that a body is sent in one run, and the seconds before the second and later ones. */
const WAITS = [5, 15, 60] as const;

export interface Sending {
  readonly file: string;
  /** Also bodies in doubt whose events have no order id. */
  readonly mayRepeat: boolean;
  /** Writes and syncs the state of a chunk. */
  change(at: number, chunk: ChunkState): Promise<void>;
  onRetry(why: string): void;
}

export class Sender {
  readonly #service: DataManager;
  readonly #sending: Sending;

  constructor(service: DataManager, sending: Sending) {
    this.#service = service;
    this.#sending = sending;
  }

  /** Nothing is done for a chunk that has been sent, or that is in doubt and must not be sent again. */
  async send(at: number, chunk: ChunkState, body: Body): Promise<void> {
    const isSafe = hasOrderIds(body, refusedPlaces(chunk));
    const { mayRepeat } = this.#sending;
    if (chunk.phase !== "ready" && !(chunk.phase === "sending" && (isSafe || mayRepeat))) return;
    let current = chunk;
    for (let tried = 0; ; tried++) {
      const rows = rowsOf(current);
      if (rows.length === 0) {
        await this.#sending.change(at, { ...current, phase: "none", accepted: 0 });
        return;
      }
      current = { ...current, phase: "sending", sends: current.sends + 1 };
      await this.#sending.change(at, current);
      const text = requestText(body, { rows, validateOnly: false });
      const outcome = await this.#service.ingest(text, rows.length).catch(async (error) => {
        // A clear no: nothing of it was taken, so it can be gone on with as if it had not begun.
        await this.#takeBack(at, current, error);
        throw error;
      });
      if (outcome.kind === "taken") {
        const { requestId } = outcome;
        await this.#sending.change(at, { ...current, phase: "sent", requestId });
        return;
      }
      if (outcome.kind === "refused") {
        current = { ...current, phase: "ready" };
        await this.#sending.change(at, current);
        current = await this.#validateAgain(current, body, outcome.refusal, tried);
        continue;
      }
      const wait = isSafe ? WAITS[tried] : undefined;
      if (wait === undefined) {
        throw failure("arrival-unknown", { file: this.#sending.file, more: outcome.what });
      }
      this.#sending.onRetry(outcome.what);
      this.#service.facts.retries++;
      await this.#service.clock.wait(wait);
    }
  }

  /** An interruption in the middle of a request leaves it in doubt; everything else that is thrown is a no. */
  async #takeBack(at: number, chunk: ChunkState, error: unknown): Promise<void> {
    const code = (error as { code?: unknown } | null)?.code;
    if (code === "interrupted") return;
    const before = chunk.sends > 1 ? chunk.phase : "ready";
    await this.#sending.change(at, { ...chunk, phase: before, sends: chunk.sends - 1 });
  }

  /** Fit a while ago and refused now: the account has changed, or the clock went past a limit. */
  async #validateAgain(
    chunk: ChunkState,
    body: Body,
    refusal: Parameters<typeof refusedWhole>[0],
    tried: number,
  ): Promise<ChunkState> {
    if (refusal.isWhole || tried > 0) throw refusedWhole(refusal, this.#sending.file);
    const rows = rowsOf(chunk);
    const validation = new Validation(this.#service);
    const refused = await validation.refusedOf(body, rows, this.#sending.file);
    if (refused.size === 0) throw refusedWhole(refusal, this.#sending.file);
    const places: Record<string, number[]> = {};
    for (const [word, list] of Object.entries(chunk.refused)) places[word] = [...list];
    for (const [place, word] of refused) {
      const list = places[word] ?? [];
      list.push(place);
      places[word] = list;
    }
    return { ...chunk, refused: places };
  }
}

function rowsOf(chunk: ChunkState): number[] {
  const refused = refusedPlaces(chunk);
  return Array.from({ length: chunk.events }, (_, place) => place).filter(
    (place) => !refused.has(place),
  );
}

function hasOrderIds({ events }: Body, refused: ReadonlySet<number>): boolean {
  return events.every(
    (event, place) => refused.has(place) || eventFacts(event).transactionId !== "",
  );
}

/** How many events go to which destination. */
export function sentEvents(
  { events, destinations }: Body,
  refused: ReadonlySet<number>,
): SentEvents {
  const byReference = new Map<string, number>();
  for (const [place, event] of events.entries()) {
    if (refused.has(place)) continue;
    const { destination } = eventFacts(event);
    byReference.set(destination, (byReference.get(destination) ?? 0) + 1);
  }
  return { destinations, byReference };
}
