/**
 * A local stand-in of Google's Data Manager API and of its token service, for tests. It takes or refuses a request
 * as a whole, in the shapes of the protos and of the answers that others have shown (August 2026).
 *
 *     const service = await startGoogle();
 *     service.bad = (event) => (event.currency === "ZZZ" ? "INVALID_CURRENCY_CODE" : undefined);
 *     service.order("ingest", "reset-after-body");       // the next sending breaks after it arrived
 *     await firsthash(["upload", file], { env: service.env });
 *     expect(service.counted).toBe(3);                   // events that Google would count
 *     expect(service.violations).toEqual([]);            // rules of the wire that were broken
 *
 * Every text of the service that must never be shown holds `qzservicewords`; every token starts with `qz`.
 */
import {
  createVerify,
  generateKeyPairSync,
  type KeyPairKeyObjectResult,
  randomBytes,
  randomUUID,
} from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export const GOOGLE_FAULTS = {
  token: ["invalid-grant", "invalid-client", "unavailable-html", "not-json", "empty", "reset"],
  validate: [
    "rate-limited",
    "unavailable",
    "internal",
    "unavailable-html",
    "not-json",
    "empty",
    "token-expired",
    "not-authorized",
    "api-disabled",
    "terms-not-signed",
    "no-such-action",
    "reset",
    "reset-in-answer",
    "no-answer",
    "slow",
    "redirect",
    "unknown-members",
  ],
  ingest: [
    "rate-limited",
    "unavailable",
    "internal",
    "unavailable-html",
    "not-json",
    "empty",
    "token-expired",
    "not-authorized",
    "api-disabled",
    "terms-not-signed",
    "reset",
    "reset-after-body",
    "no-answer",
    "slow",
    "redirect",
    "unknown-members",
  ],
  status: [
    "rate-limited",
    "unavailable",
    "internal",
    "unavailable-html",
    "not-json",
    "empty",
    "token-expired",
    "not-authorized",
    "reset",
    "no-answer",
    "slow",
    "redirect",
    "unknown-members",
    "stuck",
    "unknown-status",
    "no-destinations",
    "request-unknown",
    "failed",
    "failure",
  ],
} as const;

export type GoogleEndpoint = keyof typeof GOOGLE_FAULTS;
export type GoogleFault<E extends GoogleEndpoint> = (typeof GOOGLE_FAULTS)[E][number];

/** An event as it came in. */
export interface SentEvent {
  readonly transactionId?: string;
  readonly currency?: string;
  readonly [member: string]: unknown;
}

export interface GoogleCall {
  readonly endpoint: GoogleEndpoint;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly fault: string | undefined;
  readonly at: number;
}

interface Taken {
  readonly body: Ingest;
  readonly duplicates: number;
  asked: number;
}

interface Ingest {
  readonly destinations: readonly {
    readonly reference?: string;
    readonly [member: string]: unknown;
  }[];
  readonly events: readonly SentEvent[];
  readonly validateOnly?: boolean;
  readonly [member: string]: unknown;
}

let made: KeyPairKeyObjectResult | undefined;

/** One pair for all services: making it takes longer than most tests. */
function keys(): KeyPairKeyObjectResult {
  made ??= generateKeyPairSync("rsa", { modulusLength: 2048 });
  return made;
}

const MEMBERS = new Set(["destinations", "encoding", "consent", "validateOnly", "events"]);
const WORDS = "qzservicewords: text of the service, which may echo a value";

export interface GoogleOptions {
  /** What a second is multiplied by, here and at the client. */
  readonly tick?: number;
  /** Questions that see a request at work before it is done. */
  readonly working?: number;
  /** Whether a refusal names the rows: all of them, the first, or none. */
  readonly names?: "all" | "first" | "none";
}

export async function startGoogle(options: GoogleOptions = {}): Promise<LocalGoogle> {
  const service = new LocalGoogle(options);
  await service.start();
  return service;
}

