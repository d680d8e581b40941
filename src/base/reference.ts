/**
 * One switch for all shortcuts that stand beside a reference: SHA-256 by Node, plain e-mail and phone cells,
 * ISO times, ordinary CSV. With the switch on, the libraries and the long way
 * decide alone. The output has the same bytes either way, and tests hold the two together.
 */
let on = false;

/** Turns the shortcuts off (`true`) or on again, for the whole process. */
export function useReference(value: boolean): void {
  on = value;
}

/** Asked by each shortcut's caller. */
export function usesReference(): boolean {
  return on;
}
