/**
 * How the service writes its answers. The shapes, the order of the members, the headers and the escapes are
 * those of recordings of the live REST service (September 2026): .NET's JSON writer, Kestrel, three equal
 * tracking headers, gzip for who asks for it.
 */
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";

/** .NET escapes these in strings, as in `\u0026` between the parameters of a recorded address. */
const ESCAPED = /[<>&'+`\u007f-\uffff]/g;

/** JSON as .NET's default encoder writes it. */
export function dotnetJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(/\\"/g, "\\u0022")
    .replace(
      ESCAPED,
      (char) => `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`,
    );
}

/** One exchange: what came in, and how to answer it. */
export interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly trackingId: string;
  /** When it came, by the service's clock. */
  readonly at: Date;
  /** The text of a body that was read whole, for the transcript. */
  body: string;
}

export function newCall(request: IncomingMessage, response: ServerResponse, at: Date): Call {
  const url = new URL(request.url ?? "/", `http://${request.headers.host ?? "127.0.0.1"}`);
  return { request, response, url, trackingId: randomUUID(), at, body: "" };
}

/** A header of the request, once. */
export function header(call: Call, name: string): string | undefined {
  const value = call.request.headers[name.toLowerCase()];
  return Array.isArray(value) ? value[0] : value;
}

/** Reads a small body whole. */
export async function readText(call: Call): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of call.request) chunks.push(chunk as Buffer);
  call.body = Buffer.concat(chunks).toString();
  return call.body;
}

/** Headers of every answer of the API, in the recordings' order. */
export function kestrelHeaders(call: Call): Record<string, string> {
  return {
    Date: call.at.toUTCString(),
    Server: "Kestrel",
    Vary: "Accept-Encoding",
    "x-ms-requestid": call.trackingId,
    "x-ms-trackingid": call.trackingId,
    TrackingId: call.trackingId,
  };
}

export function answerJson(
  call: Call,
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  answerBytes(
    call,
    status,
    "application/json; charset=utf-8",
    Buffer.from(dotnetJson(value)),
    headers,
  );
}

export function answerBytes(
  call: Call,
  status: number,
  type: string,
  bytes: Buffer,
  headers: Readonly<Record<string, string>> = {},
): void {
  const packs = /\bgzip\b/.test(header(call, "accept-encoding") ?? "") && bytes.length > 0;
  const body = packs ? gzipSync(bytes) : bytes;
  call.response.writeHead(status, {
    "Content-Type": type,
    "Content-Length": String(body.length),
    ...(packs ? { "Content-Encoding": "gzip" } : {}),
    ...kestrelHeaders(call),
    ...headers,
  });
  call.response.end(body);
}

export interface ServiceError {
  readonly code: number;
  readonly errorCode: string;
}

/**
 * The fault of authentication and throttling, with the members in the order of a live answer: Errors,
 * TrackingId, Type. `words` is text of the service, which may echo a cell and must never be shown.
 */
export function adApiFault(call: Call, errors: readonly ServiceError[], words: string): object {
  return {
    Errors: errors.map(({ code, errorCode }) => ({
      Code: code,
      Detail: words,
      ErrorCode: errorCode,
      Message: words,
    })),
    TrackingId: call.trackingId,
    Type: "AdApiFaultDetail",
  };
}

/** The fault of one operation. */
export function apiFault(call: Call, errors: readonly ServiceError[], words: string): object {
  return {
    OperationErrors: errors.map((error) => operationError(error, words)),
    BatchErrors: [],
    TrackingId: call.trackingId,
    Type: "ApiFaultDetail",
  };
}

export function operationError({ code, errorCode }: ServiceError, words: string): object {
  return { Code: code, Details: words, ErrorCode: errorCode, Message: words };
}

/** An item of PartialErrors; `index` is its place in the request. */
export function batchError(
  { code, errorCode }: ServiceError,
  index: number,
  words: string,
): object {
  return {
    Code: code,
    Details: null,
    ErrorCode: errorCode,
    FieldPath: null,
    ForwardCompatibilityMap: null,
    Index: index,
    Message: words,
    Type: "BatchError",
  };
}
