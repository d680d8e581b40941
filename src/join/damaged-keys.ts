/** Keys that a spreadsheet has damaged, or that are none: they may be equal where their people are not (rules.md 6). */

/** `1,23E+15`: digits are lost. `1E10` and `12E4` are keys. */
const SCIENTIFIC = /^(?:\d(?:[.,]\d+)?E\+\d{2,3}|\d[.,]\d{2,}E\d{1,3})$/i;

/** `#REF!`, `#N/A` and the like in any language. `#1001` is an order of a shop. */
const ERROR_CELL = /^#(?:.*[!?]|N\/A|NV|N\/D|N\/B|BRAK)?$/i;

/** `0`, `0.0`, `000`, and the empty GUID. */
const ONLY_ZEROS = /^\{?[0.-]*0[0.-]*\}?$/;

/** Whether a key cell, trimmed, is a number that was rounded, or an error. */
export function isDamagedKey(key: string): boolean {
  return SCIENTIFIC.test(key) || ERROR_CELL.test(key);
}

/** Whether a key cell, trimmed, says that there is none. */
export function isZeroKey(key: string): boolean {
  return ONLY_ZEROS.test(key);
}

const LEAST_CUT = 10;
const CUT_SHARE = 0.9;

/** Different keys of 16 digits and more, of which a spreadsheet keeps 15. */
export class CutKeys {
  #long = 0;
  #cut = 0;

  /** @param key one that was not there before */
  observe(key: string): void {
    if (!/^[1-9]\d{15,}$/.test(key)) return;
    this.#long++;
    if (/^\d{15}0+$/.test(key)) this.#cut++;
  }

  /** Whether they look as if a spreadsheet had cut them to 15 digits: each may be several people's. */
  get areCut(): boolean {
    return this.#long >= LEAST_CUT && this.#cut >= this.#long * CUT_SHARE;
  }
}
