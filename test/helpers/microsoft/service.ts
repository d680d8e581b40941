/**
 * A local stand-in of Microsoft Advertising, for tests. All of Microsoft's hosts are one listener on
 * loopback; storage is a second one.
 *
 *     const service = await startService();
 *     service.order("upload", "reset-in-body");                    // the next upload breaks in the middle
 *     service.order("status", "rate-limited", { times: 2 });       // so do the next two questions
 *     service.order("status", "stuck", { times: Infinity });
 *     await firsthash(["upload", file, "--account", "222", "--customer", "111"], { env: service.env });
 *     expect(service.taken()).toHaveLength(1);                     // files that arrived and are worked on
 *     expect(service.violations).toEqual([]);                      // rules of the wire that were broken
 *     await service.stop();
 *
 * `service.env` holds FIRSTHASH_TEST_ENDPOINT, FIRSTHASH_TEST_TICK and the tokens. Which faults each endpoint
 * has stands in `FAULTS` (orders.ts). `service.transcript` lists each call: endpoint, headers, body, fault,
 * status. `service.arrivals` lists each body that came to an upload address, also the broken and refused ones:
 * bytes, complete, taken, SHA-256 of the file inside, its name in the archive. `service.counted` says what the
 * service would count, by Microsoft's duplicate key. `service.state` holds goals, accounts and tokens; change
 * them as you like. Every text of the service that must never be shown holds `qzservicewords`, every grant in
 * the address of a file `qzstoragegrant`, every token starts with `qz`: grep for them.
 *
 * As a process of its own, ordered over HTTP: main.ts.
 */
import { randomBytes } from "node:crypto";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer, Server as TlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { Bulk } from "./bulk.ts";
import { Campaign } from "./campaign.ts";
import { Customers } from "./customers.ts";
import { type Endpoint, type Fault, type Order, type OrderOptions, Orders } from "./orders.ts";
import { answerCoded, HTML, restFault } from "./rest-faults.ts";
import { SignIn } from "./sign-in.ts";
import { type Arrival, ServiceState } from "./state.ts";
import { Storage } from "./storage.ts";
import { answerBytes, answerJson, apiFault, type Call, header, newCall, readText } from "./wire.ts";

export interface ServiceOptions {
  /** The service's clock; the machine's where it is not given. */
  readonly now?: () => Date;
  /** Status questions that see an upload at work before it is done. */
  readonly working?: number;
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** Seconds that an access token lives. */
  readonly expiresIn?: number;
  readonly rotateStrictly?: boolean;
  /** False for millions of rows: nothing is kept of them, and the reports are empty. */
  readonly countRows?: boolean;
  /** Upload and result addresses begin with https, with this certificate. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

export interface TranscriptEntry {
  readonly endpoint: Endpoint | "unknown";
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly fault: string | undefined;
  /** Of small bodies; a file is in `arrivals`. */
  body: string;
  status: number | undefined;
}

const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  "GET /common/oauth2/v2.0/authorize": "authorize",
  "POST /common/oauth2/v2.0/token": "token",
  "POST /common/oauth2/v2.0/devicecode": "device-code",
  "POST /Bulk/v13/BulkUploadUrl/Query": "upload-url",
  "POST /Bulk/v13/BulkUploadStatus/Query": "status",
  "POST /CampaignManagement/v13/ConversionGoals/QueryByIds": "goals",
  "POST /CampaignManagement/v13/OfflineConversionReport/QueryByGoalIds": "goal-report",
  "POST /CampaignManagement/v13/OfflineConversionReports/Query": "row-report",
  "POST /CampaignManagement/v13/OfflineConversions/Apply": "apply",
  "POST /CampaignManagement/v13/OfflineConversionAdjustments/Apply": "apply-adjustments",
  "POST /CustomerManagement/v13/Account/Query": "account",
  "POST /CustomerManagement/v13/Accounts/Search": "accounts",
  "POST /CustomerManagement/v13/Accounts/Find": "account-info",
  "POST /CustomerManagement/v13/AccountsInfo/Query": "account-info",
  "POST /CustomerManagement/v13/AccountsOrCustomersInfo/Find": "account-info",
  "POST /CustomerManagement/v13/User/Query": "user",
};

const WORDS = "qzservicewords: text of the service, which may echo a cell";

