/**
 * Calls of the Data Manager API. A question may be repeated. An ingestion may not, where it is not known whether it
 * arrived: nothing there can be asked for it.
 */
import type { Clock } from "../clock.ts";
import type { Endpoint } from "../endpoint.ts";
import { failure } from "../failures.ts";
import { type Fault, type Rule, ruleFor } from "../faults.ts";
import { type Http, type HttpReply, NoAnswer, readText } from "../http.ts";
import {
  type CallFacts,
  parseJson,
  type TokenProvider,
  waitOf,
  withoutAnswer,
} from "../service.ts";
import { Pace } from "./pace.ts";
import { type ApiError, apiErrorIn, describe, type Refusal, refusalOf } from "./refusals.ts";
import { type RequestStatus, requestStatusIn } from "./request-status.ts";

/** How a sending ended. `unknown`: it may have arrived. */
export type Ingestion =
  | { readonly kind: "taken"; readonly requestId: string; readonly warnings: number }
  | { readonly kind: "refused"; readonly refusal: Refusal }
  | { readonly kind: "unknown"; readonly what: string };

const MOST_ANSWER = 32 * 1024 * 1024;
/** Seconds. A request of 2,000 events is checked before it is answered. */
const PATIENCE = 180;

export const GOOGLE_SIGN_IN_HINT =
  "see docs/google.md: a key of a service account with --google-key, or an access token in FIRSTHASH_GOOGLE_ACCESS_TOKEN";

const NO_ACCESS_HINT =
  "the Data Manager API must be turned on in the Google Cloud project, and the account of Google Ads must let this sign-in in; see docs/google.md";

type Outcome =
  | { readonly kind: "answer"; readonly body: Readonly<Record<string, unknown>> }
  | { readonly kind: "refused"; readonly error: ApiError }
  | { readonly kind: "fault"; readonly fault: Fault; readonly error: ApiError | undefined };

interface Question {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: string;
  /** Made again where nobody knows whether it was answered. */
  readonly repeat: boolean;
}

export class DataManager {
  readonly http: Http;
  readonly clock: Clock;
  readonly facts: CallFacts = { retries: 0, trackingId: undefined, clockAhead: undefined };
  readonly #endpoint: Endpoint;
  readonly #tokens: TokenProvider;
  readonly #project: string | undefined;
  readonly #pace: Pace;

  /** @param project the Google Cloud project whose quota is used, where the sign-in names one */
  constructor(
    endpoint: Endpoint,
    http: Http,
    clock: Clock,
    { tokens, project }: { readonly tokens: TokenProvider; readonly project?: string | undefined },
  ) {
    this.#endpoint = endpoint;
    this.http = http;
    this.clock = clock;
    this.#tokens = tokens;
    this.#project = project;
    this.#pace = new Pace(clock);
  }

  /** Whether these rows would be taken. Nothing is counted. */
  async validate(body: string, rows: number): Promise<{ readonly ok: true } | Refusal> {
    const outcome = await this.#call({ method: "POST", path: INGEST, body, repeat: true });
    return outcome.kind === "refused" ? refusalOf(outcome.error, rows) : { ok: true };
  }

  /** Sends them, once. */
  async ingest(body: string, rows: number): Promise<Ingestion> {
    const outcome = await this.#call({ method: "POST", path: INGEST, body, repeat: false });
    if (outcome.kind === "refused") {
      return { kind: "refused", refusal: refusalOf(outcome.error, rows) };
    }
    if (outcome.kind === "fault") {
      return { kind: "unknown", what: describe(outcome.fault, outcome.error) };
    }
    const { requestId, fieldWarnings } = outcome.body;
    if (!isRequestId(requestId)) return { kind: "unknown", what: "an answer without a request id" };
    const warnings = Array.isArray(fieldWarnings) ? fieldWarnings.length : 0;
    return { kind: "taken", requestId, warnings };
  }

