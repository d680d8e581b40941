/** What a destination file states, and the row that all of them write. */
import type { Conversion, CurrencyCode, DecimalText, EpochSeconds } from "../conversion/types.ts";
import type { Identifiers } from "../identity/types.ts";

/** A correction of a conversion that was uploaded before (see `firsthash adjust`). */
export interface Adjustment {
  readonly type: "Restate" | "Retract";
  readonly time: EpochSeconds;
  readonly value?: DecimalText;
  readonly currency?: CurrencyCode;
}

/** One row to upload. No field is a plain string: plaintext cannot be assigned to it by accident. */
export interface UploadRow extends Conversion, Identifiers {
  readonly adjustment?: Adjustment;
}
