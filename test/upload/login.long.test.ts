/** Signing in, as a person does it, by the real binary against the local service: each way to its end. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type LocalService, startService } from "../helpers/microsoft/service.ts";
import { firsthash, type RunResult, scratch } from "../helpers/run.ts";

let service: LocalService;
let home: string;

beforeEach(async () => {
  service = await startService();
  home = scratch();
});

afterEach(async () => {
  await service.stop();
});

/** The environment of a person who signs in: no token, but the key of the application. */
function env(): Record<string, string> {
  const { FIRSTHASH_ACCESS_TOKEN: _a, FIRSTHASH_REFRESH_TOKEN: _r, ...rest } = service.env;
  return { ...rest, HOME: home };
}

const AUTHORIZE = /http:\/\/127\.0\.0\.1:\d+\/common\/oauth2\/v2\.0\/authorize\S+/;

/** Runs a command, and calls `visit` with the address of the sign-in when it is printed. */
function login(
  args: readonly string[],
  visit: (url: string, answer: (text: string) => void) => Promise<void> = async () => {},
  input?: string,
): Promise<RunResult> {
  let text = "";
  return firsthash(["login", "--store", "file", ...args], {
    env: env(),
    input: input ?? { never: true },
    onStart: (child) => {
      child.stderr?.on("data", (chunk: Buffer) => {
        if (AUTHORIZE.test(text)) return;
        text += chunk.toString();
        const url = AUTHORIZE.exec(text)?.[0];
        if (url !== undefined) void visit(url, (typed) => child.stdin?.end(typed));
      });
    },
  });
}

/** As a browser does: consents, and goes where it is sent. */
const browse = async (url: string) => void (await fetch(url));

function expectNothingTold(result: RunResult): void {
  // Every token and code of the service begins so, and its words hold the other one.
  expect(result.stdout + result.stderr).not.toMatch(
    /qz(?:access|refresh|developer|authcode|device)/,
  );
  expect(result.stdout + result.stderr).not.toContain("qzservicewords");
}

function kept(): Record<string, unknown> {
  const text = readFileSync(join(home, ".config/firsthash/credentials.json"), "utf8");
  return JSON.parse(text).credentials as Record<string, unknown>;
}

describe("login by a browser", () => {
  it("keeps the refresh token, in a file that only the user can read, and prints none", async () => {
    const result = await login([], browse);
    expect(result).toMatchObject({ code: 0 });
    expectNothingTold(result);
    expect(service.violations).toEqual([]);
    expect(Object.keys(kept())).toEqual([`production/${service.clientId}`]);
    expect(statSync(join(home, ".config/firsthash/credentials.json")).mode & 0o777).toBe(0o600);
    expect(service.calls("user")).toHaveLength(1);
    const accounts = await firsthash(["accounts", "--json"], { env: env() });
    expect(JSON.parse(accounts.stdout).accounts).toHaveLength(3);
    expectNothingTold(accounts);
  });

  it("asks for PKCE with S256, a state, one scope, and the user's choice of account", async () => {
    let query = new URLSearchParams();
    await login([], async (url) => {
      query = new URL(url).searchParams;
      await browse(url);
    });
    expect(query.get("code_challenge_method")).toBe("S256");
    expect(query.get("scope")).toBe("https://ads.microsoft.com/msads.manage offline_access");
    expect(query.get("state")).toMatch(/^[\w-]{43}$/);
    expect(query.get("redirect_uri")).toMatch(/^http:\/\/localhost:\d+$/);
    expect(query.has("client_secret")).toBe(false);
  });

  it("takes no answer with another state", async () => {
    service.order("authorize", "wrong-state");
    const result = await login([], browse);
    expect(result).toMatchObject({ code: 5 });
    expectNothingTold(result);
    expect(service.calls("token")).toHaveLength(0);
  });

  it("says that the person declined, without the service's words", async () => {
    service.order("authorize", "declined");
    const result = await login([], browse);
    expect(result).toMatchObject({ code: 5 });
    expect(result.stderr).toContain("access_denied");
    expectNothingTold(result);
  });

  it("shows the browser a page without a script, once, and refuses anything else", async () => {
    const seen: [number, string][] = [];
    await login([], async (url) => {
      const redirect = new URL(new URL(url).searchParams.get("redirect_uri") ?? "");
      const icon = await fetch(new URL("/favicon.ico", redirect));
      seen.push([icon.status, await icon.text()]);
      const page = await fetch(url);
      seen.push([page.status, await page.text()]);
    });
    expect(seen[0]).toEqual([404, ""]);
    expect(seen[1]?.[0]).toBe(200);
    expect(seen[1]?.[1]).not.toMatch(/script|code|state/i);
  });

  it("ends after its time when nobody comes", async () => {
    const result = await firsthash(["login", "--store", "file"], {
      env: { ...env(), FIRSTHASH_TEST_TICK: "0.001" },
      input: { never: true },
    });
    expect(result).toMatchObject({ code: 5 });
    expect(result.stderr).toContain("sign-in-timeout");
  });
});

