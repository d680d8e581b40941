/** What the real binary sends: all of it, and nothing else. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { VERSION } from "../../src/base/version.ts";
import { Client } from "../helpers/microsoft/client.ts";
import { bulkFile, goodFile } from "../helpers/microsoft/files.ts";
import {
  type LocalService,
  startService,
  type TranscriptEntry,
} from "../helpers/microsoft/service.ts";
import { writeArchive } from "../helpers/microsoft/zip-archive.ts";

const services: LocalService[] = [];
afterEach(async () => {
  for (const service of services.splice(0)) await service.stop();
});

async function client(text?: string, name?: string): Promise<Client> {
  const service = await startService();
  services.push(service);
  return new Client(service, text, name);
}

/** Headers without those that belong to the connection. */
function ours({ headers }: TranscriptEntry): Record<string, string> {
  const { host: _, connection: __, ...rest } = headers;
  return rest;
}

describe("an upload on the wire", () => {
  it("asks for goals, an address and the status, sends the file, and fetches the answer", async () => {
    const run = await client();
    const { service } = run;
    const { code, stderr } = await run.upload();
    expect(code, stderr).toBe(0);
    expect(service.transcript.map(({ endpoint }) => endpoint)).toEqual([
      "goals",
      "upload-url",
      "upload",
      "status",
      "status",
      "result",
    ]);
    const [goals, url, upload, status, , result] = service.transcript as TranscriptEntry[];
    const rest = {
      accept: "application/json",
      authorization: `Bearer ${service.accessToken}`,
      "content-type": "application/json",
      customeraccountid: "222",
      customerid: "111",
      developertoken: service.developerToken,
      "user-agent": `firsthash/${VERSION}`,
    };
    for (const call of [goals, url, status]) {
      const { "content-length": length, ...headers } = ours(call as TranscriptEntry);
      expect(headers).toEqual(rest);
      expect(length).toBe(String(call?.body.length));
    }
    expect(JSON.parse(goals?.body ?? "")).toEqual({
      ConversionGoalTypes: "OfflineConversion",
      ReturnAdditionalFields: "IsEnhancedConversionsEnabled,IsExternallyAttributed",
    });
    expect(JSON.parse(url?.body ?? "")).toEqual({
      ResponseMode: "ErrorsAndResults",
      AccountId: "222",
    });
    const [arrival] = service.arrivals;
    expect(JSON.parse(status?.body ?? "")).toEqual({ RequestId: arrival?.requestId });

    const { authorization: _, ...tokenApart } = rest;
    const sent = ours(upload as TranscriptEntry);
    expect(sent).toEqual({
      ...tokenApart,
      authenticationtoken: service.accessToken,
      accountid: "222",
      "content-type": expect.stringMatching(
        /^multipart\/form-data; boundary=----firsthash-[0-9a-f]{32}$/,
      ),
      "content-length": String(arrival?.bytes),
    });
    // To storage goes nothing of ours but a name and a version.
    expect(ours(result as TranscriptEntry)).toEqual({
      accept: "*/*",
      "user-agent": `firsthash/${VERSION}`,
    });
    run.checkArrivals(1);
  });

  it.each([
    ["a .csv", "january sales.csv", "upload.csv"],
    ["a .tsv", "january sales.tsv", "upload.tsv"],
    ["a user's own archive", "january sales.zip", "upload.csv"],
  ])("brings %s as an archive that tells no name of the user's", async (_, name, entryName) => {
    const run = await client(undefined, name);
    const text = goodFile();
    const bytes = Buffer.from(name.endsWith("tsv") ? text.replaceAll(",", "\t") : text);
    writeFileSync(
      run.file,
      name.endsWith("zip") ? writeArchive([{ name: "jane doe/january.csv", bytes }]) : bytes,
    );
    const { code, stderr } = await run.upload();
    expect(code, stderr).toBe(0);
    const [arrival] = run.service.taken();
    expect(arrival).toMatchObject({ entryName, fileName: "upload.zip", partName: "file" });
    // The bytes that were verified, with their byte order mark.
    expect(arrival?.fileBytes).toBe(bytes.length);
    run.checkArrivals(1);
  });

  it("asks for the customer of the account where it is not given, and for no more", async () => {
    const run = await client();
    const { env } = run.service;
    const args = ["upload", run.file, "--account", "444"];
    const { firsthash } = await import("../helpers/run.ts");
    const { code, stderr } = await firsthash(args, { env: { ...env, HOME: run.folder } });
    expect(code, stderr).toBe(0);
    expect(run.service.calls("account").map(({ body }) => JSON.parse(body))).toEqual([
      { AccountId: "444" },
    ]);
    expect(run.service.calls("upload")[0]?.headers).toMatchObject({
      accountid: "444",
      customerid: "112",
    });
  });

  it("renews the sign-in with the members of OAuth, and no other", async () => {
    const run = await client();
    run.service.order("status", "token-expired");
    const { code, stderr } = await run.upload();
    expect(code, stderr).toBe(0);
    const [token] = run.service.calls("token");
    expect(Object.fromEntries(new URLSearchParams(token?.body))).toEqual({
      client_id: run.service.clientId,
      grant_type: "refresh_token",
      refresh_token: run.service.refreshToken,
      scope: "https://ads.microsoft.com/msads.manage offline_access",
    });
    expect(token?.headers).not.toHaveProperty("authorization");
    run.checkArrivals(1);
  });

  it("puts the token in the other header where the first is refused, and remembers that", async () => {
    const run = await client();
    run.service.order("upload", "wants-bearer", { times: Number.POSITIVE_INFINITY });
    expect((await run.upload()).code).toBe(0);
    expect(run.state).toMatchObject({ phase: "done", auth: "bearer" });
    run.checkArrivals(1);
  });

  it.each(["upload-url", "upload", "status", "goals"] as const)(
    "follows no redirect of %s, where a credential would go along",
    async (endpoint) => {
      const run = await client();
      const address = `${run.service.storageEndpoint}/elsewhere`;
      run.service.order(endpoint, "redirect", { address, times: Number.POSITIVE_INFINITY });
      expect((await run.upload()).code).toBe(6);
      expect(run.service.calls("unknown" as never)).toEqual([]);
      expect(run.service.violations).toEqual([]);
    },
  );
});

