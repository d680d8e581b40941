/**
 * Which hosts this room talks to. A credential goes to the hosts of this closed list and to the upload
 * address of the Bulk service, nowhere else; `test` is the one exception, for tests, and is a loopback literal.
 */
import { FirsthashError, usageError } from "../base/errors.ts";
import { failure } from "./failures.ts";

/** Microsoft's two worlds. The sandbox takes uploads and attributes nothing. */
export type Environment = "production" | "sandbox";

export const ENVIRONMENTS: readonly Environment[] = ["production", "sandbox"];

/** The services that a call can go to. */
export type ServiceName = "login" | "bulk" | "campaign" | "clientcenter" | GoogleService;

/** Google has one world only. */
type GoogleService = "google" | "google-login" | "google-token";

const GOOGLE_HOSTS: Readonly<Record<GoogleService, string>> = {
  google: "datamanager.googleapis.com",
  "google-login": "accounts.google.com",
  "google-token": "oauth2.googleapis.com",
};

function isGoogle(service: ServiceName): service is GoogleService {
  return service in GOOGLE_HOSTS;
}

/** Hooks for tests: one local service in the place of all hosts, and waits that are shorter by a factor. */
export interface TestHooks {
  readonly endpoint?: string | undefined;
  readonly tick?: number | undefined;
}

/** Addresses of one environment. */
export interface Endpoint {
  readonly environment: Environment;
  /** True where all hosts are a local service for tests. */
  readonly isTest: boolean;
  url(service: ServiceName, path: string): URL;
}

/**
 * @param test takes the place of every host of Microsoft
 * @throws FirsthashError "usage" for an environment that there is not, or a test endpoint elsewhere
 */
export function endpointOf(environment: string = "production", test?: string): Endpoint {
  const known = ENVIRONMENTS.find((name) => name === environment);
  if (known === undefined) {
    throw usageError("the environment is not known", `use one of ${ENVIRONMENTS.join(", ")}`);
  }
  const base = test === undefined ? undefined : testBase(test);
  return {
    environment: known,
    isTest: base !== undefined,
    url: (service, path) => new URL(path, base ?? `https://${hostOf(service, known)}`),
  };
}

function hostOf(service: ServiceName, environment: Environment): string {
  if (isGoogle(service)) return GOOGLE_HOSTS[service];
  if (service === "login") return "login.microsoftonline.com";
  const world = environment === "sandbox" ? "api.sandbox" : "api";
  return `${service}.${world}.bingads.microsoft.com`;
}

function testBase(text: string): URL {
  const url = parseUrl(text);
  const bare = url !== undefined && url.pathname === "/" && url.search === "" && url.hash === "";
  if (!bare || !isPlain(url) || url.protocol !== "http:" || !isLoopback(url)) {
    throw usageError(
      "FIRSTHASH_TEST_ENDPOINT is not http:// with a loopback address and a port",
      "it is for tests only; for example http://127.0.0.1:8080",
    );
  }
  return url;
}

function parseUrl(text: string, base?: URL): URL | undefined {
  return URL.canParse(text, base?.href) ? new URL(text, base) : undefined;
}

/** The literals 127.0.0.1 and ::1. A name could lead anywhere. */
function isLoopback({ hostname }: URL): boolean {
  return hostname === "127.0.0.1" || hostname === "[::1]";
}

function isPlain({ username, password }: URL): boolean {
  return username === "" && password === "";
}

function isTestAddress(url: URL, { isTest }: Endpoint): boolean {
  return isTest && isLoopback(url) && /^https?:$/.test(url.protocol);
}

/**
 * The address that a file is sent to, with credentials: a host below `bingads.microsoft.com`, by https.
 * Seen: campaign.api.bingads.microsoft.com, fileupload.api.sandbox.bingads.microsoft.com.
 *
 * @throws FirsthashError "rejected" (`upload-url-not-microsofts`); the address is not in its message
 */
export function checkUploadUrl(text: string, endpoint: Endpoint): URL {
  const url = parseUrl(text);
  if (url !== undefined && isPlain(url)) {
    const host = url.hostname;
    const microsofts =
      url.protocol === "https:" &&
      url.port === "" &&
      (host === "bingads.microsoft.com" || host.endsWith(".bingads.microsoft.com"));
    if (microsofts || isTestAddress(url, endpoint)) return url;
  }
  throw failure("upload-url-not-microsofts");
}

/**
 * The address of a result. Its domain is not to be relied on (Microsoft's page says so), and no credential
 * goes there: any name by https, but no literal address and no name of the own network.
 *
 * @throws FirsthashError "rejected" (`result-url-refused`); the address is not in its message
 */
export function checkResultUrl(text: string, endpoint: Endpoint, base?: URL): URL {
  const url = parseUrl(text, base);
  if (url !== undefined && isPlain(url)) {
    const { hostname, protocol } = url;
    const isName = hostname.includes(".") && /[a-z]/.test(hostname.split(".").at(-1) ?? "");
    const isLocal = /(?:^|\.)(?:localhost|local|internal)\.?$/.test(hostname);
    if (protocol === "https:" && isName && !isLocal) return url;
    if (isTestAddress(url, endpoint)) return url;
  }
  throw failure("result-url-refused");
}

/** Whether an error is one of ours with this reason. */
export function hasReason(error: unknown, reason: string): error is FirsthashError {
  return error instanceof FirsthashError && error.reason === reason;
}
