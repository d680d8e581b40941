/** The three ways to sign a person in. All of them end in the same tokens. */
import { generateRandomCodeVerifier, generateRandomState } from "oauth4webapi";
import { interruptedError } from "../../base/errors.ts";
import type { Clock } from "../clock.ts";
import { failure } from "../failures.ts";
import { listen } from "./loopback.ts";
import type { OAuth } from "./oauth.ts";
import type { Tokens } from "./transport.ts";

/** Seconds that a person has. */
const PATIENCE = 300;

/** What the terminal does for a sign-in. */
export interface SignInTerminal {
  /** Shows the address, and opens it in a browser where it can. */
  show(url: URL): void;
  /** Shows where to type which code. */
  showCode(address: string, code: string): void;
  /** Asks for the address that the browser ended at. */
  askForRedirect(): Promise<string>;
}

/** By a browser on this machine: the code comes back to a listener on loopback. */
export async function signInByBrowser(
  oauth: OAuth,
  clock: Clock,
  terminal: SignInTerminal,
  signal?: AbortSignal,
): Promise<Tokens> {
  const state = generateRandomState();
  const verifier = generateRandomCodeVerifier();
  const listener = await listen(
    clock.limit(PATIENCE),
    () => failure("sign-in-timeout"),
    signal,
    interruptedError,
  );
  try {
    terminal.show(await oauth.authorizeUrl(listener.redirect, state, verifier));
    const answer = await listener.answer;
    return await oauth.exchange(answer, { redirect: listener.redirect, state, verifier });
  } finally {
    listener.close();
  }
}

/**
 * By a browser elsewhere: it ends at an address of localhost that does not open, and the person copies that
 * address back.
 */
export async function signInByPaste(oauth: OAuth, terminal: SignInTerminal): Promise<Tokens> {
  const state = generateRandomState();
  const verifier = generateRandomCodeVerifier();
  const redirect = "http://localhost";
  terminal.show(await oauth.authorizeUrl(redirect, state, verifier));
  const pasted = (await terminal.askForRedirect()).trim();
  const url = URL.canParse(pasted) ? new URL(pasted) : undefined;
  const isOurs = url?.protocol === "http:" && url.hostname === "localhost";
  if (
    url === undefined ||
    !isOurs ||
    !(url.searchParams.has("code") || url.searchParams.has("error"))
  ) {
    throw failure("sign-in-refused", {
      more: "what was pasted is not the address that the browser ended at",
      hint: "copy the whole address, which begins with http://localhost",
    });
  }
  return oauth.exchange(url.searchParams, { redirect, state, verifier });
}

/** By a code that is typed on another device (RFC 8628). */
export async function signInByDevice(
  oauth: OAuth,
  clock: Clock,
  terminal: SignInTerminal,
): Promise<Tokens> {
  const device = await oauth.deviceCode();
  const address = checkedAddress(device.verification_uri);
  terminal.showCode(address, /^[A-Za-z0-9-]{4,20}$/.test(device.user_code) ? device.user_code : "");
  let interval = device.interval ?? 5;
  let left = Math.min(device.expires_in, 900);
  while (left > 0) {
    await clock.wait(interval);
    left -= interval;
    const tokens = await oauth.deviceTokens(device.device_code);
    if (tokens === "slow-down") interval += 5;
    else if (tokens !== "pending") return tokens;
  }
  throw failure("sign-in-timeout");
}

/** It is shown to a person who will type a code there. */
function checkedAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || text.length > 200) {
    throw failure("sign-in-refused", { more: "no address to type the code at" });
  }
  return url.href;
}
