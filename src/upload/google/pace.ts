/**
 * The quota of the Data Manager API for a Google Cloud project: 300 requests a minute and 100,000 a day
 * (developers.google.com/data-manager/api/limits). Past it the service answers 429, which is waited for too, but
 * others of the project would be held up.
 */
import type { Clock } from "../clock.ts";
import { failure } from "../failures.ts";

/** Less than the quota: requests do not arrive as evenly as they leave. */
const A_MINUTE = 280;
const A_DAY = 100_000;

export class Pace {
  readonly #clock: Pick<Clock, "wait" | "scaled">;
  readonly #now: () => number;
  /** When the last requests of a minute's number were made, in a ring. */
  readonly #times = new Float64Array(A_MINUTE).fill(Number.NEGATIVE_INFINITY);
  #made = 0;

  /** @param now milliseconds of a clock that only goes on */
  constructor(clock: Pick<Clock, "wait" | "scaled">, now: () => number = () => performance.now()) {
    this.#clock = clock;
    this.#now = now;
  }

  /**
   * Waits until one more request may be made.
   *
   * @throws FirsthashError "unavailable" (`busy`) after a day's requests
   */
  async take(): Promise<void> {
    if (this.#made >= A_DAY) {
      throw failure("busy", { more: "this run has made the requests of a day" });
    }
    const slot = this.#made % A_MINUTE;
    const minute = this.#clock.scaled(60);
    const left = (this.#times[slot] ?? 0) + minute - this.#now();
    if (left > 0) await this.#clock.wait((left / minute) * 60);
    this.#times[slot] = this.#now();
    this.#made++;
  }
}
