/** What all ways to Microsoft Advertising have in common. */
import { LISTED_CURRENCIES } from "../conversion/currency.ts";
import type { Destination, TimeForms } from "./types.ts";

/** ISO 8601, with or without a zone: read by programs of the same vendor where it is not documented. */
export const ISO_FORM = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?Z?$/;

export const MICROSOFT_TERMS: Pick<Destination, "window" | "money" | "clickIds"> = {
  // Error 5609 past them.
  window: { days: 90 },
  // Help article 56852: 0 to 999999999999, at most 3 decimals. Currencies: guide "Currencies".
  money: { largest: "999999999999", decimals: 3, currencies: LISTED_CURRENCIES },
  clickIds: ["msclkid"],
};

/**
 * Article 56852: month first with 12 or 24 hours, "Jun 01, 2017 1:00:00 PM", and ISO 8601; each may end in an
 * offset without a colon or in the name of a zone.
 */
export const IMPORT_TIMES: TimeForms = {
  documented:
    /^(?:\d\d?\/\d\d?\/\d{4} \d\d?:\d\d:\d\d(?: [AP]M)?|[A-Z][a-z]{2} \d\d?, ?\d{4} \d\d?:\d\d:\d\d [AP]M|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)(?: ?[+-]\d{4}| [A-Za-z]{4,})?$/,
  untried: ISO_FORM,
};
