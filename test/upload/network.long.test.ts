/** Company networks: a proxy with a password, a certificate of the company's own, and no network at all. */
import { afterEach, describe, expect, it } from "vitest";
import { type Certificates, makeCertificates } from "../helpers/microsoft/certificate.ts";
import { Client } from "../helpers/microsoft/client.ts";
import { type CompanyProxy, startProxy } from "../helpers/microsoft/proxy.ts";
import {
  type LocalService,
  type ServiceOptions,
  startService,
} from "../helpers/microsoft/service.ts";
import { MUST_RUN } from "../helpers/parts.ts";

const open: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.stop();
});

async function client(options?: ServiceOptions): Promise<Client> {
  const service: LocalService = await startService(options);
  open.push(service);
  return new Client(service);
}

async function proxy(): Promise<CompanyProxy> {
  const started = await startProxy();
  open.push(started);
  return started;
}

const through = (url: string, more = {}) => ({
  env: { HTTP_PROXY: url, HTTPS_PROXY: url, ...more },
});

describe("a proxy", () => {
  it("carries every call, each in a tunnel, with the password of its address", async () => {
    const run = await client();
    const { url, asked, plain } = await proxy();
    const { code, stderr } = await run.upload([], through(url));
    expect(code, stderr).toBe(0);
    const hosts = new Set([run.service.endpoint, run.service.storageEndpoint]);
    expect(new Set(asked.map((host) => `http://${host}`))).toEqual(hosts);
    expect(plain).toEqual([]);
    // Neither the API nor storage sees the password.
    const headers = run.service.transcript.flatMap((call) => Object.keys(call.headers));
    expect(headers).not.toContain("proxy-authorization");
    run.checkArrivals(1);
  });

  it("that refuses the password is named, and the password is not", async () => {
    const run = await client();
    const { url } = await proxy();
    const { code, stderr } = await run.upload([], through(url.replace("jane:qz", "jane:qzwrong")));
    expect(code, stderr).toBe(6);
    expect(stderr).toContain("proxy");
    expect(stderr).not.toContain("jane");
    expect(run.service.transcript).toEqual([]);
    expect(run.state).toBeUndefined();
  });

  it("is passed by where NO_PROXY names the host", async () => {
    const run = await client();
    const { url, asked } = await proxy();
    const { code, stderr } = await run.upload([], through(url, { NO_PROXY: "127.0.0.1" }));
    expect(code, stderr).toBe(0);
    expect(asked).toEqual([]);
  });

  it("that is not there is exit 6, and its address stays out of the message", async () => {
    const run = await client();
    const { code, stderr } = await run.upload([], through("http://jane:qzsecretword@127.0.0.1:9"));
    expect(code, stderr).toBe(6);
    expect(stderr).not.toMatch(/jane|127\.0\.0\.1:9/);
  });
});

const made: Certificates | undefined = makeCertificates();
if (made === undefined && !MUST_RUN) console.warn("skipped, because openssl is not here");

describe.skipIf(made === undefined && !MUST_RUN)("a certificate of the company's own", () => {
  const tls = made as Certificates;

  it("is not trusted: exit 6, and the hint names NODE_EXTRA_CA_CERTS", async () => {
    const run = await client({ tls });
    const { code, stderr } = await run.upload();
    expect(code, stderr).toBe(6);
    expect(stderr).toContain("NODE_EXTRA_CA_CERTS");
    run.checkArrivals(0);
  });

  it("stays untrusted where NODE_TLS_REJECT_UNAUTHORIZED turns the check off for others", async () => {
    const run = await client({ tls });
    const { code } = await run.upload([], { env: { NODE_TLS_REJECT_UNAUTHORIZED: "0" } });
    expect(code).toBe(6);
    run.checkArrivals(0);
  });

  it("is trusted by NODE_EXTRA_CA_CERTS, for the file and for its answer, and --resume goes on with it", async () => {
    const run = await client({ tls });
    expect((await run.upload()).code).toBe(6);
    const { code, stderr } = await run.upload(["--resume"], {
      env: { NODE_EXTRA_CA_CERTS: tls.authority },
    });
    expect(code, stderr).toBe(0);
    run.checkArrivals(1);
  });

  it("is trusted through a proxy too", async () => {
    const run = await client({ tls });
    const { url, asked } = await proxy();
    const { code, stderr } = await run.upload(
      [],
      through(url, { NODE_EXTRA_CA_CERTS: tls.authority }),
    );
    expect(code, stderr).toBe(0);
    expect(asked.length).toBeGreaterThan(1);
    run.checkArrivals(1);
  });
});

describe("the hook for tests", () => {
  it.each([
    "http://example.com:8080",
    "http://localhost:8080",
    "https://login.microsoftonline.com",
    "http://127.0.0.1.example.com",
    "http://jane@127.0.0.1:1",
    "http://127.0.0.1:1/path",
    "http://2130706433",
    "file:///tmp/x",
  ])("takes no other host than a loopback literal: %s", async (endpoint) => {
    const run = await client();
    const { code, stderr } = await run.upload([], { env: { FIRSTHASH_TEST_ENDPOINT: endpoint } });
    // 2130706433 is 127.0.0.1 to every URL parser; nothing answers there.
    expect(code, stderr).toBe(endpoint.includes("2130706433") ? 6 : 2);
    expect(run.service.transcript).toEqual([]);
  });

  it("says on stderr that it is used", async () => {
    const run = await client();
    expect((await run.upload(["--dry-run"])).stderr).toContain("FIRSTHASH_TEST_");
  });
});
