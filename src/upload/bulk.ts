/**
 * The Bulk service, call by call: an address for the file, the file, the status. What was seen live, and what
 * is documented only, is told in docs/upload.md.
 */
import { multipart } from "./archive.ts";
import { checkUploadUrl } from "./endpoint.ts";
import { failure } from "./failures.ts";
import { asErrorName, asTrackingId, type Fault, nameOf } from "./faults.ts";
import { NoAnswer, readText } from "./http.ts";
import {
  type Account,
  faultOf,
  type Json,
  parseAnswer,
  type Service,
  withoutAnswer,
} from "./service.ts";

/** Where a file goes, and by which id it is asked for. Both hold for 15 minutes. */
export interface UploadTarget {
  /** Its query can be a grant: never printed, never stored. */
  readonly url: URL;
  readonly requestId: string;
}

const REQUEST_ID = /^[A-Za-z0-9-]{1,64}$/;

/** `BulkUploadUrl/Query`. Without a response mode the service gives back no rows but the refused ones. */
export async function askForUploadUrl(service: Service, account: Account): Promise<UploadTarget> {
  const answer = await service.call(
    "bulk",
    "/Bulk/v13/BulkUploadUrl/Query",
    { ResponseMode: "ErrorsAndResults", AccountId: account.account },
    account,
  );
  const { UploadUrl } = answer;
  const RequestId = typeof answer.RequestId === "number" ? `${answer.RequestId}` : answer.RequestId;
  if (typeof UploadUrl !== "string" || typeof RequestId !== "string") {
    throw failure("service-broken", { more: "no address for the file" });
  }
  if (!REQUEST_ID.test(RequestId)) throw failure("service-broken", { more: "an unusable id" });
  return { url: checkUploadUrl(UploadUrl, service.endpoint), requestId: RequestId };
}

/** Which header carries the token on the way to the upload address: not `Authorization`, by the docs. */
export type UploadAuth = "authentication-token" | "bearer";

export type SendOutcome =
  | { readonly kind: "received"; readonly trackingId: string | undefined }
  | { readonly kind: "fault"; readonly fault: Fault };

export interface FileToSend {
  /** The zip archive, in pieces. */
  readonly pieces: readonly Uint8Array[];
  readonly onSent?: ((bytes: number) => void) | undefined;
}

/** Seconds until the service must have answered: it stores the file first. */
const PATIENCE = 600;

const MOST_ANSWER = 1024 * 1024;

/** Sends the file once. A fault is a value: whether to send again is for the state machine to say. */
export async function sendFile(
  service: Service,
  { url }: UploadTarget,
  account: Account,
  file: FileToSend,
  token: string,
  auth: UploadAuth,
): Promise<SendOutcome> {
  const { pieces, contentType } = multipart(file.pieces);
  try {
    const reply = await service.http.send({
      method: "POST",
      url,
      headers: {
        Accept: "application/json",
        "Content-Type": contentType,
        ...(auth === "bearer"
          ? { Authorization: `Bearer ${token}` }
          : { AuthenticationToken: token }),
        ...service.headers(account),
        AccountId: account.account,
      },
      pieces,
      onSent: file.onSent,
      patience: PATIENCE,
    });
    service.note(reply);
    const text = await readText(reply, MOST_ANSWER).catch((error) => {
      // The status was there, so the file was taken; the rest of the answer does not matter.
      if (error instanceof NoAnswer && reply.status === 200) return "";
      throw error;
    });
    const answer = parseAnswer(text);
    // An empty 200, or one that is no JSON, is a 200: the file was taken.
    const body = typeof answer === "object" && answer !== null ? (answer as Json) : {};
    const fault = faultOf(reply, body);
    if (fault !== undefined) return { kind: "fault", fault };
    return { kind: "received", trackingId: asTrackingId(body.TrackingId) };
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    return { kind: "fault", fault: withoutAnswer(error) };
  }
}

const WAITING: ReadonlySet<string> = new Set(["PendingFileUpload", "FileUploaded", "InProgress"]);
const DONE: ReadonlySet<string> = new Set(["Completed", "CompletedWithErrors"]);
const FAILED: ReadonlySet<string> = new Set([
  "Failed",
  "UploadFileRowCountExceeded",
  "UploadFileFormatNotSupported",
  // These two are in the code of Microsoft's SDKs only.
  "Expired",
  "Aborted",
]);

export interface UploadStatus {
  readonly kind: "pending" | "waiting" | "done" | "failed" | "unknown";
  /** The service's word; "unknown" where it is none. */
  readonly status: string;
  readonly percent: number | undefined;
  /** Its query is a grant: never printed, never stored. */
  readonly resultUrl: string | undefined;
  readonly errors: readonly { readonly code: number | undefined; readonly name: string }[];
}

/** `BulkUploadStatus/Query`. @throws FirsthashError "unavailable" (`request-unknown`) for a forgotten id */
export async function askForStatus(
  service: Service,
  requestId: string,
  account: Account,
): Promise<UploadStatus> {
  const answer = await service.call(
    "bulk",
    "/Bulk/v13/BulkUploadStatus/Query",
    { RequestId: requestId },
    account,
  );
  const { RequestStatus, PercentComplete, ResultFileUrl, Errors } = answer;
  const status = asErrorName(RequestStatus) ?? "unknown";
  const percent = Number(PercentComplete ?? Number.NaN);
  return {
    kind: kindOf(status),
    status,
    percent: percent >= 0 && percent <= 100 ? percent : undefined,
    resultUrl:
      typeof ResultFileUrl === "string" && ResultFileUrl !== "" ? ResultFileUrl : undefined,
    errors: (Array.isArray(Errors) ? Errors : []).map((error) => {
      const { code, name } = nameOf(error);
      return { code, name: name ?? "unknown" };
    }),
  };
}

function kindOf(status: string): UploadStatus["kind"] {
  if (status === "PendingFileUpload") return "pending";
  if (WAITING.has(status)) return "waiting";
  if (DONE.has(status)) return "done";
  return FAILED.has(status) ? "failed" : "unknown";
}