describe("login in other ways", () => {
  it("goes by a code on another device, through pending and slow-down", async () => {
    service.order("token", "authorization-pending", { times: 2 });
    service.order("token", "slow-down");
    const result = await login(["--device-code"]);
    expect(result).toMatchObject({ code: 0 });
    expect(result.stderr).toContain("https://microsoft.com/devicelogin");
    expect(service.calls("token")).toHaveLength(4);
    expect(service.violations).toEqual([]);
    expectNothingTold(result);
  });

  it.each(["device-code-expired", "declined"] as const)(
    "says of a device code: %s",
    async (fault) => {
      service.order("token", fault);
      const result = await login(["--device-code"]);
      expect(result).toMatchObject({ code: 5 });
      expectNothingTold(result);
    },
  );

  it("goes by the address that the browser elsewhere ended at", async () => {
    const result = await login(["--no-browser"], async (url, answer) => {
      const sent = await fetch(url, { redirect: "manual" });
      answer(`${sent.headers.get("location")}\n`);
    });
    expect(result).toMatchObject({ code: 0 });
    expectNothingTold(result);
  });

  it.each(["https://example.com/?code=x\n", "qzauthcode1\n", "\n"])(
    "takes nothing else for that address: %j",
    async (typed) => {
      const result = await login(["--no-browser"], async (_, answer) => answer(typed));
      expect(result).toMatchObject({ code: 5 });
      expectNothingTold(result);
    },
  );

  it("takes a refresh token from standard input", async () => {
    const result = await login(["--token-stdin"], undefined, `${service.refreshToken}\n`);
    expect(result).toMatchObject({ code: 0 });
    expectNothingTold(result);
    expect(JSON.stringify(kept())).not.toContain(service.refreshToken);
  });

  it("does not keep a sign-in in a file unless it is told to", async () => {
    const result = await firsthash(["login"], { env: env(), input: "" });
    // A machine of developers may have a store; a machine of tests has none.
    if (result.code === 5) {
      expect(result.stderr).toContain("store-unavailable");
      expect(readdirSync(home)).not.toContain("credentials.json");
      expect(service.transcript).toEqual([]);
    }
    expectNothingTold(result);
  });
});

describe("a sign-in that is kept", () => {
  it("stores the new refresh token before it uses the access token", async () => {
    await login([], browse);
    const before = JSON.stringify(kept());
    service.order("accounts", "reset", { times: Number.POSITIVE_INFINITY });
    expect((await firsthash(["accounts"], { env: env() })).code).toBe(6);
    const after = JSON.stringify(kept());
    expect(after).not.toBe(before);
    service.clearOrders();
    expect((await firsthash(["accounts"], { env: env() })).code).toBe(0);
  });

  it("goes on with the old refresh token where no new one comes", async () => {
    await login([], browse);
    service.order("token", "no-new-refresh-token");
    expect((await firsthash(["accounts"], { env: env() })).code).toBe(0);
    expect((await firsthash(["accounts"], { env: env() })).code).toBe(0);
  });

  it("says that it has expired", async () => {
    await login([], browse);
    service.order("token", "invalid-grant");
    const result = await firsthash(["accounts"], { env: env() });
    expect(result).toMatchObject({ code: 5 });
    expect(result.stderr).toContain("sign-in-expired");
    expectNothingTold(result);
  });

  it("is forgotten by logout, and only then", async () => {
    await login([], browse);
    await login(["--profile", "agency"], browse);
    expect(Object.keys(kept())).toHaveLength(2);
    expect((await firsthash(["logout"], { env: env() })).code).toBe(0);
    expect(Object.keys(kept())).toEqual([`production/${service.clientId}/agency`]);
    expect((await firsthash(["accounts"], { env: env() })).code).toBe(5);
    expect((await firsthash(["accounts", "--profile", "agency"], { env: env() })).code).toBe(0);
  });

  it("says who it is, and since when, with --status alone", async () => {
    await login([], browse);
    const result = await firsthash(["login", "--status", "--json"], { env: env() });
    expect(JSON.parse(result.stdout)).toMatchObject({
      profile: "default",
      accounts: 3,
      kept: "file",
    });
    expectNothingTold(result);
  });
});

describe("a token as an option", () => {
  const token = `eyJ${"qzrefreshA1b2".repeat(8)}`;

  it.each([
    ["--client-id", "login"],
    ["--account", "accounts"],
    ["--account", "upload", "x.csv"],
    ["--customer", "upload", "x.csv", "--account", "222"],
    ["--profile", "accounts"],
    ["--access-token", "upload", "x.csv"],
    ["--developer-token", "login"],
    ["--client-secret", "login"],
    ["--refresh-token", "login"],
  ])("is a wrong use that is not repeated: %s", async (flag, ...args) => {
    for (const given of [[flag, token], [`${flag}=${token}`]]) {
      const result = await firsthash([...args, ...given], { env: env() });
      expect(result).toMatchObject({ code: 2 });
      expect(result.stdout + result.stderr).not.toContain("qzrefresh");
    }
  });
});
