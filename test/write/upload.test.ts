import { execFileSync } from "node:child_process";
import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Writable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cannotWrite } from "../../src/base/system.ts";
import { microsoftApi } from "../../src/destinations/microsoft-api.ts";
import { microsoftBulk } from "../../src/destinations/microsoft-bulk.ts";
import { microsoftImport } from "../../src/destinations/microsoft-import.ts";
import type { Destination } from "../../src/destinations/types.ts";
import { checkFile, checkOutput } from "../../src/write/check.ts";
import { encoderFor } from "../../src/write/encoders.ts";
import { openUpload, type UploadOptions } from "../../src/write/upload.ts";
import { CONVERSIONS, row } from "../destinations/rows.ts";
import { bytesOf } from "./helpers.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "write-test-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const inFolder = (name: string) => join(folder, name);
const expected = () => bytesOf(microsoftBulk, { format: "csv" }, CONVERSIONS);

/** The Bulk destination with smaller limits. */
function limited(limits: Partial<Destination["limits"]>): Destination {
  return { ...microsoftBulk, limits: { ...microsoftBulk.limits, ...limits } };
}

async function write(
  name: string,
  options: Partial<UploadOptions> = {},
  { destination = microsoftBulk, rows = CONVERSIONS } = {},
) {
  const output = { kind: "file", path: inFolder(name) } as const;
  const upload = await openUpload(destination, { output, ...options });
  try {
    for (const each of rows) upload.add(each);
    await upload.flush();
    return await upload.commit();
  } catch (error) {
    await upload.discard();
    throw error;
  }
}

