/** While a run is going: what stands in the output's folder and in the folder for temporary files. */
import { mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { LARGE_ARGS, LARGE_CANARY, writeLarge } from "../helpers/large.ts";
import { firsthash, scratch } from "../helpers/run.ts";

const ROWS = 50_000;

let inputs: string;

beforeAll(() => {
  inputs = scratch();
  writeLarge(inputs, ROWS);
});

interface Sight {
  readonly name: string;
  readonly mode: string;
  readonly size: number;
  readonly plaintext: boolean;
}

function holdsPlaintext(content: Buffer): boolean {
  // A workbook that is complete is looked into; one that is being written can only be looked at.
  if (content.subarray(0, 2).toString() === "PK") {
    try {
      const parts = Object.values(unzipSync(content));
      return parts.some((part) => Buffer.from(part).includes(LARGE_CANARY));
    } catch {
      return content.includes(LARGE_CANARY);
    }
  }
  return content.includes(LARGE_CANARY) || content.includes("@");
}

function look(folder: string): Sight[] {
  return readdirSync(folder).flatMap((name) => {
    try {
      const { mode } = statSync(join(folder, name));
      const content = readFileSync(join(folder, name));
      const plaintext = holdsPlaintext(content);
      return [{ name, mode: (mode & 0o777).toString(8), size: content.length, plaintext }];
    } catch {
      return []; // Gone or renamed between two looks.
    }
  });
}

async function watchRun(flags: readonly string[]) {
  const work = join(scratch(), "work");
  const temp = join(work, "../tmp");
  mkdirSync(work);
  mkdirSync(temp);
  const sights: Sight[] = [];
  const timer = setInterval(() => sights.push(...look(work), ...look(temp)), 4);
  const args = LARGE_ARGS.map((arg) => (arg.endsWith(".csv") ? join(inputs, arg) : arg));
  // With a umask of 0 a file gets every right that it is not denied.
  const umask = process.umask(0);
  const running = firsthash([...args, ...flags], { cwd: work, env: { TMPDIR: temp } });
  process.umask(umask);
  const result = await running;
  clearInterval(timer);
  return { result, sights, left: [...look(work), ...look(temp)] };
}

describe("a run that is watched", () => {
  it.each([
    ["a file", ["-o", "upload.csv", "--report", "report.json"]],
    ["a file for the web import", ["--to", "microsoft-import", "-o", "upload.csv"]],
    ["a workbook", ["--to", "microsoft-import", "-o", "upload.xlsx"]],
    ["several files", ["--to", "microsoft-bulk", "--to", "microsoft-import", "-o", "up-{to}.csv"]],
  ])("writes %s of mode 0600 and without plaintext at every sight", async (_, flags) => {
    const { result, sights, left } = await watchRun(flags);
    expect(result).toMatchObject({ code: 0 });
    const growing = sights.filter(({ name, size }) => name.endsWith(".tmp") && size > 0);
    expect(growing.length, "saw temporary files at work").toBeGreaterThan(0);
    for (const sight of [...sights, ...left]) {
      expect(sight).toMatchObject({ mode: "600", plaintext: false });
    }
    expect(left.filter(({ name }) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("writes nothing that can be seen on the way to stdout", async () => {
    const { result, sights, left } = await watchRun(["-o", "-"]);
    expect(result).toMatchObject({ code: 0 });
    expect(result.stdout.length).toBeGreaterThan(ROWS * 100);
    expect(result.stdout).not.toContain(LARGE_CANARY);
    // The spool loses its name as soon as it is open.
    for (const sight of sights) expect(sight).toMatchObject({ mode: "600", size: 0 });
    expect(left).toEqual([]);
  });
});
