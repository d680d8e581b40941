/** Waiting for what may never come. */
import { interruptedError } from "./errors.ts";

/** What comes, or the interruption: a stream may never give its next bytes, nor take them. */
export function untilAborted<T>(coming: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return coming;
  return new Promise((resolve, reject) => {
    const stop = () => reject(interruptedError());
    const settled = () => signal.removeEventListener("abort", stop);
    signal.addEventListener("abort", stop, { once: true });
    coming.finally(settled).then(resolve, reject);
    if (signal.aborted) stop();
  });
}
