/** The Bulk service: an address for the file, the file, its status, its result. */
import { setTimeout as pause } from "node:timers/promises";
import { parseMultipart } from "./multipart.ts";
import type { Order } from "./orders.ts";
import { answerCoded, HTML } from "./rest-faults.ts";
import { packedResult, type RowErrors, resultText } from "./result-file.ts";
import { type Arrival, type ServiceState, sha256, type Upload } from "./state.ts";
import type { Storage } from "./storage.ts";
import {
  bulkTime,
  duplicateKey,
  errorsOf,
  readUploadedFile,
  type UploadedRow,
} from "./uploaded-file.ts";
import {
  answerBytes,
  answerJson,
  apiFault,
  type Call,
  operationError,
  type ServiceError,
} from "./wire.ts";

export interface BulkOptions {
  /** Scheme, host and port of the upload addresses. */
  readonly uploadOrigin: () => string;
  readonly now: () => Date;
  /** Status questions that see an upload in progress before it is done. */
  readonly working: number;
  readonly words: string;
  /** Keep what was counted, for the reports: not for millions of rows. */
  readonly countRows: boolean;
}

/** Errors of the service while it reads the body of an upload. */
const UPLOAD_FAULTS: Readonly<Record<string, ServiceError>> = {
  "url-invalid": { code: 3220, errorCode: "BulkServiceInvalidBulkUploadUrl" },
  "no-file-found": { code: 3221, errorCode: "BulkServiceNoFileFound" },
  "several-files": { code: 3222, errorCode: "BulkServiceMultipleFilesFound" },
  "invalid-extension": { code: 3223, errorCode: "BulkServiceInvalidFileExtension" },
  "url-used": { code: 3224, errorCode: "BulkServiceUrlAlreadyUsedForUpload" },
  "row-count": { code: 3225, errorCode: "BulkServiceFileRowCountExceeded" },
  "url-expired": { code: 3226, errorCode: "BulkServiceUrlExpired" },
  "format-version": { code: 3217, errorCode: "BulkServiceFormatVersionNotSupported" },
};

const UPLOAD_PATH = "/Api/Advertiser/CampaignManagement/FileUpload/File/UploadBulkFile/";
const LIFETIME_MS = 15 * 60_000;

export class Bulk {
  readonly #state: ServiceState;
  readonly #storage: Storage;
  readonly #options: BulkOptions;

  constructor(state: ServiceState, storage: Storage, options: BulkOptions) {
    this.#state = state;
    this.#storage = storage;
    this.#options = options;
  }

  static isUpload(path: string): boolean {
    return path.startsWith(UPLOAD_PATH);
  }

  uploadUrl(call: Call, body: Readonly<Record<string, unknown>>, order: Order | undefined): void {
    const mode = body.ResponseMode === "ErrorsAndResults" ? "ErrorsAndResults" : "ErrorsOnly";
    const upload = this.#state.newUpload(String(body.AccountId), mode, this.#options.now());
    const path = `${UPLOAD_PATH}${upload.requestId}?Ver=13`;
    const addresses: Readonly<Record<string, string>> = {
      "foreign-host": `https://evilbingads.microsoft.com.example${path}`,
      "plain-http": `http://campaign.api.bingads.microsoft.com${path}`,
      "address-given": order?.address ?? "",
    };
    answerJson(call, 200, {
      UploadUrl: addresses[order?.fault ?? ""] ?? `${this.#options.uploadOrigin()}${path}`,
      RequestId: upload.requestId,
      ...(order?.fault === "unknown-members" ? { Unknown: { Deep: [1] } } : {}),
    });
  }

  /** Takes the file. `unauthorized` says whether the headers of the call let it in. */
  async upload(call: Call, order: Order | undefined, authorized: () => boolean): Promise<void> {
    const upload = this.#state.uploads.get(call.url.pathname.slice(UPLOAD_PATH.length));
    const arrival: Arrival = {
      requestId: upload?.requestId,
      bytes: 0,
      complete: false,
      taken: false,
    };
    this.#state.arrivals.push(arrival);
    if (order?.fault === "reset-before-body") return void call.request.socket.destroy();
    if (order?.fault === "unauthorized" || !authorized()) {
      // An answer before the body is read, as the live service gives it.
      return answerCoded(call, "token-expired", this.#options.words, order);
    }
    const body = await readBody(call, arrival, order);
    if (body === undefined) return;
    arrival.complete = true;
    const fault = this.#refusal(upload, order) ?? this.#take(call, upload, arrival, body);
    if (fault !== undefined) {
      arrival.refused = fault.code;
      this.#refuse(call, upload, fault);
      return;
    }
    if (upload !== undefined && order?.fault.endsWith("noticed-late")) {
      upload.unnoticed = order.amount ?? 2;
    }
    this.#received(call, upload, order);
  }

  #refusal(upload: Upload | undefined, order: Order | undefined): ServiceError | undefined {
    const ordered = UPLOAD_FAULTS[order?.fault ?? ""];
    if (ordered !== undefined) {
      // Used means: a file came to it before. Where none did, this one is it, and its answer was lost.
      if (order?.fault !== "url-used" || upload?.rows !== undefined) return ordered;
      return undefined;
    }
    if (upload === undefined) return UPLOAD_FAULTS["url-invalid"];
    if (upload.rows !== undefined) return UPLOAD_FAULTS["url-used"];
    const age = this.#options.now().getTime() - upload.createdAt.getTime();
    return age > LIFETIME_MS ? UPLOAD_FAULTS["url-expired"] : undefined;
  }

