/**
 * The storage listener: result and report files behind addresses with a signature, as Azure's blob store
 * hands them out. Nothing of ours may arrive here but User-Agent and Accept.
 */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Order } from "./orders.ts";
import { HTML } from "./rest-faults.ts";
import type { StoredFile } from "./result-file.ts";
import { answerBytes, type Call } from "./wire.ts";

/** Headers that would tell the storage host who we are. */
const OURS =
  /^(authorization|authenticationtoken|developertoken|customer.*|account.*|identityprovider|cookie|referer|origin|x-.*|proxy-authorization)$/;
const ALLOWED = new Set(["host", "connection", "user-agent", "accept"]);

export interface Ticket {
  readonly endpoint: "result" | "report-file";
  /** Makes the file: at the call, so that an order for this call can shape it. */
  readonly file: (order: Order | undefined) => StoredFile;
  revoked: boolean;
}

export class Storage {
  readonly #tickets = new Map<string, Ticket>();
  readonly #origin: () => string;

  constructor(origin: () => string) {
    this.#origin = origin;
  }

  /** A new address for a file. Its query is a grant: whoever has it may read. */
  address(endpoint: Ticket["endpoint"], file: Ticket["file"]): string {
    const id = randomUUID();
    this.#tickets.set(id, { endpoint, file, revoked: false });
    const signature = encodeURIComponent(`qzstoragegrant${randomBytes(24).toString("base64")}`);
    return `${this.#origin()}/dnx-bulkdata-26-11-25/${id}/Results.zip?skoid=${randomUUID()}&sv=2025-11-05&sr=b&sp=r&sig=${signature}`;
  }

  /** No address handed out until now works any more. */
  revokeAll(): void {
    for (const ticket of this.#tickets.values()) ticket.revoked = true;
  }

  ticket(call: Call): Ticket | undefined {
    const id = call.url.pathname.split("/")[2] ?? "";
    return call.url.searchParams.has("sig") ? this.#tickets.get(id) : undefined;
  }

  /** What arrived here and must not. */
  static violations(call: Call): string[] {
    const strict = /^firsthash\//.test(call.request.headers["user-agent"] ?? "");
    return Object.keys(call.request.headers)
      .filter((name) => OURS.test(name) || (strict && !ALLOWED.has(name)))
      .map((name) => `storage got the header ${name}`);
  }

  async answer(call: Call, ticket: Ticket | undefined, order: Order | undefined): Promise<void> {
    if (ticket === undefined || ticket.revoked) return refuse(call, 403);
    switch (order?.fault) {
      case "not-found":
        return refuse(call, 404);
      case "forbidden":
        return refuse(call, 403);
      case "gone":
        return refuse(call, 410);
      case "unavailable-html":
        return answerBytes(call, order.status ?? 503, "text/html", HTML);
      case "no-answer":
        return;
      case "redirect":
        return redirect(call, order.address ?? this.address(ticket.endpoint, ticket.file));
      case "redirect-loop":
        return redirect(call, call.url.toString());
      default:
        return send(call, ticket.file(order), order);
    }
  }
}

function blobHeaders(): Record<string, string> {
  return {
    Server: "Windows-Azure-Blob/1.0 Microsoft-HTTPAPI/2.0",
    "x-ms-request-id": randomUUID(),
    "x-ms-version": "2025-11-05",
  };
}

function refuse(call: Call, status: number): void {
  const body = Buffer.from(
    `\ufeff<?xml version="1.0" encoding="utf-8"?><Error><Code>${status === 403 ? "AuthenticationFailed" : "BlobNotFound"}</Code></Error>`,
  );
  call.response.writeHead(status, {
    "Content-Type": "application/xml",
    "Content-Length": String(body.length),
    ...blobHeaders(),
  });
  call.response.end(body);
}

function redirect(call: Call, address: string): void {
  call.response.writeHead(302, { Location: address, "Content-Length": "0", ...blobHeaders() });
  call.response.end();
}

async function send(call: Call, file: StoredFile, order: Order | undefined): Promise<void> {
  const { response } = call;
  response.writeHead(200, {
    "Content-Type": file.type,
    "Content-Length": String(order?.fault === "too-large" ? 200_000_000 : file.bytes.length),
    "Content-MD5": createHash("md5").update(file.bytes).digest("base64"),
    "Accept-Ranges": "bytes",
    "x-ms-blob-type": "BlockBlob",
    ...blobHeaders(),
  });
  if (order?.fault === "reset") {
    response.write(file.bytes.subarray(0, Math.ceil(file.bytes.length / 2)), () =>
      call.request.socket.destroy(),
    );
    return;
  }
  if (order?.fault === "too-large") {
    // As much as the length says would be sent, if nobody stopped it.
    const chunk = Buffer.alloc(1_000_000);
    for (let sent = 0; sent < 200 && !response.destroyed; sent++) {
      if (!response.write(chunk)) await pause(1);
    }
    response.end();
    return;
  }
  if (order?.fault === "slow") {
    const piece = Math.max(1, Math.ceil(file.bytes.length / 4));
    for (let at = 0; at < file.bytes.length; at += piece) {
      response.write(file.bytes.subarray(at, at + piece));
      await pause((order.amount ?? 400) / 4);
    }
    response.end();
    return;
  }
  response.end(file.bytes);
}
