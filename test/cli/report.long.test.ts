/** `--report` in both forms, and `firsthash report`. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { firsthash, ROOT, SAMPLE_ARGS, SAMPLES, scratch } from "../helpers/run.ts";

const read = (folder: string, name: string) => readFileSync(join(folder, name), "utf8");

/** The main job on the samples, with its files in a folder of their own. */
async function prepared(...more: readonly string[]) {
  const folder = scratch();
  const args = [...SAMPLE_ARGS, "-o", join(folder, "upload.csv")];
  for (const arg of more) args.push(/\.\w+$/.test(arg) ? join(folder, arg) : arg);
  return { folder, result: await firsthash(args) };
}

describe("--report", () => {
  it("saves JSON and a page, as the names end, with the SHA-256 of what was written", async () => {
    const { folder, result } = await prepared("--report", "r.json", "--report", "r.html");
    expect(result).toMatchObject({ code: 0 });
    const upload = readFileSync(join(folder, "upload.csv"));
    const sha256 = createHash("sha256").update(upload).digest("hex");
    const report = JSON.parse(read(folder, "r.json"));
    expect(report.destinations[0].files).toEqual([
      { file: "upload.csv", rows: 19, bytes: upload.length, sha256 },
    ]);
    expect(read(folder, "r.html")).toContain(sha256);
    for (const name of ["r.json", "r.html"]) {
      expect(read(folder, name)).not.toContain(folder);
      expect(read(folder, name)).not.toContain("samples/");
    }
  });

  it("gives the same page each time, in whatever zone and language the machine is", async () => {
    const page = async (env: Record<string, string>) => {
      const folder = scratch();
      const args = [...SAMPLE_ARGS, "-o", "-", "--report", join(folder, "r.html")];
      expect(await firsthash(args, { env })).toMatchObject({ code: 0 });
      return read(folder, "r.html");
    };
    expect(await page({ TZ: "Asia/Kolkata", LC_ALL: "de_DE.UTF-8" })).toBe(await page({}));
  });

  it("refuses another ending, and one name twice, before anything is read", async () => {
    const other = await prepared("--report", "r.txt");
    expect(other.result).toMatchObject({ code: 2 });
    expect(other.result.stderr).toContain("--report takes the name of a .json or .html file");
    const twice = await prepared("--report", "r.html", "--report", "r.html");
    expect(twice.result).toMatchObject({ code: 2 });
    expect(twice.result.stderr).toContain("name the same file");
    expect([...readdirSync(other.folder), ...readdirSync(twice.folder)]).toEqual([]);
  });

  it("does not replace an older page without --force", async () => {
    const { folder } = await prepared("--report", "r.html");
    const args = [...SAMPLE_ARGS, "--dry-run", "--report", join(folder, "r.html")];
    expect(await firsthash(args)).toMatchObject({ code: 4 });
    expect(await firsthash([...args, "--force"])).toMatchObject({ code: 0 });
    expect(read(folder, "r.html")).toContain("A dry run: nothing was written.");
  });

  it("is kept in a configuration file, one or several, from its folder", async () => {
    const folder = scratch();
    const samples = SAMPLE_ARGS.map((arg) => (arg.endsWith(".csv") ? join(ROOT, arg) : arg));
    const files = ["-o", "upload.csv", "--report", "r.json", "--report", "r.html"];
    const first = [...samples, ...files, "--save-config", "c.json"];
    expect(await firsthash(first, { cwd: folder })).toMatchObject({ code: 0 });
    expect(JSON.parse(read(folder, "c.json")).report).toEqual(["r.json", "r.html"]);
    const again = await firsthash([
      ...["prepare", "--config", join(folder, "c.json"), "--force"],
      ...SAMPLE_ARGS.slice(-2),
    ]);
    expect(again).toMatchObject({ code: 0 });
    writeFileSync(join(folder, "one.json"), JSON.stringify({ report: "one.html" }));
    const one = await firsthash([
      ...SAMPLE_ARGS,
      "--dry-run",
      "--config",
      join(folder, "one.json"),
    ]);
    expect(one).toMatchObject({ code: 0 });
    expect(readdirSync(folder)).toContain("one.html");
  });
});

describe("firsthash report", () => {
  it("makes the page that --report made, out of the JSON", async () => {
    const { folder } = await prepared("--report", "r.json", "--report", "r.html");
    const result = await firsthash([
      "report",
      join(folder, "r.json"),
      "-o",
      join(folder, "again.html"),
    ]);
    expect(result).toEqual({ code: 0, signal: null, stdout: "", stderr: "" });
    expect(read(folder, "again.html")).toBe(read(folder, "r.html"));
    const piped = await firsthash(["report", join(folder, "r.json")]);
    expect(piped.stdout).toBe(read(folder, "r.html"));
  });

  it.each([
    ["an upload file", join(SAMPLES, "outputs/microsoft-bulk.csv"), 3, "is not valid JSON"],
    ["another JSON file", join(ROOT, "package.json"), 3, "is not a report of firsthash"],
    ["a file that is not there", "nowhere.json", 3, "there is no such file"],
    ["standard input", "-", 2, "report takes files, not standard input"],
  ])("refuses %s, and leaves no page", async (_, file, code, message) => {
    const folder = scratch();
    const result = await firsthash(["report", file, "-o", join(folder, "r.html")]);
    expect(result).toMatchObject({ code });
    expect(result.stderr).toContain(message);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("refuses to write anything but a page, or over a report", async () => {
    const { folder } = await prepared("--report", "r.json");
    const json = join(folder, "r.json");
    expect(await firsthash(["report", json, "-o", join(folder, "r.pdf")])).toMatchObject({
      code: 2,
    });
    expect(await firsthash(["report", json, "-o", json, "--force"])).toMatchObject({ code: 2 });
    expect(await firsthash(["report"])).toMatchObject({ code: 2 });
    expect(JSON.parse(read(folder, "r.json")).schema).toBe("firsthash.prepare/1");
  });
});