describe("a file", () => {
  it("has all bytes, mode 0600 and nothing beside it, whatever the umask", async () => {
    const before = process.umask(0o777);
    const files = await write("a.csv").finally(() => process.umask(before));
    expect(readFileSync(inFolder("a.csv")).equals(expected())).toBe(true);
    expect(statSync(inFolder("a.csv")).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(["a.csv"]);
    expect(files).toEqual([{ path: inFolder("a.csv"), rows: 4, bytes: expected().length }]);
  });

  it("is not there before commit, and leaves nothing when discarded", async () => {
    const upload = await openUpload(microsoftBulk, {
      output: { kind: "file", path: inFolder("a.csv") },
    });
    upload.add(row());
    await upload.flush();
    expect(readdirSync(folder)).not.toContain("a.csv");
    await upload.discard();
    expect(readdirSync(folder)).toEqual([]);
  });

  it("is not made when there is no row", async () => {
    expect(await write("a.csv", {}, { rows: [] })).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("replaces an older file only with force, and with mode 0600", async () => {
    writeFileSync(inFolder("a.csv"), "older");
    chmodSync(inFolder("a.csv"), 0o644);
    await expect(write("a.csv")).rejects.toMatchObject({ code: "output" });
    expect(readFileSync(inFolder("a.csv"), "utf8")).toBe("older");
    await write("a.csv", { force: true });
    expect(readFileSync(inFolder("a.csv")).equals(expected())).toBe(true);
    expect(statSync(inFolder("a.csv")).mode & 0o777).toBe(0o600);
  });

  it("is replaced under a path that is not in its shortest form", async () => {
    await write("a.csv");
    mkdirSync(inFolder("sub"));
    for (const path of [`${folder}/./a.csv`, `${folder}/sub/../a.csv`, `${folder}//a.csv`]) {
      const upload = await openUpload(microsoftBulk, {
        output: { kind: "file", path },
        force: true,
      });
      for (const each of CONVERSIONS) upload.add(each);
      await upload.commit();
      expect(readFileSync(inFolder("a.csv")).equals(expected()), path).toBe(true);
    }
  });

  it("does not replace a file that was made after the check", async () => {
    const path = inFolder("a.csv");
    const upload = await openUpload(microsoftBulk, { output: { kind: "file", path } });
    upload.add(row());
    writeFileSync(path, "somebody else's");
    await expect(upload.commit()).rejects.toMatchObject({ code: "output" });
    await upload.discard();
    expect(readFileSync(path, "utf8")).toBe("somebody else's");
    expect(readdirSync(folder)).toEqual(["a.csv"]);
  });

  it("leaves an older file alone when the run fails", async () => {
    writeFileSync(inFolder("a.csv"), "older");
    const controller = new AbortController();
    const upload = await openUpload(microsoftBulk, {
      output: { kind: "file", path: inFolder("a.csv") },
      force: true,
      signal: controller.signal,
    });
    upload.add(row());
    controller.abort();
    await expect(upload.commit()).rejects.toMatchObject({ code: "interrupted" });
    await upload.discard();
    expect(readFileSync(inFolder("a.csv"), "utf8")).toBe("older");
    expect(readdirSync(folder)).toEqual(["a.csv"]);
  });

  it("replaces a symbolic link itself, and leaves alone what it leads to", async () => {
    writeFileSync(inFolder("elsewhere"), "precious");
    symlinkSync(inFolder("elsewhere"), inFolder("a.csv"));
    await expect(write("a.csv")).rejects.toMatchObject({ code: "output" });
    await write("a.csv", { force: true });
    expect(readFileSync(inFolder("elsewhere"), "utf8")).toBe("precious");
    expect(readFileSync(inFolder("a.csv")).equals(expected())).toBe(true);
  });

  it("has the same bytes as a zip every time", async () => {
    await write("a.zip");
    const first = readFileSync(inFolder("a.zip"));
    await write("a.zip", { force: true });
    expect(readFileSync(inFolder("a.zip")).equals(first)).toBe(true);
    const listed = execFileSync("python3", ["-m", "zipfile", "-l", inFolder("a.zip")]).toString();
    expect(listed).toContain("a.csv");
  });
});

it("has the same bytes however often it is flushed", async () => {
  const digest = (n: number) => n.toString(16).padStart(64, "0");
  const rows = Array.from({ length: 5000 }, (_, n) => row({ name: `é${n}`, email: digest(n) }));
  for (const [destination, format] of [
    [microsoftBulk, "csv"],
    [microsoftBulk, "csv.zip"],
    [microsoftImport, "xlsx"],
    [microsoftApi, "jsonl"],
  ] as const) {
    const upload = encoderFor(destination.plan({ format }), "inner.csv");
    for (const each of rows) upload.add(each);
    const once = Buffer.concat(upload.end());
    expect(bytesOf(destination, { format }, rows).equals(once), format).toBe(true);
  }
});

describe("a split", () => {
  const destination = limited({ rows: 2 });
  const rows = [...CONVERSIONS, ...CONVERSIONS.slice(0, 1)];

  it("gives each part the head, its share of the rows, and a name that says how many there are", async () => {
    const files = await write("a.csv", {}, { destination, rows });
    const names = [1, 2, 3].map((part) => `a-000${part}-of-0003.csv`);
    expect(readdirSync(folder).sort()).toEqual(names);
    expect(files.map((file) => file.rows)).toEqual([2, 2, 1]);
    const part = (index: number) => readFileSync(inFolder(names[index] ?? ""));
    const bare = (some: typeof rows) => bytesOf(microsoftBulk, { format: "csv" }, some);
    expect(part(0).equals(bare(rows.slice(0, 2)))).toBe(true);
    expect(part(1).equals(bare(rows.slice(2, 4)))).toBe(true);
    expect(part(2).equals(bare(rows.slice(4)))).toBe(true);
  });

  it("is not made when the rows are just as many as a file may hold", async () => {
    await write("a.csv", {}, { destination, rows: rows.slice(0, 2) });
    expect(readdirSync(folder)).toEqual(["a.csv"]);
  });

  it("by bytes counts the head, and every byte of a character", async () => {
    const wide = Array.from({ length: 50 }, () => row({ name: `${"é".repeat(40)}€𝄞` }));
    const whole = bytesOf(microsoftBulk, { format: "csv" }, wide).length;
    const files = async (bytes: number, name: string) =>
      write(name, {}, { destination: limited({ bytes }), rows: wide });
    expect(await files(whole, "at.csv")).toHaveLength(1);
    expect(await files(whole + 1, "under.csv")).toHaveLength(1);
    const over = await files(whole - 1, "over.csv");
    expect(over.map((file) => file.rows)).toEqual([49, 1]);
  });

  it("takes parts of an earlier run for the output: refused, or replaced with force", async () => {
    await write("a.csv", {}, { destination, rows });
    writeFileSync(inFolder("a-0001-of-0003.csv.bak"), "");
    writeFileSync(inFolder("b-0001-of-0003.csv"), "");
    await expect(write("a.csv")).rejects.toMatchObject({ code: "output" });
    await write("a.csv", { force: true }, { destination, rows: rows.slice(0, 3) });
    expect(readdirSync(folder).sort()).toEqual([
      "a-0001-of-0002.csv",
      "a-0001-of-0003.csv.bak",
      "a-0002-of-0002.csv",
      "b-0001-of-0003.csv",
    ]);
    await write("a.csv", { force: true });
    expect(readdirSync(folder).sort()).toEqual([
      "a-0001-of-0003.csv.bak",
      "a.csv",
      "b-0001-of-0003.csv",
    ]);
  });

  it("leaves no part when one of the names was taken meanwhile", async () => {
    const path = inFolder("a.csv");
    const upload = await openUpload(destination, { output: { kind: "file", path } });
    for (const each of rows) upload.add(each);
    await upload.flush();
    writeFileSync(inFolder("a-0003-of-0003.csv"), "somebody else's");
    await expect(upload.commit()).rejects.toMatchObject({ code: "output" });
    await upload.discard();
    expect(readdirSync(folder)).toEqual(["a-0003-of-0003.csv"]);
  });

  it("brings all older parts back when one cannot be replaced", async () => {
    await write("a.csv", {}, { destination, rows });
    const before = readFileSync(inFolder("a-0001-of-0003.csv"));
    const path = inFolder("a.csv");
    const upload = await openUpload(destination, { output: { kind: "file", path }, force: true });
    for (const each of [...rows].reverse()) upload.add(each);
    await upload.flush();
    rmSync(inFolder("a-0003-of-0003.csv"));
    mkdirSync(inFolder("a-0003-of-0003.csv"));
    await expect(upload.commit()).rejects.toMatchObject({ code: "output" });
    await upload.discard();
    expect(readFileSync(inFolder("a-0001-of-0003.csv")).equals(before)).toBe(true);
    expect(readdirSync(folder).sort()).toEqual([
      "a-0001-of-0003.csv",
      "a-0002-of-0003.csv",
      "a-0003-of-0003.csv",
    ]);
  });
});

describe("a stream", () => {
  it("gets nothing before commit, then all bytes, and is not ended", async () => {
    const stream = new PassThrough();
    const chunks: Buffer[] = [];
    stream.on("data", (chunk) => chunks.push(chunk));
    const upload = await openUpload(microsoftBulk, { output: { kind: "stream", stream } });
    for (const each of CONVERSIONS) upload.add(each);
    await upload.flush();
    expect(chunks).toEqual([]);
    const files = await upload.commit();
    expect(Buffer.concat(chunks).equals(expected())).toBe(true);
    expect(files).toEqual([{ path: undefined, rows: 4, bytes: expected().length }]);
    expect(stream.writable).toBe(true);
  });

  it("is spooled in a file that has no name any more", async () => {
    const before = process.env.TMPDIR;
    process.env.TMPDIR = folder;
    try {
      const output = { kind: "stream", stream: new PassThrough() } as const;
      const upload = await openUpload(microsoftBulk, { output });
      upload.add(row());
      await upload.flush();
      expect(readdirSync(folder)).toEqual([]);
      await upload.discard();
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
    }
  });

  it("that was closed by its reader is not the whole file", async () => {
    const stream = new Writable({
      write: (_chunk, _encoding, done) =>
        done(Object.assign(new Error("closed"), { code: "EPIPE" })),
    });
    const upload = await openUpload(microsoftBulk, { output: { kind: "stream", stream } });
    upload.add(row());
    await expect(upload.commit()).rejects.toMatchObject({
      code: "output",
      message: expect.stringContaining("its reader has left; at least 0 bytes had gone to stdout"),
    });
    await upload.discard();
  });

  it("that fails otherwise is an output error", async () => {
    const stream = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error("x"), { code: "ENOSPC" })),
    });
    const upload = await openUpload(microsoftBulk, { output: { kind: "stream", stream } });
    upload.add(row());
    await expect(upload.commit()).rejects.toMatchObject({ code: "output" });
    await upload.discard();
  });

  it("cannot be split", async () => {
    const stream = new PassThrough();
    const output = { kind: "stream", stream } as const;
    const upload = await openUpload(limited({ rows: 1 }), { output });
    upload.add(row());
    expect(() => upload.add(row())).toThrow(expect.objectContaining({ code: "output" }));
    await upload.discard();
  });
});

