/** `firsthash login`: signs a person in and keeps what was given. Nothing of it is printed. */
import { EXIT, usageError } from "../base/errors.ts";
import { type User, whoAmI } from "../upload/accounts.ts";
import { Clock } from "../upload/clock.ts";
import { type Endpoint, endpointOf } from "../upload/endpoint.ts";
import { failure } from "../upload/failures.ts";
import { Http } from "../upload/http.ts";
import { Service, type TokenProvider } from "../upload/service.ts";
import { signInByBrowser, signInByDevice, signInByPaste } from "../upload/sign-in/flows.ts";
import { OAuth } from "../upload/sign-in/oauth.ts";
import {
  type Profile,
  profileKey,
  readProfiles,
  writeProfile,
} from "../upload/sign-in/profiles.ts";
import { checkClientId, openStore, type SessionSettings } from "../upload/sign-in/session.ts";
import type { Tokens } from "../upload/sign-in/transport.ts";
import {
  type Credential,
  type CredentialStore,
  credentialKey,
  DEFAULT_PROFILE,
} from "../upload/store/credential.ts";
import { askHidden, askLine, readStdin } from "./ask.ts";
import type { CommandContext, Flags } from "./command.ts";
import { textFlag } from "./flags.ts";
import { loginStatus, placeOf } from "./login-status.ts";
import { sessionSettings, testHooks } from "./service.ts";

/** What is told where no registration is known. The pages and their dates stand in docs/upload.md. */
const REGISTRATION_HELP = [
  "firsthash has no app registration of its own: it signs in with yours. Once, in three clicks (docs/upload.md):",
  "  1. https://entra.microsoft.com → App registrations → New registration: any name; accounts of any",
  "     organization and personal Microsoft accounts; platform “Public client/native”, redirect http://localhost",
  "  2. copy the “Application (client) ID” of its overview",
  "  3. https://developers.ads.microsoft.com/Account → request a developer token, and copy it",
];

interface Login {
  readonly settings: SessionSettings;
  readonly endpoint: Endpoint;
  readonly name: string;
  readonly store: CredentialStore;
  readonly clientId: string;
  readonly key: string;
  readonly http: Http;
  readonly clock: Clock;
}

/** @returns the exit code. */
export async function loginCommand(flags: Flags, context: CommandContext): Promise<number> {
  const { terminal, signal } = context;
  needOneWay(flags);
  const hooks = testHooks(terminal);
  const endpoint = endpointOf(textFlag(flags, "environment"), hooks.endpoint);
  const settings = sessionSettings(flags, terminal);
  if (flags.status === true) return loginStatus(flags, context, settings, endpoint, hooks);
  const name = settings.profile ?? DEFAULT_PROFILE;
  const profile = (await readProfiles(settings.folder))[profileKey(endpoint.environment, name)];
  const clientId = settings.clientId ?? profile?.clientId ?? (await askClientId(context));
  const kind =
    (textFlag(flags, "store") as Profile["store"] | undefined) ?? profile?.store ?? "keychain";
  const store = await openStore(kind, settings.folder);
  const key = credentialKey(endpoint.environment, clientId, name);
  // A store that cannot be used is known before anybody signs in.
  await store.check();
  const older = await store.get(key);
  const clock = new Clock(hooks.tick, signal);
  const http = new Http(clock, signal);
  try {
    const login: Login = { settings, endpoint, name, store, clientId, key, http, clock };
    return await signIn(login, older, flags, context);
  } finally {
    await http.close();
  }
}

function needOneWay(flags: Flags): void {
  const ways = ["status", "deviceCode", "tokenStdin"].filter((key) => flags[key] === true);
  if (flags.browser === false) ways.push("no-browser");
  if (ways.length > 1) {
    throw usageError(
      "--status, --device-code, --no-browser and --token-stdin are different things",
      "give one of them",
    );
  }
}

async function askClientId({ terminal, signal }: CommandContext): Promise<string> {
  if (!process.stdin.isTTY) {
    throw usageError(
      "no app registration is known",
      "give its application (client) id with --client-id or FIRSTHASH_CLIENT_ID; docs/upload.md says how to get one",
    );
  }
  for (const line of REGISTRATION_HELP) terminal.say(line);
  const typed = await askLine("application (client) id: ", signal);
  const clientId = checkClientId(typed?.trim());
  if (clientId === undefined) throw usageError("no client id was given", "run it again");
  return clientId;
}

