/** `firsthash login --status`: who is signed in, since when, and where that is kept. Changes nothing but the token. */
import { EXIT } from "../base/errors.ts";
import { labelled } from "../base/report-lines.ts";
import { listAccounts, whoAmI } from "../upload/accounts.ts";
import { Clock } from "../upload/clock.ts";
import type { Endpoint, TestHooks } from "../upload/endpoint.ts";
import { Http } from "../upload/http.ts";
import { printable } from "../upload/render.ts";
import { Service } from "../upload/service.ts";
import { type Profile, profileKey, readProfiles } from "../upload/sign-in/profiles.ts";
import { openCaller, openStore, type SessionSettings } from "../upload/sign-in/session.ts";
import { type Credential, credentialKey, DEFAULT_PROFILE } from "../upload/store/credential.ts";
import type { CommandContext, Flags } from "./command.ts";

/** @returns the exit code. The name of the sign-in is printed here, and nowhere else. */
export async function loginStatus(
  flags: Flags,
  { signal }: CommandContext,
  settings: SessionSettings,
  endpoint: Endpoint,
  hooks: TestHooks,
): Promise<number> {
  const { environment } = endpoint;
  const name = settings.profile ?? DEFAULT_PROFILE;
  const isGiven = settings.accessToken !== undefined || settings.refreshToken !== undefined;
  const profile = isGiven
    ? undefined
    : (await readProfiles(settings.folder))[profileKey(environment, name)];
  const clock = new Clock(hooks.tick, signal);
  const http = new Http(clock, signal);
  try {
    const service = new Service(
      endpoint,
      http,
      clock,
      await openCaller(settings, endpoint, http, clock),
    );
    const user = await whoAmI(service);
    const accounts = await listAccounts(service);
    const kept = profile === undefined ? undefined : await keptOf(profile, settings.folder, name);
    const report = {
      schema: "firsthash.login-status/1",
      profile: name,
      environment,
      user: user.name,
      userId: user.id,
      accounts: accounts.length,
      clientId: profile?.clientId ?? settings.clientId ?? null,
      kept: profile?.store ?? "environment",
      signedInAt: kept?.signedInAt ?? null,
      usedAt: kept?.usedAt ?? null,
    };
    process.stdout.write(
      flags.json === true ? `${JSON.stringify(report, null, 2)}\n` : textOf(report, profile),
    );
    return EXIT.done;
  } finally {
    await http.close();
  }
}

async function keptOf(
  profile: Profile,
  folder: string,
  name: string,
): Promise<Credential | undefined> {
  const store = await openStore(profile.store, folder);
  return store.get(credentialKey(profile.environment, profile.clientId, name));
}

interface Status {
  readonly profile: string;
  readonly environment: string;
  readonly user: string;
  readonly userId: string;
  readonly accounts: number;
  readonly signedInAt: string | null;
  readonly usedAt: string | null;
}

function textOf(status: Status, profile: Profile | undefined): string {
  const lines = [
    labelled("user", `${printable(status.user)} (${status.userId})`),
    labelled("profile", `${status.profile} (${status.environment})`),
    labelled("accounts", String(status.accounts)),
    labelled(
      "kept in",
      profile === undefined ? "variables of the environment" : placeOf(profile.store),
    ),
  ];
  if (status.signedInAt !== null) {
    lines.push(
      labelled("signed in", `${status.signedInAt}, last used ${status.usedAt}`),
      labelled(
        "holds until",
        "about 90 days after its last use; a change of password or the administrator can end it",
      ),
    );
  }
  return `${lines.join("\n")}\n`;
}

/** Where a sign-in is kept, in words. */
export function placeOf(store: Profile["store"]): string {
  return store === "keychain"
    ? "the system's credential store"
    : "a file of mode 0600, not encrypted";
}
