/** Times of an upload file: in a form that the destination takes, and inside the 90 days. */

import { TimeSurvey } from "../conversion/time/survey.ts";
import { decideTimes, type TimeReader } from "../conversion/time/time.ts";
import { openZone } from "../conversion/time/zone.ts";
import type { FindingCode } from "./findings.ts";

interface TimeForms {
  /** In the destination's documentation, or written by its own tools. */
  readonly documented: RegExp;
  /** Nowhere shown for this file, but read by programs of the same vendor. */
  readonly untried: RegExp;
}

const ISO = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?Z?$/;

// Article 56852: month first with 12 or 24 hours, "Jun 01, 2017 1:00:00 PM", and ISO 8601; each may
// end in an offset without a colon or in the name of a zone.
const IMPORT: TimeForms = {
  documented:
    /^(?:\d\d?\/\d\d?\/\d{4} \d\d?:\d\d:\d\d(?: [AP]M)?|[A-Z][a-z]{2} \d\d?, ?\d{4} \d\d?:\d\d:\d\d [AP]M|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)(?: ?[+-]\d{4}| [A-Za-z]{4,})?$/,
  untried: ISO,
};

const FORMS: Readonly<Record<string, TimeForms>> = {
  // 12 hours: the example of offline-conversion.md; 24 hours: the Python and Java SDKs. ISO 8601 is
  // what the .NET SDK reads besides.
  "microsoft-bulk": {
    documented: /^\d\d?\/\d\d?\/\d{4} \d\d?:\d\d:\d\d(?: [AP]M)?$/,
    untried: ISO,
  },
  "microsoft-import": IMPORT,
  // Adobe states no form; the rows end up in the import.
  adobe: IMPORT,
  "microsoft-api": { documented: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/, untried: ISO },
};

const OWN_ZONE = /(?:Z|[+-]\d\d:?\d\d| [A-Za-z]{4,})$/;

/** What the `Parameters:` row says. */
export type StatedZone =
  | { readonly kind: "none" | "wrong" }
  | { readonly kind: "offset"; readonly seconds: number }
  | { readonly kind: "name"; readonly name: string };

/** The cell's text after `TimeZone=`. */
export function readStatedZone(text: string): StatedZone {
  const zone = text.trim();
  if (zone === "") return { kind: "none" };
  const offset = /^([+-])(0\d|1[0-4])([0-5]\d)$/.exec(zone);
  if (offset !== null) {
    const seconds = Number(offset[2]) * 3600 + Number(offset[3]) * 60;
    return { kind: "offset", seconds: offset[1] === "-" ? -seconds : seconds };
  }
  return openZone(zone) === undefined ? { kind: "wrong" } : { kind: "name", name: zone };
}

export interface CheckedTime {
  /** Seconds since 1970; undefined where the time is unreadable or outside of the 90 days. */
  time: number | undefined;
  code: FindingCode | undefined;
  form: FindingCode | undefined;
  /** The time says its zone itself. */
  ownZone: boolean;
}

export class TimeCheck {
  readonly #forms: TimeForms | undefined;
  readonly #zoned: TimeReader;
  readonly #zoneless: TimeReader;
  /** Taken off a time without a zone of its own. */
  readonly #offset: number;
  readonly #result: CheckedTime = {
    time: undefined,
    code: undefined,
    form: undefined,
    ownZone: false,
  };

  /** @param asOf the present, in seconds since 1970 */
  constructor(destination: string, zone: StatedZone, asOf: number) {
    this.#forms = FORMS[destination];
    this.#offset = zone.kind === "offset" ? zone.seconds : 0;
    this.#zoned = reader("UTC", asOf);
    this.#zoneless = reader(zone.kind === "name" ? zone.name : "UTC", asOf + this.#offset);
  }

  /** The result is good until the next call. */
  check(cell: string): CheckedTime {
    const result = this.#result;
    result.ownZone = OWN_ZONE.test(cell);
    const read = (result.ownZone ? this.#zoned : this.#zoneless).read(cell);
    result.time = undefined;
    if (read.ok) {
      result.time = read.time - (result.ownZone ? 0 : this.#offset);
      result.code = read.warning;
    } else if (read.reason === "time-ambiguous" || read.reason === "time-nonexistent") {
      result.code = "time-unreadable";
    } else result.code = read.reason;
    result.form = undefined;
    const known = read.ok || result.code === "time-too-old" || result.code === "time-in-future";
    if (known && this.#forms !== undefined && !this.#forms.documented.test(cell)) {
      result.form = this.#forms.untried.test(cell) ? "time-form-untried" : "time-form";
    }
    return result;
  }
}

/** Month first, as Microsoft's forms are; in an hour that comes twice either occurrence will do. */
function reader(timeZone: string, asOf: number): TimeReader {
  return decideTimes(new TimeSurvey(), { timeZone, dateOrder: "mdy", dst: "later", asOf });
}
