/** What the calls for Google take, and what they make of it: a caller, an endpoint, a clock. */
import { usageError } from "../../base/errors.ts";
import { Clock } from "../clock.ts";
import { type Endpoint, endpointOf, type TestHooks } from "../endpoint.ts";
import { failure } from "../failures.ts";
import { Http } from "../http.ts";
import { providerOf } from "../options.ts";
import type { TokenProvider } from "../service.ts";
import { DataManager, GOOGLE_SIGN_IN_HINT } from "./data-manager.ts";

/** Who calls Google, and for which account. Tokens are secrets: they are sent to Google and kept nowhere. */
export interface GoogleOptions {
  /** Ten digits. The file names the account; where this is given too, they must be the same. */
  readonly account?: string | undefined;
  /**
   * An access token for the scope `https://www.googleapis.com/auth/datamanager`, or a function that gives one. The
   * function is told the token that the service refused, if one was.
   */
  readonly token?: string | ((refused?: string) => string | Promise<string>) | undefined;
  /** The Google Cloud project whose quota is used, where the token does not say it. */
  readonly project?: string | undefined;
  /** Stops the run. */
  readonly signal?: AbortSignal | undefined;
}

/** Who calls. */
export interface GoogleCaller {
  readonly tokens: TokenProvider;
  readonly project?: string | undefined;
}

/** What the command line adds. */
export interface GoogleInternals {
  readonly caller?:
    | ((endpoint: Endpoint, http: Http, clock: Clock) => Promise<GoogleCaller>)
    | undefined;
  readonly test?: TestHooks | undefined;
}

/** @throws FirsthashError "usage" */
export function checkGoogleOptions(
  { account }: GoogleOptions,
  { test }: GoogleInternals,
): Endpoint {
  if (account !== undefined && !/^\d{10}$/.test(account.replaceAll("-", ""))) {
    throw usageError(
      "the account is not one of Google Ads",
      "give its ten digits, or leave it out: the file names it",
    );
  }
  return endpointOf(undefined, test?.endpoint);
}

/** @throws FirsthashError "signIn" */
export async function connectToGoogle(
  options: GoogleOptions,
  endpoint: Endpoint,
  { caller, test }: GoogleInternals,
): Promise<DataManager> {
  const clock = new Clock(test?.tick, options.signal);
  const http = new Http(clock, options.signal);
  try {
    const who = caller === undefined ? callerOf(options) : await caller(endpoint, http, clock);
    return new DataManager(endpoint, http, clock, who);
  } catch (error) {
    await http.close();
    throw error;
  }
}

function callerOf({ token, project }: GoogleOptions): GoogleCaller {
  if (token === undefined || token === "") {
    throw failure("not-signed-in", { hint: GOOGLE_SIGN_IN_HINT });
  }
  return { tokens: providerOf(token), project };
}