  /** @throws FirsthashError "unavailable" (`request-unknown`) where the service knows no such request */
  async status(requestId: string): Promise<RequestStatus> {
    const path = `/v1/requestStatus:retrieve?requestId=${encodeURIComponent(requestId)}`;
    const outcome = await this.#call({ method: "GET", path, repeat: true });
    if (outcome.kind === "refused") {
      throw failure("request-unknown", {
        more: outcome.error.status,
        hint: "look at the diagnostics of the conversion action in Google Ads",
      });
    }
    return requestStatusIn(outcome.kind === "answer" ? outcome.body : {});
  }

  async #call(question: Question): Promise<Outcome> {
    const { repeat } = question;
    let token = await this.#tokens.accessToken();
    let refreshed = false;
    const tries = new Map<string, number>();
    for (;;) {
      await this.#pace.take();
      const outcome = await this.#once(question, token);
      if (outcome.kind !== "fault") return outcome;
      const { fault, error } = outcome;
      const rule = ruleFor(fault);
      if (rule.action === "refresh" && !refreshed) {
        refreshed = true;
        token = await this.#tokens.accessToken(token);
        continue;
      }
      const tried = tries.get(rule.reason) ?? 0;
      tries.set(rule.reason, tried + 1);
      const wait = rule.action === "wait" ? rule.waits[tried] : undefined;
      if (!repeat && mayHaveArrived(rule, fault)) return outcome;
      if (wait === undefined) throw ended(rule, describe(fault, error));
      this.facts.retries++;
      await this.clock.wait(waitOf(wait, rule, fault));
    }
  }

  async #once({ method, path, body }: Question, token: string): Promise<Outcome> {
    try {
      const reply = await this.http.send({
        method,
        url: this.#endpoint.url("google", path),
        headers: {
          Accept: "application/json",
          Authorization: `Bearer ${token}`,
          ...(body !== undefined && { "Content-Type": "application/json" }),
          ...(this.#project !== undefined && { "x-goog-user-project": this.#project }),
        },
        body,
        patience: PATIENCE,
      });
      this.#noteClock(reply);
      return outcomeOf(reply, parseJson(await readText(reply, MOST_ANSWER)));
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      return { kind: "fault", fault: withoutAnswer(error), error: undefined };
    }
  }

  #noteClock(reply: HttpReply): void {
    const date = Date.parse(reply.header("date") ?? "");
    if (!Number.isNaN(date)) this.facts.clockAhead = Math.round((Date.now() - date) / 1000);
  }
}

const INGEST = "/v1/events:ingest";

/** A refusal is an answer: these statuses say that the request was read and not taken. */
const REFUSALS: ReadonlySet<number> = new Set([400, 404, 409, 412]);

function outcomeOf(reply: HttpReply, answer: unknown): Outcome {
  const error = apiErrorIn(answer);
  const isObject = typeof answer === "object" && answer !== null && !Array.isArray(answer);
  if (error === undefined && isObject && reply.status >= 200 && reply.status < 300) {
    return { kind: "answer", body: answer as Readonly<Record<string, unknown>> };
  }
  if (error !== undefined && REFUSALS.has(reply.status)) return { kind: "refused", error };
  const seconds = Number(reply.header("retry-after") ?? Number.NaN);
  const fault: Fault = {
    code: undefined,
    name: undefined,
    status: reply.status,
    system: undefined,
    retryAfter: Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined,
    trackingId: undefined,
  };
  return { kind: "fault", fault, error };
}

/** A connection that was never made, a 401, 403 and 429 say that nothing was taken. */
function mayHaveArrived({ reason }: Rule, { status, system }: Fault): boolean {
  if (status === 0) return !NEVER_SENT.has(system ?? "") && reason === "unreachable";
  return reason === "service-broken";
}

const NEVER_SENT: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

function ended({ reason }: Rule, more: string): Error {
  if (reason === "no-access") return failure(reason, { more, hint: NO_ACCESS_HINT });
  if (reason === "sign-in-expired") return failure(reason, { more, hint: GOOGLE_SIGN_IN_HINT });
  return failure(reason, { more });
}

/** Ids of trials begin with `v-`; none is a word of ours, and none holds more than these letters. */
export function isRequestId(value: unknown): value is string {
  return typeof value === "string" && /^[A-Za-z0-9_-]{1,100}$/.test(value);
}
