/** The page's side of the worker. The worker is made once: after it has started, no other can be. */
import type { Fault, FromWorker, Progressed, Result, Task, ToWorker } from "../protocol.ts";
import { scriptUrl } from "./trusted.ts";

export type Ready = Extract<FromWorker, { ready: true }>;

interface Waiting {
  readonly resolve: (result: never) => void;
  readonly reject: (fault: Fault) => void;
  readonly onProgress: (progress: Progressed) => void;
}

/** A job under way. The promise is rejected with a `Fault`. */
export interface Running<Done> {
  readonly id: number;
  readonly done: Promise<Done>;
}

export class WorkerClient {
  readonly ready: Promise<Ready>;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;

  /** @param source the text of the worker */
  constructor(source: string) {
    const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    this.#worker = new Worker(scriptUrl(url) as string);
    this.ready = new Promise((resolve, reject) => {
      this.#worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
        if ("ready" in data) resolve(data);
        else this.#take(data);
      };
      this.#worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error("the worker has stopped"));
        this.#stopAll();
      };
    });
  }

  start<Job extends Task["job"]>(
    task: Extract<Task, { job: Job }>,
    onProgress: (progress: Progressed) => void = () => {},
  ): Running<Result[Job]> {
    const id = ++this.#last;
    const done = new Promise<Result[Job]>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, onProgress });
    });
    this.#send({ id, task });
    return { id, done };
  }

  stop(id: number): void {
    this.#send({ id, stop: true });
  }

  #send(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #take(message: Exclude<FromWorker, Ready>): void {
    const waiting = this.#waiting.get(message.id);
    if (waiting === undefined) return;
    if ("progress" in message) {
      waiting.onProgress(message.progress);
      return;
    }
    this.#waiting.delete(message.id);
    if ("fault" in message) waiting.reject(message.fault);
    else waiting.resolve(message.done as never);
  }

  #stopAll(): void {
    for (const { reject } of this.#waiting.values()) reject({ code: "bug", message: "" });
    this.#waiting.clear();
  }
}