  #take(
    call: Call,
    upload: Upload | undefined,
    arrival: Arrival,
    body: Buffer,
  ): ServiceError | undefined {
    if (upload === undefined) return UPLOAD_FAULTS["url-invalid"];
    try {
      const parts = parseMultipart(call.request.headers["content-type"], body);
      const files = parts.filter((part) => part.fileName !== undefined);
      const [file] = files;
      if (file === undefined) return UPLOAD_FAULTS["no-file-found"];
      if (files.length > 1) return UPLOAD_FAULTS["several-files"];
      const read = readUploadedFile(file.bytes, file.fileName ?? "");
      arrival.partName = file.name;
      arrival.fileName = file.fileName ?? "";
      if (read.entryName !== undefined) arrival.entryName = read.entryName;
      arrival.sha256 = sha256(read.bytes);
      arrival.fileBytes = read.bytes.length;
      arrival.taken = true;
      upload.rows = read.rows;
      upload.separator = read.separator;
      upload.working = this.#options.working;
      if (read.refusal !== undefined) upload.refusal = read.refusal;
      return undefined;
    } catch (error) {
      const reason = error instanceof Error ? error.message : "";
      return UPLOAD_FAULTS[reason] ?? { code: 3221, errorCode: "BulkServiceNoFileFound" };
    }
  }

  #refuse(call: Call, upload: Upload | undefined, { code, errorCode }: ServiceError): void {
    answerJson(call, 400, {
      TrackingId: call.trackingId,
      RequestId: upload?.requestId ?? null,
      Code: code,
      ErrorCode: errorCode,
      Message: this.#options.words,
    });
  }

  #received(call: Call, upload: Upload | undefined, order: Order | undefined): void {
    switch (order?.fault) {
      case "reset-after-body":
      case "reset-and-noticed-late":
        call.request.socket.destroy();
        return;
      case "no-answer":
        return;
      case "empty-answer":
        answerBytes(call, 200, "application/json", Buffer.alloc(0));
        return;
      case "html-answer":
        answerBytes(call, 200, "text/html", HTML);
        return;
      case "error-after-arrival":
        answerCoded(call, "internal-error", this.#options.words, order);
        return;
      case "url-used":
        this.#refuse(call, upload, UPLOAD_FAULTS["url-used"] as ServiceError);
        return;
      default:
        answerJson(call, 200, {
          TrackingId: call.trackingId,
          RequestId: upload?.requestId ?? null,
        });
    }
  }

  status(call: Call, body: Readonly<Record<string, unknown>>, order: Order | undefined): void {
    const upload = this.#state.uploads.get(String(body.RequestId));
    if (upload === undefined || order?.fault === "request-unknown") {
      const unknown = { code: 4201, errorCode: "BulkServiceInvalidRequestId" };
      answerJson(call, 400, apiFault(call, [unknown], this.#options.words));
      return;
    }
    const [status, percent] = this.#statusOf(upload, order);
    const done = status === "Completed" || status === "CompletedWithErrors";
    answerJson(call, 200, {
      RequestStatus: status,
      ResultFileUrl: done ? this.#resultAddress(upload, order) : null,
      PercentComplete: percent,
      ForwardCompatibilityMap: [],
      Errors: this.#statusErrors(order),
      ...(order?.fault === "unknown-members" ? { Unknown: { Deep: [1] } } : {}),
    });
  }

  #statusErrors(order: Order | undefined): unknown {
    const failures: Readonly<Record<string, ServiceError>> = {
      failed: { code: 0, errorCode: "InternalError" },
      "errors-list": { code: 4200, errorCode: "BulkServiceBatchOperationFailedForItems" },
    };
    if (order?.fault === "errors-empty") return [];
    const failure = failures[order?.fault ?? ""];
    return failure === undefined ? null : [operationError(failure, this.#options.words)];
  }

  #statusOf(upload: Upload, order: Order | undefined): readonly [string, number] {
    const ordered: Readonly<Record<string, readonly [string, number]>> = {
      failed: ["Failed", 0],
      expired: ["Expired", 0],
      aborted: ["Aborted", 0],
      "row-count": ["UploadFileRowCountExceeded", 0],
      format: ["UploadFileFormatNotSupported", 0],
      "unknown-status": ["OnItsWay", 40],
      "still-pending": ["PendingFileUpload", 0],
      stuck: ["InProgress", 40],
    };
    const given = ordered[order?.fault ?? ""];
    if (given !== undefined) return given;
    if (upload.rows === undefined) return ["PendingFileUpload", 0];
    if (upload.unnoticed > 0) {
      upload.unnoticed -= 1;
      return ["PendingFileUpload", 0];
    }
    upload.asked += 1;
    if (upload.refusal !== undefined) return [upload.refusal, 0];
    if (upload.asked <= upload.working) {
      return upload.asked === 1
        ? ["FileUploaded", 0]
        : ["InProgress", Math.floor((100 * (upload.asked - 1)) / upload.working)];
    }
    return [this.#judge(upload).size > 0 ? "CompletedWithErrors" : "Completed", 100];
  }

  #resultAddress(upload: Upload, order: Order | undefined): string | null {
    if (order?.fault === "no-result-url") return null;
    if (order?.fault === "foreign-result") return "https://10.0.0.1/results.zip?sig=qzstoragegrant";
    if (order?.fault === "address-given") return order.address ?? "";
    return this.#storage.address("result", (fault) =>
      packedResult(
        resultText(upload, this.#judge(upload), this.#options.words, fault),
        upload,
        fault,
      ),
    );
  }

  readonly #judged = new Map<string, RowErrors>();

  /** Judges the rows once, and counts those that are taken. */
  #judge(upload: Upload): RowErrors {
    const known = this.#judged.get(upload.requestId);
    if (known !== undefined) return known;
    const { goals } = this.#state;
    const now = this.#options.now();
    const refused = new Map<number, readonly ServiceError[]>();
    let index = -1;
    for (const row of upload.rows ?? []) {
      index += 1;
      const errors = errorsOf(row, { goals, now });
      if (errors.length > 0) refused.set(index, errors);
      if (this.#options.countRows) this.#count(upload, row, errors, now);
    }
    this.#judged.set(upload.requestId, refused);
    return refused;
  }

  /** Why a row that was taken is never counted. */
  #clickError(row: UploadedRow): string | undefined {
    const { clicks, goals } = this.#state;
    const id = row["Microsoft Click Id"] ?? "";
    if (clicks.size === 0 || id === "") return undefined;
    const clicked = clicks.get(id)?.getTime();
    if (clicked === undefined) return "NoMatchingClickFound";
    const goal = goals.find(({ name }) => name === row["Conversion Name"]);
    const later = (bulkTime(row["Conversion Time"] ?? "")?.getTime() ?? 0) - clicked;
    if (later < 0) return "ClickTimestampAfterConversion";
    const window = (goal?.windowMinutes ?? 0) * 60_000;
    return later > window ? "OutsideGoalLookbackWindow" : undefined;
  }

  #count(upload: Upload, row: UploadedRow, errors: readonly ServiceError[], at: Date): void {
    const { requestId } = upload;
    let error = errors[0]?.errorCode;
    const key = duplicateKey(row);
    const kind = row["Adjustment Type"] ?? "";
    const counted = this.#state.counted.get(key);
    error ??= this.#clickError(row);
    if (error === undefined && kind === "") {
      if (counted === undefined) this.#state.counted.set(key, { requestId, row });
      else error = "DuplicateConversionKey";
    } else if (error === undefined) {
      if (counted === undefined) error = "AdjustmentOriginalNotFound";
      else if (counted.adjusted === "Retract") error = "ConversionAlreadyRetracted";
      else counted.adjusted = kind;
    }
    const clicked = bulkTime(row["Conversion Time"] ?? "") ?? at;
    this.#state.finished.push({ requestId, row, error, at: clicked });
  }
}

/** Reads the body, or breaks the connection where that is ordered. */
async function readBody(
  call: Call,
  arrival: Arrival,
  order: Order | undefined,
): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  const length = Number(call.request.headers["content-length"] ?? 0);
  const breakAt =
    order?.fault === "reset-in-body" ? (order.amount ?? Math.floor(length / 2)) : undefined;
  try {
    for await (const chunk of call.request) {
      chunks.push(chunk as Buffer);
      arrival.bytes += (chunk as Buffer).length;
      if (breakAt !== undefined && arrival.bytes >= breakAt) {
        call.request.socket.destroy();
        return undefined;
      }
      if (order?.fault === "slow") await pause(order.amount ?? 20);
    }
  } catch {
    // The client went away: what came is no file.
    return undefined;
  }
  return Buffer.concat(chunks);
}
