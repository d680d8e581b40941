/** No network: the run works where every way out throws, and where there is no network at all. */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { BIN, firsthash, ROOT, runProgram, SAMPLE_ARGS, scratch } from "../helpers/run.ts";

/** Makes everything that could open a connection, or start a program that could, end the process. */
const PRELOAD = `
import { syncBuiltinESMExports, createRequire } from "node:module";
const require = createRequire(import.meta.url);
const refuse = (name) => function () {
  process.stderr.write("NETWORK: " + name + "\\n");
  process.exit(99);
};
const DOORS = {
  net: ["connect", "createConnection", "createServer"],
  tls: ["connect", "createServer"],
  http: ["request", "get", "createServer"],
  https: ["request", "get", "createServer"],
  http2: ["connect", "createServer", "createSecureServer"],
  dgram: ["createSocket"],
  dns: ["lookup", "resolve", "resolve4", "resolve6", "resolveAny", "reverse", "lookupService"],
  "dns/promises": ["lookup", "resolve", "resolve4", "resolve6", "resolveAny", "reverse"],
  child_process: ["spawn", "spawnSync", "exec", "execSync", "execFile", "execFileSync", "fork"],
  worker_threads: [],
};
for (const [module, names] of Object.entries(DOORS)) {
  const exports = require("node:" + module);
  for (const name of names) {
    if (typeof exports[name] !== "function") throw new Error(module + "." + name + " is no function");
    exports[name] = refuse(module + "." + name);
  }
}
const net = require("node:net");
net.Socket.prototype.connect = refuse("net.Socket.connect");
net.Server.prototype.listen = refuse("net.Server.listen");
for (const name of ["fetch", "WebSocket", "EventSource"]) globalThis[name] = refuse(name);
syncBuiltinESMExports();
`;

function preload(): string {
  const path = join(scratch(), "no-network.mjs");
  writeFileSync(path, PRELOAD);
  return path;
}

const expected = async () => (await firsthash([...SAMPLE_ARGS, "-o", "-"])).stdout;

it("works where every function that opens a connection ends the process", async () => {
  const output = join(scratch(), "upload.csv");
  const result = await firsthash([...SAMPLE_ARGS, "-o", output], {
    nodeFlags: ["--import", preload()],
  });
  expect(result.stderr).not.toContain("NETWORK");
  expect(result).toMatchObject({ code: 0 });
  expect(readFileSync(output, "utf8")).toBe(await expected());
});

it.each([
  'import { connect } from "node:net"; connect(9, "127.0.0.1")',
  'import { request } from "node:https"; request("https://example.com")',
  'import dns from "node:dns/promises"; await dns.lookup("example.com")',
  'await fetch("https://example.com")',
])("would see a program that does: %s", async (program) => {
  const path = join(scratch(), "program.mjs");
  writeFileSync(path, program);
  const result = await runProgram(process.execPath, ["--import", preload(), path]);
  expect(result).toMatchObject({ code: 99 });
});

const unshare = spawnSync("unshare", ["-rn", "true"]).status === 0;
if (!unshare)
  console.warn("unshare -rn is not permitted here: the run without a network is skipped");

it.skipIf(!unshare)("works in a namespace that has no network", async () => {
  const result = await runProgram(
    "unshare",
    ["-rn", process.execPath, BIN, ...SAMPLE_ARGS, "-o", "-"],
    { cwd: ROOT },
  );
  expect(result).toMatchObject({ code: 0 });
  expect(result.stdout).toBe(await expected());
});
