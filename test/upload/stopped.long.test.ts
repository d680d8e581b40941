/** Uploads that are stopped, meet each other, or cannot write: nothing is sent twice, and nothing is lost. */
import { existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { Client } from "../helpers/microsoft/client.ts";
import { bulkFile, goodFile } from "../helpers/microsoft/files.ts";
import type { Endpoint } from "../helpers/microsoft/orders.ts";
import {
  type LocalService,
  type ServiceOptions,
  startService,
} from "../helpers/microsoft/service.ts";
import { BIN, firsthash, runProgram } from "../helpers/run.ts";

const services: LocalService[] = [];
afterEach(async () => {
  for (const service of services.splice(0)) await service.stop();
});

async function client(text?: string, options?: ServiceOptions): Promise<Client> {
  const service = await startService(options);
  services.push(service);
  return new Client(service, text);
}

const ALWAYS = { times: Number.POSITIVE_INFINITY };

/** Runs an upload, and sends it SIGINT a moment after the service saw a call of `endpoint`. */
function interruptedAt(run: Client, endpoint: Endpoint, signals = 1) {
  return run.upload([], {
    onStart: (child) => {
      let left = 1;
      run.service.onCall = (call) => {
        if (call.endpoint !== endpoint || left-- !== 1) return;
        for (let sent = 0; sent < signals; sent++) {
          setTimeout(() => child.kill("SIGINT"), 150 + 150 * sent);
        }
      };
    },
  });
}

describe("Ctrl-C", () => {
  it("before the file goes out says that nothing was sent, and leaves no state", async () => {
    const run = await client();
    run.service.order("goals", "slow", { amount: 5000 });
    const { code, stderr } = await interruptedAt(run, "goals");
    expect(code, stderr).toBe(130);
    expect(stderr).toContain("nothing was sent");
    expect(run.state).toBeUndefined();
    run.checkArrivals(0);
  });

  it("while the file goes out says that it may have been sent; --resume sends it once in all", async () => {
    const run = await client();
    run.service.order("upload", "no-answer");
    const { code, stderr } = await interruptedAt(run, "upload");
    expect(code, stderr).toBe(130);
    expect(stderr).toContain("may have been sent");
    expect(stderr).toContain("--resume");
    expect(run.state).toMatchObject({ phase: "sending" });
    expect((await run.upload(["--resume"])).code).toBe(0);
    run.checkArrivals(1);
  });

  it("while it waits says that the file has arrived; --resume reads the answer", async () => {
    const run = await client();
    run.service.order("status", "slow", { amount: 5000 });
    const { code, stderr } = await interruptedAt(run, "status");
    expect(code, stderr).toBe(130);
    expect(stderr).toContain("has arrived");
    expect(run.state).toMatchObject({ phase: "sent" });
    expect((await run.upload(["--resume"])).code).toBe(0);
    run.checkArrivals(1);
  });

  it("while the answer comes leaves the answer to --resume", async () => {
    const run = await client();
    run.service.order("result", "slow", { amount: 5000 });
    expect((await interruptedAt(run, "result")).code).toBe(130);
    expect(run.state).toMatchObject({ phase: "result" });
    expect((await run.upload(["--resume"])).code).toBe(0);
    run.checkArrivals(1);
  });
});

describe("two runs over one file", () => {
  it("that start together send it once", async () => {
    for (let round = 0; round < 3; round++) {
      const run = await client(goodFile(undefined, `round ${round}`));
      run.service.order("upload", "slow", { amount: 50 });
      const both = await Promise.all([run.upload(), run.upload()]);
      const codes = both.map(({ code }) => code).sort();
      expect(codes[0], both.map(({ stderr }) => stderr).join()).toBe(0);
      // The other one finds a state that is not its own.
      expect([2, 4]).toContain(codes[1]);
      run.checkArrivals(1);
    }
  });

  it("of which the second resumes while the first one sends, send it once", async () => {
    const run = await client();
    // The status is asked before the answer to the upload is there.
    run.service.order("upload", "no-answer");
    let second: ReturnType<Client["upload"]> | undefined;
    const first = run.upload([], {
      onStart: () => {
        run.service.onCall = ({ endpoint }) => {
          if (endpoint === "upload") second ??= run.upload(["--resume"]);
        };
      },
    });
    expect((await first).code).toBe(0);
    expect((await second)?.code).toBe(0);
    run.checkArrivals(1);
  });
});

describe("a state that is not one", () => {
  it.each([
    ["broken", "{"],
    ["of another schema", '{"schema":"firsthash.upload/2"}'],
    ["empty", ""],
    ["of another program", '{"phase":"done"}'],
  ])("%s: exit 4, it stays as it is, and nothing is sent", async (_, text) => {
    for (const args of [[], ["--resume"], ["--again"]]) {
      const run = await client();
      const path = `${run.file}.upload.json`;
      writeFileSync(path, text);
      const { code, stderr } = await run.upload(args);
      expect(code, stderr).toBe(4);
      expect(readFileSync(path, "utf8")).toBe(text);
      expect(run.service.transcript).toEqual([]);
    }
  });

  it("a link: exit 4, and what it leads to stays as it is", async () => {
    const run = await client();
    const target = join(run.folder, "elsewhere.json");
    writeFileSync(target, "mine");
    symlinkSync(target, `${run.file}.upload.json`);
    expect((await run.upload()).code).toBe(4);
    expect(readFileSync(target, "utf8")).toBe("mine");
    expect(run.service.transcript).toEqual([]);
  });

  it("a link to nowhere: exit 4, and nothing comes to be there", async () => {
    const run = await client();
    symlinkSync(join(run.folder, "nowhere.json"), `${run.file}.upload.json`);
    expect((await run.upload()).code).toBe(4);
    expect(existsSync(join(run.folder, "nowhere.json"))).toBe(false);
    run.checkArrivals(0);
  });
});

describe.skipIf(process.platform === "win32")("a disk that takes nothing", () => {
  const limited = (run: Client, command: string) =>
    runProgram("/bin/sh", ["-c", command], {
      cwd: run.folder,
      env: { ...run.service.env, HOME: run.folder },
    });
  const line = (run: Client, ...more: string[]) =>
    [process.execPath, BIN, "upload", run.file, "--account 222 --customer 111", ...more].join(" ");

  it("for the state: exit 4 before the first byte of the file goes out", async () => {
    const run = await client();
    // No file may grow: what a full disk does, for one process.
    const { code, stderr } = await limited(run, `ulimit -f 0; exec ${line(run)}`);
    expect(code, stderr).toBe(4);
    run.checkArrivals(0);
    expect(run.state).toBeUndefined();
  });

  it.skipIf(!existsSync("/dev/full"))(
    "for the report on standard output: exit 4, and the upload is done",
    async () => {
      const run = await client();
      const { code, stderr } = await limited(run, `exec ${line(run, "--json")} > /dev/full`);
      expect(code, stderr).toBe(4);
      expect(run.state).toMatchObject({ phase: "done" });
      run.checkArrivals(1);
    },
  );
});

describe("wrong use", () => {
  it.each([
    ["standard input", ["upload", "-", "--account", "222"], 2],
    ["no file", ["upload", "--account", "222"], 2],
    ["no account", ["upload", "FILE"], 2],
    ["an account that is no number", ["upload", "FILE", "--account", "F110XP1K"], 2],
    ["a file that is not there", ["upload", "none.csv", "--account", "222"], 3],
    ["--resume without a state", ["upload", "FILE", "--account", "222", "--resume"], 2],
    ["--resume and --again", ["upload", "FILE", "--account", "222", "--resume", "--again"], 2],
    ["a time that is none", ["upload", "FILE", "--account", "222", "--timeout", "soon"], 2],
    ["another world", ["upload", "FILE", "--account", "222", "--environment", "staging"], 2],
  ])("%s", async (_, args, expected) => {
    const run = await client();
    const { code, stderr } = await firsthash(
      args.map((arg) => (arg === "FILE" ? run.file : arg)),
      { cwd: run.folder, env: { ...run.service.env, HOME: run.folder } },
    );
    expect(code, stderr).toBe(expected);
    expect(run.service.transcript).toEqual([]);
  });

  it("an account of another customer: exit 5", async () => {
    const run = await client();
    const { code } = await firsthash(
      ["upload", run.file, "--account", "222", "--customer", "112", "--no-goals-check"],
      { cwd: run.folder, env: { ...run.service.env, HOME: run.folder } },
    );
    expect(code).toBe(5);
    run.checkArrivals(0);
  });

  it.each(["--token", "--access-token", "--developer-token", "--client-secret", "--refresh-token"])(
    "a secret as an argument (%s): exit 2, and it is not repeated",
    async (option) => {
      const run = await client();
      const { code, stderr } = await run.upload([option, "qzsecretword"]);
      expect(code).toBe(2);
      expect(stderr).not.toContain("qzsecretword");
    },
  );
});

describe("limits", () => {
  it("--timeout ends the waiting: exit 6, and --resume goes on", async () => {
    const run = await client();
    run.service.order("status", "stuck", ALWAYS);
    const { code, stderr } = await run.upload(["--timeout", "90s"]);
    expect(code, stderr).toBe(6);
    expect(run.state).toMatchObject({ phase: "sent" });
    run.service.clearOrders();
    expect((await run.upload(["--resume"])).code).toBe(0);
    run.checkArrivals(1);
  });

  it("the sandbox takes 20,000 rows", async () => {
    const run = await client(bulkFile(Array.from({ length: 20_001 }, () => ({ daysAgo: 20 }))));
    const { code, stderr } = await run.upload(["--environment", "sandbox"]);
    expect(code, stderr).toBe(3);
    expect(stderr).toContain("20,000");
    expect(run.service.transcript).toEqual([]);
  });

  it("a clock that is wrong by more than five minutes is told", async () => {
    const run = await client(undefined, { now: () => new Date(Date.now() + 11 * 60_000) });
    const { code, stderr } = await run.upload();
    expect(code, stderr).toBe(0);
    expect(stderr).toContain("11 minutes behind");
  });
});