/** Starts both listeners on free ports of 127.0.0.1. */
export async function startService(options: ServiceOptions = {}): Promise<LocalService> {
  const service = new LocalService(options);
  await service.start();
  return service;
}

export class LocalService {
  readonly state = new ServiceState();
  readonly transcript: TranscriptEntry[] = [];
  /** Rules of the wire that a client broke, in words. */
  readonly violations: string[] = [];
  /** Told of each call when its headers have come. */
  onCall: (entry: TranscriptEntry) => void = () => {};
  readonly accessToken = `qzaccess${randomBytes(24).toString("base64url")}`;
  readonly refreshToken = `qzrefresh${randomBytes(24).toString("base64url")}`;
  readonly developerToken = `qzdeveloper${randomBytes(12).toString("hex").toUpperCase()}`;
  readonly clientId: string;
  readonly signIn: SignIn;
  readonly #now: () => Date;
  readonly #orders = new Orders();
  readonly #api: Server;
  readonly #storageServer: Server;
  /** Where uploads come by TLS: the API stays as it is, since FIRSTHASH_TEST_ENDPOINT is http. */
  readonly #uploads: Server | undefined;
  readonly #storage: Storage;
  readonly #bulk: Bulk;
  readonly #campaign: Campaign;
  readonly #customers: Customers;

