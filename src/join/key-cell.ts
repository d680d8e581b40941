/**
 * Keys that are written as they stand. An id passes; what looks like an address or a number does not,
 * and neither does what the same row has in its e-mail or phone column.
 */
import { isBareNumber, looksLikeEmail, looksLikePhone } from "../conversion/looks-personal.ts";

export class KeyCells {
  #phones = 0;
  #bareNumbers = 0;

  /** @param personal the cells of the same row that hold addresses and numbers */
  read(
    cell: string,
    personal: readonly string[],
  ):
    | { readonly ok: true; readonly key: string }
    | { readonly ok: false; readonly reason: "no-key" | "key-looks-personal" } {
    const key = cell.trim();
    if (key === "") return { ok: false, reason: "no-key" };
    const isPhone = looksLikePhone(key);
    if (isPhone) this.#phones++;
    if (isPhone || looksLikeEmail(key) || isOneOf(key, personal)) {
      return { ok: false, reason: "key-looks-personal" };
    }
    if (isBareNumber(key)) this.#bareNumbers++;
    return { ok: true, key };
  }

  /**
   * Bare digits may be an id as well as a phone number. Where the column elsewhere holds what can only be a
   * phone number, they were phone numbers, and some of them have been written already.
   */
  get holdPhones(): boolean {
    return this.#phones > 0 && this.#bareNumbers > 0;
  }
}

/** Shorter keys are in too many numbers by chance. */
const LEAST_DIGITS = 7;

/** The key is one of the cells, or the digits of one, with or without its country code. */
function isOneOf(key: string, personal: readonly string[]): boolean {
  const lower = key.toLowerCase();
  const digits = key.replace(/\D/g, "");
  const isNumber = digits.length >= LEAST_DIGITS && !/\p{L}/u.test(key);
  return personal.some((cell) => {
    const text = cell.trim().toLowerCase();
    if (text === "") return false;
    return text === lower || (isNumber && cell.replace(/\D/g, "").endsWith(digits));
  });
}
