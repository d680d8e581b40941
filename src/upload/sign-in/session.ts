/** From settings to a caller: tokens and key of the environment, else those that `login` kept. */
import { usageError } from "../../base/errors.ts";
import type { Clock } from "../clock.ts";
import type { Endpoint } from "../endpoint.ts";
import { failure } from "../failures.ts";
import type { Http } from "../http.ts";
import type { Caller } from "../service.ts";
import { type CredentialStore, credentialKey, DEFAULT_PROFILE } from "../store/credential.ts";
import { openFileStore } from "../store/file.ts";
import { openKeychain } from "../store/keychain.ts";
import { OAuth } from "./oauth.ts";
import { isClientId, type Profile, profileKey, readProfiles } from "./profiles.ts";
import { environmentTokens, storedTokens } from "./tokens.ts";

/** What the user has set, wherever. Tokens and secrets come from the environment alone. */
export interface SessionSettings {
  /** The folder of the user's settings. */
  readonly folder: string;
  readonly profile?: string | undefined;
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
  readonly accessToken?: string | undefined;
  readonly refreshToken?: string | undefined;
  readonly developerToken?: string | undefined;
  readonly onNote: (note: string) => void;
}

/** @throws FirsthashError "usage" for what is no client id; it may be a token, so it is not repeated */
export function checkClientId(clientId: string | undefined): string | undefined {
  if (clientId === undefined || isClientId(clientId)) return clientId;
  throw usageError(
    "the client id is not one",
    "give the application (client) id of your app registration, never a token or a secret",
  );
}

export async function openStore(kind: Profile["store"], folder: string): Promise<CredentialStore> {
  return kind === "file" ? openFileStore(folder) : openKeychain(folder);
}

/** @throws FirsthashError "signIn" where nobody is signed in */
export async function openCaller(
  settings: SessionSettings,
  endpoint: Endpoint,
  http: Http,
  clock: Clock,
): Promise<Caller> {
  const { accessToken, refreshToken, clientSecret, onNote } = settings;
  const { clientId } = settings;
  if (accessToken !== undefined || refreshToken !== undefined) {
    const { developerToken } = settings;
    if (developerToken === undefined) throw failure("developer-token-missing");
    const oauth =
      clientId === undefined
        ? undefined
        : new OAuth(endpoint, { clientId, clientSecret }, http, clock);
    const onRotated = () =>
      onNote(
        "a new refresh token came in the place of FIRSTHASH_REFRESH_TOKEN and is not kept; renew the variable before the old one ends",
      );
    const tokens = environmentTokens({ accessToken, refreshToken, oauth, onRotated });
    return { tokens, developerToken };
  }
  return keptCaller(settings, clientId, endpoint, http, clock);
}

async function keptCaller(
  settings: SessionSettings,
  clientId: string | undefined,
  endpoint: Endpoint,
  http: Http,
  clock: Clock,
): Promise<Caller> {
  const { folder, profile: name = DEFAULT_PROFILE } = settings;
  const { environment } = endpoint;
  const profile = (await readProfiles(folder))[profileKey(environment, name)];
  if (profile === undefined || (clientId !== undefined && clientId !== profile.clientId)) {
    throw failure("not-signed-in", {
      ...(name !== DEFAULT_PROFILE && { hint: "run `firsthash login --profile` with this name" }),
    });
  }
  const store = await openStore(profile.store, folder);
  const key = credentialKey(environment, profile.clientId, name);
  const credential = await store.get(key);
  if (credential === undefined) throw failure("not-signed-in");
  const developerToken = settings.developerToken ?? credential.developerToken;
  if (developerToken === undefined) throw failure("developer-token-missing");
  const clientSecret = settings.clientSecret ?? credential.clientSecret;
  const oauth = new OAuth(endpoint, { clientId: profile.clientId, clientSecret }, http, clock);
  return { tokens: storedTokens(store, key, oauth), developerToken };
}
