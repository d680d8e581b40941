/** Times of an upload file: in a form that the destination takes, and not older than it takes. */

import { TimeSurvey } from "../conversion/time/survey.ts";
import { decideTimes, type TimeReader } from "../conversion/time/time.ts";
import { openZone } from "../conversion/time/zone.ts";
import { isNearLimit, oldest } from "../destinations/terms.ts";
import type { Destination } from "../destinations/types.ts";
import type { FindingCode } from "./findings.ts";

const OWN_ZONE = /(?:Z|[+-]\d\d:?\d\d| [A-Za-z]{4,})$/;

/** What a conversion's time may be refused for, and is one finding here. */
const NO_INSTANT: ReadonlySet<string> = new Set([
  "time-ambiguous",
  "time-nonexistent",
  "time-zone-unclear",
]);

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
  /** Seconds since 1970; undefined where the time is unreadable, too old or in the future. */
  time: number | undefined;
  code: FindingCode | undefined;
  form: FindingCode | undefined;
  /** The time says its zone itself. */
  ownZone: boolean;
}

export class TimeCheck {
  readonly #destination: Destination | undefined;
  readonly #asOf: number;
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
  constructor(destination: Destination | undefined, zone: StatedZone, asOf: number) {
    this.#destination = destination;
    this.#asOf = asOf;
    this.#offset = zone.kind === "offset" ? zone.seconds : 0;
    this.#zoned = reader("UTC", asOf);
    this.#zoneless = reader(zone.kind === "name" ? zone.name : "UTC", asOf + this.#offset);
  }

  /**
   * The result is good until the next call.
   *
   * @param clickId the row's, where it has one: some destinations then take older conversions
   */
  check(cell: string, clickId?: string): CheckedTime {
    const result = this.#result;
    result.ownZone = OWN_ZONE.test(cell);
    const read = (result.ownZone ? this.#zoned : this.#zoneless).read(cell);
    result.time = undefined;
    if (read.ok) {
      this.#age(read.time - (result.ownZone ? 0 : this.#offset), clickId, read.warning);
    } else
      result.code = NO_INSTANT.has(read.reason) ? "time-unreadable" : (read.reason as FindingCode);
    const { documented, untried } = this.#destination?.timeForms ?? {};
    result.form = undefined;
    const known = read.ok || result.code === "time-in-future";
    if (known && documented?.test(cell) === false) {
      result.form = untried?.test(cell) ? "time-form-untried" : "time-form";
    }
    return result;
  }

  #age(time: number, clickId: string | undefined, warning: FindingCode | undefined): void {
    const result = this.#result;
    const destination = this.#destination;
    const old = destination !== undefined && this.#asOf - time > oldest(destination, clickId);
    result.time = old ? undefined : time;
    if (old) result.code = "time-too-old";
    else if (destination !== undefined && isNearLimit(destination, { time, clickId }, this.#asOf)) {
      result.code = "time-near-limit";
    } else result.code = warning;
  }
}

/** Month first, as Microsoft's forms are; in an hour that comes twice either occurrence will do. */
function reader(timeZone: string, asOf: number): TimeReader {
  return decideTimes(new TimeSurvey(), { timeZone, dateOrder: "mdy", dst: "later", asOf });
}
