/**
 * What the service can answer instead of what was asked, and what is done about it: the retry table, as
 * data. Sources: operation-error-codes.md, services-protocol.md and bulk-download-upload.md of
 * MicrosoftDocs/Advertising (17 Aug 2026); 109 with HTTP 401 was seen live.
 */
import type { FailureReason } from "./failures.ts";

/** Nothing usable came back: a code of the service, else a status of HTTP, else a code of the system. */
export interface Fault {
  /** Number of the service's error, where it gave one that the table knows or that is the first. */
  readonly code: number | undefined;
  /** Its symbolic name, where it is a plain word. */
  readonly name: string | undefined;
  /** Status of HTTP; 0 where there was no answer. */
  readonly status: number;
  /** `ECONNRESET` and the like, where there was no answer. */
  readonly system: string | undefined;
  /** Seconds, from `Retry-After`. */
  readonly retryAfter: number | undefined;
  readonly trackingId: string | undefined;
}

/** What is done about a fault. */
export interface Rule {
  /**
   * `refresh`: a new access token, once a call. `wait`: the same again after each of the waits. `new-url`:
   * begin with a new address. `ask`: ask for the status before anything is sent again. `stop`: no more.
   */
  readonly action: "refresh" | "wait" | "new-url" | "ask" | "stop";
  /** Seconds. */
  readonly waits: readonly number[];
  /** The share by which a wait may be longer or shorter, so that not all clients come at once. */
  readonly jitter?: number;
  /** Why it ends when all has been tried. */
  readonly reason: FailureReason;
}

const BACK_OFF: Rule = {
  action: "wait",
  waits: [2, 4, 8, 16],
  jitter: 0.2,
  reason: "service-broken",
};
const TOO_FAST: Rule = { action: "wait", waits: [60, 60, 60, 60], reason: "busy" };
const THROTTLED: Rule = { action: "wait", waits: [300, 600, 900], reason: "busy" };
const EXPIRED: Rule = { action: "refresh", waits: [], reason: "sign-in-expired" };
const NO_ACCESS: Rule = { action: "stop", waits: [], reason: "no-access" };
const NEW_URL: Rule = { action: "new-url", waits: [0, 0, 0], reason: "not-arrived" };
const OUR_FAULT: Rule = { action: "stop", waits: [], reason: "service-refused" };

const BY_CODE: ReadonlyMap<number, Rule> = new Map<number, Rule>([
  [109, EXPIRED], // AuthenticationTokenExpired
  [105, { ...EXPIRED, reason: "no-access" }], // InvalidCredentials
  [106, NO_ACCESS], // UserIsNotAuthorized
  [1001, NO_ACCESS],
  [116, NO_ACCESS], // RequestMissingHeaders
  [120, NO_ACCESS],
  [117, TOO_FAST], // CallRateExceeded
  [4204, THROTTLED], // BulkServiceNoMoreCallsPermittedForTheTimePeriod
  [3227, THROTTLED], // BulkServiceTooManyRequests
  [0, BACK_OFF], // InternalError
  [3220, NEW_URL], // InvalidBulkUploadUrl
  [3226, NEW_URL], // BulkServiceUrlExpired
  [3224, { action: "ask", waits: [], reason: "not-arrived" }], // BulkServiceUrlAlreadyUsedForUpload
  [4201, { action: "stop", waits: [], reason: "request-unknown" }], // InvalidRequestId
  // FormatVersionNotSupported and its like: the file is not what the service reads.
  ...[3217, 3218, 3219, 3221, 3222, 3223, 3225, 4203].map((code): [number, Rule] => [
    code,
    { action: "stop", waits: [], reason: "upload-failed" },
  ]),
]);

/** Numbers of names, for a fault that says its name alone. */
const BY_NAME: ReadonlyMap<string, number> = new Map([
  ["InternalError", 0],
  ["InvalidCredentials", 105],
  ["UserIsNotAuthorized", 106],
  ["AuthenticationTokenExpired", 109],
  ["CallRateExceeded", 117],
  ["BulkServiceUrlAlreadyUsedForUpload", 3224],
  ["BulkServiceNoMoreCallsPermittedForTheTimePeriod", 4204],
]);

