/** Where the output goes, under which rights, and that it is the same however it got there. */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import {
  BIN,
  firsthash,
  replaceFlags,
  runProgram,
  SAMPLE_ARGS,
  SAMPLES,
  scratch,
} from "../helpers/run.ts";

const FLAGS = SAMPLE_ARGS.slice(5);
const isRoot = process.getuid?.() === 0;

let folder: string;
const at = (name: string) => join(folder, name);
const modeOf = (name: string) => (statSync(at(name)).mode & 0o777).toString(8);
const temporary = () => readdirSync(folder).filter((name) => name.endsWith(".tmp"));

beforeEach(() => {
  folder = scratch();
  for (const name of ["contacts.csv", "conversions.csv"]) {
    copyFileSync(join(SAMPLES, name), at(name));
  }
});

const INPUTS = ["prepare", "--contacts", "contacts.csv", "--conversions", "conversions.csv"];
const prepare = (...flags: string[]) =>
  firsthash(replaceFlags([...INPUTS, ...FLAGS], flags), { cwd: folder });
const shell = (script: string) =>
  runProgram("bash", ["-c", script, "bash", process.execPath, BIN, ...INPUTS, ...FLAGS], {
    cwd: folder,
  });

async function expectedBytes(): Promise<Buffer> {
  expect(await prepare("-o", "expected.csv")).toMatchObject({ code: 0, stdout: "" });
  return readFileSync(at("expected.csv"));
}

describe("rights", () => {
  it("are 0600 whatever the umask", async () => {
    for (const umask of ["000", "022", "777"]) {
      const flags = `-o up-${umask}.csv --report report-${umask}.json`;
      expect(await shell(`umask ${umask}; "$@" ${flags}`)).toMatchObject({ code: 0 });
      expect(modeOf(`up-${umask}.csv`)).toBe("600");
      expect(modeOf(`report-${umask}.json`)).toBe("600");
    }
  });

  it("are 0600 when a file that all may read is replaced", async () => {
    writeFileSync(at("upload.csv"), "older");
    chmodSync(at("upload.csv"), 0o644);
    expect(await prepare("--force", "-o", "upload.csv")).toMatchObject({ code: 0 });
    expect(modeOf("upload.csv")).toBe("600");
  });
});

describe("an older file", () => {
  const older = "older file";

  it.each<[string, number, string[]]>([
    ["without --force", 4, []],
    ["a bad flag", 2, ["--force", "--country", "Atlantis"]],
    ["an unreadable input", 3, ["--force", "--contacts", "nowhere.csv"]],
    ["a broken input", 3, ["--force", "--contacts", "broken.csv"]],
    ["an input that breaks in its last line", 3, ["--force", "--conversions", "late.csv"]],
    ["too many rows refused", 1, ["--force", "--max-refused", "0"]],
    ["no row to write", 1, ["--force", "--as-of", "2020-01-01T00:00:00Z", "--max-refused", "100"]],
    ["a dry run", 0, ["--force", "--dry-run"]],
  ])("is left as it was: %s", async (_, code, flags) => {
    writeFileSync(at("upload.csv"), older);
    const contacts = readFileSync(at("contacts.csv"), "utf8");
    writeFileSync(at("broken.csv"), `${contacts}"x"y,,,,,,\n`);
    const conversions = readFileSync(at("conversions.csv"), "utf8");
    writeFileSync(at("late.csv"), `${conversions}"003A01`);
    expect(await prepare("-o", "upload.csv", ...flags)).toMatchObject({ code });
    expect(readFileSync(at("upload.csv"), "utf8")).toBe(older);
    expect(temporary()).toEqual([]);
  });
});

