/** What `--threads` must not change, and how it ends when it is stopped or a thread dies. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Progress } from "../../src/base/fields.ts";
import { prepare as prepareFiles } from "../../src/prepare/prepare.ts";
import { firsthash, ROOT, replaceFlags, run, scratch } from "../helpers/run.ts";

/** Its name until Node 22.13. */
const PERMISSION = process.allowedNodeEnvironmentFlags.has("--permission")
  ? "--permission"
  : "--experimental-permission";

const folder = scratch();
const KEYS = ["--key", "Contact ID", "--as-of", "2026-11-20T12:00:00Z", "--max-refused", "100"];
const FILES = ["--contacts", "contacts.csv", "--conversions", "conversions.csv"];

async function generate(file: string, ...args: string[]): Promise<string> {
  const { stdout } = await run([join(ROOT, "bench/generate.js"), ...args]);
  writeFileSync(join(folder, file), stdout);
  return stdout;
}

const prepare = (output: string, more: readonly string[], options = {}) =>
  firsthash(["prepare", ...replaceFlags([...FILES, ...KEYS, "-o", output], more)], {
    cwd: folder,
    ...options,
  });

let contacts = "";

beforeAll(async () => {
  contacts = await generate("contacts.csv", "contacts", "--rows", "30000");
  // Contacts that come twice and contradict themselves, rows of other widths.
  const [header, ...lines] = contacts.split("\n").slice(0, 1400);
  const more = lines.map((line) => line.replace(/@[a-z.]+,/, "@example.org,"));
  contacts += `${more.join("\n")}\nshort,row\n`;
  expect(header).toContain("Contact ID");
  writeFileSync(join(folder, "contacts.csv"), contacts);
  const sizes = ["--rows", "9000", "--contacts", "30000", "--seed", "2"];
  await generate("conversions.csv", "conversions", ...sizes);
});

