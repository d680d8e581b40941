/**
 * Access tokens of Google: for a service account by a signed assertion (RFC 7523), for a person by a code with PKCE
 * and by a refresh token. One address takes all of them; the ones that a key file names are not asked.
 */
import * as oauth from "oauth4webapi";
import type { Clock } from "../clock.ts";
import type { Endpoint } from "../endpoint.ts";
import type { Http } from "../http.ts";
import { asTokens, guarded, OAuthTransport, type Tokens } from "../sign-in/transport.ts";
import { assertionOf, GOOGLE_SCOPE } from "./assertion.ts";
import type { ServiceAccount } from "./key-file.ts";

const JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/** What Google calls a desktop app: its secret is none, but must be sent. */
export interface GoogleClient {
  readonly clientId: string;
  readonly clientSecret: string;
}

export class GoogleOAuth {
  readonly #server: oauth.AuthorizationServer;
  readonly #wire: OAuthTransport;
  readonly #client: GoogleClient | undefined;

  /** @param client not needed for a service account */
  constructor(endpoint: Endpoint, http: Http, clock: Clock, client?: GoogleClient) {
    this.#server = {
      issuer: "https://accounts.google.com",
      authorization_endpoint: endpoint.url("google-login", "/o/oauth2/v2/auth").href,
      token_endpoint: endpoint.url("google-token", "/token").href,
    };
    this.#wire = new OAuthTransport(http, clock, endpoint.isTest);
    this.#client = client;
  }

  /** @throws FirsthashError "signIn", "unavailable" */
  async assert(account: ServiceAccount): Promise<Tokens> {
    return guarded(async () => {
      const client = { client_id: account.email };
      const reply = await oauth.genericTokenEndpointRequest(
        this.#server,
        client,
        // The assertion says who asks; Google's page sends nothing else.
        () => {},
        JWT_BEARER,
        { assertion: assertionOf(account) },
        this.#wire.options(true),
      );
      return asTokens(await oauth.processGenericTokenEndpointResponse(this.#server, client, reply));
    });
  }

  async refresh(refreshToken: string): Promise<Tokens> {
    return guarded(async () => {
      const { client, auth } = this.#known();
      const reply = await oauth.refreshTokenGrantRequest(
        this.#server,
        client,
        auth,
        refreshToken,
        this.#wire.options(true),
      );
      return asTokens(await oauth.processRefreshTokenResponse(this.#server, client, reply));
    });
  }

  /** The address where a person signs in. `offline` and `consent`: else there is no refresh token. */
  async authorizeUrl(redirect: string, state: string, verifier: string): Promise<URL> {
    const url = new URL(this.#server.authorization_endpoint ?? "");
    const query = {
      client_id: this.#known().client.client_id,
      response_type: "code",
      redirect_uri: redirect,
      scope: GOOGLE_SCOPE,
      state,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      access_type: "offline",
      prompt: "consent",
    };
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return url;
  }

  /** A code for tokens. Not repeated: a code is good once. @throws FirsthashError "signIn" */
  async exchange(
    answer: URLSearchParams,
    { redirect, state, verifier }: { redirect: string; state: string; verifier: string },
  ): Promise<Tokens> {
    return guarded(async () => {
      const { client, auth } = this.#known();
      // Of one server only, so there is nothing to mix up.
      answer.delete("iss");
      const code = oauth.validateAuthResponse(this.#server, client, answer, state);
      const reply = await oauth.authorizationCodeGrantRequest(
        this.#server,
        client,
        auth,
        code,
        redirect,
        verifier,
        this.#wire.options(false),
      );
      return asTokens(await oauth.processAuthorizationCodeResponse(this.#server, client, reply));
    });
  }

  #known(): { readonly client: oauth.Client; readonly auth: oauth.ClientAuth } {
    if (this.#client === undefined) throw new Error("a person's sign-in has a client");
    const { clientId, clientSecret } = this.#client;
    return { client: { client_id: clientId }, auth: oauth.ClientSecretPost(clientSecret) };
  }
}
