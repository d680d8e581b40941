/** From settings to a caller of Google: a token of the environment, a key file, a kept sign-in, or gcloud's. */
import { FirsthashError } from "../../base/errors.ts";
import type { Clock } from "../clock.ts";
import type { Endpoint } from "../endpoint.ts";
import { failure } from "../failures.ts";
import type { Http } from "../http.ts";
import type { TokenProvider } from "../service.ts";
import { profileKey, readProfiles } from "../sign-in/profiles.ts";
import { openStore } from "../sign-in/session.ts";
import { AccessToken, environmentTokens, storedTokens } from "../sign-in/tokens.ts";
import { credentialKey, DEFAULT_PROFILE } from "../store/credential.ts";
import type { GoogleCaller } from "./connect.ts";
import { GOOGLE_SIGN_IN_HINT } from "./data-manager.ts";
import { gcloudFile, type KeyFile, readKeyFile, type ServiceAccount } from "./key-file.ts";
import { GoogleOAuth } from "./oauth.ts";

/** What the user has set, wherever. Tokens and secrets come from the environment and from files alone. */
export interface GoogleSettings {
  /** The folder of the user's settings. */
  readonly folder: string;
  readonly profile?: string | undefined;
  readonly accessToken?: string | undefined;
  /** Path of a key. */
  readonly key?: string | undefined;
  /** The Google Cloud project whose quota is used. */
  readonly project?: string | undefined;
  /** Where gcloud would keep a user's credentials. */
  readonly gcloud: {
    readonly system: string;
    readonly home: string;
    readonly env: Readonly<Record<string, string | undefined>>;
  };
  readonly onNote: (note: string) => void;
}

/** The environment that kept sign-ins of Google stand under, beside Microsoft's. */
export const GOOGLE = "google";

/** @throws FirsthashError "signIn" where there is none, "input" for a key file that is none */
export async function openGoogleCaller(
  settings: GoogleSettings,
  endpoint: Endpoint,
  http: Http,
  clock: Clock,
): Promise<GoogleCaller> {
  const { accessToken, key, project } = settings;
  if (accessToken !== undefined) {
    const tokens = environmentTokens({
      accessToken,
      refreshToken: undefined,
      oauth: undefined,
      onRotated: () => {},
    });
    return { tokens: hinted(tokens), project };
  }
  const by = (file: KeyFile) => callerBy(file, settings, new Services(endpoint, http, clock));
  if (key !== undefined) return by(await readKeyFile(key));
  const kept = await keptCaller(settings, endpoint, http, clock);
  if (kept !== undefined) return kept;
  const { system, home, env } = settings.gcloud;
  const found = await gcloudFile(system, home, env);
  if (found === undefined) throw failure("not-signed-in", { hint: GOOGLE_SIGN_IN_HINT });
  return by(await readKeyFile(found));
}

class Services {
  readonly #parts: ConstructorParameters<typeof GoogleOAuth>;

  constructor(...parts: ConstructorParameters<typeof GoogleOAuth>) {
    this.#parts = parts;
  }

  oauth(client?: { readonly clientId: string; readonly clientSecret: string }): GoogleOAuth {
    const [endpoint, http, clock] = this.#parts;
    return new GoogleOAuth(endpoint, http, clock, client);
  }
}

function callerBy(
  file: KeyFile,
  { project, onNote }: GoogleSettings,
  services: Services,
): GoogleCaller {
  if (file.isOpen) {
    onNote(
      "the file of Google's credentials can be read by other users of this machine; chmod 600",
    );
  }
  if (file.kind === "service-account") {
    return { tokens: hinted(assertedTokens(services.oauth(), file)), project };
  }
  const { clientId, clientSecret, refreshToken } = file;
  const tokens = environmentTokens({
    accessToken: undefined,
    refreshToken,
    oauth: services.oauth({ clientId, clientSecret }),
    onRotated: () => {},
  });
  return { tokens: hinted(tokens), project: project ?? file.project };
}

function assertedTokens(oauth: GoogleOAuth, account: ServiceAccount): TokenProvider {
  const access = new AccessToken();
  return {
    async accessToken(refused) {
      return access.get(refused) ?? access.set(await oauth.assert(account));
    },
  };
}

async function keptCaller(
  settings: GoogleSettings,
  endpoint: Endpoint,
  http: Http,
  clock: Clock,
): Promise<GoogleCaller | undefined> {
  const { folder, project, profile: name = DEFAULT_PROFILE } = settings;
  const profile = (await readProfiles(folder))[profileKey(GOOGLE, name)];
  if (profile === undefined) {
    if (name === DEFAULT_PROFILE) return undefined;
    throw failure("not-signed-in", {
      hint: "run `firsthash login --service google --profile` with this name",
    });
  }
  const store = await openStore(profile.store, folder);
  const key = credentialKey(GOOGLE, profile.clientId, name);
  const credential = await store.get(key);
  if (credential?.clientSecret === undefined) {
    throw failure("not-signed-in", { hint: "run `firsthash login --service google` again" });
  }
  const client = { clientId: profile.clientId, clientSecret: credential.clientSecret };
  const oauth = new GoogleOAuth(endpoint, http, clock, client);
  return { tokens: hinted(storedTokens(store, key, oauth)), project };
}

/** A refusal of the sign-in, with what helps for Google. */
function hinted(tokens: TokenProvider): TokenProvider {
  return {
    async accessToken(refused) {
      try {
        return await tokens.accessToken(refused);
      } catch (error) {
        if (!(error instanceof FirsthashError) || error.code !== "signIn") throw error;
        const { code, message, reason } = error;
        throw new FirsthashError(code, message, { reason, hint: GOOGLE_SIGN_IN_HINT });
      }
    },
  };
}