describe("the same input gives the same bytes", () => {
  it("twice", async () => {
    const expected = await expectedBytes();
    await prepare("-o", "again.csv");
    expect(readFileSync(at("again.csv")).equals(expected)).toBe(true);
  });

  it("on stdout", async () => {
    const expected = await expectedBytes();
    expect(await shell('"$@" -o - > piped.csv')).toMatchObject({ code: 0 });
    expect(readFileSync(at("piped.csv")).equals(expected)).toBe(true);
    expect(await shell('"$@" -o - | cat > piped.csv')).toMatchObject({ code: 0 });
    expect(readFileSync(at("piped.csv")).equals(expected)).toBe(true);
  });

  it.each(["contacts", "conversions"])("from stdin: %s", async (role) => {
    const expected = await expectedBytes();
    const args = INPUTS.map((arg) => (arg === `${role}.csv` ? "-" : arg));
    const input = readFileSync(at(`${role}.csv`));
    const result = await firsthash([...args, ...FLAGS, "-o", "stdin.csv"], { cwd: folder, input });
    expect(result).toMatchObject({ code: 0 });
    expect(result.stderr).toContain("stdin: ");
    expect(readFileSync(at("stdin.csv")).equals(expected)).toBe(true);
  });

  it.each(["contacts", "conversions"])("from stdin, byte by byte: %s", async (role) => {
    const expected = await expectedBytes();
    const args = INPUTS.map((arg) => (arg === `${role}.csv` ? "-" : arg));
    const bytes = readFileSync(at(`${role}.csv`));
    const result = await firsthash([...args, ...FLAGS, "-o", "slow.csv"], {
      cwd: folder,
      input: { never: true },
      onStart: ({ stdin }) => {
        let sent = 0;
        const send = () => {
          if (sent === bytes.length) stdin?.end();
          else stdin?.write(bytes.subarray(sent, ++sent), () => setImmediate(send));
        };
        send();
      },
    });
    expect(result).toMatchObject({ code: 0 });
    expect(readFileSync(at("slow.csv")).equals(expected)).toBe(true);
  });

  it("from /dev/fd, as a shell's <(command) gives it", async () => {
    const expected = await expectedBytes();
    const script =
      'node=$1; bin=$2; shift 7; "$node" "$bin" prepare --contacts <(cat contacts.csv) --conversions <(cat conversions.csv) "$@" -o fd.csv';
    expect(await shell(script)).toMatchObject({ code: 0, stdout: "" });
    expect(readFileSync(at("fd.csv")).equals(expected)).toBe(true);
  });
});

describe("a pipe whose reader leaves", () => {
  it("ends with 4 where data was cut short", async () => {
    const result = await shell('set -o pipefail; "$@" -o - | true');
    expect(result.code).toBe(4);
    expect(result.stderr).not.toContain("EPIPE");
  });

  it("is a success for texts: --json and --help", async () => {
    expect(await shell('set -o pipefail; "$@" --json --dry-run | true')).toMatchObject({ code: 0 });
    expect(await shell('set -o pipefail; "$1" "$2" --help | true')).toMatchObject({ code: 0 });
  });
});

