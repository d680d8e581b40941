/**
 * Who is signed in under which name, as far as it is no secret: environment, client id, and where the secret is
 * kept. One user may work for several advertisers, each with a sign-in of its own.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { outputError, systemCode, usageError } from "../../base/errors.ts";
import { cannotWrite } from "../../base/system.ts";
import { writeTextFile } from "../../write/data-file.ts";
import { ENVIRONMENTS, type Environment } from "../endpoint.ts";
import { makeFolder } from "../store/file.ts";

/** A sign-in without its secrets. */
export interface Profile {
  readonly environment: Environment;
  readonly clientId: string;
  readonly store: "keychain" | "file";
}

const SCHEMA = "firsthash.profiles/1";

/** The folder of the user's settings, as each system has it. */
export function settingsFolder(
  platform: string,
  home: string,
  env: Readonly<Record<string, string | undefined>>,
): string {
  if (platform === "win32") return join(env.APPDATA ?? join(home, "AppData/Roaming"), "firsthash");
  if (platform === "darwin") return join(home, "Library/Application Support/firsthash");
  const base = env.XDG_CONFIG_HOME;
  return join(base?.startsWith("/") ? base : join(home, ".config"), "firsthash");
}

/** @throws FirsthashError "usage" for a name that could not be one */
export function checkProfileName(name: string): string {
  if (/^[\w.-]{1,60}$/.test(name)) return name;
  throw usageError("the profile's name is not one", "use letters, digits, dots and dashes");
}

/** Under which name a sign-in is kept: the sandbox has sign-ins of its own. */
export function profileKey(environment: string, name: string): string {
  return environment === "production" ? name : `${environment}/${name}`;
}

export async function readProfiles(folder: string): Promise<Readonly<Record<string, Profile>>> {
  const path = join(folder, "profiles.json");
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    if (systemCode(error) === "ENOENT") return {};
    if (!(error instanceof SyntaxError)) throw cannotWrite(path, error);
  }
  const { schema, profiles } = (value ?? {}) as { schema?: unknown; profiles?: unknown };
  if (schema !== SCHEMA || typeof profiles !== "object" || profiles === null) {
    throw outputError("is not a file of profiles", {
      file: path,
      hint: "move it away, and run `firsthash login` again",
    });
  }
  const entries = Object.entries(profiles).filter((entry): entry is [string, Profile] =>
    isProfile(entry[1]),
  );
  return Object.fromEntries(entries);
}

function isProfile(value: unknown): boolean {
  const { environment, clientId, store } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return (
    ENVIRONMENTS.some((name) => name === environment) &&
    typeof clientId === "string" &&
    clientId !== "" &&
    (store === "keychain" || store === "file")
  );
}

/** Entra gives out UUIDs. Tokens are longer, or have dots and underscores. */
export function isClientId(value: unknown): value is string {
  return typeof value === "string" && /^[A-Za-z0-9-]{1,64}$/.test(value);
}

/** @param profile undefined to forget it */
export async function writeProfile(
  folder: string,
  key: string,
  profile: Profile | undefined,
): Promise<void> {
  const { [key]: _, ...others } = await readProfiles(folder);
  const profiles = profile === undefined ? others : { ...others, [key]: profile };
  await makeFolder(folder);
  const text = `${JSON.stringify({ schema: SCHEMA, profiles }, null, 2)}\n`;
  await writeTextFile(join(folder, "profiles.json"), text, { force: true });
}
