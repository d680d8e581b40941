/**
 * The half that sends cannot read people, and the half that reads people cannot send: by the imports, by what is
 * in the bundles, and by what is loaded when a command runs.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { files, imports, reachedFrom } from "../helpers/imports.ts";
import { BIN, ROOT, run, SAMPLE_ARGS, SAMPLES, scratch } from "../helpers/run.ts";

/**
 * What reads contacts, makes a digest of a person, or joins. The plaintext net and the test whether digits are a
 * phone number (`identity/phone-plan` and what it stands on) are no such thing.
 */
const PEOPLE =
  /^(?:join|prepare|hash|verify|adjust|inspect)\/|^identity\/(?:digest|email|explain|hash\.|hashed|identify|mistakes|person|phone\.)|^conversion\/record/;

const NETWORK_ROOM = /^upload\//;
const NETWORK_COMMANDS =
  /^cli\/(?:accounts|goals|login|login-status|logout|results|service|upload|upload-google|upload-steps)\.ts$/;

describe("upload/", () => {
  it("reaches, through whatever it imports, nothing that reads people or makes a digest of them", () => {
    const room = files.filter((file) => NETWORK_ROOM.test(file));
    expect(room.length).toBeGreaterThan(15);
    for (const file of room) {
      const reached = [...reachedFrom(file)].filter((other) => PEOPLE.test(other));
      expect(reached, file).toEqual([]);
    }
  });

  it("is imported by the commands that reach a network, and by nothing else", () => {
    const importers = imports
      .filter(({ target }) => target !== undefined && NETWORK_ROOM.test(target))
      .map(({ file }) => file)
      .filter((file) => !NETWORK_ROOM.test(file));
    expect(importers.length).toBeGreaterThan(0);
    for (const file of importers) expect(file).toMatch(NETWORK_COMMANDS);
  });

  it("is not reached by the library's main entry", () => {
    for (const entry of ["index.ts", "testing/testing.ts", "testing/vectors.ts"]) {
      const reached = [...reachedFrom(entry)].filter((file) => NETWORK_ROOM.test(file));
      expect(reached, entry).toEqual([]);
    }
  });
});

const modulesOf = (bundle: string) =>
  readFileSync(join(ROOT, bundle, "modules.txt"), "utf8")
    .trim()
    .split("\n");

const withoutDist = (module: string) => module.replace(/^dist\//, "").replace(/\.js$/, ".ts");

describe("the bundles", () => {
  it("are two, and the one that sends has nothing in it that reads people", () => {
    const modules = modulesOf("dist-upload");
    expect(modules).toContain("dist/upload/upload.js");
    expect(modules.filter((module) => PEOPLE.test(withoutDist(module)))).toEqual([]);
    const packages = /node_modules\/(?:validator|commander)\//;
    expect(modules.filter((module) => packages.test(module))).toEqual([]);
  });

  it("share no file: the one that sends requires none of the other", () => {
    const folder = join(ROOT, "dist-upload/lib");
    for (const name of readdirSync(folder)) {
      expect(readFileSync(join(folder, name), "utf8"), name).not.toContain("dist-cli");
    }
  });

  it("keep the network out of the one that reads people", () => {
    const modules = modulesOf("dist-cli");
    expect(modules).toContain("dist/prepare/prepare.js");
    const network = /^dist\/upload\/|node_modules\/(?:undici|oauth4webapi|open|@napi-rs)\//;
    expect(modules.filter((module) => network.test(module))).toEqual([]);
  });
});

/** Ends the process when a module is loaded that can reach a network or start a program. */
const LOADER = `
import { register, createRequire } from "node:module";
const Module = createRequire(import.meta.url)("node:module");
const FORBIDDEN = /^(?:node:)?(?:net|http|https|http2|tls|dns|dgram|child_process|cluster|inspector)(?:\\/|$)|undici|oauth4webapi|dist-upload|[\\\\/]dist[\\\\/]upload[\\\\/]/;
const load = Module._load;
Module._load = function (name, ...rest) {
  if (FORBIDDEN.test(name)) {
    process.stderr.write("NETWORK MODULE: " + name + "\\n");
    process.exit(99);
  }
  return load.call(this, name, ...rest);
};
register("data:text/javascript," + encodeURIComponent(
  "import { writeSync } from 'node:fs'; const FORBIDDEN = " + FORBIDDEN + ";" +
  "export async function resolve(name, context, next) { if (!FORBIDDEN.test(name)) return next(name, context);" +
  "writeSync(2, 'NETWORK MODULE: ' + name); throw new Error('refused'); }",
));
`;

function preload(): string {
  const path = join(scratch(), "no-network-modules.mjs");
  writeFileSync(path, LOADER);
  return path;
}

const UPLOAD = join(SAMPLES, "outputs/microsoft-bulk.csv");

const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  prepare: [...SAMPLE_ARGS, "--dry-run"],
  hash: ["hash", join(SAMPLES, "contacts.csv"), "--country", "US", "-o", "-"],
  inspect: ["inspect", join(SAMPLES, "contacts.csv")],
  verify: ["verify", UPLOAD, "--against", join(SAMPLES, "contacts.csv"), "--country", "US"],
  selftest: ["selftest"],
  "upload --help": ["upload", "--help"],
};

describe("under a loader that throws when a module is loaded that can reach a network", () => {
  it.each(Object.keys(COMMANDS))("firsthash %s runs", async (name) => {
    const result = await run(["--import", preload(), BIN, ...(COMMANDS[name] ?? [])]);
    expect(result.stderr).not.toContain("NETWORK MODULE");
    expect(result.code).toBe(0);
  });

  it("the main entry loads", async () => {
    const program = join(scratch(), "program.mjs");
    writeFileSync(program, `await import(${JSON.stringify(join(ROOT, "dist/index.js"))});`);
    expect(await run(["--import", preload(), program])).toMatchObject({ code: 0, stderr: "" });
  });

  it("firsthash upload does not: the loader is at work", async () => {
    const result = await run(["--import", preload(), BIN, "upload", UPLOAD, "--account", "222"]);
    expect(result.code).not.toBe(0);
    expect(result.stderr).toContain("NETWORK MODULE");
  });

  it("nor does the entry firsthash/upload", async () => {
    const program = join(scratch(), "program.mjs");
    writeFileSync(program, `await import(${JSON.stringify(join(ROOT, "dist/upload/index.js"))});`);
    const result = await run(["--import", preload(), program]);
    expect(result.code).not.toBe(0);
    expect(result.stderr).toContain("NETWORK MODULE");
  });
});
