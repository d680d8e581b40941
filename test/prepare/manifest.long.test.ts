/** The manifest of a run, and what `verify --manifest` says of files that were changed since. */
import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { hashContacts } from "../../src/hash/hash-contacts.ts";
import { checkManifest, type Manifest } from "../../src/prepare/manifest.ts";
import { prepare } from "../../src/prepare/prepare.ts";
import { expectNoPlaintext } from "../../src/testing/testing.ts";
import { SAMPLE_ARGS, SAMPLES, scratch } from "../helpers/run.ts";
import { warmFirsthash } from "../helpers/warm.ts";

let folder: string;
const path = (name: string) => join(folder, name);
const bytes = (name: string) => readFileSync(path(name));
const manifest = (name = "run.json") => JSON.parse(bytes(name).toString()) as Manifest;

/** Another implementation. */
function sha256(name: string): string {
  const script =
    "import hashlib,sys; print(hashlib.sha256(open(sys.argv[1],'rb').read()).hexdigest())";
  return execFileSync("python3", ["-c", script, path(name)], { encoding: "utf8" }).trim();
}

/** The arguments of the main job, on the copies of the samples. */
const ARGS = SAMPLE_ARGS.map((arg) => arg.replace(/^samples\//, ""));
const run = (flags: readonly string[], input?: Uint8Array) =>
  warmFirsthash([...ARGS, ...flags], { cwd: folder, ...(input !== undefined && { input }) });
const written = ["-o", "upload.csv", "--manifest", "run.json"];
const verify = (...flags: string[]) =>
  warmFirsthash(["verify", "--manifest", "run.json", ...flags], { cwd: folder });

beforeEach(() => {
  folder = scratch();
  for (const name of ["contacts.csv", "conversions.csv"]) {
    copyFileSync(join(SAMPLES, name), path(name));
  }
});

describe("prepare --manifest", () => {
  it("names inputs and outputs by size and SHA-256, with rules, options and counts", async () => {
    expect(await run(written)).toMatchObject({ code: 0 });
    const made = manifest();
    expect(made).toMatchObject({
      schema: "firsthash.manifest/1",
      command: "prepare",
      asOf: "2026-11-20T12:00:00Z",
      rules: [
        { name: "microsoft-2026-11", date: "2026-11" },
        { name: "e164-2026-11", date: "2026-11" },
      ],
      options: { country: "US", timeZone: "America/New_York" },
    });
    expect(made.inputs.map(({ role, file }) => [role, file])).toEqual([
      ["conversions", "conversions.csv"],
      ["contacts", "contacts.csv"],
    ]);
    expect(made.inputs[1]?.columns).toMatchObject({ key: ["Contact ID"], email: ["Email"] });
    expect(made.outputs).toMatchObject([{ destination: "microsoft-bulk", file: "upload.csv" }]);
    for (const { file, sha256: digest, bytes: size } of [...made.inputs, ...made.outputs]) {
      expect([file, digest, size]).toEqual([file, sha256(file), bytes(file).length]);
    }
    const [counts] = made.counts;
    const { read, written: rows = 0, ...left } = counts ?? { read: 0 };
    expect(made.outputs[0]?.rows).toBe(rows);
    const others = Object.values(left).filter((count) => typeof count === "number");
    expect(others.reduce((sum, count) => sum + count, rows)).toBe(read);
    expect(statSync(path("run.json")).mode & 0o777).toBe(0o600);
  });

  it("is the same, byte for byte, for the same run, wherever it runs", async () => {
    await run(written);
    const first = bytes("run.json");
    await run([...written, "--force"]);
    expect(bytes("run.json")).toEqual(first);
    mkdirSync(path("elsewhere"));
    const args = ARGS.map((arg) => (arg.endsWith(".csv") ? path(arg) : arg));
    const outputs = ["-o", path("upload.csv"), "--manifest", path("run.json"), "--force"];
    const cwd = path("elsewhere");
    expect(await warmFirsthash([...args, ...outputs], { cwd })).toMatchObject({ code: 0 });
    expect(bytes("run.json")).toEqual(first);
  });

  it("holds no cell, and no folder of the user's", async () => {
    await run(["-o", path("upload.csv"), "--manifest", "run.json"]);
    const text = bytes("run.json").toString();
    const cells = bytes("contacts.csv")
      .toString()
      .split("\n")
      .slice(1)
      .flatMap((line) => line.split(","))
      .filter((cell) => /@|\d{4}|^[A-Z][a-z]+$/.test(cell) && !/^United/.test(cell));
    expect(cells.length).toBeGreaterThan(40);
    expectNoPlaintext(text, cells);
    expect(text).not.toContain(folder);
  });

  it("names files below its own folder by their path, others by their name", async () => {
    mkdirSync(path("out"));
    await run(["-o", "out/upload.csv", "--manifest", "run.json"]);
    expect(manifest().outputs[0]?.file).toBe("out/upload.csv");
    await run(["-o", "upload.csv", "--manifest", "out/run.json"]);
    expect(manifest("out/run.json").outputs[0]?.file).toBe("upload.csv");
  });

  it("hashes what was read from standard input, and what was written to standard output", async () => {
    const args = ARGS.map((arg) => (arg === "contacts.csv" ? "-" : arg));
    const result = await warmFirsthash([...args, "-o", "-", "--manifest", "run.json"], {
      cwd: folder,
      input: bytes("contacts.csv"),
    });
    expect(result.code).toBe(0);
    writeFileSync(path("stdout.csv"), result.stdout);
    expect(manifest().inputs[1]).toMatchObject({ file: "stdin", sha256: sha256("contacts.csv") });
    expect(manifest().outputs[0]).toMatchObject({ file: "stdout", sha256: sha256("stdout.csv") });
    const { code, stdout } = await verify();
    expect(code).toBe(1);
    expect(stdout).toMatch(/^output +stdout: no file/m);
    expect(stdout).toMatch(/\nNOT CHECKED: 2 of 3 files\n$/);
  });

  it("hashes workbooks and each destination's file", async () => {
    const all = ["--max-refused", "100"];
    const flags = [...all, "--to", "microsoft-import", "--to", "adobe", "-o", "{to}.xlsx"];
    expect(await run([...flags, "--manifest", "run.json"])).toMatchObject({ code: 0 });
    const outputs = manifest().outputs.map(({ file, sha256: digest }) => [file, digest]);
    expect(outputs).toEqual([
      ["microsoft-import.xlsx", sha256("microsoft-import.xlsx")],
      ["adobe.xlsx", sha256("adobe.xlsx")],
    ]);
    expect((await verify()).code).toBe(0);
    // A workbook as an input.
    copyFileSync(path("adobe.xlsx"), path("template.xlsx"));
    const filled = [...all, "--to", "adobe", "--template", "template.xlsx", "-o", "filled.xlsx"];
    expect(await run([...filled, "--manifest", "two.json"])).toMatchObject({ code: 0 });
    expect(manifest("two.json").inputs[2]).toEqual({
      role: "template",
      file: "template.xlsx",
      bytes: bytes("template.xlsx").length,
      sha256: sha256("template.xlsx"),
    });
  });

  it("is not written in a dry run, nor when nothing is published", async () => {
    await run(["--dry-run", "--manifest", "run.json"]);
    await run([...written, "--max-refused", "0"]);
    expect([existsSync(path("run.json")), existsSync(path("upload.csv"))]).toEqual([false, false]);
  });

  it.each([
    ["that exists", "older.json", 4],
    ["that is the output", "upload.csv", 2],
    ["that is an input", "contacts.csv", 2],
  ])("refuses a manifest %s, before anything is written", async (_, name, code) => {
    writeFileSync(path("older.json"), "older");
    const force = name === "contacts.csv" ? ["--force"] : [];
    const result = await run(["-o", "upload.csv", "--manifest", name, ...force]);
    expect(result.code).toBe(code);
    expect(existsSync(path("upload.csv"))).toBe(false);
    expect(bytes("older.json").toString()).toBe("older");
  });

  it("costs nothing when it is not asked for: no digest is in the report", async () => {
    const report = await prepare({
      contacts: path("contacts.csv"),
      conversions: path("conversions.csv"),
      key: "Contact ID",
      country: "US",
      timeZone: "America/New_York",
      asOf: "2026-11-20T12:00:00Z",
      dryRun: true,
    });
    expect(JSON.stringify(report)).not.toContain("sha256");
  });

  it("says of records that they are no file", async () => {
    await hashContacts({
      contacts: [{ id: "a", email: "ann@example.com" }],
      key: "id",
      output: path("hashed.csv"),
      manifest: path("run.json"),
    });
    expect(manifest().inputs[0]).not.toHaveProperty("sha256");
    const findings = await checkManifest(path("run.json"));
    expect(findings.map(({ code }) => code)).toEqual(["same", "not-hashed"]);
  });
});

describe("hash --manifest", () => {
  it("is that of prepare, without destination and present", async () => {
    const args = ["contacts.csv", "--country", "US", "-o", "hashed.csv", "--manifest", "run.json"];
    expect(await warmFirsthash(["hash", ...args], { cwd: folder })).toMatchObject({ code: 0 });
    const made = manifest();
    expect(made).toMatchObject({
      command: "hash",
      options: { country: "US", rules: "microsoft-2026-11" },
      inputs: [{ role: "contacts", sha256: sha256("contacts.csv") }],
      outputs: [{ file: "hashed.csv", sha256: sha256("hashed.csv") }],
    });
    expect(made).not.toHaveProperty("asOf");
    expect((await verify()).code).toBe(0);
  });
});

describe("verify --manifest", () => {
  beforeEach(async () => {
    await run(written);
  });

  it("passes the files of the run", async () => {
    const { code, stdout, stderr } = await verify();
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^output +upload\.csv: as the manifest says$/m);
    expect(stdout).toMatch(/\nOK\n$/);
  });

  it.each([
    ["an output that was changed", () => appendFileSync(path("upload.csv"), " "), 1, "changed"],
    ["an output that is gone", () => rmSync(path("upload.csv")), 1, "missing"],
    ["an input that was changed", () => appendFileSync(path("contacts.csv"), "\n"), 1, "changed"],
    ["an input that is elsewhere", () => rmSync(path("contacts.csv")), 1, "input-missing"],
  ])("finds %s", async (_, change, code, finding) => {
    change();
    const result = await verify("--json");
    expect(result.code).toBe(code);
    const { findings, ok } = JSON.parse(result.stdout);
    expect(ok).toBe(code === 0);
    expect(findings.filter((each: { code: string }) => each.code !== "same")).toMatchObject([
      { code: finding },
    ]);
  });

  it("is not OK when an input could not be compared, unless the outputs alone are asked for", async () => {
    rmSync(path("contacts.csv"));
    const { code, stdout, stderr } = await verify();
    expect(code).toBe(1);
    expect(stdout).toMatch(/\nNOT CHECKED: 1 of 3 files\n$/);
    expect(stderr).toContain("--outputs-only");
    const outputs = await verify("--outputs-only");
    expect(outputs).toMatchObject({ code: 0, stderr: "" });
    expect(outputs.stdout).toMatch(/^output +upload\.csv: as the manifest says\nOK\n$/);
  });

  it.each([
    ["no JSON", "no JSON"],
    ["another JSON", '{"schema":"firsthash.prepare/1"}'],
    ["no list of files", '{"schema":"firsthash.manifest/1","outputs":{},"inputs":[]}'],
    [
      "a file in another folder",
      '{"schema":"firsthash.manifest/1","inputs":[],"outputs":[{"file":"../x","sha256":""}]}',
    ],
    [
      "an absolute path",
      '{"schema":"firsthash.manifest/1","inputs":[],"outputs":[{"file":"/etc/passwd"}]}',
    ],
  ])("refuses a manifest that is %s", async (_, text) => {
    writeFileSync(path("run.json"), text);
    const { code, stdout, stderr } = await verify();
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toContain("run.json");
  });

  it("takes no file beside the manifest, and needs one of them", async () => {
    expect(await verify("upload.csv")).toMatchObject({ code: 2, stdout: "" });
    expect(await warmFirsthash(["verify"])).toMatchObject({ code: 2, stdout: "" });
  });
});
