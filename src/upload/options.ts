/** What the calls of `firsthash/upload` take, and what they make of it: a caller, an endpoint, a clock. */
import { usageError } from "../base/errors.ts";
import { Clock } from "./clock.ts";
import { type Endpoint, endpointOf, type TestHooks } from "./endpoint.ts";
import { failure } from "./failures.ts";
import { Http } from "./http.ts";
import { type Account, type Caller, Service, type TokenProvider } from "./service.ts";

/** Who calls the service, and for which account. Tokens are secrets: they are sent to Microsoft and kept nowhere. */
export interface ServiceOptions {
  /** Id of the advertising account, digits. */
  readonly account: string;
  /** Id of the customer that the account belongs to; asked of the service when left out. */
  readonly customer?: string | undefined;
  /** `production` (default) or `sandbox`. */
  readonly environment?: string | undefined;
  /**
   * An access token for the scope `https://ads.microsoft.com/msads.manage`, or a function that gives one. The
   * function is told the token that the service refused, if one was.
   */
  readonly token?: string | ((refused?: string) => string | Promise<string>) | undefined;
  /** Microsoft's key of the application that calls. */
  readonly developerToken?: string | undefined;
  /** Stops the run. */
  readonly signal?: AbortSignal | undefined;
}

/** What the command line adds: credentials that are looked up when they are needed, and the hooks of tests. */
export interface Internals {
  readonly caller?: ((endpoint: Endpoint, http: Http, clock: Clock) => Promise<Caller>) | undefined;
  readonly test?: TestHooks | undefined;
}

/** A connection to the service. Nothing is opened before the first call. */
export interface Connection {
  readonly service: Service;
  readonly clock: Clock;
  close(): Promise<void>;
}

/** Everything about the options that can be known without a file or a call. @throws FirsthashError "usage" */
export function checkServiceOptions(options: ServiceOptions, { test }: Internals = {}): Endpoint {
  const { account, customer } = options;
  needDigits("account", account);
  if (customer !== undefined) needDigits("customer", customer);
  return endpointOf(options.environment, test?.endpoint);
}

function needDigits(name: string, value: unknown): void {
  if (value === undefined) {
    throw usageError(`the ${name} is missing`, "see its id with `firsthash accounts`");
  }
  if (typeof value !== "string" || !/^\d{1,19}$/.test(value)) {
    throw usageError(
      `the ${name} is not an id of digits`,
      "give the id, not the number of letters and digits; see `firsthash accounts`",
    );
  }
}

export async function connect(
  options: ServiceOptions,
  endpoint: Endpoint,
  { caller, test }: Internals = {},
): Promise<Connection> {
  const clock = new Clock(test?.tick, options.signal);
  const http = new Http(clock, options.signal);
  const who = caller === undefined ? callerOf(options) : await caller(endpoint, http, clock);
  return { service: new Service(endpoint, http, clock, who), clock, close: () => http.close() };
}

function callerOf({ token, developerToken }: ServiceOptions): Caller {
  if (token === undefined || token === "") throw failure("not-signed-in");
  if (developerToken === undefined || developerToken === "")
    throw failure("developer-token-missing");
  return { tokens: providerOf(token), developerToken };
}

/** A token as text cannot be replaced; a function is asked again. */
export function providerOf(token: NonNullable<ServiceOptions["token"]>): TokenProvider {
  let known: string | undefined;
  return {
    async accessToken(refused) {
      if (typeof token === "string") {
        if (refused === token) throw failure("sign-in-expired");
        return token;
      }
      if (known === undefined || known === refused) {
        known = await token(refused);
        if (typeof known !== "string" || known === "") throw failure("not-signed-in");
        if (known === refused) throw failure("sign-in-expired");
      }
      return known;
    },
  };
}

/**
 * The account with its customer. `Account/Query` of the customer management service gives the customer of
 * an account (a third party's client uses it; not tried live).
 */
export async function resolveAccount(
  service: Service,
  { account, customer }: ServiceOptions,
): Promise<Account> {
  if (customer !== undefined) return { account, customer };
  const answer = await service.call("clientcenter", "/CustomerManagement/v13/Account/Query", {
    AccountId: account,
  });
  const found = (answer.Account as { ParentCustomerId?: unknown } | null | undefined)
    ?.ParentCustomerId;
  const id = typeof found === "number" ? String(found) : found;
  if (typeof id === "string" && /^\d{1,19}$/.test(id)) return { account, customer: id };
  throw failure("no-access", { more: "the customer of the account is not told" });
}
