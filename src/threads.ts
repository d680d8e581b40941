/**
 * Worker threads: tasks go out, answers come back in any order of the threads, each to its own task. This is
 * the one place where node:worker_threads is imported; a thread's own side is `serve`.
 */
import { parentPort, Worker, workerData } from "node:worker_threads";
import { interruptedError, systemCode, usageError } from "./errors.ts";

interface Waiting<Answer> {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

export class Threads<Task, Answer> {
  readonly #workers: { readonly worker: Worker; readonly waiting: Waiting<Answer>[] }[] = [];
  readonly #signal: AbortSignal | undefined;
  readonly #stop = () => void this.#end(interruptedError());
  #ended: Error | undefined;

  /**
   * @param script of the thread, which calls `serve`
   * @param data what each thread gets once
   * @throws FirsthashError "usage" where node may not start threads
   */
  constructor(script: URL, count: number, data: unknown, signal?: AbortSignal) {
    this.#signal = signal;
    signal?.addEventListener("abort", this.#stop);
    try {
      for (let n = 0; n < count; n++) this.#start(script, data);
    } catch (error) {
      void this.close();
      if (systemCode(error) !== "ERR_ACCESS_DENIED") throw error;
      throw usageError(
        "node may not start worker threads here",
        "run node with --allow-worker beside --permission, or firsthash with --threads 1",
      );
    }
  }

  get count(): number {
    return this.#workers.length;
  }

  /** The answer to a task, by the thread that has the fewest. What is in `moved` is gone from here. */
  run(task: Task, moved: readonly ArrayBuffer[]): Promise<Answer> {
    const answer = new Promise<Answer>((resolve, reject) => {
      if (this.#ended !== undefined) return reject(this.#ended);
      const least = this.#workers.reduce((a, b) => (b.waiting.length < a.waiting.length ? b : a));
      least.waiting.push({ resolve, reject });
      least.worker.postMessage(task, moved);
    });
    // Awaited in the order of the tasks: one that fails early is no unhandled rejection.
    answer.catch(() => {});
    return answer;
  }

  async close(): Promise<void> {
    this.#signal?.removeEventListener("abort", this.#stop);
    await this.#end(new Error("the threads were closed"));
  }

  #start(script: URL, data: unknown): void {
    const worker = new Worker(script, {
      workerData: data,
      // A small space for young objects, which here die at once: tens of megabytes less for each thread.
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
    });
    const waiting: Waiting<Answer>[] = [];
    worker.on("message", (answer: Answer) => waiting.shift()?.resolve(answer));
    // What the thread died of may quote a cell, so it is not told.
    const died = () => void this.#end(new Error("a worker thread ended before its work"));
    worker.on("error", died);
    worker.on("messageerror", died);
    worker.on("exit", died);
    this.#workers.push({ worker, waiting });
  }

  async #end(error: Error): Promise<void> {
    if (this.#ended === undefined) {
      this.#ended = error;
      for (const { waiting } of this.#workers) for (const { reject } of waiting) reject(error);
    }
    await Promise.all(this.#workers.map(({ worker }) => worker.terminate()));
  }
}

/** The thread's side: `start` gets its data once and gives back what answers a task. */
export function serve<Data, Task, Answer>(
  start: (data: Data) => (task: Task) => { readonly answer: Answer; readonly moved: ArrayBuffer[] },
): void {
  const port = parentPort;
  if (port === null) throw new Error("not a worker thread");
  const answerTo = start(workerData as Data);
  port.on("message", (task: Task) => {
    const { answer, moved } = answerTo(task);
    port.postMessage(answer, moved);
  });
}
