/** Access tokens out of what is there: the environment, or a sign-in that was kept. */

import { failure } from "../failures.ts";
import type { TokenProvider } from "../service.ts";
import type { Credential, CredentialStore } from "../store/credential.ts";
import type { OAuth } from "./oauth.ts";
import type { Tokens } from "./transport.ts";

/** A token is used until so many seconds before it ends: a large file takes its time. */
const MARGIN = 300;

/** An access token until shortly before its end. */
export class AccessToken {
  #token: string | undefined;
  #until = 0;

  /** The token, where there is one that holds and was not refused. */
  get(refused: string | undefined): string | undefined {
    const holds = this.#token !== undefined && Date.now() < this.#until;
    return holds && this.#token !== refused ? this.#token : undefined;
  }

  /** One that lives for less than the margin is used for half of its time. */
  set({ accessToken, expiresIn }: Pick<Tokens, "accessToken" | "expiresIn">): string {
    const seconds = expiresIn > 2 * MARGIN ? expiresIn - MARGIN : expiresIn / 2;
    this.#token = accessToken;
    this.#until = Date.now() + seconds * 1000;
    return accessToken;
  }
}

export interface EnvironmentTokens {
  readonly accessToken?: string | undefined;
  readonly refreshToken?: string | undefined;
  /** Undefined where no client id is set, so that nothing can be refreshed. */
  readonly oauth: Pick<OAuth, "refresh"> | undefined;
  /** Told that a new refresh token came and is not kept. */
  readonly onRotated: () => void;
}

/** Tokens of the environment are written nowhere: a refresh token that comes in the place of the old one is lost. */
export function environmentTokens(given: EnvironmentTokens): TokenProvider {
  const access = new AccessToken();
  let { refreshToken } = given;
  let first = given.accessToken;
  return {
    async accessToken(refused) {
      if (first !== undefined && first !== refused) return first;
      first = undefined;
      const known = access.get(refused);
      if (known !== undefined) return known;
      if (refreshToken === undefined) throw failure("sign-in-expired");
      if (given.oauth === undefined) {
        throw failure("not-signed-in", {
          more: "the refresh token needs the client id of the app registration",
          hint: "set FIRSTHASH_CLIENT_ID",
        });
      }
      const tokens = await given.oauth.refresh(refreshToken);
      if (tokens.refreshToken !== undefined && tokens.refreshToken !== refreshToken) {
        refreshToken = tokens.refreshToken;
        given.onRotated();
      }
      return access.set(tokens);
    },
  };
}

/** Tokens of a sign-in that `login` kept. The new refresh token is stored before the access token is used. */
export function storedTokens(
  store: CredentialStore,
  key: string,
  oauth: Pick<OAuth, "refresh">,
): TokenProvider {
  const access = new AccessToken();
  return {
    async accessToken(refused) {
      const known = access.get(refused);
      if (known !== undefined) return known;
      return store.exclusively(async () => {
        // Another process may have refreshed meanwhile: the one that lies there is the one that holds.
        const credential = await store.get(key);
        if (credential === undefined) throw failure("not-signed-in");
        const tokens = await oauth.refresh(credential.refreshToken);
        const refreshToken = tokens.refreshToken ?? credential.refreshToken;
        await store.set(key, used({ ...credential, refreshToken }));
        return access.set(tokens);
      });
    },
  };
}

function used(credential: Credential): Credential {
  return { ...credential, usedAt: new Date().toISOString().replace(/\.\d+/, "") };
}
