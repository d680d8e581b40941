/** How the command line signs in at Google: a key, a user's credentials of gcloud, a token of the environment. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bodiesFile } from "../helpers/google/files.ts";
import { type LocalGoogle, startGoogle } from "../helpers/google/service.ts";
import { expectNoLeak } from "../helpers/microsoft/client.ts";
import { firsthash, scratch } from "../helpers/run.ts";

let service: LocalGoogle;
let folder: string;
let file: string;

beforeEach(async () => {
  service = await startGoogle({ working: 0 });
  folder = scratch();
  file = join(folder, "upload.jsonl");
  writeFileSync(file, bodiesFile({ sizes: [2] }));
});
afterEach(async () => {
  expect(service.violations).toEqual([]);
  await service.stop();
});

async function upload(args: readonly string[] = [], env: Record<string, string> = {}) {
  const { FIRSTHASH_TEST_ENDPOINT = "", FIRSTHASH_TEST_TICK = "" } = service.env;
  const result = await firsthash(["upload", file, ...args], {
    cwd: folder,
    env: { HOME: folder, FIRSTHASH_TEST_ENDPOINT, FIRSTHASH_TEST_TICK, ...env },
  });
  for (const text of [result.stdout, result.stderr]) {
    expectNoLeak(text, file, "output");
    expect(text).not.toContain("PRIVATE KEY");
  }
  return result;
}

function keyAt(name: string, text = service.keyFile): string {
  const path = join(folder, name);
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

describe("firsthash upload of request bodies", () => {
  it("signs an assertion with the key of a service account, for Google's one address", async () => {
    const { code, stderr } = await upload(["--google-key", keyAt("key.json")]);
    expect(code, stderr).toBe(0);
    expect(service.callsOf("token")).toHaveLength(1);
    expect(service.counted).toBe(2);
  });

  it("finds the key by Google's own variable", async () => {
    const env = { GOOGLE_APPLICATION_CREDENTIALS: keyAt("key.json") };
    expect((await upload([], env)).code).toBe(0);
  });

  it("takes what gcloud keeps of a user, with the project whose quota is used", async () => {
    mkdirSync(join(folder, ".config/gcloud"), { recursive: true });
    keyAt(".config/gcloud/application_default_credentials.json", service.userFile);
    const { code, stderr } = await upload();
    expect(code, stderr).toBe(0);
    expect(service.callsOf("ingest")[0]?.headers["x-goog-user-project"]).toBe("quota-project");
  });

  it("takes an access token of the environment, and says what helps when it has ended", async () => {
    const { FIRSTHASH_GOOGLE_ACCESS_TOKEN = "" } = service.env;
    expect((await upload([], { FIRSTHASH_GOOGLE_ACCESS_TOKEN })).code).toBe(0);
    const ended = await upload(["--again"], {
      FIRSTHASH_GOOGLE_ACCESS_TOKEN: "qzaccessofyesterday",
    });
    expect([ended.code, ended.stderr]).toEqual([5, expect.stringContaining("--google-key")]);
  });

  it("asks for another token once when one is refused in the middle", async () => {
    service.order("ingest", "token-expired");
    expect((await upload(["--google-key", keyAt("key.json")])).code).toBe(0);
    expect(service.callsOf("token")).toHaveLength(2);
    expect(service.counted).toBe(2);
  });

  it("says how to sign in where nobody is", async () => {
    const { code, stderr } = await upload();
    expect([code, stderr]).toEqual([5, expect.stringContaining("docs/google.md")]);
    expect(service.calls).toEqual([]);
  });

  it("warns of a key that others can read", async () => {
    const path = join(folder, "open.json");
    writeFileSync(path, service.keyFile, { mode: 0o644 });
    expect((await upload(["--google-key", path])).stderr).toContain("chmod 600");
  });

  it.each([
    ["no JSON", "qzaccess not a key"],
    ["another kind", '{"type":"external_account","qzsecret":"qzsecretvalue"}'],
    [
      "a key that is none",
      '{"type":"service_account","client_email":"a@b.example","private_key_id":"1","private_key":"qzprivate"}',
    ],
  ])("refuses a key file of %s without a word of it", async (_, text) => {
    const { code, stderr } = await upload(["--google-key", keyAt("key.json", text)]);
    expect(code).toBe(3);
    expect(stderr).toContain("neither the key of a service account");
  });

  it.each(["invalid-grant", "invalid-client"] as const)("ends with 5 at %s", async (fault) => {
    service.order("token", fault);
    const { code, stderr } = await upload(["--google-key", keyAt("key.json")]);
    expect([code, stderr]).toEqual([5, expect.stringContaining(fault.replace("-", "_"))]);
  });

  it.each(["unavailable-html", "not-json", "empty", "reset"] as const)(
    "asks for a token again at %s",
    async (fault) => {
      service.order("token", fault);
      expect((await upload(["--google-key", keyAt("key.json")])).code).toBe(0);
    },
  );

  it("refuses options that are Microsoft's, and files for two services", async () => {
    const { stderr } = await upload(["--environment", "sandbox"]);
    expect(stderr).toContain("--environment is for Microsoft Advertising");
    writeFileSync(join(folder, "bulk.csv"), "Type,Status\r\n");
    expect(await upload([join(folder, "bulk.csv")])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("two services"),
    });
  });
});
