/**
 * A file of credentials as Google gives them out: the key of a service account, or what
 * `gcloud auth application-default login` keeps of a user. Both are secrets, all of them.
 */
import { readFile, stat } from "node:fs/promises";
import { platform } from "node:os";
import { join } from "node:path";
import { inputError, systemCode } from "../../base/errors.ts";
import { cannotRead } from "../../base/system.ts";
import { privateKeyOf, type Signer } from "./assertion.ts";

/** A program's own account. */
export interface ServiceAccount extends Signer {
  readonly kind: "service-account";
}

/** A person who signed in elsewhere. */
export interface AuthorizedUser {
  readonly kind: "user";
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
  readonly project: string | undefined;
}

export type KeyFile = (ServiceAccount | AuthorizedUser) & {
  /** Others on this machine can read the file. */
  readonly isOpen: boolean;
};

/** @throws FirsthashError "input" for what is no such file; nothing of it is in the message */
export async function readKeyFile(path: string): Promise<KeyFile> {
  let text: string;
  let mode: number;
  try {
    mode = (await stat(path)).mode;
    text = await readFile(path, "utf8");
  } catch (error) {
    throw cannotRead(path, error);
  }
  const found = parseKey(text);
  if (found === undefined) throw notAKey(path);
  // Windows has no such bits; there the folder is the user's own.
  return { ...found, isOpen: (mode & 0o077) !== 0 && platform() !== "win32" };
}

function notAKey(path: string): Error {
  return inputError("is neither the key of a service account nor a user's credentials of gcloud", {
    file: path,
    reason: "key-unknown",
    hint: "make a key of the service account in the JSON form (IAM, Service accounts, Keys); workload identity is not supported: give its access token in FIRSTHASH_GOOGLE_ACCESS_TOKEN",
  });
}

type Fields = Readonly<Record<string, unknown>>;

/** The errors of the parsers quote what they read. */
function parseKey(text: string): ServiceAccount | AuthorizedUser | undefined {
  try {
    const fields = JSON.parse(text) as Fields | null;
    if (fields?.type === "service_account") return serviceAccount(fields);
    if (fields?.type === "authorized_user") return authorizedUser(fields);
  } catch {
    return undefined;
  }
  return undefined;
}

function serviceAccount(fields: Fields): ServiceAccount | undefined {
  const { client_email: email, private_key_id: keyId, private_key: key } = fields;
  if (!isText(email) || !isText(keyId) || !isText(key)) return undefined;
  return { kind: "service-account", email, keyId, key: privateKeyOf(key) };
}

function authorizedUser(fields: Fields): AuthorizedUser | undefined {
  const { client_id: clientId, client_secret: clientSecret, refresh_token: refreshToken } = fields;
  if (!isText(clientId) || !isText(clientSecret) || !isText(refreshToken)) return undefined;
  const project = isText(fields.quota_project_id) ? fields.quota_project_id : undefined;
  return { kind: "user", clientId, clientSecret, refreshToken, project };
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "" && value.length < 20_000;
}

/** Where gcloud keeps a user's credentials. @returns undefined where there are none */
export async function gcloudFile(
  system: string,
  home: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  const folder =
    env.CLOUDSDK_CONFIG ??
    (system === "win32" ? join(env.APPDATA ?? "", "gcloud") : join(home, ".config/gcloud"));
  const path = join(folder, "application_default_credentials.json");
  try {
    return (await stat(path)).isFile() ? path : undefined;
  } catch (error) {
    if (systemCode(error) === "ENOENT" || systemCode(error) === "ENOTDIR") return undefined;
    throw cannotRead(path, error);
  }
}
