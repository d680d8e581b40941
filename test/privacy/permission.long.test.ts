/**
 * Under Node's permission model a run needs no more than this: to read the program and its inputs, and
 * to write to the output's folder. No other program, no worker, no addon. The flags are those that
 * SECURITY.md shows.
 */
import { copyFileSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { firsthash, ROOT, run, SAMPLE_ARGS, SAMPLES, scratch } from "../helpers/run.ts";

const PERMISSION = process.allowedNodeEnvironmentFlags.has("--permission")
  ? "--permission"
  : "--experimental-permission";

interface Place {
  readonly folder: string;
  readonly args: readonly string[];
  readonly nodeFlags: readonly string[];
}

function layOut(): Place {
  const folder = realpathSync(scratch());
  for (const name of ["in", "out"]) mkdirSync(join(folder, name));
  for (const name of ["contacts.csv", "conversions.csv"]) {
    copyFileSync(join(SAMPLES, name), join(folder, "in", name));
  }
  const args = SAMPLE_ARGS.map((arg) => arg.replace("samples/", `${folder}/in/`));
  const program = [
    ...new Set([ROOT, join(ROOT, "node_modules")].map((path) => realpathSync(path))),
  ];
  const nodeFlags = [
    PERMISSION,
    "--no-warnings",
    ...program.map((path) => `--allow-fs-read=${path}/*`),
    `--allow-fs-read=${folder}/in/*`,
    `--allow-fs-read=${folder}/out/*`,
    `--allow-fs-write=${folder}/out/*`,
  ];
  return { folder, args, nodeFlags };
}

describe(`node ${PERMISSION}`, () => {
  it("lets a run do all that it does", async () => {
    const { folder, args, nodeFlags } = layOut();
    const report = join(folder, "out/report.json");
    const output = join(folder, "out/upload.csv");
    const result = await firsthash([...args, "-o", output, "--report", report], {
      cwd: folder,
      nodeFlags,
    });
    expect(result.stderr).toContain("19 of 24 rows");
    expect(result).toMatchObject({ code: 0 });
    const free = await firsthash([...SAMPLE_ARGS, "-o", "-"]);
    expect(readFileSync(output, "utf8")).toBe(free.stdout);
  });

  it("keeps it from another folder, which it says as for any folder without rights", async () => {
    const { folder, args, nodeFlags } = layOut();
    const result = await firsthash([...args, "-o", join(folder, "in/upload.csv")], {
      cwd: folder,
      nodeFlags,
    });
    expect(result).toMatchObject({ code: 4, stdout: "" });
    expect(result.stderr).toMatch(/cannot write: the permissions given to node/);
  });

  it("keeps it from another input", async () => {
    const { folder, args, nodeFlags } = layOut();
    writeFileSync(join(folder, "contacts.csv"), "Contact ID,Email\n");
    const others = args.map((arg) => arg.replace("/in/contacts", "/contacts"));
    const result = await firsthash([...others, "--dry-run"], { cwd: folder, nodeFlags });
    expect(result).toMatchObject({ code: 3, stdout: "" });
    expect(result.stderr).toMatch(/contacts\.csv: cannot be read: the permissions given to node/);
  });

  it("is at work: a program that reads elsewhere is stopped", async () => {
    const { folder, nodeFlags } = layOut();
    const program = join(folder, "in/program.mjs");
    writeFileSync(
      program,
      'import { readFileSync } from "node:fs"; readFileSync("/etc/hostname");',
    );
    const result = await run([...nodeFlags, program], { cwd: folder });
    expect(result.code).not.toBe(0);
    expect(result.stderr).toContain("ERR_ACCESS_DENIED");
  });
});
