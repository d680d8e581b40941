/** What the kernel saw: no socket before the whole file was verified, and none at all for a file that is not fit. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { Client } from "../helpers/microsoft/client.ts";
import { DailyJob } from "../helpers/microsoft/daily.ts";
import { goodFile } from "../helpers/microsoft/files.ts";
import { type LocalService, startService } from "../helpers/microsoft/service.ts";
import { program } from "../helpers/parts.ts";
import { BIN, runProgram } from "../helpers/run.ts";

const strace = program("strace", "strace");

const services: LocalService[] = [];
afterEach(async () => {
  for (const service of services.splice(0)) await service.stop();
});

/** Calls of the kernel in order, of all threads. */
async function traced(run: Client, args: readonly string[]) {
  const log = join(run.folder, "strace.log");
  const trace = "trace=openat,read,pread64,readv,preadv,socket,connect,sendto,write,writev";
  const { code, stderr } = await runProgram(
    strace ?? "",
    ["-f", "-y", "-s", "80", "-e", trace, "-o", log, process.execPath, BIN, ...args],
    { cwd: run.folder, env: { ...run.service.env, HOME: run.folder } },
  );
  return { code, stderr, calls: readFileSync(log, "utf8").split("\n") };
}

const isSocket = (call: string) => /\bsocket\(AF_INET6?|\bconnect\(.*AF_INET/.test(call);

describe.skipIf(strace === undefined)("the sockets of an upload", () => {
  const uploadArgs = (run: Client) => [
    ...["upload", run.file, "--account", "222", "--customer", "111", "--progress", "json"],
  ];

  async function client(): Promise<Client> {
    const service = await startService();
    services.push(service);
    return new Client(service);
  }

  it("are opened after the file was read to its end and verified", async () => {
    const run = await client();
    const { code, stderr, calls } = await traced(run, uploadArgs(run));
    expect(code, stderr).toBe(0);
    const first = calls.findIndex(isSocket);
    expect(first).toBeGreaterThan(0);
    const before = calls.slice(0, first);
    const size = readFileSync(run.file).length;
    const reads = before.filter(
      (call) => call.includes(run.file) && /\bp?read(v|64)?\(/.test(call),
    );
    const bytes = reads.map((call) => Number(/= (\d+)$/.exec(call)?.[1] ?? 0));
    expect(bytes.reduce((sum, each) => sum + each, 0)).toBeGreaterThanOrEqual(size);
    // The last step that was told before the first socket is the verifying.
    const steps = before.flatMap((call) => /"step\\":\\"(\w+)/.exec(call)?.[1] ?? []);
    expect(new Set(steps)).toEqual(new Set(["verifying"]));
    run.checkArrivals(1);
  });

  it("are none for a file with an address in it", async () => {
    const run = await client();
    writeFileSync(run.file, goodFile().replace(/[0-9a-f]{64}/, "jane.doe@example.com"));
    const { code, calls } = await traced(run, uploadArgs(run));
    expect(code).toBe(3);
    expect(calls.filter(isSocket)).toEqual([]);
  });
});

/** Which process each thread is of, and what each process did. */
function byProcess(lines: readonly string[]): Map<string, string[]> {
  const processOf = new Map<string, string>();
  const flags = new Map<string, string>();
  const calls = new Map<string, string[]>();
  for (const line of lines) {
    const [, tid = "", call = ""] = /^(\d+) +(.*)$/.exec(line) ?? [];
    if (/^(?:<\.\.\. )?v?(?:fork|clone3?)\b/.test(call)) {
      if (call.includes("flags=")) flags.set(tid, call);
      const made = /= (\d+)$/.exec(call)?.[1];
      const isThread = flags.get(tid)?.includes("CLONE_THREAD") === true;
      if (made !== undefined && isThread) processOf.set(made, processOf.get(tid) ?? tid);
    }
    const process = processOf.get(tid) ?? tid;
    calls.set(process, [...(calls.get(process) ?? []), call]);
  }
  return calls;
}

describe.skipIf(strace === undefined)("the processes of a daily job", () => {
  it("are three: one reads the customer's files and opens no socket, one opens sockets and none of these files", async () => {
    const service = await startService();
    services.push(service);
    const daily = new DailyJob(service);
    const log = daily.path("strace.log");
    const trace = "trace=openat,socket,connect,execve,clone,clone3,fork,vfork";
    const { code, stderr } = await runProgram(
      strace ?? "",
      [
        ...["-f", "-s", "200", "-e", trace, "-o", log, process.execPath, BIN],
        ...["run", "--config", "run.json"],
      ],
      { cwd: daily.folder, env: { ...service.env, HOME: daily.folder } },
    );
    expect(code, stderr).toBe(0);
    const calls = byProcess(daily.read("strace.log").split("\n"));
    const withCustomers = [...calls].filter(([, all]) =>
      all.some((call) => /openat\(.*(?:contacts|conversions)\.csv/.test(call)),
    );
    const withSockets = [...calls].filter(([, all]) => all.some(isSocket));
    expect(withCustomers).toHaveLength(1);
    expect(withSockets).toHaveLength(1);
    expect(withCustomers[0]?.[0]).not.toBe(withSockets[0]?.[0]);
    expect(withCustomers[0]?.[1].some((call) => /execve\(.*"prepare"/.test(call))).toBe(true);
    expect(withSockets[0]?.[1].some((call) => /execve\(.*"upload"/.test(call))).toBe(true);
  });
});
