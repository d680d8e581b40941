/** The faults that any call of the REST API can meet. */
import { setTimeout as pause } from "node:timers/promises";
import type { Order } from "./orders.ts";
import {
  adApiFault,
  answerBytes,
  answerJson,
  apiFault,
  type Call,
  dotnetJson,
  kestrelHeaders,
  type ServiceError,
} from "./wire.ts";

interface CodedFault extends ServiceError {
  readonly status: number;
  /** Authentication and throttling; else the fault of an operation. */
  readonly ad: boolean;
}

/** Only 401 of 109 was seen live. The others are our choice among those that the .NET SDK knows. */
const CODED: Readonly<Record<string, CodedFault>> = {
  "rate-limited": { status: 429, code: 117, errorCode: "CallRateExceeded", ad: true },
  throttled: {
    status: 400,
    code: 4204,
    errorCode: "BulkServiceNoMoreCallsPermittedForTheTimePeriod",
    ad: false,
  },
  "too-many-requests": {
    status: 400,
    code: 3227,
    errorCode: "BulkServiceTooManyRequests",
    ad: false,
  },
  "internal-error": { status: 500, code: 0, errorCode: "InternalError", ad: true },
  "token-expired": { status: 401, code: 109, errorCode: "AuthenticationTokenExpired", ad: true },
  "invalid-credentials": { status: 401, code: 105, errorCode: "InvalidCredentials", ad: true },
  "not-authorized": { status: 403, code: 106, errorCode: "UserIsNotAuthorized", ad: true },
  "user-unknown": { status: 400, code: 1001, errorCode: "UserIsNotAuthorized", ad: true },
  "headers-missing": { status: 400, code: 116, errorCode: "RequestMissingHeaders", ad: true },
  "login-denied": { status: 400, code: 120, errorCode: "UserLoginAccessDenied", ad: true },
};

export const HTML = Buffer.from(
  "<!DOCTYPE html><html><head><title>Service Unavailable</title></head><body><h1>503</h1></body></html>",
);

export function answerCoded(call: Call, fault: string, words: string, order?: Order): void {
  const coded = CODED[fault];
  if (coded === undefined) throw new Error(`no code for ${fault}`);
  const { status, ad } = coded;
  answerJson(
    call,
    order?.status ?? status,
    ad ? adApiFault(call, [coded], words) : apiFault(call, [coded], words),
    order?.retryAfter === undefined ? {} : { "Retry-After": String(order.retryAfter) },
  );
}

/**
 * Answers with the ordered fault.
 *
 * @returns false where the call is answered as usual after all: a slow one, or one with unknown members.
 */
export async function restFault(call: Call, order: Order, words: string): Promise<boolean> {
  const { fault } = order;
  if (fault in CODED) {
    answerCoded(call, fault, words, order);
    return true;
  }
  switch (fault) {
    case "unauthorized-bare":
      answerBytes(call, order.status ?? 401, "text/plain", Buffer.alloc(0));
      return true;
    case "unavailable-html":
      answerBytes(
        call,
        order.status ?? 503,
        "text/html",
        HTML,
        order.retryAfter === undefined ? {} : { "Retry-After": String(order.retryAfter) },
      );
      return true;
    case "not-json":
      answerBytes(call, 200, "text/html", HTML);
      return true;
    case "empty":
      answerBytes(call, 200, "application/json; charset=utf-8", Buffer.alloc(0));
      return true;
    case "reset":
      call.request.socket.destroy();
      return true;
    case "reset-in-answer":
      breakInAnswer(call);
      return true;
    case "no-answer":
      return true;
    case "redirect":
      call.response.writeHead(order.status ?? 307, {
        ...kestrelHeaders(call),
        Location: order.address ?? "http://127.0.0.1:9/elsewhere",
        "Content-Length": "0",
      });
      call.response.end();
      return true;
    case "slow":
      await pause(order.amount ?? 300);
      return false;
    default:
      return false;
  }
}

/** Half of an answer, then the connection is gone. */
function breakInAnswer(call: Call): void {
  const whole = Buffer.from(dotnetJson({ RequestStatus: "Completed", RequestId: call.trackingId }));
  call.response.writeHead(200, {
    "Content-Type": "application/json; charset=utf-8",
    "Content-Length": String(whole.length),
    ...kestrelHeaders(call),
  });
  call.response.write(whole.subarray(0, 12), () => call.request.socket.destroy());
}
