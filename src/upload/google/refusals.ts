/**
 * What the Data Manager API says instead of what was asked: google.rpc.Status with its details. Its words are kept,
 * its texts are not, because a description can repeat a value. A refusal names rows as
 * `events.events[3].user_data…` (understand-errors, August 2026); those of the account point at a row all the same.
 */
import type { Fault } from "../faults.ts";
import type { RefusalWord, Verdict } from "./narrow.ts";

/** A request that was understood and not taken. */
export type Refusal = Verdict & {
  readonly ok: false;
  /** It is about the account, the sign-in or the request, so no row is to blame. */
  readonly isWhole: boolean;
};

/** What an answer says besides the status of HTTP. */
export interface ApiError {
  /** `INVALID_ARGUMENT` */
  readonly status: string;
  /** `SERVICE_DISABLED`; of the first detail that has one. */
  readonly reason: string | undefined;
  readonly violations: readonly Violation[];
}

interface Violation {
  readonly field: string;
  readonly word: RefusalWord;
}

type Fields = Readonly<Record<string, unknown>>;

/** @returns undefined for what is no error of a Google API */
export function apiErrorIn(answer: unknown): ApiError | undefined {
  const error = fieldsOf(fieldsOf(answer)?.error);
  if (error === undefined) return undefined;
  const details = Array.isArray(error.details) ? error.details.map(fieldsOf) : [];
  const violations = details.flatMap((detail) =>
    Array.isArray(detail?.fieldViolations) ? detail.fieldViolations.map(fieldsOf) : [],
  );
  return {
    status: asWord(error.status) ?? "unknown",
    reason: details.map((detail) => asWord(detail?.reason)).find((word) => word !== undefined),
    violations: violations.map((violation) => ({
      field: typeof violation?.field === "string" ? violation.field : "",
      word: asWord(violation?.reason) ?? "unknown",
    })),
  };
}

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : undefined;
}

/** A word of the service as far as it is one, else undefined. */
export function asWord(text: unknown): string | undefined {
  return typeof text === "string" && /^[A-Z][A-Z0-9_]{1,99}$/.test(text) ? text : undefined;
}

/** Words about the account or its settings, whichever field they point at. */
const WHOLE: ReadonlySet<string> = new Set([
  "DESTINATION_ACCOUNT_NOT_ENABLED_ENHANCED_CONVERSIONS_FOR_LEADS",
  "DESTINATION_ACCOUNT_DATA_POLICY_PROHIBITS_ENHANCED_CONVERSIONS",
  "DESTINATION_ACCOUNT_ENHANCED_CONVERSIONS_TERMS_NOT_SIGNED",
  "DIFFERENT_LOGIN_ACCOUNTS_NOT_ALLOWED_FOR_DATA_PARTNER",
  "DUPLICATE_DESTINATION_REFERENCE",
  "INVALID_CONVERSION_ACTION_ID",
  "INVALID_CONVERSION_ACTION_TYPE",
  "INVALID_DESTINATION",
  "MULTIPLE_DATA_TYPES_NOT_ALLOWED",
  "NOT_FOUND",
  "PERMISSION_DENIED",
  "TERMS_AND_CONDITIONS_NOT_SIGNED",
  "TOO_MANY_DESTINATIONS",
  "TOO_MANY_EVENTS",
]);

/** The place of an event in a field of the request: `events.events[3].…`, in some answers `events[3].…`. */
function eventOf(field: string): number | undefined {
  const match = /^(?:events\.)?events\[(\d{1,6})\]/.exec(field);
  return match?.[1] === undefined ? undefined : Number(match[1]);
}

export function refusalOf({ status, reason, violations }: ApiError, rows: number): Refusal {
  const named = new Map<number, RefusalWord>();
  let whole: RefusalWord | undefined;
  for (const { field, word } of violations) {
    const at = eventOf(field);
    // A field beside the events is in no row's power.
    if (WHOLE.has(word) || (at === undefined && field !== "")) whole ??= word;
    else if (at !== undefined && at < rows && !named.has(at)) named.set(at, word);
  }
  const word = whole ?? violations[0]?.word ?? reason ?? status;
  const isWhole = whole !== undefined || WHOLE.has(word) || status !== "INVALID_ARGUMENT";
  return { ok: false, word, named: isWhole ? new Map() : named, isWhole };
}

/** `HTTP 403 PERMISSION_DENIED, SERVICE_DISABLED`, `ECONNRESET`: what a person can look up. */
export function describe({ status, system }: Fault, error: ApiError | undefined): string {
  if (status === 0) return system ?? "no answer";
  const words = [error?.status, error?.reason].filter((word) => word !== undefined);
  return [`HTTP ${status}`, ...new Set(words)].join(", ");
}
