/** After the events that are on their way. */
export function later(task: () => void): void {
  setImmediate(task);
}
