/** What a service account says of itself, signed by its key (RFC 7523): the only place that signs anything. */
import { createPrivateKey, type KeyObject, sign } from "node:crypto";

export const GOOGLE_SCOPE = "https://www.googleapis.com/auth/datamanager";

/** @throws where it is no key; the error quotes nothing, and goes no further all the same */
export function privateKeyOf(pem: string): KeyObject {
  return createPrivateKey(pem);
}

/** Who says it, and by which key. */
export interface Signer {
  readonly email: string;
  readonly keyId: string;
  readonly key: KeyObject;
}

/** Seconds; an hour is the most that Google takes. */
const LIFE = 3600;

/** A JWT by the account's own key, for the one address that takes it. */
export function assertionOf({ email, keyId, key }: Signer): string {
  const now = Math.floor(Date.now() / 1000);
  const parts = [
    { alg: "RS256", typ: "JWT", kid: keyId },
    {
      iss: email,
      scope: GOOGLE_SCOPE,
      aud: "https://oauth2.googleapis.com/token",
      iat: now,
      exp: now + LIFE,
      jti: crypto.randomUUID(),
    },
  ];
  const text = parts
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  return `${text}.${sign("RSA-SHA256", Buffer.from(text), key).toString("base64url")}`;
}