  constructor(options: ServiceOptions) {
    const now = options.now ?? (() => new Date());
    this.#now = now;
    this.clientId = options.clientId ?? "4c0b0b6e-6d8b-4f0e-9f6b-3d7f8a1c2e5d";
    this.state.accessTokens.add(this.accessToken);
    this.state.refreshTokens.add(this.refreshToken);
    this.state.developerTokens.add(this.developerToken);
    const violation = (text: string) => void this.violations.push(text);
    this.signIn = new SignIn(
      this.state,
      {
        clientId: this.clientId,
        clientSecret: options.clientSecret,
        expiresIn: options.expiresIn ?? 3599,
        rotateStrictly: options.rotateStrictly ?? false,
      },
      violation,
    );
    this.#storage = new Storage(() => this.storageEndpoint);
    this.#bulk = new Bulk(this.state, this.#storage, {
      uploadOrigin: () => origin(this.#uploads ?? this.#api),
      now,
      working: options.working ?? 1,
      countRows: options.countRows ?? true,
      words: WORDS,
    });
    this.#campaign = new Campaign(this.state, this.#storage, { now, words: WORDS });
    this.#customers = new Customers(this.state, WORDS);
    this.#api = this.#listener((call) => this.#answerApi(call));
    this.#storageServer = this.#listener((call) => this.#answerStorage(call), options.tls);
    if (options.tls !== undefined) {
      this.#uploads = this.#listener((call) => this.#answerApi(call), options.tls);
    }
  }

  get #servers(): Server[] {
    return [this.#api, this.#storageServer, this.#uploads ?? []].flat();
  }

  async start(): Promise<void> {
    for (const server of this.#servers) {
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    }
  }

  async stop(): Promise<void> {
    for (const server of this.#servers) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  /** Address of the API and of the sign-in. */
  get endpoint(): string {
    return origin(this.#api);
  }

  get storageEndpoint(): string {
    return origin(this.#storageServer);
  }

  /** The environment with which the real binary works against this service without `login`. */
  get env(): Record<string, string> {
    return {
      FIRSTHASH_TEST_ENDPOINT: this.endpoint,
      FIRSTHASH_TEST_TICK: "0.001",
      FIRSTHASH_ACCESS_TOKEN: this.accessToken,
      FIRSTHASH_REFRESH_TOKEN: this.refreshToken,
      FIRSTHASH_DEVELOPER_TOKEN: this.developerToken,
      FIRSTHASH_CLIENT_ID: this.clientId,
    };
  }

  /** Orders a fault for the next call of an endpoint. */
  order<E extends Endpoint>(endpoint: E, fault: Fault<E>, options: OrderOptions = {}): void {
    this.#orders.add({ endpoint, fault, ...options });
  }

  /** Takes back what was ordered and not served. */
  clearOrders(): void {
    this.#orders.clear();
  }

  get arrivals(): readonly Arrival[] {
    return this.state.arrivals;
  }

  /** Files that arrived whole and that the service works on, or has worked on. */
  taken(): Arrival[] {
    return this.state.taken();
  }

  /** Bodies that came whole and were not refused: more than one file's worth is a file sent twice. */
  get copies(): number {
    return this.arrivals.filter(({ complete, refused }) => complete && refused === undefined)
      .length;
  }

  /** How often each file arrived whole, by the SHA-256 of the file inside; refused ones are counted too. */
  timesArrived(): Map<string, number> {
    const times = new Map<string, number>();
    for (const { sha256 } of this.state.arrivals) {
      if (sha256 !== undefined) times.set(sha256, (times.get(sha256) ?? 0) + 1);
    }
    return times;
  }

  /** Rows that the service counts. The same conversion with another digest is another one. */
  get counted(): number {
    return this.state.counted.size;
  }

  calls(endpoint: Endpoint): TranscriptEntry[] {
    return this.transcript.filter((entry) => entry.endpoint === endpoint);
  }

  /** Addresses of files that were handed out stop working. */
  revokeAddresses(): void {
    this.#storage.revokeAll();
  }

  #listener(answer: (call: Call) => Promise<void>, tls?: ServiceOptions["tls"]): Server {
    const listener: RequestListener = (request, response) => {
      const call = newCall(request, response, this.#now());
      request.on("error", () => {});
      response.on("error", () => {});
      answer(call).catch((error: unknown) => {
        this.violations.push(`service failed: ${error instanceof Error ? error.stack : "?"}`);
        request.socket.destroy();
      });
    };
    const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
    server.keepAliveTimeout = 30_000;
    server.requestTimeout = 0;
    return server;
  }

  #note(call: Call, endpoint: TranscriptEntry["endpoint"], order: Order | undefined): void {
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(call.request.headers)) headers[name] = String(value);
    const entry: TranscriptEntry = {
      endpoint,
      method: call.request.method ?? "",
      path: call.url.pathname,
      query: call.url.search,
      headers,
      fault: order?.fault,
      body: "",
      status: undefined,
    };
    this.transcript.push(entry);
    this.onCall(entry);
    call.response.on("close", () => {
      entry.body = call.body;
      entry.status = call.response.headersSent ? call.response.statusCode : undefined;
    });
  }

  async #answerStorage(call: Call): Promise<void> {
    const ticket = this.#storage.ticket(call);
    const order = ticket === undefined ? undefined : this.#orders.next(ticket.endpoint);
    this.#note(call, ticket?.endpoint ?? "unknown", order);
    this.violations.push(...Storage.violations(call));
    if (call.request.method !== "GET") this.violations.push("storage was not asked with GET");
    await this.#storage.answer(call, ticket, order);
  }

  async #answerApi(call: Call): Promise<void> {
    const { pathname } = call.url;
    const endpoint = Bulk.isUpload(pathname)
      ? "upload"
      : ENDPOINTS[`${call.request.method} ${pathname}`];
    if (endpoint === undefined) {
      this.#note(call, "unknown", undefined);
      this.violations.push(`no such endpoint: ${call.request.method} ${pathname}`);
      return answerBytes(call, 404, "text/html", HTML);
    }
    const order = this.#orders.next(endpoint);
    this.#note(call, endpoint, order);
    this.#checkHeaders(call, endpoint);
    switch (endpoint) {
      case "authorize":
        return this.signIn.authorize(call, order);
      case "token":
      case "device-code":
        return this.#answerSignIn(call, endpoint, order);
      case "upload":
        return this.#answerUpload(call, order);
      default:
        return this.#answerRest(call, endpoint, order);
    }
  }

  async #answerSignIn(call: Call, endpoint: Endpoint, order: Order | undefined): Promise<void> {
    if (order !== undefined && (await restFault(call, order, WORDS))) return;
    return endpoint === "token"
      ? this.signIn.token(call, order)
      : this.signIn.deviceCode(call, order);
  }

  async #answerUpload(call: Call, order: Order | undefined): Promise<void> {
    const early =
      order !== undefined && ["unavailable-html", "rate-limited", "redirect"].includes(order.fault);
    if (early && (await restFault(call, order, WORDS))) return;
    await this.#bulk.upload(call, order, () => {
      const bearer = /^Bearer (.+)$/.exec(header(call, "authorization") ?? "")?.[1];
      const token =
        order?.fault === "wants-bearer" ? bearer : (header(call, "authenticationtoken") ?? bearer);
      return token !== undefined && this.state.accessTokens.has(token);
    });
  }

  async #answerRest(call: Call, endpoint: Endpoint, order: Order | undefined): Promise<void> {
    const text = await readText(call);
    if (order?.fault === "token-expired") {
      const token = /^Bearer (.+)$/.exec(header(call, "authorization") ?? "")?.[1] ?? "";
      this.state.expire(token);
    }
    if (order !== undefined && (await restFault(call, order, WORDS))) return;
    const problem = this.#identityProblem(call);
    if (problem !== undefined) return answerCoded(call, problem, WORDS);
    let body: Readonly<Record<string, unknown>>;
    try {
      body = JSON.parse(text) as Readonly<Record<string, unknown>>;
    } catch {
      return answerJson(
        call,
        400,
        apiFault(call, [{ code: 100, errorCode: "NullRequest" }], WORDS),
      );
    }
    this.#operation(call, endpoint, body, order);
  }

  #operation(
    call: Call,
    endpoint: Endpoint,
    body: Readonly<Record<string, unknown>>,
    order: Order | undefined,
  ): void {
    switch (endpoint) {
      case "upload-url":
        if (String(body.AccountId) !== header(call, "customeraccountid")) {
          answerCoded(call, "not-authorized", WORDS);
          return;
        }
        this.#bulk.uploadUrl(call, body, order);
        return;
      case "status":
        this.#bulk.status(call, body, order);
        return;
      case "goals":
        this.#campaign.goals(call, body);
        return;
      case "goal-report":
        this.#campaign.goalReport(call, body);
        return;
      case "row-report":
        this.#campaign.rowReport(call, body);
        return;
      case "apply":
      case "apply-adjustments":
        this.#campaign.apply(call, body);
        return;
      case "account":
        this.#customers.account(call, body);
        return;
      case "accounts":
        this.#customers.search(call, body);
        return;
      case "user":
        this.#customers.user(call);
        return;
      default:
        call.url.pathname.includes("Customers")
          ? this.#customers.infoWithCustomers(call)
          : this.#customers.info(call, body);
        return;
    }
  }

  /** Why the caller is not let in, as the name of a fault. */
  #identityProblem(call: Call): string | undefined {
    const token = /^Bearer (.+)$/.exec(header(call, "authorization") ?? "")?.[1];
    const developer = header(call, "developertoken");
    if (token === undefined || developer === undefined) return "headers-missing";
    if (this.state.expiredTokens.has(token)) return "token-expired";
    if (!this.state.accessTokens.has(token)) return "invalid-credentials";
    if (!this.state.developerTokens.has(developer)) return "invalid-credentials";
    if (call.url.pathname.startsWith("/CustomerManagement")) return undefined;
    const account = this.state.accounts.find(({ id }) => id === header(call, "customeraccountid"));
    return account?.customer === header(call, "customerid") ? undefined : "not-authorized";
  }

  /** Rules of the wire that hold for every call that carries a credential. */
  #checkHeaders(call: Call, endpoint: Endpoint): void {
    const { headers } = call.request;
    const say = (text: string) => void this.violations.push(`${endpoint}: ${text}`);
    if (headers.cookie !== undefined) say("a cookie was sent");
    if (headers.referer !== undefined) say("a referer was sent");
    if (/qz(access|refresh|developer)/.test(call.url.search)) say("a token stands in the address");
    // The rest is what firsthash promises; other clients do otherwise.
    if (!/^firsthash\//.test(headers["user-agent"] ?? "")) return;
    if (endpoint === "authorize") return;
    if (!/^firsthash\/[\w.+-]+$/.test(headers["user-agent"] ?? "")) say("user agent says too much");
    if (headers["transfer-encoding"] !== undefined) say("body is chunked");
    if (headers.authorization !== undefined && headers.authenticationtoken !== undefined) {
      say("both token headers were sent");
    }
    if (endpoint === "upload" && headers.customeraccountid !== headers.accountid) {
      say("the two account headers differ");
    }
  }
}

function origin(server: Server): string {
  const { port } = server.address() as AddressInfo;
  return `${server instanceof TlsServer ? "https" : "http"}://127.0.0.1:${port}`;
}
