/**
 * Keys that are written as they stand. An id passes; what looks like an address or a number does not,
 * and neither does what the same row has in its e-mail or phone column.
 */
import {
  isBareNumber,
  isOneOfCells,
  looksLikeEmail,
  looksLikePhone,
} from "../identity/looks-personal.ts";

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
    if (isPhone || looksLikeEmail(key) || isOneOfCells(key, personal)) {
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
