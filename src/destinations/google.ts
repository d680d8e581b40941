/** What all ways to Google Ads have in common. */
import type { Destination, TimeForms } from "./types.ts";

export const GOOGLE_TERMS: Pick<
  Destination,
  "emailRules" | "window" | "money" | "clickIds" | "texts"
> = {
  emailRules: "google-2026-11",
  // Clicks of the last 90 days for an import by click id; 63 days for enhanced conversions for leads (help
  // article 15081888, quoted by others).
  window: { days: 63, daysWithClickId: 90 },
  // Google states no limit, and reads a value as a double. That keeps 15 digits exactly: these and no more.
  money: { largest: "999999999999", decimals: 3, currencies: undefined },
  clickIds: ["gclid", "gbraid", "wbraid"],
  texts: {
    "time-too-old": { text: "older than 63 days, or than 90 with a click id of Google" },
    "time-near-limit": {
      text: "the last day on which Google takes it",
      advice: { text: "upload today" },
    },
    "time-within-last-hour": {
      text: "within the last hour",
      advice: {
        text: "Google may answer that the click is too recent: upload it again six hours after the click",
      },
    },
  },
};

/** Help article 7014069; each form may end in an offset or in the name of a zone. */
export const GOOGLE_TIMES: TimeForms = {
  documented:
    /^(?:\d\d?\/\d\d?\/\d{4} \d\d?:\d\d:\d\d(?: [AP]M)?|[A-Z][a-z]{2} \d\d?, ?\d{4} \d\d?:\d\d:\d\d [AP]M|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)(?: ?[+-]\d{4}| [A-Za-z_]+\/[A-Za-z_/]+)?$/,
  untried: /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/,
};

/** The words of the template's consent columns. */
export const TEMPLATE_CONSENT = { granted: "Granted", denied: "Denied" } as const;

/** Of the Data Manager API's `EventSource`. */
export const EVENT_SOURCES = ["web", "app", "in-store", "phone", "other"] as const;