async function signIn(
  login: Login,
  older: Credential | undefined,
  flags: Flags,
  context: CommandContext,
): Promise<number> {
  const { terminal, signal } = context;
  const { settings, endpoint, clientId, http, clock, store, key, name } = login;
  const clientSecret = settings.clientSecret ?? older?.clientSecret;
  const oauth = new OAuth(endpoint, { clientId, clientSecret }, http, clock);
  const developerToken =
    settings.developerToken ?? older?.developerToken ?? (await askDeveloperToken(flags, signal));
  const tokens = await tokensBy(flags, oauth, clock, context);
  if (tokens.refreshToken === undefined)
    throw failure("sign-in-refused", { more: "no refresh token" });
  const user = await tryOut(login, developerToken, tokens);
  const now = new Date().toISOString().replace(/\.\d+/, "");
  const credential: Credential = {
    schema: "firsthash.credential/1",
    refreshToken: tokens.refreshToken,
    developerToken,
    ...(clientSecret !== undefined && { clientSecret }),
    signedInAt: now,
    usedAt: now,
  };
  await store.exclusively(() => store.set(key, credential));
  const profile: Profile = { environment: endpoint.environment, clientId, store: store.kind };
  await writeProfile(settings.folder, profileKey(endpoint.environment, name), profile);
  terminal.clear();
  terminal.say(
    `signed in (user ${user.id}, ${endpoint.environment}); kept in ${placeOf(store.kind)}`,
  );
  terminal.say(
    "`firsthash accounts` lists the accounts; `firsthash login --status` says who this is",
  );
  return EXIT.done;
}

async function askDeveloperToken(flags: Flags, signal: AbortSignal): Promise<string> {
  if (!process.stdin.isTTY || flags.tokenStdin === true) throw failure("developer-token-missing");
  const typed = (await askHidden("developer token (not shown): ", signal))?.trim() ?? "";
  if (!/^[\x21-\x7e]{4,200}$/.test(typed)) throw failure("developer-token-missing");
  return typed;
}

async function tokensBy(
  flags: Flags,
  oauth: OAuth,
  clock: Clock,
  { terminal, signal }: CommandContext,
): Promise<Tokens> {
  if (flags.tokenStdin === true) {
    const text = (await readStdin(64 * 1024, signal))?.trim() ?? "";
    if (!/^[\x21-\x7e]{10,}$/.test(text)) {
      throw usageError(
        "standard input holds no refresh token",
        "pipe in the token and nothing else",
      );
    }
    const tokens = await oauth.refresh(text);
    return { ...tokens, refreshToken: tokens.refreshToken ?? text };
  }
  // The address holds no secret: state and challenge are of use to nobody without the verifier.
  const show = (url: URL) => {
    terminal.say("sign in here with the user that may use the advertising account:");
    terminal.say(url.href);
  };
  const asker = {
    show: (url: URL) => {
      show(url);
      if (flags.browser !== false) void openBrowser(url);
    },
    showCode: (address: string, code: string) => {
      terminal.say(`open ${address} on any device, and type the code ${code}`);
    },
    askForRedirect: async () => {
      const prompt =
        "the browser ends at an address that begins with http://localhost and does not open; paste it here: ";
      return (await askLine(prompt, signal)) ?? "";
    },
  };
  if (flags.deviceCode === true) return signInByDevice(oauth, clock, asker);
  if (flags.browser === false) return signInByPaste(oauth, asker);
  return signInByBrowser(oauth, clock, asker, signal);
}

/** Where the optional package is not there, or no browser opens, the printed address is enough. */
async function openBrowser(url: URL): Promise<void> {
  try {
    const { default: open } = await import("open");
    const child = await open(url.href);
    child.on("error", () => {});
  } catch {}
}

/** One harmless call says whether what was given works. */
async function tryOut(
  login: Login,
  developerToken: string,
  { accessToken }: Tokens,
): Promise<User> {
  const { endpoint, http, clock } = login;
  const tokens: TokenProvider = {
    async accessToken(refused) {
      if (refused !== undefined) throw failure("sign-in-refused");
      return accessToken;
    },
  };
  return whoAmI(new Service(endpoint, http, clock, { tokens, developerToken }));
}
