/**
 * The worker of the page. All packages are here and nowhere else: a worker has no document, no navigation and no
 * WebRTC, and what it has to send with is under the policy of the page.
 */
import { VERSION } from "../base/version.ts";
import { DESTINATIONS } from "../destinations/catalog.ts";
import { faultOf, runJob } from "./jobs.ts";
import type { FromWorker, Progressed, ToWorker } from "./protocol.ts";

interface Scope {
  postMessage(message: FromWorker): void;
  onmessage: ((event: { readonly data: ToWorker }) => void) | null;
}

const scope = globalThis as unknown as Scope;
const running = new Map<number, AbortController>();
/** Often enough to be seen, and no more: each message wakes the page. */
const PROGRESS_EVERY_MS = 100;

scope.onmessage = ({ data }) => {
  if ("stop" in data) running.get(data.id)?.abort();
  else void start(data.id, data.task);
};

async function start(
  id: number,
  task: Extract<ToWorker, { task: unknown }>["task"],
): Promise<void> {
  const controller = new AbortController();
  running.set(id, controller);
  let last = 0;
  const onProgress = (progress: Progressed) => {
    const now = performance.now();
    if (now - last < PROGRESS_EVERY_MS) return;
    last = now;
    scope.postMessage({ id, progress });
  };
  try {
    const done = await runJob(task, { signal: controller.signal, onProgress });
    scope.postMessage({ id, done });
  } catch (error) {
    scope.postMessage({ id, fault: faultOf(error) });
  } finally {
    running.delete(id);
  }
}

const destinations = DESTINATIONS.map(({ id, title, formats, layouts, takes }) => ({
  ...{ id, title, formats, layouts, takes },
}));
scope.postMessage({ ready: true, version: VERSION, destinations });
