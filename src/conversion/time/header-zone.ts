/**
 * The zone that the header of a time column names: `Created date (UTC)` of Stripe, `Submit Date (UTC)` of Typeform. It
 * goes before the zone of the run, which is that of times that name none.
 */
import { optionError } from "../../base/errors.ts";
import { abbreviationOffset, isAbbreviation } from "./abbreviations.ts";

/** The areas of the IANA time zone database: `Date (Month/Day)` is none. */
const NAME =
  /^(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)\/[A-Z]/;
const IN_BRACKETS = /[([]\s*([A-Za-z][A-Za-z_+\-/]{1,40})\s*[)\]]\s*$|\s(UTC|GMT)\s*$/;

/**
 * @param timeZone the run's
 * @returns an IANA name, or undefined where the header names no zone, or the run's own
 * @throws FirsthashError "usage" where it names one that the run's zone does not know
 */
export function zoneOfHeader(header: string, timeZone: string | undefined): string | undefined {
  const [, bracketed, bare] = IN_BRACKETS.exec(header) ?? [];
  const name = bracketed ?? bare;
  if (name === undefined) return undefined;
  if (/^(?:UTC|GMT|Z)$/i.test(name)) return "UTC";
  if (NAME.test(name)) return name;
  if (!/^[A-Z]{3,5}$/.test(name) || !isAbbreviation(name)) return undefined;
  if (abbreviationOffset(name, timeZone) !== undefined) return undefined;
  throw optionError(
    "timeZone",
    "is not the zone that the header of the time column names",
    "give the zone of that abbreviation: all times of the column are in it",
  );
}
