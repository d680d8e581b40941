/** Stopped at any moment: the older file or the whole new one, and nothing beside it. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { LARGE_ARGS, LARGE_CANARY, writeLarge } from "../helpers/large.ts";
import { firsthash, type RunResult, scratch } from "../helpers/run.ts";

const ROWS = 40_000;
const OLDER = "older file\n";
const ARGS = [...LARGE_ARGS, "--force", "-o", "out/upload.csv"];

let inputs: string;
let whole: Buffer;
/** How long a run takes here and now. */
let duration: number;

beforeAll(async () => {
  inputs = scratch();
  writeLarge(inputs, ROWS);
  const started = performance.now();
  const result = await firsthash([...ARGS.slice(0, -1), "whole.csv"], { cwd: inputs });
  duration = performance.now() - started;
  expect(result).toMatchObject({ code: 0 });
  whole = readFileSync(join(inputs, "whole.csv"));
  expect(whole.length).toBeGreaterThan(ROWS * 100);
});

interface Stopped {
  readonly result: RunResult;
  readonly folder: string;
  readonly output: string;
}

/** Starts a run over an older output, and stops it as `when` says. */
async function stop(
  signal: NodeJS.Signals,
  when: (folder: string, kill: () => void) => void,
): Promise<Stopped> {
  const folder = scratch();
  const output = join(folder, "upload.csv");
  writeFileSync(output, OLDER);
  const args = [...ARGS.slice(0, -1), output];
  const result = await firsthash(args, {
    cwd: inputs,
    onStart: (child) => when(folder, () => child.kill(signal)),
  });
  return { result, folder, output };
}

const after = (ms: number) => (_: string, kill: () => void) => void setTimeout(kill, ms);

/** As soon as rows are being written. */
const whileWriting = (folder: string, kill: () => void) => {
  const timer = setInterval(() => {
    if (readdirSync(folder).length < 2) return;
    clearInterval(timer);
    setTimeout(kill, 30);
  }, 5);
  setTimeout(() => clearInterval(timer), 20_000);
};

function expectOlderOrWhole({ result, output }: Stopped): "older" | "whole" {
  const content = readFileSync(output);
  if (content.equals(Buffer.from(OLDER))) {
    expect(result.code).not.toBe(0);
    return "older";
  }
  expect(content.equals(whole), "the output is whole").toBe(true);
  return "whole";
}

const MOMENTS = { SIGINT: [0.15, 0.4, 0.7, 0.97], SIGTERM: [0.25, 0.55, 0.9], SIGHUP: [] } as const;

describe.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s", (signal) => {
  const check = (stopped: Stopped) => {
    const outcome = expectOlderOrWhole(stopped);
    const { result, folder } = stopped;
    expect(readdirSync(folder)).toEqual(["upload.csv"]);
    if (outcome === "whole") return;
    // Before the program is loaded, nobody listens to signals and there is nothing to clean up.
    if (result.signal !== null) return;
    expect(result).toMatchObject({ code: 130, stdout: "" });
    expect(result.stderr).toBe("firsthash: error: interrupted; nothing was written\n");
  };

  it("leaves the older file, when it comes at once", async () => {
    check(await stop(signal, (_, kill) => kill()));
  });

  it.each(MOMENTS[signal])("cleans up at %s of the run", async (share) => {
    check(await stop(signal, after(duration * share)));
  });

  it("cleans up while rows are written", async () => {
    const stopped = await stop(signal, whileWriting);
    check(stopped);
    expect(stopped.result.signal).toBe(null);
  });
});

describe("SIGKILL", () => {
  it.each([0.6, 0.95])("leaves the older file or the whole one at %s of the run", async (s) => {
    expectOlderOrWhole(await stop("SIGKILL", after(duration * s)));
  });

  it("leaves a temporary file of digests at most, which is not in the way of the next run", async () => {
    const stopped = await stop("SIGKILL", whileWriting);
    expect(expectOlderOrWhole(stopped)).toBe("older");
    const { folder, output } = stopped;
    const left = readdirSync(folder).filter((name) => name !== "upload.csv");
    expect(left).toEqual([expect.stringMatching(/^\.firsthash-.+\.tmp$/)]);
    for (const name of left) {
      expect(readFileSync(join(folder, name), "latin1")).not.toContain(LARGE_CANARY);
    }
    const again = await firsthash([...ARGS.slice(0, -1), output], { cwd: inputs });
    expect(again.code).toBe(0);
    expect(readFileSync(output).equals(whole)).toBe(true);
  });
});

describe("an input that never ends", () => {
  it.each(["contacts", "conversions"] as const)("%s from stdin: stops at once", async (role) => {
    const folder = scratch();
    const args = ARGS.map((arg) => (arg === `${role}.csv` ? "-" : arg));
    args[args.length - 1] = join(folder, "upload.csv");
    let stopped = 0;
    const result = await firsthash(args, {
      cwd: inputs,
      input: { never: true },
      onStart: (child) =>
        setTimeout(() => {
          stopped = performance.now();
          child.kill("SIGINT");
        }, 1500),
    });
    // Less than a person would wait before trying something else; the machine may be busy.
    expect(performance.now() - stopped).toBeLessThan(1900);
    expect(result).toMatchObject({ code: 130, signal: null, stdout: "" });
    expect(result.stderr).toBe("firsthash: error: interrupted; nothing was written\n");
    expect(existsSync(join(folder, "upload.csv"))).toBe(false);
  });
});
