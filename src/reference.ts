/**
 * One switch for all shortcuts. SHA-256 by Node, plain e-mail addresses, plain phone numbers and ordinary
 * CSV each have a fast lane beside the library that defines the result; with the switch on, only the
 * libraries work. The output has the same bytes either way, and tests hold the two together.
 */
import { useReferenceDigest } from "./identity/digest.ts";

let on = false;

/** Turns the shortcuts off (`true`) or on again, for the whole process. */
export function useReference(value: boolean): void {
  on = value;
  useReferenceDigest(value);
}

/** Asked by each shortcut's caller. */
export function usesReference(): boolean {
  return on;
}