describe("places that are not a plain file", () => {
  it("replaces a link with --force, and leaves alone what it leads to", async () => {
    writeFileSync(at("target.csv"), "of somebody else");
    symlinkSync("target.csv", at("upload.csv"));
    expect(await prepare("-o", "upload.csv")).toMatchObject({ code: 4 });
    expect(readlinkSync(at("upload.csv"))).toBe("target.csv");
    expect(await prepare("--force", "-o", "upload.csv")).toMatchObject({ code: 0 });
    expect(lstatSync(at("upload.csv")).isFile()).toBe(true);
    expect(readFileSync(at("target.csv"), "utf8")).toBe("of somebody else");
  });

  it.each<[string, () => void, string]>([
    ["a link to it", () => symlinkSync("contacts.csv", at("link.csv")), "link.csv"],
    ["a folder that leads to its own", () => symlinkSync(".", at("way")), "way/contacts.csv"],
    ["a longer path", () => mkdirSync(at("sub")), "sub/../contacts.csv"],
  ])("refuses an output that is an input through %s", async (_, make, output) => {
    make();
    const before = readFileSync(at("contacts.csv"));
    const result = await prepare("--force", "-o", output);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain("input");
    expect(readFileSync(at("contacts.csv")).equals(before)).toBe(true);
  });

  it("refuses a report that is an input, or another output", async () => {
    const before = readFileSync(at("contacts.csv"));
    linkSync(at("contacts.csv"), at("linked.json"));
    const overInput = await prepare("--force", "-o", "upload.csv", "--report", "linked.json");
    expect(overInput).toMatchObject({ code: 2 });
    expect(overInput.stderr).toContain("also an input");
    expect(readFileSync(at("contacts.csv")).equals(before)).toBe(true);
    for (const report of ["m.json", "./m.json"]) {
      const files = ["-o", "upload.csv", "--manifest", "m.json", "--report", report];
      const overOutput = await prepare("--force", ...files);
      expect(overOutput).toMatchObject({ code: 2 });
      expect(overOutput.stderr).toContain("name the same file");
    }
    expect(existsSync(at("upload.csv"))).toBe(false);
  });

  it("writes nothing to a device in the place of a file", async () => {
    const result = await firsthash([...INPUTS, ...FLAGS, "--force", "-o", "/dev/full"], {
      cwd: folder,
    });
    // Not by its name: no destination is written under it.
    expect(result.code).toBeOneOf([2, 4]);
    expect(statSync("/dev/full").isCharacterDevice()).toBe(true);
  });

  it.skipIf(!existsSync("/dev/full"))("says that a full disk is full, on stdout", async () => {
    const result = await shell('"$@" -o - > /dev/full');
    expect(result.code).toBe(4);
    expect(result.stderr).toMatch(/cannot write: no space is left on the disk/);
  });

  const mountable =
    isRoot &&
    spawnSync("unshare", ["-m", "bash", "-c", "mount -t tmpfs -o size=64k none /mnt"]).status === 0;
  if (!mountable)
    console.warn("a small disk cannot be mounted here: the full-disk test is skipped");

  it.skipIf(!mountable)("leaves nothing on a disk that fills up", async () => {
    const rows = readFileSync(at("conversions.csv"), "utf8").split("\n");
    const [header = "", first = ""] = rows;
    // The same sale at another time is no duplicate.
    const many = Array.from({ length: 2000 }, (_, n) =>
      first.replace("14:05:00", new Date(n * 20_000).toISOString().slice(11, 19)),
    );
    writeFileSync(at("conversions.csv"), [header, ...many].join("\n"));
    const script =
      'mount -t tmpfs -o size=64k none /mnt && { "$@" -o /mnt/upload.csv; echo "$?"; ls -A /mnt; }';
    const result = await runProgram(
      "unshare",
      ["-m", "bash", "-c", script, "bash", process.execPath, BIN, ...INPUTS, ...FLAGS],
      { cwd: folder },
    );
    expect(result.stdout).toBe("4\n");
    expect(result.stderr).toContain("no space is left on the disk");
  });
});

describe("as a user without rights", () => {
  // Root may do anything, so the run is another user's where the tests are root's.
  const uid = isRoot ? ["setpriv", "--reuid=65534", "--clear-groups"] : [];
  const possible =
    !isRoot ||
    spawnSync("setpriv", [...uid.slice(1), process.execPath, BIN, "--version"]).status === 0;
  if (!possible)
    console.warn("no other user can run the program here: tests of rights are skipped");

  const asOther = (...flags: string[]) => {
    const [program = process.execPath, ...args] = [...uid, process.execPath, BIN];
    return runProgram(program, [...args, ...INPUTS, ...FLAGS, ...flags], { cwd: folder });
  };

  it.skipIf(!possible)("cannot write to a folder of another: exit 4, before any work", async () => {
    chmodSync(folder, 0o555);
    const result = await asOther("-o", "upload.csv");
    expect(result).toMatchObject({ code: 4, stdout: "" });
    expect(result.stderr).toMatch(/upload\.csv: cannot write: permission denied/);
  });

  it.skipIf(!possible)("cannot read a file of another: exit 3", async () => {
    chmodSync(folder, 0o777);
    chmodSync(at("contacts.csv"), 0o000);
    const result = await asOther("-o", "upload.csv");
    expect(result).toMatchObject({ code: 3, stdout: "" });
    expect(result.stderr).toMatch(/contacts\.csv: cannot be read: permission denied/);
  });
});
