/**
 * The four calls of OAuth that a sign-in takes, by oauth4webapi over our own transport. Which members are
 * sent is Microsoft's page's list (`authentication-oauth-get-tokens.md`) and no more: no `openid`, because
 * nobody's identity is needed.
 */
import * as oauth from "oauth4webapi";
import type { Clock } from "../clock.ts";
import type { Endpoint } from "../endpoint.ts";
import type { Http } from "../http.ts";
import { asTokens, guarded, OAuthTransport, type Tokens } from "./transport.ts";

/** The user's own app registration. */
export interface Registration {
  readonly clientId: string;
  /** Of a web registration; a public one has none. A secret. */
  readonly clientSecret?: string | undefined;
}

/** One registration's way to the sign-in service of one environment. */
export class OAuth {
  readonly #server: oauth.AuthorizationServer;
  readonly #client: oauth.Client;
  readonly #auth: oauth.ClientAuth;
  readonly #wire: OAuthTransport;
  readonly scope: string;

  constructor(endpoint: Endpoint, registration: Registration, http: Http, clock: Clock) {
    const at = (path: string) => endpoint.url("login", `/common/oauth2/v2.0/${path}`).href;
    this.#server = {
      issuer: endpoint.url("login", "/common/v2.0").href,
      authorization_endpoint: at("authorize"),
      token_endpoint: at("token"),
      device_authorization_endpoint: at("devicecode"),
    };
    const { clientId, clientSecret } = registration;
    this.#client = { client_id: clientId };
    // A public client that sends a secret is refused.
    this.#auth = clientSecret === undefined ? oauth.None() : oauth.ClientSecretPost(clientSecret);
    this.#wire = new OAuthTransport(http, clock, endpoint.isTest);
    const resource = endpoint.environment === "sandbox" ? "si.ads" : "ads";
    this.scope = `https://${resource}.microsoft.com/msads.manage offline_access`;
  }

  /** The address where a person signs in. */
  async authorizeUrl(redirect: string, state: string, verifier: string): Promise<URL> {
    const url = new URL(this.#server.authorization_endpoint ?? "");
    const query = {
      client_id: this.#client.client_id,
      response_type: "code",
      response_mode: "query",
      redirect_uri: redirect,
      scope: this.scope,
      state,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      prompt: "select_account",
    };
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return url;
  }

  /** A code for tokens. Not repeated: a code is good once. @throws FirsthashError "signIn" */
  async exchange(
    answer: URLSearchParams,
    { redirect, state, verifier }: { redirect: string; state: string; verifier: string },
  ): Promise<Tokens> {
    return this.#tokens(async () => {
      // Of one server only, so there is nothing to mix up; Microsoft's issuer differs by tenant.
      answer.delete("iss");
      const code = oauth.validateAuthResponse(this.#server, this.#client, answer, state);
      const reply = await oauth.authorizationCodeGrantRequest(
        this.#server,
        this.#client,
        this.#auth,
        code,
        redirect,
        verifier,
        { ...this.#transport(false), additionalParameters: { scope: this.scope } },
      );
      return oauth.processAuthorizationCodeResponse(this.#server, this.#client, reply);
    });
  }

  /** A new access token, and mostly a new refresh token. @throws FirsthashError "signIn", "unavailable" */
  async refresh(refreshToken: string): Promise<Tokens> {
    return this.#tokens(async () => {
      const reply = await oauth.refreshTokenGrantRequest(
        this.#server,
        this.#client,
        this.#auth,
        refreshToken,
        { ...this.#transport(true), additionalParameters: { scope: this.scope } },
      );
      return oauth.processRefreshTokenResponse(this.#server, this.#client, reply);
    });
  }

  /** Begins a sign-in on another device. @throws FirsthashError "signIn", "unavailable" */
  async deviceCode(): Promise<oauth.DeviceAuthorizationResponse> {
    return this.#guarded(async () => {
      const reply = await oauth.deviceAuthorizationRequest(
        this.#server,
        this.#client,
        this.#auth,
        { scope: this.scope },
        this.#transport(true),
      );
      return oauth.processDeviceAuthorizationResponse(this.#server, this.#client, reply);
    });
  }

  /**
   * Asks whether the person is done on the other device.
   *
   * @returns what to do where there are no tokens yet
   */
  async deviceTokens(deviceCode: string): Promise<Tokens | "pending" | "slow-down"> {
    return this.#guarded(async () => {
      const reply = await oauth.deviceCodeGrantRequest(
        this.#server,
        this.#client,
        this.#auth,
        deviceCode,
        this.#transport(true),
      );
      try {
        return asTokens(await oauth.processDeviceCodeResponse(this.#server, this.#client, reply));
      } catch (error) {
        const word = error instanceof oauth.ResponseBodyError ? error.error : "";
        if (word === "authorization_pending") return "pending";
        if (word === "slow_down") return "slow-down";
        throw error;
      }
    });
  }

  async #tokens(call: () => Promise<oauth.TokenEndpointResponse>): Promise<Tokens> {
    return this.#guarded(async () => asTokens(await call()));
  }

  /** Errors of the library carry whole answers, tokens among them: of them a word and a number leave here. */
  #guarded<T>(call: () => Promise<T>): Promise<T> {
    return guarded(call);
  }

  #transport(repeat: boolean) {
    return this.#wire.options(repeat);
  }
}
