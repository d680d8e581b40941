/**
 * How an upload to Google ends for each fault. `once` is a fault that passes, `always` one that stays; rows without
 * an order id. `unsure`: a sending of which it is not known whether it arrived is not repeated.
 */
import { GOOGLE_FAULTS, type GoogleEndpoint, type GoogleFault } from "./service.ts";

export interface GoogleOutcome {
  readonly once: number;
  readonly always: number;
}

const both = (code: number): GoogleOutcome => ({ once: code, always: code });
const retried: GoogleOutcome = { once: 0, always: 6 };
const refreshed: GoogleOutcome = { once: 0, always: 5 };
const unsure = both(6);

const QUESTION = {
  "rate-limited": retried,
  unavailable: retried,
  internal: retried,
  "unavailable-html": retried,
  "not-json": retried,
  empty: retried,
  "token-expired": refreshed,
  "not-authorized": both(5),
  reset: retried,
  "no-answer": retried,
  slow: both(0),
  redirect: retried,
  "unknown-members": both(0),
} as const;

export const GOOGLE_OUTCOMES: {
  readonly [E in "validate" | "ingest" | "status"]: {
    readonly [F in GoogleFault<E>]: GoogleOutcome;
  };
} = {
  validate: {
    ...QUESTION,
    "api-disabled": both(5),
    "terms-not-signed": both(7),
    "no-such-action": both(7),
    "reset-in-answer": retried,
  },
  ingest: {
    "rate-limited": retried,
    unavailable: unsure,
    internal: unsure,
    "unavailable-html": unsure,
    "not-json": unsure,
    empty: unsure,
    "token-expired": refreshed,
    "not-authorized": both(5),
    "api-disabled": both(5),
    "terms-not-signed": both(7),
    reset: unsure,
    "reset-after-body": unsure,
    "no-answer": unsure,
    slow: both(0),
    redirect: unsure,
    "unknown-members": both(0),
  },
  status: {
    ...QUESTION,
    stuck: retried,
    "unknown-status": retried,
    "no-destinations": retried,
    "request-unknown": both(6),
    // One request of two failed: the other was taken.
    failed: { once: 1, always: 7 },
    failure: { once: 1, always: 7 },
  },
};

export interface GoogleCase {
  readonly name: string;
  readonly endpoint: GoogleEndpoint;
  readonly fault: string;
  readonly outcome: GoogleOutcome;
}

export const GOOGLE_CASES: readonly GoogleCase[] = Object.entries(GOOGLE_OUTCOMES).flatMap(
  ([endpoint, faults]) =>
    Object.entries(faults).map(([fault, outcome]) => ({
      name: `${endpoint}: ${fault}`,
      endpoint: endpoint as GoogleEndpoint,
      fault,
      outcome,
    })),
);

/** Faults after which the events are there although nobody was told. */
export const ARRIVED: ReadonlySet<string> = new Set(["reset-after-body", "no-answer", "empty"]);

/** Every fault that there is has a row above. */
export const MISSING = Object.entries(GOOGLE_FAULTS)
  .filter(([endpoint]) => endpoint !== "token")
  .flatMap(([endpoint, faults]) =>
    faults.filter((fault) => !GOOGLE_CASES.some((each) => each.name === `${endpoint}: ${fault}`)),
  );

/** A fault whose name comes from the table. */
export function googleOrder(endpoint: GoogleEndpoint, fault: string): [GoogleEndpoint, never] {
  return [endpoint, fault as never];
}
