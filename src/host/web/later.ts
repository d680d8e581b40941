/** `later.ts` without Node's event loop. */
export function later(task: () => void): void {
  setTimeout(task, 0);
}
