/**
 * Calls of the REST services: authorized, repeated as the table says, and told as a value or one of our
 * errors. All calls here only ask, or ask for an address, so each may be repeated.
 */
import type { Clock } from "./clock.ts";
import type { Endpoint, ServiceName } from "./endpoint.ts";
import { failure } from "./failures.ts";
import { describeFault, type Fault, faultIn, type Rule, ruleFor } from "./faults.ts";
import { type Http, type HttpReply, NoAnswer, readText } from "./http.ts";

/** Where access tokens come from. */
export interface TokenProvider {
  /**
   * @param refused a token that the service did not take; another one is wanted
   * @returns an access token that holds for some minutes at least
   * @throws FirsthashError "signIn" where there is none
   */
  accessToken(refused?: string): Promise<string>;
}

/** Who calls. */
export interface Caller {
  readonly tokens: TokenProvider;
  /** Microsoft's key of the application that calls. A secret. */
  readonly developerToken: string;
}

/** Whose data a call is about. */
export interface Account {
  readonly account: string;
  readonly customer: string;
}

/** What a service remembers of all its calls. */
export interface CallFacts {
  /** Repeated calls. */
  retries: number;
  /** Of the last answer that had one. */
  trackingId: string | undefined;
  /** Seconds by which this machine's clock is ahead of the service's; undefined before an answer. */
  clockAhead: number | undefined;
}

export type Json = Readonly<Record<string, unknown>>;

/** Larger answers are not read: a thousand goals have about 1 MB. */
const MOST_JSON = 32 * 1024 * 1024;

export class Service {
  readonly endpoint: Endpoint;
  readonly http: Http;
  readonly clock: Clock;
  readonly facts: CallFacts = { retries: 0, trackingId: undefined, clockAhead: undefined };
  readonly #caller: Caller;

  constructor(endpoint: Endpoint, http: Http, clock: Clock, caller: Caller) {
    this.endpoint = endpoint;
    this.http = http;
    this.clock = clock;
    this.#caller = caller;
  }

  accessToken(refused?: string): Promise<string> {
    return this.#caller.tokens.accessToken(refused);
  }

  /** Headers of a call about an account. `account` is left out where the call is about the user. */
  headers(account?: Account): Record<string, string> {
    return {
      DeveloperToken: this.#caller.developerToken,
      ...(account !== undefined && {
        CustomerId: account.customer,
        CustomerAccountId: account.account,
      }),
    };
  }

  /**
   * @param body members that are undefined are left out
   * @throws FirsthashError "signIn", "unavailable", "rejected" or "interrupted"
   */
  async call(
    service: ServiceName,
    path: string,
    body: Json,
    account?: Account,
    tell: (fault: Fault, rule: Rule) => void = () => {},
  ): Promise<Json> {
    const url = this.endpoint.url(service, path);
    let refreshed = false;
    let token = await this.accessToken();
    const tries = new Map<string, number>();
    for (;;) {
      const outcome = await this.#once(url, body, token, account);
      if (outcome.ok) return outcome.body;
      const { fault } = outcome;
      const rule = ruleFor(fault);
      tell(fault, rule);
      if (rule.action === "refresh" && !refreshed) {
        refreshed = true;
        token = await this.accessToken(token);
        continue;
      }
      const tried = tries.get(rule.reason) ?? 0;
      tries.set(rule.reason, tried + 1);
      const wait = rule.action === "wait" ? rule.waits[tried] : undefined;
      if (wait === undefined) throw failure(rule.reason, { more: describeFault(fault) });
      this.facts.retries++;
      await this.clock.wait(waitOf(wait, rule, fault));
    }
  }

  async #once(
    url: URL,
    body: Json,
    token: string,
    account: Account | undefined,
  ): Promise<
    { readonly ok: true; readonly body: Json } | { readonly ok: false; readonly fault: Fault }
  > {
    try {
      const reply = await this.http.send({
        method: "POST",
        url,
        headers: {
          Accept: "application/json",
          "Content-Type": "application/json",
          Authorization: `Bearer ${token}`,
          ...this.headers(account),
        },
        body: JSON.stringify(body),
      });
      this.note(reply);
      const answer = parseAnswer(await readText(reply, MOST_JSON));
      const fault = faultOf(reply, answer);
      if (fault !== undefined) return { ok: false, fault };
      return { ok: true, body: answer as Json };
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      return { ok: false, fault: withoutAnswer(error) };
    }
  }

  /** What is worth knowing of any answer. */
  note(reply: HttpReply): void {
    const date = Date.parse(reply.header("date") ?? "");
    if (!Number.isNaN(date)) this.facts.clockAhead = Math.round((Date.now() - date) / 1000);
    const id = reply.header("trackingid") ?? reply.header("x-ms-trackingid");
    if (id !== undefined && /^[0-9a-f-]{36}$/i.test(id)) this.facts.trackingId = id.toLowerCase();
  }
}

/** `Retry-After` counts where the table gives a wait; an hour is the most that is waited for. */
export function waitOf(wait: number, { jitter = 0 }: Rule, { retryAfter }: Fault): number {
  const base = retryAfter === undefined ? wait : Math.min(retryAfter, 3600);
  return base * (1 + jitter * (Math.random() * 2 - 1));
}

export function withoutAnswer({ code }: NoAnswer): Fault {
  return {
    code: undefined,
    name: undefined,
    status: 0,
    system: code,
    retryAfter: undefined,
    trackingId: undefined,
  };
}

/** The fault that an answer is; undefined for one that is an object and says nothing of faults. */
export function faultOf(reply: HttpReply, answer: unknown): Fault | undefined {
  const found = faultIn(answer, reply.status);
  const isObject = typeof answer === "object" && answer !== null && !Array.isArray(answer);
  if (found === undefined && reply.status >= 200 && reply.status < 300 && isObject) {
    return undefined;
  }
  return {
    code: found?.code,
    name: found?.name,
    status: reply.status,
    system: undefined,
    retryAfter: retryAfterOf(reply),
    trackingId: found?.trackingId,
  };
}

/** Seconds, or the date of HTTP. Of other texts `Date.parse` would make dates too: no wait at all. */
function retryAfterOf(reply: HttpReply): number | undefined {
  const text = reply.header("retry-after")?.trim() ?? "";
  if (/^\d{1,9}(?:\.\d+)?$/.test(text)) return Number(text);
  if (!/^[A-Z][a-z]+, .* GMT$/.test(text)) return undefined;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, (date - Date.now()) / 1000);
}

/** JSON; undefined for any other text. The parser's error quotes the text, so none leaves here. */
export function parseJson(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    return undefined;
  }
}

/**
 * An answer of Microsoft's, whose members have Pascal case, as they are documented, also where a gateway or a newer
 * serializer writes `requestId`.
 */
export function parseAnswer(text: string | undefined): unknown {
  return inPascalCase(parseJson(text));
}

function inPascalCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inPascalCase);
  if (typeof value !== "object" || value === null) return value;
  const named = Object.entries(value).map(([name, part]) => [
    name.charAt(0).toUpperCase() + name.slice(1),
    inPascalCase(part),
  ]);
  return Object.fromEntries(named);
}