export class LocalGoogle {
  readonly calls: GoogleCall[] = [];
  readonly violations: string[] = [];
  readonly accessToken = `qzaccess${randomBytes(24).toString("base64url")}`;
  readonly refreshToken = `qzrefresh${randomBytes(24).toString("base64url")}`;
  readonly client = {
    clientId: "1234-abcdefgh.apps.googleusercontent.com",
    clientSecret: "qzsecretofaclient",
  };
  readonly account = "sender@project.iam.gserviceaccount.example";
  /** What a request is refused for, by the event. */
  bad: (event: SentEvent) => string | undefined = () => undefined;
  /** What an event is not taken for after the request was. */
  processed: (event: SentEvent) => string | undefined = () => undefined;
  readonly #options: Required<GoogleOptions>;
  readonly #tokens = new Set<string>([this.accessToken]);
  readonly #orders: { endpoint: GoogleEndpoint; fault: string; times: number }[] = [];
  readonly #taken = new Map<string, Taken>();
  readonly #ids = new Set<string>();
  readonly #times: number[] = [];
  readonly #server: Server;
  /** Events that would be counted. One with an order id counts once. */
  counted = 0;

  constructor({ tick = 0.001, working = 1, names = "all" }: GoogleOptions) {
    this.#options = { tick, working, names };
    this.#server = createServer((request, response) => {
      request.on("error", () => {});
      response.on("error", () => {});
      this.#answer(request, response).catch((error: unknown) => {
        this.violations.push(`service failed: ${error instanceof Error ? error.stack : "?"}`);
        request.socket.destroy();
      });
    });
    this.#server.keepAliveTimeout = 30_000;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get env(): Record<string, string> {
    return {
      FIRSTHASH_TEST_ENDPOINT: this.endpoint,
      FIRSTHASH_TEST_TICK: String(this.#options.tick),
      FIRSTHASH_GOOGLE_ACCESS_TOKEN: this.accessToken,
    };
  }

  /** The key of a service account, as Google's console gives it out. */
  get keyFile(): string {
    const privateKey = keys().privateKey.export({ type: "pkcs8", format: "pem" });
    return JSON.stringify({
      type: "service_account",
      project_id: "project",
      private_key_id: "0123456789abcdef",
      private_key: privateKey,
      client_email: this.account,
      // Never asked: an address in a file must not get an assertion.
      token_uri: "http://127.0.0.1:1/token",
    });
  }

  /** What gcloud keeps of a user. */
  get userFile(): string {
    return JSON.stringify({
      type: "authorized_user",
      client_id: this.client.clientId,
      client_secret: this.client.clientSecret,
      refresh_token: this.refreshToken,
      quota_project_id: "quota-project",
    });
  }

  /** A token that was not given out before. */
  freshToken(): string {
    const token = `qzaccess${randomBytes(24).toString("base64url")}`;
    this.#tokens.add(token);
    return token;
  }

  order<E extends GoogleEndpoint>(endpoint: E, fault: GoogleFault<E>, times = 1): void {
    this.#orders.push({ endpoint, fault, times });
  }

  clearOrders(): void {
    this.#orders.length = 0;
  }

  callsOf(endpoint: GoogleEndpoint): GoogleCall[] {
    return this.calls.filter((call) => call.endpoint === endpoint);
  }

  /** Requests that were taken. */
  get requests(): number {
    return this.#taken.size;
  }

  #next(endpoint: GoogleEndpoint): string | undefined {
    const order = this.#orders.find((each) => each.endpoint === endpoint && each.times > 0);
    if (order === undefined) return undefined;
    order.times--;
    return order.fault;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", this.endpoint);
    const body = await textOf(request);
    const place = `${request.method} ${url.pathname}`;
    const isTrial = /"validateOnly":\s*true/.test(body);
    const endpoint: GoogleEndpoint | undefined =
      place === "POST /token"
        ? "token"
        : place === "POST /v1/events:ingest"
          ? isTrial
            ? "validate"
            : "ingest"
          : place === "GET /v1/requestStatus:retrieve"
            ? "status"
            : undefined;
    if (endpoint === undefined) {
      this.violations.push(`no such endpoint: ${place}`);
      send(response, 404, "<html>qzservicewords</html>", "text/html");
      return;
    }
    const fault = this.#next(endpoint);
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(request.headers)) headers[name] = String(value);
    this.calls.push({ endpoint, headers, body, fault, at: performance.now() });
    if (endpoint === "token") return this.#token(response, body, fault);
    if (fault === "token-expired") this.#tokens.delete(bearer(request));
    if (!this.#tokens.has(bearer(request))) {
      fail(response, 401, "UNAUTHENTICATED", "CREDENTIALS_MISSING");
      return;
    }
    if (this.#isTooFast()) {
      fail(response, 429, "RESOURCE_EXHAUSTED", "RATE_LIMIT_EXCEEDED");
      return;
    }
    // What arrived before the connection broke counts all the same.
    if (fault === "reset-after-body" || fault === "no-answer" || fault === "empty") {
      if (endpoint === "ingest") this.#take(JSON.parse(body) as Ingest);
    }
    if (fault !== undefined && (await this.#serve(fault, request, response))) return;
    if (endpoint === "status") return this.#status(response, url, fault);
    this.#ingest(response, body, fault);
    return;
  }

  /** @returns false where the call goes on */
  async #serve(
    fault: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<boolean> {
    switch (fault) {
      case "rate-limited":
        fail(response, 429, "RESOURCE_EXHAUSTED", "RATE_LIMIT_EXCEEDED");
        return true;
      case "unavailable":
        fail(response, 503, "UNAVAILABLE");
        return true;
      case "internal":
        fail(response, 500, "INTERNAL", "INTERNAL_ERROR");
        return true;
      case "not-authorized":
        fail(response, 403, "PERMISSION_DENIED", "PERMISSION_DENIED");
        return true;
      case "api-disabled":
        fail(response, 403, "PERMISSION_DENIED", "SERVICE_DISABLED");
        return true;
      case "terms-not-signed":
        fail(response, 400, "INVALID_ARGUMENT", "INVALID_ARGUMENT", [
          [
            "events.events[0].destination_references[0]",
            "DESTINATION_ACCOUNT_ENHANCED_CONVERSIONS_TERMS_NOT_SIGNED",
          ],
        ]);
        return true;
      case "no-such-action":
        fail(response, 400, "INVALID_ARGUMENT", "INVALID_ARGUMENT", [
          ["destinations[0].product_destination_id", "INVALID_CONVERSION_ACTION_ID"],
        ]);
        return true;
      case "unavailable-html":
        send(response, 503, "<html>qzservicewords</html>", "text/html");
        return true;
      case "not-json":
        send(response, 200, "qzservicewords", "text/plain");
        return true;
      case "empty":
        send(response, 200, "", "application/json");
        return true;
      case "redirect":
        response.writeHead(302, { Location: "http://127.0.0.1:1/qz", "Content-Length": "0" });
        response.end();
        return true;
      case "reset":
      case "reset-after-body":
        request.socket.destroy();
        return true;
      case "reset-in-answer":
        response.writeHead(200, { "Content-Type": "application/json", "Content-Length": "500" });
        response.write("{");
        setTimeout(() => request.socket.destroy(), 5);
        return true;
      case "no-answer":
        setTimeout(() => request.socket.destroy(), 50);
        return true;
      case "slow":
        await new Promise((resolve) => setTimeout(resolve, 100));
        return false;
      default:
        return false;
    }
  }

  #isTooFast(): boolean {
    const now = performance.now();
    const minute = 60_000 * this.#options.tick;
    while (this.#times.length > 0 && (this.#times[0] ?? 0) <= now - minute) this.#times.shift();
    if (this.#times.length >= 300) {
      this.violations.push("more than 300 requests in a minute");
      return true;
    }
    this.#times.push(now);
    return false;
  }

  #token(response: ServerResponse, text: string, fault: string | undefined): void {
    const form = new URLSearchParams(text);
    if (fault === "reset") {
      response.destroy();
      return;
    }
    if (fault === "unavailable-html") {
      send(response, 503, "<html>qz</html>", "text/html");
      return;
    }
    if (fault === "not-json") {
      send(response, 200, "qzservicewords", "text/plain");
      return;
    }
    if (fault === "empty") {
      send(response, 200, "", "application/json");
      return;
    }
    const refuse = (error: string, status = 400) =>
      send(response, status, JSON.stringify({ error, error_description: WORDS }));
    if (fault === "invalid-grant") {
      refuse("invalid_grant");
      return;
    }
    if (fault === "invalid-client") {
      refuse("invalid_client", 401);
      return;
    }
    const problem =
      form.get("grant_type") === "refresh_token"
        ? this.#refreshProblem(form)
        : this.#assertionProblem(form);
    if (problem !== undefined) {
      this.violations.push(problem);
      refuse("invalid_grant");
      return;
    }
    const token = this.freshToken();
    send(
      response,
      200,
      JSON.stringify({ access_token: token, expires_in: 3599, token_type: "Bearer" }),
    );
  }

  #refreshProblem(form: URLSearchParams): string | undefined {
    const { clientId, clientSecret } = this.client;
    const expected = { grant_type: "refresh_token", refresh_token: this.refreshToken };
    const whole = { ...expected, client_id: clientId, client_secret: clientSecret };
    const came = Object.fromEntries([...form].sort());
    const same =
      JSON.stringify(came) === JSON.stringify(Object.fromEntries(Object.entries(whole).sort()));
    return same ? undefined : "a refresh sends other members than Google's page";
  }

  #assertionProblem(form: URLSearchParams): string | undefined {
    if ([...form.keys()].sort().join() !== "assertion,grant_type") {
      return "an assertion comes with other members";
    }
    const [head = "", claims = "", signature = ""] = (form.get("assertion") ?? "").split(".");
    const verify = createVerify("RSA-SHA256").update(`${head}.${claims}`);
    if (!verify.verify(keys().publicKey, Buffer.from(signature, "base64url"))) {
      return "the assertion is not signed by the key";
    }
    const said = JSON.parse(Buffer.from(claims, "base64url").toString());
    const now = Date.now() / 1000;
    const fits =
      said.iss === this.account &&
      said.scope === "https://www.googleapis.com/auth/datamanager" &&
      said.aud === "https://oauth2.googleapis.com/token" &&
      said.exp - said.iat <= 3600 &&
      Math.abs(said.iat - now) < 60;
    return fits ? undefined : "the assertion's claims are not Google's";
  }

  #ingest(response: ServerResponse, text: string, fault: string | undefined): void {
    const body = JSON.parse(text) as Ingest;
    this.#checkBody(body);
    const bad = body.events.flatMap((event, at) => {
      const word = this.bad(event);
      return word === undefined ? [] : [[`events.events[${at}].user_data`, word] as const];
    });
    if (bad.length > 0) {
      const { names } = this.#options;
      const named = names === "all" ? bad : names === "first" ? bad.slice(0, 1) : [];
      const reason = names === "none" ? (bad[0]?.[1] ?? "") : "INVALID_ARGUMENT";
      fail(response, 400, "INVALID_ARGUMENT", reason, named);
      return;
    }
    const requestId = body.validateOnly === true ? `v-${randomUUID()}` : this.#take(body);
    const more =
      fault === "unknown-members" ? { fieldWarnings: [{ field: WORDS }], news: WORDS } : {};
    send(response, 200, JSON.stringify({ requestId, ...more }));
  }

  #checkBody(body: Ingest): void {
    for (const member of Object.keys(body)) {
      if (!MEMBERS.has(member)) this.violations.push(`a body has the member ${member}`);
    }
    if (body.encoding !== "HEX") this.violations.push("the encoding is not HEX");
    if (body.events.length === 0) this.violations.push("a body has no events");
    if (body.events.length > 2000) this.violations.push("a body has more than 2,000 events");
  }

  #take(body: Ingest): string {
    const requestId = randomUUID();
    let duplicates = 0;
    for (const event of body.events) {
      const { transactionId } = event;
      if (transactionId !== undefined && this.#ids.has(transactionId)) {
        duplicates++;
        continue;
      }
      if (transactionId !== undefined) this.#ids.add(transactionId);
      if (this.processed(event) === undefined) this.counted++;
    }
    this.#taken.set(requestId, { body, duplicates, asked: 0 });
    return requestId;
  }

  #status(response: ServerResponse, url: URL, fault: string | undefined): void {
    const taken = this.#taken.get(url.searchParams.get("requestId") ?? "");
    if (taken === undefined || fault === "request-unknown") {
      fail(response, 400, "INVALID_ARGUMENT", "INVALID_REQUEST_ID");
      return;
    }
    if (fault === "no-destinations") {
      send(response, 200, "{}");
      return;
    }
    const isWorking = taken.asked++ < this.#options.working || fault === "stuck";
    const list = taken.body.destinations.map((destination) =>
      this.#statusOf(taken, destination, isWorking, fault),
    );
    const more = fault === "unknown-members" ? { news: WORDS } : {};
    send(response, 200, JSON.stringify({ requestStatusPerDestination: list, ...more }));
  }

  #statusOf(
    { body, duplicates }: Taken,
    destination: Ingest["destinations"][number],
    isWorking: boolean,
    fault: string | undefined,
  ): object {
    const eventsIngestionStatus = { recordCount: String(body.events.length) };
    if (isWorking) return { destination, requestStatus: "PROCESSING", eventsIngestionStatus };
    if (fault === "unknown-status") {
      return { destination, requestStatus: "QZ_NEW_WORD", eventsIngestionStatus };
    }
    if (fault === "failed" || fault === "failure") {
      return { destination, requestStatus: fault === "failed" ? "FAILED" : "FAILURE" };
    }
    const { reference } = destination;
    const own = body.events.filter(
      ({ destinationReferences: refs }) =>
        reference === undefined || (refs as string[])?.[0] === reference,
    );
    const counts = new Map<string, number>();
    if (duplicates > 0) counts.set("PROCESSING_ERROR_REASON_DUPLICATE_TRANSACTION_ID", duplicates);
    for (const event of own) {
      const word = this.processed(event);
      if (word !== undefined) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    const errors = [...counts].map(([reason, count]) => ({ recordCount: String(count), reason }));
    const refused = errors.reduce((sum, { recordCount }) => sum + Number(recordCount), 0);
    const word = refused === 0 ? "SUCCESS" : refused >= own.length ? "FAILED" : "PARTIAL_SUCCESS";
    return {
      destination,
      requestStatus: word,
      ...(errors.length > 0 && { errorInfo: { errorCounts: errors } }),
      eventsIngestionStatus,
    };
  }
}

