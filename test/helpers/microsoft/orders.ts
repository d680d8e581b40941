/** Faults, ordered one by one and per endpoint; and which there are. */

/** What can go wrong with any call of the REST API. */
export const REST_FAULTS = [
  "rate-limited",
  "throttled",
  "too-many-requests",
  "internal-error",
  "unavailable-html",
  "not-json",
  "empty",
  "token-expired",
  "unauthorized-bare",
  "invalid-credentials",
  "not-authorized",
  "user-unknown",
  "headers-missing",
  "login-denied",
  "reset",
  "reset-in-answer",
  "no-answer",
  "slow",
  "redirect",
  "unknown-members",
] as const;

const SIGN_IN = ["unavailable-html", "not-json", "empty", "reset", "no-answer", "slow"] as const;

/** The faults of each endpoint. A test that runs over all of them runs over this table. */
export const FAULTS = {
  authorize: ["declined", "wrong-state"],
  "device-code": ["not-allowed", ...SIGN_IN],
  token: [
    "invalid-grant",
    "invalid-client",
    "no-new-refresh-token",
    "authorization-pending",
    "slow-down",
    "device-code-expired",
    "declined",
    "redirect",
    ...SIGN_IN,
  ],
  "upload-url": [...REST_FAULTS, "foreign-host", "plain-http", "address-given"],
  upload: [
    "unauthorized",
    "wants-bearer",
    "url-invalid",
    "url-used",
    "url-expired",
    "no-file-found",
    "row-count",
    "format-version",
    "reset-before-body",
    "reset-in-body",
    "reset-after-body",
    "no-answer",
    "slow",
    "empty-answer",
    "html-answer",
    "error-after-arrival",
    "unavailable-html",
    "rate-limited",
    "redirect",
    "noticed-late",
    "reset-and-noticed-late",
  ],
  status: [
    ...REST_FAULTS,
    "failed",
    "expired",
    "aborted",
    "row-count",
    "format",
    "unknown-status",
    "errors-empty",
    "errors-list",
    "still-pending",
    "stuck",
    "request-unknown",
    "no-result-url",
    "foreign-result",
    "address-given",
  ],
  result: [
    "truncated",
    "wrong-checksum",
    "not-found",
    "forbidden",
    "gone",
    "unavailable-html",
    "slow",
    "no-answer",
    "reset",
    "empty",
    "plain-csv",
    "gzip",
    "bomb",
    "two-entries",
    "paths-in-names",
    "narrow-space",
    "narrow",
    "no-client-ids",
    "rows-missing",
    "unknown-error",
    "redirect",
    "redirect-loop",
    "too-large",
  ],
  goals: REST_FAULTS,
  "goal-report": REST_FAULTS,
  "row-report": REST_FAULTS,
  "report-file": ["truncated", "not-found", "gone", "slow", "reset", "plain-csv", "gzip"],
  apply: REST_FAULTS,
  "apply-adjustments": REST_FAULTS,
  account: REST_FAULTS,
  accounts: REST_FAULTS,
  "account-info": REST_FAULTS,
  user: REST_FAULTS,
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Endpoint = keyof typeof FAULTS;
export type Fault<E extends Endpoint = Endpoint> = (typeof FAULTS)[E][number];

export interface OrderOptions {
  /** How many calls it hits; 1 unless said, `Infinity` for all from now on. */
  readonly times?: number;
  /** How many calls of the endpoint pass before. */
  readonly after?: number;
  /** Answer with another HTTP status: that of most faults was never seen live. */
  readonly status?: number;
  /** Seconds of a Retry-After header. */
  readonly retryAfter?: number;
  /** How long a slow answer takes, or after how many bytes a body breaks. */
  readonly amount?: number;
  /** The address that is handed out, or redirected to. */
  readonly address?: string;
}

export interface Order extends OrderOptions {
  readonly endpoint: Endpoint;
  readonly fault: Fault;
}

interface Waiting extends Order {
  pass: number;
  left: number;
}

export class Orders {
  readonly #waiting: Waiting[] = [];

  add(order: Order): void {
    const known: readonly string[] = FAULTS[order.endpoint];
    if (!known.includes(order.fault)) {
      throw new Error(`${order.endpoint} has no fault "${order.fault}": ${known.join(", ")}`);
    }
    this.#waiting.push({ ...order, pass: order.after ?? 0, left: order.times ?? 1 });
  }

  /** The fault of the next call of this endpoint. Orders of one endpoint are served in turn. */
  next(endpoint: Endpoint): Order | undefined {
    const order = this.#waiting.find((each) => each.endpoint === endpoint && each.left > 0);
    if (order === undefined) return undefined;
    if (order.pass > 0) {
      order.pass -= 1;
      return undefined;
    }
    order.left -= 1;
    return order;
  }

  clear(): void {
    this.#waiting.length = 0;
  }
}
