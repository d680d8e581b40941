/**
 * A worker thread: tasks go out, answers come back in their order. This is the one place where
 * node:worker_threads is imported; the thread's own side is `serve`.
 */
import { availableParallelism } from "node:os";
import { parentPort, Worker, workerData } from "node:worker_threads";
import { interruptedError, systemCode } from "../base/errors.ts";
import type { Thread } from "./types.ts";

/** Whether a thread may be started beside this one. `wanted`: so many in all; else as many as there are cores. */
export function mayUseThread(wanted: number | undefined): boolean {
  return (wanted ?? availableParallelism()) > 1;
}

/** The package's folder. The code lies in `dist/host/`, and bundled in `dist-cli/lib/`: the same depth. */
const PACKAGE = new URL("../../", import.meta.url);

const IMPOSSIBLE = new Set(["ERR_ACCESS_DENIED", "ERR_MODULE_NOT_FOUND", "MODULE_NOT_FOUND"]);

interface Waiting<Answer> {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

class WorkerThread<Task, Answer> implements Thread<Task, Answer> {
  readonly #worker: Worker;
  readonly #waiting: Waiting<Answer>[] = [];
  readonly #signal: AbortSignal | undefined;
  readonly #ready: Promise<unknown>;
  readonly #stop = () => void this.#end(interruptedError());
  #ended: Error | undefined;

  constructor(script: URL, data: unknown, signal: AbortSignal | undefined) {
    this.#worker = new Worker(script, {
      workerData: data,
      // A small space for young objects, which here die at once: tens of megabytes less.
      resourceLimits: { maxYoungGenerationSizeMb: 4 },
    });
    // The first message says that the script is there.
    this.#ready = new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
    this.#worker.on("message", (answer: Answer) => this.#waiting.shift()?.resolve(answer));
    // What the thread died of may quote a cell, so no more than its code is kept.
    const died = (cause?: unknown) => {
      const error = new Error("a worker thread ended before its work");
      void this.#end(Object.assign(error, { code: systemCode(cause) }));
    };
    this.#worker.on("error", died);
    this.#worker.on("messageerror", () => died());
    this.#worker.on("exit", () => died());
    this.#signal = signal;
    signal?.addEventListener("abort", this.#stop);
  }

  /** Rejects where the thread cannot be started. */
  get ready(): Promise<unknown> {
    return this.#ready;
  }

  run(task: Task, moved: readonly ArrayBuffer[]): Promise<Answer> {
    const answer = new Promise<Answer>((resolve, reject) => {
      if (this.#ended !== undefined) return reject(this.#ended);
      this.#waiting.push({ resolve, reject });
      this.#worker.postMessage(task, moved);
    });
    // Awaited in its turn: one that fails before is no unhandled rejection.
    answer.catch(() => {});
    return answer;
  }

  async close(): Promise<void> {
    this.#signal?.removeEventListener("abort", this.#stop);
    await this.#end(new Error("the thread was closed"));
  }

  async #end(error: Error): Promise<void> {
    if (this.#ended === undefined) {
      this.#ended = error;
      for (const { reject } of this.#waiting) reject(error);
    }
    await this.#worker.terminate();
  }
}

/**
 * Starts a thread.
 *
 * @param script of the thread, which calls `serve`: its path from the package's folder, or where it lies
 * @param data what the thread gets once
 * @returns undefined where there can be none: node's permission model without `--allow-worker`, or a program
 *   into which this package was bundled without the script
 */
export async function startThread<Task, Answer>(
  script: string,
  data: unknown,
  signal?: AbortSignal,
): Promise<Thread<Task, Answer> | undefined> {
  let thread: WorkerThread<Task, Answer> | undefined;
  try {
    thread = new WorkerThread(new URL(script, PACKAGE), data, signal);
    await thread.ready;
    return thread;
  } catch (error) {
    await thread?.close();
    if (IMPOSSIBLE.has(systemCode(error) ?? "")) return undefined;
    throw error;
  }
}

/** The thread's side: `start` gets its data once and gives back what answers a task. */
export function serve<Data, Task, Answer>(
  start: (data: Data) => (task: Task) => { readonly answer: Answer; readonly moved: ArrayBuffer[] },
): void {
  const port = parentPort;
  if (port === null) throw new Error("not a worker thread");
  const answerTo = start(workerData as Data);
  port.postMessage("ready");
  port.on("message", (task: Task) => {
    const { answer, moved } = answerTo(task);
    port.postMessage(answer, moved);
  });
}
