/** Whether a text holds the number of a person of whom only the digest is left. */
import type { CountryCode, Sha256Hex } from "../base/types.ts";
import { digestOf } from "./hash.ts";
import { foldNumbers, LEAST_DIGITS, someNumber } from "./number-runs.ts";
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
  if (!hasDigits(text)) return false;
  return someNumber(foldNumbers(text), ({ text: number }) => {
    const read = digestOf(normalizePhone(number, region));
    return read.ok && read.digest === phone;
  });
}

/** Whether there are enough digits for a number; texts with other digits than 0 to 9 are looked at anyway. */
function hasDigits(text: string): boolean {
  let digits = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 0x7f) return true;
    if (code >= 0x30 && code <= 0x39) digits++;
  }
  return digits >= LEAST_DIGITS;
}
