/** `thread.ts` where no thread is started: all is done by the one that asks. */
import type { Thread } from "../types.ts";

export function mayUseThread(_wanted: number | undefined): boolean {
  return false;
}

export async function startThread<Task, Answer>(
  _script: string,
  _data: unknown,
  _signal?: AbortSignal,
): Promise<Thread<Task, Answer> | undefined> {
  return undefined;
}

export function serve<Data, Task, Answer>(
  _start: (
    data: Data,
  ) => (task: Task) => { readonly answer: Answer; readonly moved: ArrayBuffer[] },
): void {
  throw new Error("not a worker thread");
}
