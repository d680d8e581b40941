/** `firsthash run`: the daily job as a user has it. */
import { writeFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { reachedFrom } from "../helpers/imports.ts";
import { DailyJob } from "../helpers/microsoft/daily.ts";
import { type LocalService, startService } from "../helpers/microsoft/service.ts";

const services: LocalService[] = [];
afterEach(async () => {
  for (const service of services.splice(0)) await service.stop();
});

async function job(changes?: Readonly<Record<string, unknown>>): Promise<DailyJob> {
  const service = await startService();
  services.push(service);
  return new DailyJob(service, changes);
}

describe("firsthash run", () => {
  it("imports neither what reads people nor what has a network", () => {
    const reached = [...reachedFrom("cli/run.ts")];
    expect(reached).toContain("cli/run-config.ts");
    expect(reached.filter((file) => /^(?:prepare|identity|join|hash|upload)\//.test(file))).toEqual(
      [],
    );
  });

  it("sends what is new, day after day, under a name of its own", async () => {
    const daily = await job();
    const first = await daily.run();
    expect(first.code, first.stderr).toBe(0);
    expect(daily.service.counted).toBe(3);
    const [upload] = daily.names.filter((name) => /^upload-.*\d\.csv$/.test(name));
    expect(upload).toMatch(/^upload-\d{4}-\d\d-\d\d-\d{6}\.csv$/);
    expect(daily.names).toContain("ledger.firsthash");
    expect(daily.names).not.toContain("run.json.lock");

    daily.conversions(5);
    daily.contacts((person) => `changed${person}@example.com`);
    const second = await daily.run();
    expect(second.code, second.stderr).toBe(0);
    expect(second.stderr).toContain("it would count twice");
    expect(daily.service.counted).toBe(5);

    const third = await daily.run();
    expect(third.code, third.stderr).toBe(0);
    expect(third.stderr).toContain("nothing to do");
    expect(daily.service.taken()).toHaveLength(2);
    expect(daily.service.violations).toEqual([]);
  }, 60_000);

  it("has nothing to do where there is no conversion, unless that is said to be an error", async () => {
    const daily = await job();
    daily.conversions(0);
    const quiet = await daily.run();
    expect(quiet.code, quiet.stderr).toBe(0);
    expect(quiet.stderr).toContain("nothing to do");
    const strict = await daily.run(["--fail-if-empty"]);
    expect(strict.code).toBe(3);
    expect(strict.stderr).toContain('the step "prepare" ended with exit code 3');
    expect(daily.service.taken()).toHaveLength(0);
  }, 60_000);

  it("is held off by another run, and not by the lock of one that was killed", async () => {
    const daily = await job();
    writeFileSync(daily.path("run.json.lock"), `${process.pid}\n`);
    const held = await daily.run();
    expect(held.code).toBe(2);
    expect(held.stderr).toContain("another run");
    // No process has this number.
    writeFileSync(daily.path("run.json.lock"), "4194304999\n");
    expect(await daily.run()).toMatchObject({ code: 0 });
  }, 60_000);

  it("refuses a configuration that is none, without a word of what stands in it", async () => {
    const daily = await job();
    for (const text of [
      '{"secret qzword":1}',
      '{"prepare":{},"upload":{}}',
      '{"prepare":"qzword","upload":{}}',
      '{"prepare":{"output":"{date}/u.csv"},"upload":{}}',
      '{"prepare":{"output":"u.csv","-x qzword":1},"upload":{}}',
    ]) {
      daily.write("run.json", text);
      const { code, stderr } = await daily.run();
      expect(code, text).toBe(2);
      expect(stderr).not.toContain("qzword");
    }
  }, 60_000);
});
