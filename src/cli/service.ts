/** What the commands that talk to the service share: who calls, for which account, and the hooks of tests. */
import { homedir } from "node:os";
import { usageError } from "../base/errors.ts";
import type { TestHooks } from "../upload/endpoint.ts";
import type { Internals, ServiceOptions } from "../upload/options.ts";
import { checkProfileName, settingsFolder } from "../upload/sign-in/profiles.ts";
import { checkClientId, openCaller, type SessionSettings } from "../upload/sign-in/session.ts";
import type { CommandContext, Flags } from "./command.ts";
import { textFlag } from "./flags.ts";
import type { Terminal } from "./terminal.ts";

/** A variable of the environment; an empty one is none. */
export function setting(name: string): string | undefined {
  const value = process.env[`FIRSTHASH_${name}`]?.trim();
  return value === "" ? undefined : value;
}

/** Tokens and secrets come from the environment alone. */
export function sessionSettings(flags: Flags, terminal: Terminal): SessionSettings {
  const profile = textFlag(flags, "profile");
  return {
    folder: settingsFolder(process.platform, homedir(), process.env),
    profile: profile === undefined ? undefined : checkProfileName(profile),
    // What stands in the environment is nobody's typing mistake, so it may have any form.
    clientId: checkClientId(textFlag(flags, "clientId")) ?? setting("CLIENT_ID"),
    clientSecret: setting("CLIENT_SECRET"),
    accessToken: setting("ACCESS_TOKEN"),
    refreshToken: setting("REFRESH_TOKEN"),
    developerToken: setting("DEVELOPER_TOKEN"),
    onNote: (note) => terminal.warn(note),
  };
}

/** The account of a call, and how its credentials are found when they are needed. */
export function serviceOptions(
  flags: Flags,
  { terminal, signal }: CommandContext,
): { readonly options: ServiceOptions; readonly internals: Internals } {
  const account = textFlag(flags, "account") ?? setting("ACCOUNT");
  if (account === undefined) {
    throw usageError(
      "--account is missing",
      "give the id of the account; `firsthash accounts` lists those that you may use",
    );
  }
  const settings = sessionSettings(flags, terminal);
  return {
    options: {
      account,
      customer: textFlag(flags, "customer") ?? setting("CUSTOMER"),
      environment: textFlag(flags, "environment"),
      signal,
    },
    internals: {
      test: testHooks(terminal),
      caller: (endpoint, http, clock) => openCaller(settings, endpoint, http, clock),
    },
  };
}

/** For tests: one local service in the place of Microsoft's hosts, and shorter waits. See CONTRIBUTING.md. */
export function testHooks(terminal: Terminal): TestHooks {
  const endpoint = setting("TEST_ENDPOINT");
  const tick = setting("TEST_TICK");
  if (endpoint === undefined && tick === undefined) return {};
  terminal.warn("FIRSTHASH_TEST_… is set: this run talks to a stand-in of the service, for tests");
  if (tick === undefined) return { endpoint };
  const factor = Number(tick);
  if (endpoint === undefined || !(factor > 0 && factor <= 1)) {
    throw usageError(
      "FIRSTHASH_TEST_TICK is for tests, goes with FIRSTHASH_TEST_ENDPOINT, and is over 0 and at most 1",
      "unset it",
    );
  }
  return { endpoint, tick: factor };
}
