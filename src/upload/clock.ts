/** Waiting. All waits and time limits pass through here, so that tests can scale them. */
import { interruptedError } from "../base/errors.ts";

/** Waits and time limits of a run. */
export class Clock {
  readonly #tick: number;
  readonly #signal: AbortSignal | undefined;
  /** Seconds waited so far, unscaled, for the report. */
  waited = 0;

  /** @param tick what a second is multiplied by; 1 except in tests */
  constructor(tick = 1, signal?: AbortSignal) {
    this.#tick = tick;
    this.#signal = signal;
  }

  /** Milliseconds of a time limit of so many seconds. Never less than a busy machine needs to answer. */
  limit(seconds: number): number {
    return Math.max(Math.round(seconds * 1000 * this.#tick), 3000);
  }

  /** Milliseconds that a wait of so many seconds takes. */
  scaled(seconds: number): number {
    return Math.round(seconds * 1000 * this.#tick);
  }

  /** @throws FirsthashError "interrupted" */
  async wait(seconds: number): Promise<void> {
    const signal = this.#signal;
    if (signal?.aborted) throw interruptedError();
    this.waited += seconds;
    await new Promise<void>((resolve, reject) => {
      const stop = () => {
        clearTimeout(timer);
        reject(interruptedError());
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener("abort", stop);
        resolve();
      }, this.scaled(seconds));
      signal?.addEventListener("abort", stop, { once: true });
    });
  }
}

/** `60m`, `90s`, `2h`, or seconds: undefined where it is none of these. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d{1,6})(s|m|h)?$/.exec(text.trim());
  if (match === null) return undefined;
  const unit = match[2] === "h" ? 3600 : match[2] === "m" ? 60 : 1;
  return Number(match[1]) * unit;
}
