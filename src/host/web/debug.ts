/** A browser prints nothing of what is read. */
export function refuseDebugOutput(): void {}
