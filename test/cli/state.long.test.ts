/** What is left when something goes wrong beside the work, or after it, is told as it is. */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { prepare } from "../../src/index.ts";
import { LARGE_ARGS, writeLarge } from "../helpers/large.ts";
import { BIN, firsthash, ROOT, runProgram, SAMPLE_ARGS, scratch } from "../helpers/run.ts";
import { warmFirsthash } from "../helpers/warm.ts";

let folder: string;
const at = (name: string) => join(folder, name);
const SAMPLE = SAMPLE_ARGS.map((arg) => (arg.startsWith("samples/") ? join(ROOT, arg) : arg));
const SAMPLE_OPTIONS = {
  contacts: join(ROOT, "samples/contacts.csv"),
  conversions: join(ROOT, "samples/conversions.csv"),
  key: "Contact ID",
  country: "US",
  timeZone: "America/New_York",
  asOf: "2026-11-20T12:00:00Z",
};

beforeEach(() => {
  folder = scratch();
});

/** Runs a line of bash in which `fh` is the binary and `sample` the main job on the samples. */
const shell = (script: string) =>
  runProgram(
    "bash",
    [
      "-c",
      `fh() { "$NODE" "$BIN" "$@"; }; args=("$@"); sample() { fh "\${args[@]}" "$@"; }; contacts="\${args[2]}"; rest=("\${args[@]:3}"); piped() { exec "$NODE" "$BIN" prepare --contacts pipe "\${rest[@]}" "$@"; }; ${script}`,
      "bash",
      ...SAMPLE,
    ],
    { cwd: folder, env: { NODE: process.execPath, BIN } },
  );

/** Collects what is written to it, and can stop the run at a moment. */
function output(onWrite: (bytes: number) => Error | undefined) {
  let bytes = 0;
  return {
    write(chunk: Uint8Array, done: (error?: Error | null) => void) {
      const error = onWrite(bytes);
      if (error === undefined) bytes += chunk.length;
      done(error);
      return true;
    },
    on: () => undefined,
    off: () => undefined,
  };
}

describe("what went out to a stream", () => {
  const large = () => {
    writeLarge(folder, 4_000);
    return {
      contacts: at("contacts.csv"),
      conversions: at("conversions.csv"),
      key: LARGE_ARGS[LARGE_ARGS.indexOf("--key") + 1] as string,
      timeZone: "UTC",
      asOf: LARGE_ARGS[LARGE_ARGS.indexOf("--as-of") + 1] as string,
      maxRefused: 100,
    };
  };

  it("is counted in bytes where the run is interrupted between two of them", async () => {
    const controller = new AbortController();
    const stream = output((bytes) => {
      if (bytes > 0) controller.abort();
      return undefined;
    });
    const run = prepare({ ...large(), output: stream, signal: controller.signal });
    await expect(run).rejects.toMatchObject({
      code: "interrupted",
      message:
        "interrupted; at least 262144 bytes had gone to stdout, which are not the whole file",
    });
  });

  it("is said to be more where a reader takes nothing, and holds up no interruption", async () => {
    const controller = new AbortController();
    const stuck = {
      ...output(() => undefined),
      write: () => {
        controller.abort();
        return false;
      },
    };
    const run = prepare({ ...large(), output: stuck, signal: controller.signal });
    await expect(run).rejects.toThrow("interrupted; at least 0 bytes had gone to stdout");
  });

  it.each([
    ["ENOSPC", "no space is left on the disk"],
    ["EPIPE", "its reader has left"],
  ])("is counted in bytes where it takes no more: %s", async (code, reason) => {
    const stream = output((bytes) =>
      bytes === 0 ? undefined : Object.assign(new Error("x"), { code }),
    );
    await expect(prepare({ ...large(), output: stream })).rejects.toMatchObject({
      code: "output",
      message: expect.stringMatching(
        new RegExp(
          `^stdout: cannot write: ${reason}; at least 262144 bytes had gone to stdout, which`,
        ),
      ),
    });
  });
});

describe("a file beside the upload that cannot be written", () => {
  const complete = async () => {
    await warmFirsthash([...SAMPLE, "--output", at("expected.csv")], { cwd: folder });
    return readFileSync(at("upload.csv")).equals(readFileSync(at("expected.csv")));
  };

  it.each([
    ["--report", "out/report.json"],
    ["--save-config", "out/config.json"],
  ])("%s: the upload is there, and the error says so", async (flag, path) => {
    mkdirSync(at("out"));
    // Its folder is there when it is checked, and gone when it is written.
    const result = await shell(
      `mkfifo pipe; piped -o upload.csv ${flag} ${path} & ` +
        'exec 3>pipe; rmdir out; cat "$contacts" >&3; exec 3>&-; wait $!',
    );
    expect(result.code).toBe(4);
    expect(result.stderr).toContain(`error: ${path}: the folder does not exist`);
    expect(result.stderr).toContain("written before that, and whole: upload.csv");
    expect(result.stderr).toMatch(/^written +19 of 24 rows to upload\.csv/m);
    expect(await complete()).toBe(true);
  });

  it("--manifest: the error of the library names the upload", async () => {
    mkdirSync(at("out"));
    async function* contacts() {
      yield readFileSync(SAMPLE_OPTIONS.contacts);
      rmdirSync(at("out"));
    }
    const run = prepare({
      ...SAMPLE_OPTIONS,
      contacts: contacts(),
      output: at("upload.csv"),
      manifest: at("out/manifest.json"),
    });
    await expect(run).rejects.toMatchObject({
      code: "output",
      written: [at("upload.csv")],
      hint: expect.stringContaining("written before that, and whole"),
    });
    expect(await complete()).toBe(true);
  });
});