describe("--threads", () => {
  it("gives the same file and the same report for any number", async () => {
    const outcome = async (threads: string) => {
      const args = ["--threads", threads, "--json", "--force"];
      const { code, stdout } = await prepare("upload.csv", args);
      expect(code).toBe(0);
      return { stdout, file: readFileSync(join(folder, "upload.csv"), "utf8") };
    };
    const one = await outcome("1");
    expect(one.stdout).toContain("contact-conflict");
    expect(one.stdout).toContain("row-too-short");
    for (const threads of ["2", "5"]) expect(await outcome(threads)).toEqual(one);
  });

  it.each([
    ["a quote inside a cell", (text: string) => text.replace(/,Leeds,/, ',Le"eds,')],
    ["a quote that is not closed", (text: string) => `${text}x,"y`],
    ["bytes that are no UTF-8", (text: string) => `${text}\xff\n`, "latin1"],
  ] as const)("says the same of %s", async (_, damage, encoding: BufferEncoding = "utf8") => {
    const half = contacts.length >> 1;
    const bad = contacts.slice(0, half) + damage(contacts.slice(half));
    const bytes =
      encoding === "latin1" ? Buffer.concat([Buffer.from(contacts), Buffer.from([0xff])]) : bad;
    writeFileSync(join(folder, "bad.csv"), bytes);
    const args = (threads: string) => ["--contacts", "bad.csv", "--threads", threads];
    const one = await prepare("bad-upload.csv", args("1"));
    expect(one.code).toBe(3);
    expect(await prepare("bad-upload.csv", args("3"))).toEqual(one);
    expect(readdirSync(folder).filter((name) => name.includes("bad-upload"))).toEqual([]);
  });

  it("ends with 70 and writes nothing when a thread dies", async () => {
    const killer = join(folder, "die.mjs");
    writeFileSync(
      killer,
      'import { isMainThread } from "node:worker_threads"; if (!isMainThread) setTimeout(() => process.exit(3), 5);',
    );
    const nodeFlags = ["--import", killer];
    const { code, stderr } = await prepare("dead.csv", ["--threads", "2"], { nodeFlags });
    expect(stderr).toContain("internal error");
    expect(code).toBe(70);
    expect(readdirSync(folder).filter((name) => name.includes("dead"))).toEqual([]);
  });

  it.each([
    ["waits for more contacts", { never: true } as const],
    ["is busy", undefined],
  ])("stops both at once on Ctrl-C while the thread %s, and leaves nothing", async (_, input) => {
    // Contacts that never end: a run that does not stop would hang.
    const { code, stderr } = await firsthash(
      [
        ...["prepare", "--contacts", "-", "--conversions", "conversions.csv", ...KEYS],
        ...["-o", "stopped.csv", "--threads", "2"],
      ],
      {
        cwd: folder,
        input: { never: true },
        onStart: (child) => {
          child.stdin?.write(contacts);
          child.stdin?.on("error", () => {});
          const rows = contacts.slice(contacts.indexOf("\n") + 1);
          const feed = () => child.stdin?.write(rows, () => setImmediate(feed));
          if (input === undefined) feed();
          setTimeout(() => child.kill("SIGINT"), 1500);
        },
      },
    );
    expect(stderr).toContain("interrupted");
    expect(code).toBe(130);
    expect(readdirSync(folder).filter((name) => name.includes("stopped"))).toEqual([]);
  });

  it("tells the progress of rows that were read, in order and up to the end", async () => {
    const progressOf = async (threads: number) => {
      const told: Progress[] = [];
      await prepareFiles({
        contacts: join(folder, "contacts.csv"),
        conversions: join(folder, "conversions.csv"),
        key: "Contact ID",
        asOf: "2026-11-20T12:00:00Z",
        maxRefused: 100,
        dryRun: true,
        threads,
        onProgress: (progress) => told.push(progress),
      });
      return told.filter(({ stage }) => stage === "contacts");
    };
    const contacts = await progressOf(2);
    expect(contacts.length).toBeGreaterThan(5);
    for (const [n, { rows, share }] of contacts.entries()) {
      expect(rows).toBeGreaterThanOrEqual(contacts[n - 1]?.rows ?? 0);
      expect(share).toBeGreaterThanOrEqual(contacts[n - 1]?.share ?? 0);
      expect(share).toBeLessThanOrEqual(1);
    }
    expect(contacts.at(-1)).toEqual((await progressOf(1)).at(-1));
    expect(contacts.at(-1)?.share).toBe(1);
  });

  it("stops where the caller says so in the middle of the contacts", async () => {
    const controller = new AbortController();
    const running = prepareFiles({
      contacts: join(folder, "contacts.csv"),
      conversions: join(folder, "conversions.csv"),
      key: "Contact ID",
      asOf: "2026-11-20T12:00:00Z",
      output: join(folder, "aborted.csv"),
      threads: 2,
      signal: controller.signal,
      onProgress: ({ stage }) => stage === "contacts" && controller.abort(),
    });
    await expect(running).rejects.toMatchObject({ code: "interrupted", exitCode: 130 });
    expect(readdirSync(folder).filter((name) => name.includes("aborted"))).toEqual([]);
  });

  it("takes whole numbers alone", async () => {
    for (const threads of ["0", "1.5", "x", "-1", "1000"]) {
      const { code, stderr } = await prepare("x.csv", [`--threads=${threads}`]);
      expect(code).toBe(2);
      expect(stderr).toContain("--threads takes a whole number");
    }
  });

  it("names --allow-worker where node may start none", async () => {
    const nodeFlags = [PERMISSION, "--allow-fs-read=*", "--allow-fs-write=*"];
    const { code, stderr } = await prepare("x.csv", ["--threads", "2"], { nodeFlags });
    expect(stderr).toContain("--allow-worker");
    expect(code).toBe(2);
  });

  it("takes a second thread by itself for large contacts, and does without one where node allows none", async () => {
    // Over 32 MB: the same people again and again.
    const rows = contacts.slice(contacts.indexOf("\n") + 1);
    const large = contacts + rows.repeat(Math.ceil((34 * 1024 * 1024) / rows.length));
    writeFileSync(join(folder, "large.csv"), large);
    const killer = join(folder, "die-at-once.mjs");
    writeFileSync(
      killer,
      'import { isMainThread } from "node:worker_threads"; if (!isMainThread) process.exit(3);',
    );
    const args = ["--contacts", "large.csv", "--force"];
    const die = { nodeFlags: ["--import", killer] };
    if (availableParallelism() > 1) expect((await prepare("l.csv", args, die)).code).toBe(70);
    expect((await prepare("l.csv", [...args, "--threads", "1"], die)).code).toBe(0);
    expect((await prepare("l.csv", ["--force"], die)).code).toBe(0);
    const nodeFlags = [PERMISSION, "--allow-fs-read=*", "--allow-fs-write=*"];
    expect((await prepare("l.csv", args, { nodeFlags })).code).toBe(0);
  });
});
