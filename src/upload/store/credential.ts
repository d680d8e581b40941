/** What is kept of a sign-in, and what a place to keep it must do. */

/** A sign-in. Everything in it is a secret but the dates. */
export interface Credential {
  readonly schema: "firsthash.credential/1";
  readonly refreshToken: string;
  readonly developerToken?: string | undefined;
  /** Of a web registration. */
  readonly clientSecret?: string | undefined;
  /** ISO 8601 in UTC. */
  readonly signedInAt: string;
  readonly usedAt: string;
}

/** A place to keep credentials by key. */
export interface CredentialStore {
  readonly kind: "keychain" | "file";
  /** Finds out whether anything can be kept here, by keeping something. @throws FirsthashError "signIn" */
  check(): Promise<void>;
  /** @throws FirsthashError "signIn" (`store-unavailable`, `store-unsafe`) */
  get(key: string): Promise<Credential | undefined>;
  set(key: string, credential: Credential): Promise<void>;
  /** @returns false where there was none */
  delete(key: string): Promise<boolean>;
  /** Runs while no other process of this user does the same. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
}

/** `<environment>/<client id>`, and the profile where it is not the usual one. */
export function credentialKey(environment: string, clientId: string, profile: string): string {
  const base = `${environment}/${clientId}`;
  return profile === DEFAULT_PROFILE ? base : `${base}/${profile}`;
}

export const DEFAULT_PROFILE = "default";

/** What stands in a store is checked like any input. */
export function parseCredential(text: string): Credential | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const credential = value as Readonly<Record<keyof Credential, unknown>>;
  const isText = (field: unknown) => typeof field === "string" && field !== "";
  const fits =
    credential.schema === "firsthash.credential/1" &&
    [credential.refreshToken, credential.signedInAt, credential.usedAt].every(isText);
  return fits ? (value as Credential) : undefined;
}
