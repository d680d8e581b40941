/**
 * How an upload ends for each fault: the exit codes of the specification, fault by fault. `once` is a fault
 * that passes, `always` one that stays. An exit code of 6 says that `--resume` helps, and it must.
 */
import type { Endpoint, Fault } from "./orders.ts";
import { packedBomb } from "./result-file.ts";

interface Outcome {
  readonly once: number;
  readonly always: number;
}

const both = (code: number): Outcome => ({ once: code, always: code });
/** Passes when tried again; nothing is lost where it stays. */
const retried: Outcome = { once: 0, always: 6 };
/** One new token helps, a second refusal ends it. */
const refreshed: Outcome = { once: 0, always: 5 };

const REST = {
  "rate-limited": retried,
  throttled: retried,
  "too-many-requests": retried,
  "internal-error": retried,
  "unavailable-html": retried,
  "not-json": retried,
  empty: retried,
  "token-expired": refreshed,
  "unauthorized-bare": refreshed,
  "invalid-credentials": refreshed,
  "not-authorized": both(5),
  "user-unknown": both(5),
  "headers-missing": both(5),
  "login-denied": both(5),
  reset: retried,
  "reset-in-answer": retried,
  "no-answer": retried,
  slow: both(0),
  redirect: retried,
  "unknown-members": both(0),
} as const;

/** Without permission for the goals the names are not compared, and the upload goes on. */
const GOALS = {
  ...REST,
  "invalid-credentials": both(0),
  "not-authorized": both(0),
  "user-unknown": both(0),
  "headers-missing": both(0),
  "login-denied": both(0),
} as const;

const refused = both(7);

export const UPLOAD_OUTCOMES: {
  readonly [E in "goals" | "upload-url" | "upload" | "status" | "result"]: {
    readonly [F in Exclude<Fault<E>, "address-given">]: Outcome;
  };
} = {
  goals: GOALS,
  "upload-url": { ...REST, "foreign-host": refused, "plain-http": refused },
  upload: {
    unauthorized: refreshed,
    "wants-bearer": both(0),
    "url-invalid": { once: 0, always: 6 },
    "url-used": both(0),
    "url-expired": { once: 0, always: 6 },
    "no-file-found": refused,
    "row-count": refused,
    "format-version": refused,
    "reset-before-body": retried,
    "reset-in-body": retried,
    "reset-after-body": both(0),
    "no-answer": both(0),
    slow: both(0),
    "empty-answer": both(0),
    "html-answer": both(0),
    "error-after-arrival": both(0),
    "unavailable-html": retried,
    "rate-limited": retried,
    redirect: retried,
    "noticed-late": both(0),
    "reset-and-noticed-late": both(0),
  },
  status: {
    ...REST,
    failed: refused,
    expired: refused,
    aborted: refused,
    "row-count": refused,
    format: refused,
    "unknown-status": both(6),
    "errors-empty": both(0),
    "errors-list": both(0),
    "still-pending": retried,
    stuck: retried,
    "request-unknown": both(6),
    "no-result-url": retried,
    "foreign-result": refused,
  },
  result: {
    truncated: retried,
    "wrong-checksum": retried,
    "not-found": retried,
    forbidden: retried,
    gone: retried,
    "unavailable-html": retried,
    slow: both(0),
    "no-answer": retried,
    reset: retried,
    empty: retried,
    "plain-csv": both(0),
    gzip: both(0),
    bomb: refused,
    "two-entries": both(0),
    "paths-in-names": both(0),
    "narrow-space": both(0),
    narrow: both(0),
    "no-client-ids": both(0),
    "rows-missing": both(1),
    // All rows of the file are taken, so no error is there to be unknown.
    "unknown-error": both(0),
    // A redirect to a redirect: three are followed.
    redirect: { once: 0, always: 7 },
    "redirect-loop": { once: 0, always: 7 },
    "too-large": refused,
  },
};

export type UploadEndpoint = keyof typeof UPLOAD_OUTCOMES;

export interface Case {
  readonly name: string;
  readonly endpoint: UploadEndpoint;
  readonly fault: string;
  readonly outcome: Outcome;
}

export const CASES: readonly Case[] = Object.entries(UPLOAD_OUTCOMES).flatMap(
  ([endpoint, faults]) =>
    Object.entries(faults).map(([fault, outcome]) => ({
      name: `${endpoint}: ${fault}`,
      endpoint: endpoint as UploadEndpoint,
      fault,
      outcome,
    })),
);

/** How an upload ends whose sign-in has to be renewed in its middle, for each fault of the token endpoint. */
export const RENEWALS: readonly (Outcome & { readonly fault: string })[] = Object.entries({
  "invalid-grant": both(5),
  "invalid-client": both(5),
  "no-new-refresh-token": both(0),
  "unavailable-html": retried,
  "not-json": retried,
  empty: retried,
  reset: retried,
  "no-answer": retried,
  slow: both(0),
  redirect: retried,
} satisfies Partial<Record<Fault<"token">, Outcome>>).map(([fault, outcome]) => ({
  fault,
  ...outcome,
}));

/** An order for a fault whose name comes from a table. */
export function orderOf(endpoint: Endpoint, fault: string): [Endpoint, never] {
  if (fault === "bomb") packedBomb();
  return [endpoint, fault as never];
}

/** What `--resume` ends in when the service works again, after a run that ended in `code` in this phase. */
export function afterwards(code: number, phase: unknown): number {
  // Nothing was begun, so there is nothing to go on with.
  if (phase === undefined) return 2;
  if (phase === "failed" || phase === "done") return code;
  return 0;
}

/** Files that the service works on in the end: none where it refuses the file itself. */
export function filesTaken({ endpoint, outcome }: Case): number {
  return endpoint === "upload" && outcome.always === 7 ? 0 : 1;
}