function bearer(request: IncomingMessage): string {
  return /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function send(
  response: ServerResponse,
  status: number,
  text: string,
  type = "application/json; charset=UTF-8",
): void {
  response.writeHead(status, {
    "Content-Type": type,
    "Content-Length": String(Buffer.byteLength(text)),
  });
  response.end(text);
}

/** google.rpc.Status with its details, as answers of the API have them. */
function fail(
  response: ServerResponse,
  code: number,
  status: string,
  reason?: string,
  violations: readonly (readonly [field: string, word: string])[] = [],
): void {
  const requestId = `t-${randomUUID()}`;
  const type = (name: string) => ({ "@type": `type.googleapis.com/google.rpc.${name}` });
  const details = [
    ...(reason === undefined
      ? []
      : [
          {
            ...type("ErrorInfo"),
            reason,
            domain: "datamanager.googleapis.com",
            metadata: { requestId },
          },
        ]),
    { ...type("RequestInfo"), requestId },
    ...(violations.length === 0
      ? []
      : [
          {
            ...type("BadRequest"),
            fieldViolations: violations.map(([field, word]) => ({
              field,
              description: WORDS,
              reason: word,
            })),
          },
        ]),
  ];
  send(response, code, JSON.stringify({ error: { code, message: WORDS, status, details } }));
}