describe("before a byte is sent", () => {
  const NAME = "qzxjkv.wvqzz@zzkqx.example.com";

  it.each([
    ["an address in a digest column", (text: string) => text.replace(/[0-9a-f]{64}/, NAME), 3],
    ["an address in the name", (text: string) => text.replace("Phone Sale", NAME), 3],
    ["a digest cut short", (text: string) => text.replace(/([0-9a-f]{63})[0-9a-f]/, "$1"), 3],
    ["no format version", (text: string) => text.replace(/Format Version.*\r\n/, ""), 3],
    ["no rows", (text: string) => text.split("\r\n").slice(0, 2).join("\r\n"), undefined],
    ["a row of last year", () => bulkFile([{ daysAgo: 3 }, { daysAgo: 400 }]), 3],
    ["nothing", () => "", 3],
  ])("%s: nothing is asked of the service", async (_, change, code) => {
    const run = await client();
    writeFileSync(run.file, change(goodFile()));
    const result = await run.upload();
    if (code === undefined) expect(result.code).not.toBe(0);
    else expect(result.code, result.stderr).toBe(code);
    expect(run.service.transcript).toEqual([]);
    expect(run.state).toBeUndefined();
    expect(result.stdout + result.stderr).not.toContain("qzxjkv");
  });

  it("the customers themselves: they are no prepared file, and their headers are not printed", async () => {
    const run = await client("Qzxjkv Header,Email\r\n1,a@example.com\r\n", "contacts.csv");
    const { code, stderr } = await run.upload();
    expect(code).toBe(3);
    expect(stderr).toContain("not a prepared file");
    expect(stderr).not.toContain("Qzxjkv");
    expect(run.service.transcript).toEqual([]);
  });

  it.each([
    ["a goal that there is not", bulkFile([{ goal: "No Such Goal" }])],
    ["a goal in another case", bulkFile([{ goal: "closed won" }])],
    ["a paused goal", bulkFile([{ goal: "Old Leads" }])],
    ["rows of digests for a goal that is not enhanced", bulkFile([{ goal: "Web Form" }])],
  ])("%s: exit 1, and only the goals were asked for", async (_, text) => {
    const run = await client(text);
    const { code, stderr } = await run.upload();
    expect(code, stderr).toBe(1);
    expect(run.service.transcript.map(({ endpoint }) => endpoint)).toEqual(["goals"]);
    expect(run.state).toBeUndefined();
  });

  it("a dry run asks for the goals alone", async () => {
    const run = await client();
    expect((await run.upload(["--dry-run"])).code).toBe(0);
    expect(run.service.transcript.map(({ endpoint }) => endpoint)).toEqual(["goals"]);
  });
});

describe("an upload that is done", () => {
  it("is not begun again for the same bytes; --again sends them, and says so in the state", async () => {
    const run = await client();
    expect((await run.upload()).code).toBe(0);
    const second = await run.upload();
    expect(second.code).toBe(2);
    expect(second.stderr).toContain("--again");
    run.checkArrivals(1);
    expect((await run.upload(["--again"])).code).toBe(0);
    run.checkArrivals(2);
    expect(run.state).toMatchObject({ again: true, phase: "done" });
    // Identical rows count once.
    expect(run.service.counted).toBe(5);
  });

  it("makes room for other bytes under the same name, and keeps its state under its own", async () => {
    const run = await client();
    expect((await run.upload()).code).toBe(0);
    const { requestId } = run.state ?? {};
    writeFileSync(run.file, goodFile(undefined, "tomorrow"));
    expect((await run.upload()).code).toBe(0);
    run.checkArrivals(2);
    const aside = join(run.folder, `upload.csv.${requestId}.upload.json`);
    expect(JSON.parse(readFileSync(aside, "utf8"))).toMatchObject({ requestId, phase: "done" });
  });

  it("stays in the way of other bytes while it is unfinished", async () => {
    const run = await client();
    expect((await run.upload(["--no-wait"])).code).toBe(0);
    writeFileSync(run.file, goodFile(undefined, "tomorrow"));
    expect((await run.upload()).code).toBe(2);
    expect((await run.upload(["--resume"])).code).toBe(3);
    run.checkArrivals(1);
  });
});
