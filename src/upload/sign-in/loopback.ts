/**
 * Listens for the browser that comes back from the sign-in (RFC 8252, 7.3): on loopback alone, on a port of
 * the system's choice, for one request. The page that it shows is always the same and has no script.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Listener {
  /** What the registration knows as `http://localhost`; the port is free (Microsoft's reply-url page). */
  readonly redirect: string;
  /** The query of the one request. Rejects when nobody came in time or the signal ended it. */
  readonly answer: Promise<URLSearchParams>;
  close(): void;
}

const PAGE =
  '<!doctype html><meta charset="utf-8"><title>firsthash</title>' +
  "<p>firsthash has got the answer. You can close this page and go back to the terminal.</p>";

/** @param limit milliseconds until it gives up */
export async function listen(
  limit: number,
  onTimeout: () => Error,
  signal?: AbortSignal,
  onAbort: () => Error = onTimeout,
): Promise<Listener> {
  let settle: { resolve(query: URLSearchParams): void; reject(error: Error): void } | undefined;
  const answer = new Promise<URLSearchParams>((resolve, reject) => {
    settle = { resolve, reject };
  });
  answer.catch(() => {});
  const servers: Server[] = [];
  const take = (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    // The browser asks for an icon too.
    const isAnswer =
      request.method === "GET" &&
      url.pathname === "/" &&
      (url.searchParams.has("code") || url.searchParams.has("error"));
    response.writeHead(isAnswer ? 200 : 404, {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": "default-src 'none'",
      "Referrer-Policy": "no-referrer",
      "Cache-Control": "no-store",
      Connection: "close",
    });
    response.end(isAnswer ? PAGE : "");
    if (isAnswer) settle?.resolve(url.searchParams);
  };
  const close = () => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
  };
  const timer = setTimeout(() => settle?.reject(onTimeout()), limit);
  const abort = () => settle?.reject(onAbort());
  signal?.addEventListener("abort", abort, { once: true });
  try {
    const first = await open(take, "127.0.0.1", 0);
    servers.push(first);
    const { port } = first.address() as AddressInfo;
    // `localhost` is either of the two; a machine without the other one goes without.
    const second = await open(take, "::1", port).catch(() => undefined);
    if (second !== undefined) servers.push(second);
    return {
      redirect: `http://localhost:${port}`,
      answer: answer.finally(() => setTimeout(close, 100).unref()),
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

function open(
  take: (request: IncomingMessage, response: ServerResponse) => void,
  host: string,
  port: number,
): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer({ maxHeaderSize: 32 * 1024 }, take);
    server.once("error", reject);
    server.listen({ host, port }, () => resolve(server));
  });
}
