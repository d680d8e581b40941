/** The sign-in of Microsoft's identity platform: authorize, token, device code. */
import { createHash, randomBytes } from "node:crypto";
import type { Order } from "./orders.ts";
import { HTML } from "./rest-faults.ts";
import type { ServiceState } from "./state.ts";
import { answerBytes, type Call, readText } from "./wire.ts";

const SCOPES = new Set([
  "https://ads.microsoft.com/msads.manage offline_access",
  "https://si.ads.microsoft.com/msads.manage offline_access",
]);

interface Code {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly challenge: string | undefined;
  readonly scope: string;
}

export interface SignInOptions {
  /** The secret of a web registration; a public client must send none. */
  readonly clientSecret: string | undefined;
  readonly clientId: string;
  readonly expiresIn: number;
  /** Old refresh tokens stop working when a new one is given out. Microsoft's live on. */
  readonly rotateStrictly: boolean;
}

/** Members of a request that the endpoint knows; others are telemetry that we promised not to send. */
const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  authorize: [
    "client_id",
    "response_type",
    "response_mode",
    "redirect_uri",
    "scope",
    "state",
    "code_challenge",
    "code_challenge_method",
    "prompt",
  ],
  authorization_code: ["client_id", "scope", "code", "redirect_uri", "grant_type", "code_verifier"],
  refresh_token: ["client_id", "scope", "refresh_token", "grant_type"],
  "urn:ietf:params:oauth:grant-type:device_code": ["client_id", "grant_type", "device_code"],
};

export class SignIn {
  readonly #codes = new Map<string, Code>();
  readonly #deviceCodes = new Map<string, { clientId: string; scope: string; approved: boolean }>();
  readonly #state: ServiceState;
  readonly #options: SignInOptions;
  readonly #violation: (text: string) => void;
  /** What the person at the device-code page does; tests set it. */
  approveDevices = true;

  constructor(state: ServiceState, options: SignInOptions, violation: (text: string) => void) {
    this.#state = state;
    this.#options = options;
    this.#violation = violation;
  }

  /** A browser that opens the address and consents at once: it is sent back to the redirect address. */
  authorize(call: Call, order: Order | undefined): void {
    const query = call.url.searchParams;
    this.#checkMembers("authorize", [...query.keys()]);
    const redirectUri = query.get("redirect_uri") ?? "";
    const scope = query.get("scope") ?? "";
    if (
      query.get("client_id") !== this.#options.clientId ||
      query.get("response_type") !== "code"
    ) {
      answerBytes(call, 400, "text/html", HTML);
      return;
    }
    if (!SCOPES.has(scope)) this.#violation(`authorize asks for the scope "${scope}"`);
    const target = new URL(redirectUri);
    if (!["localhost", "login.microsoftonline.com"].includes(target.hostname)) {
      this.#violation("redirect address is neither localhost nor Microsoft's native client page");
    }
    const challenge = query.get("code_challenge") ?? undefined;
    if (challenge !== undefined && query.get("code_challenge_method") !== "S256") {
      this.#violation("code challenge is not S256");
    }
    if (order?.fault === "declined") {
      target.searchParams.set("error", "access_denied");
      target.searchParams.set("error_description", "qzservicewords declined");
    } else {
      const code = `qzauthcode${randomBytes(16).toString("hex")}`;
      this.#codes.set(code, { clientId: this.#options.clientId, redirectUri, challenge, scope });
      target.searchParams.set("code", code);
    }
    const state = query.get("state");
    if (state !== null) {
      target.searchParams.set("state", order?.fault === "wrong-state" ? `${state}x` : state);
    }
    call.response.writeHead(302, { Location: target.toString(), "Content-Length": "0" });
    call.response.end();
  }

