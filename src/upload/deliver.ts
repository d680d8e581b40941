/**
 * Gets one file to the service, once. Before each attempt the state says `sending`; after an attempt of which
 * it is not known how it ended, the service is asked, and only where it says that the file is missing is it sent again.
 */
import type { Archive } from "./archive.ts";
import {
  askForStatus,
  askForUploadUrl,
  type SendOutcome,
  sendFile,
  type UploadAuth,
  type UploadTarget,
} from "./bulk.ts";
import { hasReason } from "./endpoint.ts";
import { failure } from "./failures.ts";
import { describeFault, ruleFor } from "./faults.ts";
import { type Account, type Service, waitOf } from "./service.ts";

/** Times that a file is begun to be sent, in all. */
const MOST_SENDS = 4;
/** An upload that is not there on so many asks over a minute has not arrived. */
const ASKS = 3;
const BETWEEN_ASKS = 30;

/** What an attempt begins with, for the state. */
export interface Attempt {
  readonly requestId: string;
  readonly auth: UploadAuth;
}

export interface Delivery {
  readonly service: Service;
  readonly account: Account;
  readonly archive: Archive;
  /** How the token was taken last. */
  readonly auth: UploadAuth;
  /** An attempt that was broken off: it may have arrived. */
  readonly earlier?: string | undefined;
  /** Writes and syncs the state, before the first byte of an attempt. */
  begin(attempt: Attempt): Promise<void>;
  onSent(bytes: number): void;
  /** Told why the file has to be sent again. */
  onRetry(why: string): void;
}

/** The attempt that arrived. */
export interface Delivered extends Attempt {
  readonly trackingId?: string | undefined;
}

/** @throws FirsthashError "signIn", "unavailable", "rejected", "interrupted" or "output" */
export async function deliver(delivery: Delivery): Promise<Delivered> {
  const { service, account } = delivery;
  let { auth } = delivery;
  if (delivery.earlier !== undefined && (await hasArrived(service, delivery.earlier, account))) {
    return { requestId: delivery.earlier, auth };
  }
  let last = "it did not arrive";
  for (let sends = 0; sends < MOST_SENDS; sends++) {
    const target = await askForUploadUrl(service, account);
    const attempt = { requestId: target.requestId, auth };
    await delivery.begin(attempt);
    const sent = await sendWithToken(delivery, target, auth);
    auth = sent.auth;
    const { outcome } = sent;
    if (outcome.kind === "received") {
      return { requestId: target.requestId, auth, trackingId: outcome.trackingId };
    }
    const { fault } = outcome;
    const rule = ruleFor(fault);
    last = describeFault(fault);
    if (rule.action === "stop" || rule.action === "refresh") {
      throw failure(rule.reason, { more: last });
    }
    delivery.onRetry(last);
    service.facts.retries++;
    if (rule.action === "new-url") continue;
    // The waits for a service that is busy; a broken connection is asked about at once.
    const wait = rule.waits[sends] ?? 0;
    if (fault.code !== undefined || fault.status === 429) {
      await service.clock.wait(waitOf(wait, rule, fault));
    }
    if (await hasArrived(service, target.requestId, account)) {
      return { requestId: target.requestId, auth };
    }
  }
  throw failure("not-arrived", { more: last });
}

/** @returns false where the service waits for the file on all of the asks */
async function hasArrived(service: Service, requestId: string, account: Account): Promise<boolean> {
  for (let ask = 1; ; ask++) {
    const status = await askForStatus(service, requestId, account);
    if (status.kind !== "pending") return true;
    if (ask === ASKS) return false;
    await service.clock.wait(BETWEEN_ASKS);
  }
}

/**
 * A token that is refused is replaced once; refused again, it is put where Microsoft's Python SDK puts it.
 * A refusal is a clear answer: nothing of the file was taken.
 */
async function sendWithToken(
  { service, account, archive, onSent }: Delivery,
  target: UploadTarget,
  auth: UploadAuth,
): Promise<{ readonly outcome: SendOutcome; readonly auth: UploadAuth }> {
  const file = { pieces: archive.pieces, onSent };
  const send = (token: string, way: UploadAuth) =>
    sendFile(service, target, account, file, token, way);
  const isRefused = (outcome: SendOutcome) =>
    outcome.kind === "fault" && ruleFor(outcome.fault).action === "refresh";
  let token = await service.accessToken();
  let outcome = await send(token, auth);
  if (!isRefused(outcome)) return { outcome, auth };
  const fresh = await service.accessToken(token).catch((error) => {
    // Without a way to a new token, the one at hand was good enough for the call before.
    if (hasReason(error, "sign-in-expired") || hasReason(error, "not-signed-in")) return token;
    throw error;
  });
  if (fresh !== token) {
    token = fresh;
    outcome = await send(token, auth);
    if (!isRefused(outcome)) return { outcome, auth };
  }
  const other: UploadAuth = auth === "bearer" ? "authentication-token" : "bearer";
  return { outcome: await send(token, other), auth: other };
}
