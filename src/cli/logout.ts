/** `firsthash logout`: forgets a sign-in. At Microsoft it goes on until it is withdrawn there, and it says so. */
import { EXIT } from "../base/errors.ts";
import { endpointOf } from "../upload/endpoint.ts";
import { profileKey, readProfiles, writeProfile } from "../upload/sign-in/profiles.ts";
import { openStore } from "../upload/sign-in/session.ts";
import { credentialKey, DEFAULT_PROFILE } from "../upload/store/credential.ts";
import type { CommandContext, Flags } from "./command.ts";
import { textFlag } from "./flags.ts";
import { sessionSettings } from "./service.ts";

/** @returns the exit code. */
export async function logoutCommand(flags: Flags, { terminal }: CommandContext): Promise<number> {
  const { environment } = endpointOf(textFlag(flags, "environment"));
  const { folder, profile: name = DEFAULT_PROFILE } = sessionSettings(flags, terminal);
  const profileName = profileKey(environment, name);
  const profile = (await readProfiles(folder))[profileName];
  if (profile === undefined) {
    terminal.say("nobody is signed in");
    return EXIT.done;
  }
  const store = await openStore(profile.store, folder);
  await store.exclusively(async () => {
    await store.delete(credentialKey(environment, profile.clientId, name));
  });
  await writeProfile(folder, profileName, undefined);
  terminal.say(
    "signed out: the refresh token and the developer token are forgotten on this machine",
  );
  terminal.say(
    "to withdraw the consent itself: https://myapps.microsoft.com, or https://account.live.com/consent/Manage for a personal account",
  );
  return EXIT.done;
}