  async deviceCode(call: Call, order: Order | undefined): Promise<void> {
    const form = new URLSearchParams(await readText(call));
    if (order?.fault === "not-allowed") return fail(call, "invalid_client", 7000218);
    const code = `qzdevicecode${randomBytes(24).toString("hex")}`;
    this.#deviceCodes.set(code, {
      clientId: form.get("client_id") ?? "",
      scope: form.get("scope") ?? "",
      approved: this.approveDevices,
    });
    const userCode = randomBytes(5).toString("hex").toUpperCase().slice(0, 9);
    answer(call, 200, {
      user_code: userCode,
      device_code: code,
      verification_uri: "https://microsoft.com/devicelogin",
      expires_in: 900,
      interval: 5,
      message: `To sign in, use a web browser to open the page https://microsoft.com/devicelogin and enter the code ${userCode} to authenticate.`,
    });
  }

  async token(call: Call, order: Order | undefined): Promise<void> {
    const form = new URLSearchParams(await readText(call));
    const grant = form.get("grant_type") ?? "";
    this.#checkMembers(grant, [...form.keys()]);
    switch (order?.fault) {
      case "invalid-grant":
        return fail(call, "invalid_grant", 700082);
      case "invalid-client":
        return fail(call, "invalid_client", 7000215, 401);
      case "authorization-pending":
        return fail(call, "authorization_pending", 70016);
      case "slow-down":
        return fail(call, "slow_down", 70016);
      case "device-code-expired":
        return fail(call, "expired_token", 70020);
      case "declined":
        return fail(call, "authorization_declined", 70018);
    }
    const problem = this.#clientProblem(form) ?? this.#grantProblem(grant, form);
    if (problem !== undefined) return fail(call, ...problem);
    const kept = order?.fault === "no-new-refresh-token";
    answer(call, 200, this.#newTokens(form, kept));
  }

  #checkMembers(grant: string, members: readonly string[]): void {
    const known = MEMBERS[grant];
    // Microsoft's own Python SDK sends members that are not OAuth's; it is told by them.
    if (known === undefined || members.includes("oauth_scope")) return;
    const secret = this.#options.clientSecret !== undefined ? ["client_secret"] : [];
    for (const member of members) {
      if (!known.includes(member) && !secret.includes(member)) {
        this.#violation(`${grant} sends ${member}`);
      }
    }
  }

  #clientProblem(form: URLSearchParams): Problem | undefined {
    if (form.get("client_id") !== this.#options.clientId) return ["unauthorized_client", 700016];
    const { clientSecret } = this.#options;
    if (clientSecret === undefined && form.has("client_secret"))
      return ["invalid_client", 700025, 401];
    if (clientSecret !== undefined && form.get("client_secret") !== clientSecret) {
      return ["invalid_client", 7000215, 401];
    }
    return undefined;
  }

  #grantProblem(grant: string, form: URLSearchParams): Problem | undefined {
    switch (grant) {
      case "refresh_token":
        return this.#state.refreshTokens.has(form.get("refresh_token") ?? "")
          ? undefined
          : ["invalid_grant", 70000];
      case "authorization_code":
        return this.#codeProblem(form);
      case "urn:ietf:params:oauth:grant-type:device_code": {
        const code = this.#deviceCodes.get(form.get("device_code") ?? "");
        if (code === undefined) return ["bad_verification_code", 70000];
        if (!code.approved && !this.approveDevices) return ["authorization_pending", 70016];
        this.#deviceCodes.delete(form.get("device_code") ?? "");
        return undefined;
      }
      default:
        return ["unsupported_grant_type", 70003];
    }
  }

  #codeProblem(form: URLSearchParams): Problem | undefined {
    const text = form.get("code") ?? "";
    const code = this.#codes.get(text);
    // A code works once.
    this.#codes.delete(text);
    if (code === undefined) return ["invalid_grant", 70008];
    if (form.get("redirect_uri") !== code.redirectUri) return ["invalid_grant", 50011];
    if (code.challenge === undefined) return undefined;
    const verifier = form.get("code_verifier") ?? "";
    if (!/^[\w.~-]{43,128}$/.test(verifier)) return ["invalid_grant", 501481];
    const challenge = createHash("sha256").update(verifier).digest("base64url");
    return challenge === code.challenge ? undefined : ["invalid_grant", 501481];
  }

  #newTokens(form: URLSearchParams, kept: boolean): object {
    const accessToken = `qzaccess${randomBytes(24).toString("base64url")}`;
    const refreshToken = `qzrefresh${randomBytes(24).toString("base64url")}`;
    this.#state.accessTokens.add(accessToken);
    const old = form.get("refresh_token");
    if (!kept) {
      this.#state.refreshTokens.add(refreshToken);
      if (this.#options.rotateStrictly && old !== null) this.#state.refreshTokens.delete(old);
    }
    const { expiresIn } = this.#options;
    return {
      token_type: "Bearer",
      scope: "https://ads.microsoft.com/msads.manage",
      expires_in: expiresIn,
      ext_expires_in: expiresIn,
      access_token: accessToken,
      ...(kept ? {} : { refresh_token: refreshToken }),
    };
  }
}

type Problem = readonly [error: string, number: number, status?: number];

function answer(call: Call, status: number, value: object): void {
  const body = Buffer.from(JSON.stringify(value));
  call.response.writeHead(status, {
    "Content-Type": "application/json; charset=utf-8",
    "Cache-Control": "no-store, no-cache",
    Pragma: "no-cache",
    "Set-Cookie": "fpc=qzcookie; path=/; secure; HttpOnly; SameSite=None",
    "x-ms-request-id": call.trackingId,
    "Content-Length": String(body.length),
  });
  call.response.end(body);
}

function fail(call: Call, error: string, number: number, status = 400): void {
  answer(call, status, {
    error,
    error_description: `AADSTS${number}: qzservicewords of the sign-in. Trace ID: ${call.trackingId}`,
    error_codes: [number],
    timestamp: "2026-11-25 17:40:00Z",
    trace_id: call.trackingId,
    correlation_id: call.trackingId,
  });
}
