/** `firsthash verify`, run as a user runs it. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { SAMPLE_ARGS, scratch } from "../helpers/run.ts";
import { warmFirsthash } from "../helpers/warm.ts";
import { AS_OF, bulk, bulkLine } from "../verify/helpers.ts";

let folder: string;
const verify = (...args: string[]) => warmFirsthash(["verify", ...args, "--as-of", AS_OF]);

beforeAll(async () => {
  folder = scratch();
  const made = await warmFirsthash([...SAMPLE_ARGS, "-o", join(folder, "good.csv")]);
  expect(made.code).toBe(0);
  writeFileSync(join(folder, "bad.csv"), bulk(bulkLine({ email: "jane@example.com" })));
});

describe("firsthash verify", () => {
  it("says on standard output that nothing is wrong, and ends with 0", async () => {
    const { code, stdout, stderr } = await verify(join(folder, "good.csv"));
    expect(stdout).toMatch(/^file .*good\.csv \(utf-8 with BOM, comma, CRLF, [\d,]+ bytes\)\n/);
    expect(stdout).toContain("microsoft-bulk, layout documented");
    expect(stdout).toMatch(/next +nothing is wrong; look at the warnings, then upload\n$/);
    expect(stderr).toBe("");
    expect(code).toBe(0);
  });

  it("ends with 1 where something is wrong, and says where and what to do", async () => {
    const { code, stdout } = await verify(join(folder, "bad.csv"));
    expect(code).toBe(1);
    expect(stdout).toContain(
      "an e-mail address in plain text in a hash column: line 3, column Hashed Email Address [plaintext-email-in-hash-column]",
    );
    expect(stdout).toContain("do not upload or mail this file");
    expect(stdout).not.toContain("jane");
  });

  it("prints one JSON object with --json", async () => {
    const { code, stdout } = await verify(join(folder, "bad.csv"), "--json");
    expect(code).toBe(1);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({
      schema: "firsthash.verify/1",
      asOf: AS_OF,
      rows: 1,
      ok: false,
      findings: [
        {
          code: "plaintext-email-in-hash-column",
          severity: "error",
          count: 1,
          places: [{ line: 3, column: "Hashed Email Address" }],
        },
      ],
    });
    expect(stdout).not.toContain("jane");
  });

  it("prints nothing but the exit code with --quiet", async () => {
    const { code, stdout, stderr } = await verify(join(folder, "bad.csv"), "--quiet");
    expect([code, stdout, stderr]).toEqual([1, "", ""]);
  });

  it("reads standard input", async () => {
    const { code, stdout } = await warmFirsthash(["verify", "-", "--as-of", AS_OF], {
      input: bulk(bulkLine()),
    });
    expect(stdout).toMatch(/^file +stdin /);
    expect(code).toBe(0);
  });

  it("compares with the contacts, by the country given", async () => {
    const against = ["--against", "samples/contacts.csv", "--country", "US"];
    const { code, stdout } = await verify(join(folder, "good.csv"), ...against);
    expect(stdout).toMatch(/e-mail +(\d+) digests: \1 right, 0 wrong in a known way, 0 unknown/);
    expect(stdout).toMatch(/phone +(\d+) digests: \1 right, 0 wrong in a known way, 0 unknown/);
    expect(code).toBe(0);
  });

  it.each([
    [["nothing-there.csv"], 3, "there is no such file"],
    [["samples/contacts.csv"], 3, "is not an upload file we recognise"],
    [["samples/contacts.csv", "--to", "nowhere"], 2, "--to names no destination"],
    [["samples/contacts.csv", "--column", "email=Email"], 2, "--column is about the contacts"],
    [["-", "--against", "-"], 2, "cannot both be standard input"],
    [["samples/contacts.csv", "--against", "nothing-there.csv"], 3, "there is no such file"],
    [[], 2, ""],
  ])("refuses %j", async (args, expected, message) => {
    const { code, stdout, stderr } = await warmFirsthash(["verify", ...args]);
    expect(stderr).toContain(message);
    expect(stderr).toContain("firsthash: hint: ");
    expect(stdout).toBe("");
    expect(code).toBe(expected);
  });
});
