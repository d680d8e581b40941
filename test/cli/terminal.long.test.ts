/** What a person sees, and when: progress, colors, --quiet, --json. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { LARGE_ARGS, writeLarge } from "../helpers/large.ts";
import { BIN, firsthash, runProgram, SAMPLE_ARGS, scratch } from "../helpers/run.ts";

const ESCAPE = "\u001b";
/** Back to the start of the line, and all of it removed. */
const CLEAR = `\r${ESCAPE}[K`;

// util-linux: `script -c` gives a command a terminal of its own.
const hasTerminal = spawnSync("script", ["-qec", "true", "/dev/null"]).status === 0;
if (!hasTerminal) console.warn("script(1) gives no terminal here: tests of a terminal are skipped");

/** Runs with stdout and stderr on a terminal, whose text is in `stdout`. */
function onTerminal(
  args: readonly string[],
  { cwd, env = {} }: { cwd?: string; env?: Record<string, string> } = {},
) {
  const command = [process.execPath, BIN, ...args]
    .map((word) => `'${word.replaceAll("'", "'\\''")}'`)
    .join(" ");
  return runProgram("script", ["-qec", command, "/dev/null"], {
    ...(cwd !== undefined && { cwd }),
    env: { TERM: "xterm", ...env },
  });
}

const FAILING = ["prepare", "--conversions", "nowhere.csv", "--dry-run"];

describe.skipIf(!hasTerminal)("on a terminal", () => {
  let large: string;

  beforeAll(() => {
    large = scratch();
    writeLarge(large, 120_000);
  });

  it("shows one bar for the run, after a second, and removes it", async () => {
    const { stdout, code } = await onTerminal([...LARGE_ARGS, "--dry-run"], { cwd: large });
    expect(code).toBe(0);
    const draws =
      stdout.match(/(?:reading \w+|making the upload) {2}\[[^\r\n]*?rows(?=\r|\u001b)/g) ?? [];
    expect(draws.length).toBeGreaterThan(0);
    for (const draw of draws) {
      expect(draw).toMatch(/^[a-z ]+ {2}\[=* *\] +\d+ %(?: {2}about \d+ s left)? {2}[\d,]+ rows$/);
      expect(draw.length).toBeLessThan(80);
    }
    // One bar that goes on over the passes, and not one for each from 0.
    const shares = draws.map((draw) => Number(/(\d+) %/.exec(draw)?.[1]));
    expect(shares).toEqual(shares.toSorted((one, other) => one - other));
    // After the last draw the line is removed, before anything else is said.
    const after = stdout.slice(stdout.lastIndexOf(` rows${CLEAR}`) + " rows".length);
    expect(after.startsWith(CLEAR)).toBe(true);
    expect(after).toContain("120,000 of 120,000 rows");
  });

  it("shows none in a run of less than a second", async () => {
    const { stdout, code } = await onTerminal(["--version"]);
    expect(code).toBe(0);
    expect(stdout).not.toContain(ESCAPE);
  });

  it.each([
    ["--quiet", ["--quiet"], {}],
    ["TERM=dumb", [], { TERM: "dumb" }],
  ])("shows none with %s", async (_, flags, env) => {
    const { stdout } = await onTerminal([...LARGE_ARGS, "--dry-run", ...flags], {
      cwd: large,
      env,
    });
    expect(stdout).not.toMatch(/reading|making/);
    expect(stdout).not.toContain(ESCAPE);
  });

  it.each<[string, boolean, readonly string[], Record<string, string>]>([
    ["by default", true, [], {}],
    ["with --no-color", false, ["--no-color"], {}],
    ["with NO_COLOR", false, [], { NO_COLOR: "1" }],
    ["with an empty NO_COLOR", true, [], { NO_COLOR: "" }],
    ["with TERM=dumb", false, [], { TERM: "dumb" }],
    ["with FORCE_COLOR=0", false, [], { FORCE_COLOR: "0" }],
    ["with FORCE_COLOR and NO_COLOR", true, [], { FORCE_COLOR: "1", NO_COLOR: "1" }],
  ])("colors %s: %s", async (_, colored, flags, env) => {
    const { stdout, code } = await onTerminal([...FAILING, ...flags], { env });
    expect(code).toBe(3);
    expect(stdout).toContain("firsthash: ");
    expect(stdout.includes(`${ESCAPE}[31m`)).toBe(colored);
  });
});

describe("without a terminal", () => {
  it("shows neither progress nor color", async () => {
    const { stderr } = await firsthash(FAILING);
    expect(stderr).toContain("firsthash: error: ");
    expect(stderr).not.toMatch(/[\r\u001b]/);
  });

  it("colors with FORCE_COLOR", async () => {
    const { stderr } = await firsthash(FAILING, { env: { FORCE_COLOR: "1" } });
    expect(stderr).toContain(`${ESCAPE}[31m`);
  });
});

describe("--quiet", () => {
  it("prints nothing when all is well", async () => {
    const output = join(scratch(), "upload.csv");
    expect(await firsthash([...SAMPLE_ARGS, "--quiet", "-o", output])).toMatchObject({
      code: 0,
      stdout: "",
      stderr: "",
    });
  });

  it("prints what went wrong", async () => {
    const { code, stderr } = await firsthash([...FAILING, "--quiet"]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/^firsthash: error: [^\n]+\nfirsthash: hint: [^\n]+\n$/);
  });
});

describe("--json", () => {
  it("is one object on stdout, and what --report saves", async () => {
    const folder = scratch();
    const report = join(folder, "report.json");
    const output = join(folder, "upload.csv");
    const result = await firsthash([...SAMPLE_ARGS, "--json", "--report", report, "-o", output]);
    expect(result).toMatchObject({ code: 0, stderr: "" });
    expect(result.stdout).toBe(readFileSync(report, "utf8"));
    expect(JSON.parse(result.stdout)).toMatchObject({ schema: "firsthash.prepare/1", ok: true });
  });

  it("goes to stderr when the upload goes to stdout", async () => {
    const result = await firsthash([...SAMPLE_ARGS, "--json", "-o", "-"]);
    expect(result.code).toBe(0);
    expect(JSON.parse(result.stderr)).toMatchObject({ schema: "firsthash.prepare/1" });
    expect(result.stdout).toContain("Offline Conversion");
    expect(result.stdout).not.toContain('"schema"');
  });

  it("says too that nothing was written: exit 1", async () => {
    const result = await firsthash([...SAMPLE_ARGS, "--json", "--dry-run", "--max-refused", "0"]);
    expect(result.code).toBe(1);
    const { ok, problems } = JSON.parse(result.stdout);
    expect({ ok, problems: problems.length }).toEqual({ ok: false, problems: 1 });
    expect(result.stderr).toMatch(/^firsthash: error: /);
  });
});
