/**
 * The one door to the network. undici with a dispatcher of our own: no redirects, no retries, no pipelining,
 * certificates always checked, proxies from the environment (the built-in fetch of Node 20 ignores them).
 * Errors of undici carry addresses, whose query is a grant: of them only the code leaves here.
 */
import { Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { type Dispatcher, EnvHttpProxyAgent, request } from "undici";
import { interruptedError, systemCode } from "../base/errors.ts";
import { VERSION } from "../base/version.ts";
import type { Clock } from "./clock.ts";
import { PROXY_REFUSED } from "./faults.ts";

/** Nothing came back. `code` is the system's or undici's. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
  readonly code: string;

  constructor(code: string) {
    super("no answer");
    this.code = code;
  }
}

export interface HttpRequest {
  readonly method: "GET" | "POST";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** Instead of `body`: pieces of a known sum of lengths, told as they go out. */
  readonly pieces?: readonly Uint8Array[] | undefined;
  readonly onSent?: ((bytes: number) => void) | undefined;
  /** Seconds until the headers of the answer must be there. */
  readonly patience?: number | undefined;
}

export interface HttpReply {
  readonly status: number;
  header(name: string): string | undefined;
  /** The body, piece by piece. @throws NoAnswer where it breaks off */
  body(): AsyncIterable<Buffer>;
  /** Reads the body away, so that the connection can be used again. */
  drop(): Promise<void>;
}

/** Seconds. The headers of an answer to a file come late: it is stored first. */
const CONNECT = 30;
const HEADERS = 60;
const BODY_IDLE = 60;

export class Http {
  readonly #agent: Dispatcher;
  readonly #clock: Clock;
  readonly #signal: AbortSignal | undefined;
  /** Requests made so far. */
  calls = 0;

  constructor(clock: Clock, signal?: AbortSignal) {
    this.#clock = clock;
    this.#signal = signal;
    // Said here, so that NODE_TLS_REJECT_UNAUTHORIZED=0 does not turn it off.
    const tls = { rejectUnauthorized: true, timeout: clock.limit(CONNECT) };
    this.#agent = new EnvHttpProxyAgent({
      connect: tls,
      requestTls: tls,
      proxyTls: tls,
      pipelining: 1,
      bodyTimeout: clock.limit(BODY_IDLE),
    });
  }

  /**
   * @throws NoAnswer where the connection or the answer fails
   * @throws FirsthashError "interrupted"
   */
  async send(wanted: HttpRequest): Promise<HttpReply> {
    if (this.#signal?.aborted) throw interruptedError();
    this.calls++;
    const { method, url, patience = HEADERS } = wanted;
    const length = wanted.pieces?.reduce((sum, piece) => sum + piece.length, 0);
    const body = wanted.pieces === undefined ? wanted.body : outgoing(wanted.pieces, wanted.onSent);
    try {
      const reply = await request(url, {
        dispatcher: this.#agent,
        method,
        headers: {
          "User-Agent": `firsthash/${VERSION}`,
          ...wanted.headers,
          ...(length !== undefined && { "Content-Length": String(length) }),
        },
        ...(body !== undefined && { body }),
        headersTimeout: this.#clock.limit(patience),
        ...(this.#signal !== undefined && { signal: this.#signal }),
      });
      return {
        status: reply.statusCode,
        header: (name) => [reply.headers[name.toLowerCase()] ?? []].flat()[0],
        body: () => this.#incoming(reply.body),
        drop: () => reply.body.dump().catch(() => {}),
      };
    } catch (error) {
      throw this.#translate(error);
    } finally {
      if (body instanceof Readable) body.destroy();
    }
  }

  async close(): Promise<void> {
    await this.#agent.destroy().catch(() => {});
  }

  async *#incoming(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    const chunks = body[Symbol.asyncIterator]();
    try {
      for (;;) {
        const next = await chunks.next().catch((error) => {
          throw this.#translate(error);
        });
        if (next.done === true) return;
        yield next.value;
      }
    } finally {
      await chunks.return?.().catch(() => {});
    }
  }

  #translate(error: unknown): Error {
    if (this.#signal?.aborted) return interruptedError();
    return new NoAnswer(codeOf(error));
  }
}

/** Pieces small enough that what was sent can be told, and that an early answer stops the rest. */
const PIECE = 64 * 1024;

function outgoing(
  pieces: readonly Uint8Array[],
  onSent: ((bytes: number) => void) | undefined,
): Readable {
  async function* parts(): AsyncGenerator<Uint8Array> {
    let sent = 0;
    for (const piece of pieces) {
      for (let at = 0; at < piece.length; at += PIECE) {
        // A refusal that comes before all is sent must be read before a write fails on the closed connection.
        await setImmediate();
        const part = piece.subarray(at, at + PIECE);
        yield part;
        sent += part.length;
        onSent?.(sent);
      }
    }
  }
  const stream = Readable.from(parts(), { objectMode: false, highWaterMark: PIECE });
  // When an answer comes before all is sent, undici destroys the body with an error of its own.
  stream.on("error", () => {});
  return stream;
}

/** The innermost code: an error of many attempts has it in `errors`, a failed tunnel says so in words. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  const code = systemCode(error);
  if (error instanceof Error) {
    if (/^Proxy response \(\d+\)/.test(error.message)) return PROXY_REFUSED;
    const inner = systemCode(error.cause);
    if (inner !== undefined && /^[A-Z0-9_]{1,60}$/.test(inner)) return inner;
  }
  return code !== undefined && /^[A-Z0-9_]{1,60}$/.test(code) ? code : "NO_ANSWER";
}

/** All of a body as text, undefined past the limit. */
export async function readText(reply: HttpReply, limit: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of reply.body()) {
    length += chunk.length;
    if (length > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
