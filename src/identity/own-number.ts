/** Whether a text holds the number of a person of whom only the digest is left. */
import type { CountryCode, Sha256Hex } from "../base/types.ts";
import { digestOf } from "./hash.ts";
import { foldNumbers, mayHoldNumber, someNumber } from "./number-runs.ts";
import { normalizePhone } from "./phone.ts";

/**
 * @param phone the digest of the person's number
 * @param region the country of numbers that name none
 */
export function holdsNumberOf(
  text: string,
  phone: Sha256Hex,
  region: CountryCode | undefined,
): boolean {
  if (!mayHoldNumber(text)) return false;
  return someNumber(foldNumbers(text), ({ text: number }) => {
    const read = digestOf(normalizePhone(number, region));
    return read.ok && read.digest === phone;
  });
}