describe("a standard stream that is full", () => {
  it.each([
    "sample --dry-run --json > /dev/full",
    "sample --dry-run 2> /dev/full",
    "fh inspect $contacts > /dev/full",
    "sample -o upload.csv --quiet; fh verify upload.csv > /dev/full",
  ])("ends with 4: %s", async (script) => {
    expect((await shell(script)).code).toBe(4);
  });

  it("hides no error of its own: an input that is not there stays 3", async () => {
    expect((await shell("fh inspect nowhere.csv 2> /dev/full")).code).toBe(3);
  });
});

describe("a file of options that is read", () => {
  it.each([
    ["--config", "--report"],
    ["--config", "--manifest"],
    ["--goal-map", "--report"],
    ["--goal-map", "--manifest"],
    ["--goal-map", "--save-config"],
  ])("%s is not overwritten by %s", async (read, written) => {
    writeFileSync(at("options.json"), "{}");
    const result = await warmFirsthash(
      [...SAMPLE, "-o", "upload.csv", "--force", read, "options.json", written, "options.json"],
      { cwd: folder },
    );
    expect(result.code).toBe(2);
    expect(result.stderr).toContain("options.json: the output is also an input");
    expect(readFileSync(at("options.json"), "utf8")).toBe("{}");
    expect(existsSync(at("upload.csv"))).toBe(false);
  });
});

it("an input that is rewritten in its size and its time between two readings is noticed", async () => {
  const path = at("conversions.csv");
  const text = readFileSync(SAMPLE_OPTIONS.conversions, "utf8");
  writeFileSync(path, text);
  // A time that can be put back to the last digit.
  utimesSync(path, 1_700_000_000, 1_700_000_000);
  const { atime, mtime } = statSync(path);
  async function* contacts() {
    // The conversions have been read once by now.
    writeFileSync(path, text.replace("003A01", "003A02"));
    utimesSync(path, atime, mtime);
    yield readFileSync(SAMPLE_OPTIONS.contacts);
  }
  const run = prepare({ ...SAMPLE_OPTIONS, conversions: path, contacts: contacts(), dryRun: true });
  await expect(run).rejects.toThrow(/conversions\.csv: was changed while it was being read/);
});

describe("what a killed run left beside the output", () => {
  it("is removed by the next run; what is of a living run, or of another machine, is not", async () => {
    const killed = await firsthash([...SAMPLE, "-o", "up.csv"], {
      cwd: folder,
      nodeFlags: ["--import", killer()],
    });
    expect(killed.signal).toBe("SIGKILL");
    const [left = ""] = temporary();
    expect(left).toMatch(/^\.firsthash-.+\.tmp$/);
    const [, tag = ""] = left.split("-");
    const alive = left.replace(/-\d+-/, `-${process.ppid}-`);
    const elsewhere = left.replace(tag, "00000000");
    for (const name of [alive, elsewhere]) writeFileSync(at(name), "");
    expect(await warmFirsthash([...SAMPLE, "-o", "up.csv"], { cwd: folder })).toMatchObject({
      code: 0,
    });
    expect(temporary()).toEqual([alive, elsewhere].sort());
  });

  const temporary = () => readdirSync(folder).filter((name) => name.startsWith(".firsthash-"));

  /** A module that ends its process as soon as the output has a temporary file. */
  function killer(): string {
    const path = at("killer.mjs");
    writeFileSync(
      path,
      `import { syncBuiltinESMExports } from "node:module";
import promises from "node:fs/promises";
const open = promises.open;
promises.open = async (path, ...rest) => {
  const handle = await open(path, ...rest);
  if (String(path).includes(".firsthash-")) process.kill(process.pid, "SIGKILL");
  return handle;
};
syncBuiltinESMExports();
`,
    );
    return path;
  }
});

describe.skipIf(process.platform !== "linux")("Ctrl-C on a pipe that is silent", () => {
  it.each([
    ["without a writer", ""],
    ["with a writer", "exec 9<>pipe;"],
  ])("ends the process: %s", async (_, writer) => {
    const script = `mkfifo pipe; ${writer} piped -o up.csv & sleep 1.2; kill -INT $!; wait $!`;
    const result = await shell(script);
    expect(result).toMatchObject({ code: 130, signal: null, stdout: "" });
    expect(result.stderr).toBe("firsthash: error: interrupted; nothing was written\n");
  });

  it("is no end for a writer that is slow, nor for one that writes nothing", async () => {
    const slow =
      'mkfifo pipe; (exec 3>pipe; sleep 0.3; head -c 700 "$contacts" >&3; sleep 0.3; tail -c +701 "$contacts" >&3) & (piped -o up.csv)';
    expect(await shell(slow)).toMatchObject({ code: 0 });
    await warmFirsthash([...SAMPLE, "-o", "expected.csv"], { cwd: folder });
    expect(readFileSync(at("up.csv")).equals(readFileSync(at("expected.csv")))).toBe(true);
    const empty = await shell(": > pipe & fh inspect pipe");
    expect(empty).toMatchObject({ code: 3 });
    expect(empty.stderr).toContain("is empty");
  });
});