it("says why nothing can be written, with the code of the system's error and none of its text", () => {
  const foreign = Object.assign(new Error("ENOSPC: secret"), { code: "ENOSPC", path: "secret" });
  const error = cannotWrite("a.csv", foreign);
  expect(error).toMatchObject({ code: "output", exitCode: 4, file: "a.csv" });
  expect(error.cause).toBeUndefined();
  expect(error.message).toContain("no space is left on the disk");
  expect(JSON.stringify(error) + error.message).not.toContain("secret");
  expect(cannotWrite("a.csv", new Error("secret")).message).not.toContain("secret");
});

it("a dry run counts rows and bytes, and touches no disk", async () => {
  const upload = await openUpload(microsoftBulk, { output: { kind: "none" } });
  for (const each of CONVERSIONS) upload.add(each);
  await upload.flush();
  expect(await upload.commit()).toEqual([{ path: undefined, rows: 4, bytes: expected().length }]);
});

describe("the check of an output", () => {
  const check = (name: string, rules = {}) => checkOutput(microsoftBulk, inFolder(name), rules);

  it("takes a new file in a folder that is there", async () => {
    await expect(check("a.csv")).resolves.toBeUndefined();
    await expect(checkFile(inFolder("report.json"))).resolves.toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
  });

  it("refuses an extension of another destination, and names its own", async () => {
    await expect(check("a.xlsx")).rejects.toMatchObject({
      code: "usage",
      hint: expect.stringContaining(".csv.zip, .tsv.zip, .zip, .csv, .tsv"),
    });
    await expect(check("a")).rejects.toMatchObject({ code: "usage" });
  });

  it("refuses a folder that is missing or is a file, and a folder as output", async () => {
    writeFileSync(inFolder("file"), "");
    mkdirSync(inFolder("folder.csv"));
    for (const name of ["missing/a.csv", "file/a.csv", "folder.csv"]) {
      await expect(check(name, { force: true }), name).rejects.toMatchObject({ code: "output" });
    }
  });

  it("refuses an output that is an input under any name, even with force", async () => {
    const input = inFolder("input.csv");
    writeFileSync(input, "");
    linkSync(input, inFolder("hard.csv"));
    symlinkSync(input, inFolder("soft.csv"));
    linkSync(input, inFolder("part-0001-of-0002.csv"));
    mkdirSync(inFolder("sub"));
    const rules = { force: true, inputs: [join(folder, "sub", "..", "input.csv")] };
    for (const name of ["input.csv", "hard.csv", "soft.csv", "part.csv", "./input.csv"]) {
      await expect(check(name, rules), name).rejects.toMatchObject({ code: "usage" });
    }
    await expect(checkFile(inFolder("hard.csv"), rules)).rejects.toMatchObject({ code: "usage" });
  });

  it("refuses a pipe and other things that are no file", async () => {
    execFileSync("mkfifo", [inFolder("pipe.csv")]);
    await expect(check("pipe.csv", { force: true })).rejects.toMatchObject({ code: "output" });
  });
});