/** @returns what to do: the code decides, then the status */
export function ruleFor({ code, status, system }: Fault): Rule {
  const known = code === undefined ? undefined : BY_CODE.get(code);
  if (known !== undefined) return known;
  if (status === 401) return EXPIRED;
  if (status === 403) return NO_ACCESS;
  if (status === 407) return { action: "stop", waits: [], reason: "proxy-refused" };
  if (status === 429) return TOO_FAST;
  if (status === 0) return withoutAnswer(system);
  // What is no JSON comes from something in between, and a 200 of such a kind too.
  return code === undefined ? BACK_OFF : OUR_FAULT;
}

/** A certificate does not mend itself within a minute, and neither does a proxy that says no. */
function withoutAnswer(system: string | undefined): Rule {
  if (system !== undefined && isCertificateFault(system)) {
    return { action: "stop", waits: [], reason: "certificate-refused" };
  }
  if (system === PROXY_REFUSED) return { action: "stop", waits: [], reason: "proxy-refused" };
  return { ...BACK_OFF, reason: "unreachable" };
}

/** Our own code for a proxy that did not open the tunnel. */
export const PROXY_REFUSED = "PROXY_REFUSED";

function isCertificateFault(system: string): boolean {
  return /CERT|SELF_SIGNED|ERR_TLS|UNABLE_TO_(?:GET|VERIFY)/.test(system);
}

const ERROR_LISTS = ["Errors", "OperationErrors", "BatchErrors"] as const;

interface Named {
  readonly code: number | undefined;
  readonly name: string | undefined;
}

/**
 * The fault in a body, if it is one: `AdApiFaultDetail`, `ApiFaultDetail`, or the single error that the
 * upload address gives. Of all errors of all lists the first that the table knows counts.
 *
 * @param status of HTTP: lists of errors in a refusal are a fault, whatever type the body calls itself
 */
export function faultIn(
  body: unknown,
  status: number,
): (Named & { readonly trackingId?: string }) | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const fields = body as Readonly<Record<string, unknown>>;
  const isRefusal = status >= 400;
  const isFault = typeof fields.Type === "string" && fields.Type.endsWith("FaultDetail");
  const isSingle = "Code" in fields && ("ErrorCode" in fields || isRefusal);
  const listed = ERROR_LISTS.flatMap((name) => errorsOf(fields[name]));
  if (!isFault && !isSingle && !(isRefusal && listed.length > 0)) return undefined;
  const lists = isSingle ? [fields] : listed;
  const named = lists.map(nameOf);
  const found = named.find(({ code }) => code !== undefined && code !== 0 && BY_CODE.has(code)) ??
    named.find(({ code }) => code !== undefined) ?? { code: undefined, name: undefined };
  const trackingId = asTrackingId(fields.TrackingId);
  return { ...found, ...(trackingId !== undefined && { trackingId }) };
}

function errorsOf(list: unknown): unknown[] {
  return Array.isArray(list) ? list : [];
}

/** Number and word of an error of the service; its `Message` and `Details` can repeat a cell. */
export function nameOf(error: unknown): Named {
  if (typeof error !== "object" || error === null) return { code: undefined, name: undefined };
  const { Code, ErrorCode } = error as Readonly<Record<string, unknown>>;
  const name = asErrorName(ErrorCode);
  const code = Code === null || Code === undefined || Code === "" ? Number.NaN : Number(Code);
  if (Number.isInteger(code)) return { code, name };
  return { code: name === undefined ? undefined : BY_NAME.get(name), name };
}

/** A word of the service as far as it is one, else undefined. */
export function asErrorName(text: unknown): string | undefined {
  return typeof text === "string" && /^[A-Za-z0-9_.]{1,80}$/.test(text) ? text : undefined;
}

/** A tracking id is printed where it is a UUID, because then it cannot be anything else. */
export function asTrackingId(text: unknown): string | undefined {
  const isUuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
  return typeof text === "string" && isUuid.test(text) ? text.toLowerCase() : undefined;
}

/** `117 CallRateExceeded`, `HTTP 503`, `ECONNRESET`: what a person can look up. */
export function describeFault({ code, name, status, system, trackingId }: Fault): string {
  const what =
    code !== undefined
      ? `${code}${name === undefined ? "" : ` ${name}`}`
      : status > 0
        ? `HTTP ${status}`
        : (system ?? "no answer");
  return trackingId === undefined ? what : `${what}, tracking id ${trackingId}`;
}
