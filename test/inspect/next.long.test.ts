/** The next line that `inspect` prints works as it is pasted into a shell, whatever the file is called. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { BIN, runProgram, scratch } from "../helpers/run.ts";

const HEAD = "Email,Conversion Name,Conversion Time";
const GOOD = "jane@contoso.com,Lead,2026-11-18T10:00:00Z";

describe.skipIf(process.platform === "win32")("the next line, pasted into a shell", () => {
  it.each([
    "plain.csv",
    "with space.csv",
    "it's.csv",
    "$(touch pwned).csv",
    "`touch pwned`.csv",
    "a;touch pwned;.csv",
    "-o.csv",
    "--force",
    "~root.csv",
    "back\\slash.csv",
    'quo"te.csv',
    "ex!claim.csv",
    "star*.csv",
    "#comment.csv",
    "=cat.csv",
    "line\nbreak.csv",
    "tab\there.csv",
    "übung (1).csv",
    "sub folder/x&y.csv",
  ])("makes the upload of %j", async (name) => {
    const folder = scratch();
    mkdirSync(join(folder, "sub folder"));
    writeFileSync(join(folder, name), `${HEAD}\n${GOOD}\n`);
    const script = [
      'firsthash() { "$NODE" "$BIN" "$@"; }',
      'said=$(firsthash inspect -- "$1")',
      `line=$(printf '%s\\n' "$said" | sed -n 's/^next *//p')`,
      'eval "$line --as-of 2026-11-20T12:00:00Z"',
    ].join("\n");
    const result = await runProgram("bash", ["-c", script, "bash", name], {
      cwd: folder,
      env: { NODE: process.execPath, BIN },
    });
    expect(result.stderr).toContain("1 of 1 row to upload.csv");
    expect(result.code).toBe(0);
    expect(existsSync(join(folder, "upload.csv"))).toBe(true);
    expect(existsSync(join(folder, "pwned"))).toBe(false);
    rmSync(folder, { recursive: true });
  });

  it("goes on by npx for who came by npx", async () => {
    const folder = scratch();
    writeFileSync(join(folder, "x.csv"), `${HEAD}\n${GOOD}\n`);
    const { stdout } = await runProgram(process.execPath, [BIN, "inspect", "x.csv"], {
      cwd: folder,
      env: { npm_command: "exec" },
    });
    expect(stdout).toMatch(/^next +npx firsthash prepare --conversions x\.csv -o upload\.csv$/m);
  });
});
