import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { startThread, type Thread } from "#host";
import { scratch } from "../helpers/run.ts";

const folder = scratch();
const SERVE = JSON.stringify(new URL("../../dist/host/thread.js", import.meta.url).href);

function script(name: string, code: string): string {
  const path = join(folder, name);
  writeFileSync(path, code);
  return pathToFileURL(path).href;
}

const double = script(
  "double.mjs",
  `import { serve } from ${SERVE};
  serve((by) => (n) => {
    if (n < 0) throw new Error("jane@example.com");
    return { answer: n * by, moved: [] };
  });`,
);

async function started(url: string, signal?: AbortSignal): Promise<Thread<number, number>> {
  const thread = await startThread<number, number>(url, 2, signal);
  if (thread === undefined) throw new Error("no thread");
  return thread;
}

describe("Thread", () => {
  it("answers tasks in their order, with what it got at its start", async () => {
    const thread = await started(double);
    const answers = [1, 2, 3].map((n) => thread.run(n, []));
    expect(await Promise.all(answers)).toEqual([2, 4, 6]);
    await thread.close();
    await expect(thread.run(4, [])).rejects.toThrow("closed");
  });

  it("is not there where the script is not there", async () => {
    const missing = pathToFileURL(join(folder, "missing.mjs")).href;
    expect(await startThread(missing, 2)).toBeUndefined();
    const broken = script("broken.mjs", 'import "./missing.mjs";');
    expect(await startThread(broken, 2)).toBeUndefined();
  });

  it("dies of an error without its text, and takes all that waits with it", async () => {
    const thread = await started(double);
    expect(await thread.run(1, [])).toBe(2);
    const outcomes = await Promise.allSettled([-1, 3].map((n) => thread.run(n, [])));
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    const { reason } = outcomes[0] as PromiseRejectedResult;
    expect(String(reason.stack)).toContain("ended before its work");
    expect(`${reason.stack}${JSON.stringify(reason)}`).not.toContain("jane");
  });

  it.each([
    ["ends by itself", "process.exit(3);"],
    ["throws", 'throw new Error("jane@example.com");'],
  ])("is an error where the script %s at once", async (_, code) => {
    const url = script(`dies-${code.length}.mjs`, code);
    await expect(startThread(url, 2)).rejects.toThrow("ended before its work");
  });

  it("is interrupted by the signal", async () => {
    const controller = new AbortController();
    const thread = await started(double, controller.signal);
    const answer = thread.run(1, []);
    controller.abort();
    await expect(answer).rejects.toMatchObject({ code: "interrupted" });
    await thread.close();
  });
});
