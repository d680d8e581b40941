/** `hash`: contacts in, key and digests out. Digests are those of sha256sum. */
import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { hashContacts } from "../../src/hash/hash-contacts.ts";
import { expectNoPlaintext } from "../../src/testing/testing.ts";
import { SAMPLES, scratch } from "../helpers/run.ts";
import { warmFirsthash } from "../helpers/warm.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const ANN = sha256("ann@example.com");
const BOB = sha256("bob@example.com");
const PHONE = sha256("+12065550101");

const CONTACTS =
  "Contact ID,Email,Phone,OK\n" +
  "a1, Ann@Example.com ,(206) 555-0101,yes\n" +
  'b2,bob@example.com,,yes\n"c,3",,206-555-0101,no\nd4,none,n/a,yes\n';
const CELLS = ["Ann@Example.com", "bob@example.com", "(206) 555-0101", "206-555-0101"];

let folder: string;
const path = (name: string) => join(folder, name);
const write = (name: string, text: string) => writeFileSync(path(name), text);
const hash = (args: readonly string[], input?: string) =>
  warmFirsthash(["hash", ...args], { cwd: folder, ...(input !== undefined && { input }) });
const KEYED = ["contacts.csv", "--key", "Contact ID", "--country", "US"];

beforeEach(() => {
  folder = scratch();
  write("contacts.csv", CONTACTS);
});

describe("firsthash hash", () => {
  it("writes key and digests to stdout, and the summary to stderr", async () => {
    const { code, stdout, stderr } = await hash(KEYED);
    expect(code).toBe(0);
    expect(stdout).toBe(
      "Contact ID,hashed_email,hashed_phone\r\n" +
        `a1,${ANN},${PHONE}\r\nb2,${BOB},\r\n"c,3",,${PHONE}\r\n`,
    );
    expect(stderr).toMatch(
      /^written +3 of 4 rows to stdout \(rules microsoft-2026-11 and e164-2026-11\)$/m,
    );
    expect(stderr).toMatch(/^unmatched +1 no usable .* \(line 5\)$/m);
    expectNoPlaintext(stdout + stderr, CELLS);
  });

  it.each([["-"], []])(
    "is a filter: reads stdin (%s) and writes line numbers without a key",
    async (...file) => {
      const { code, stdout } = await hash([...file, "--country", "US"], CONTACTS);
      expect(code).toBe(0);
      expect(stdout).toBe(
        `row,hashed_email,hashed_phone\r\n2,${ANN},${PHONE}\r\n3,${BOB},\r\n4,,${PHONE}\r\n`,
      );
    },
  );

  it("writes a file of mode 0600 in one step, and never over another without --force", async () => {
    const first = await hash([...KEYED, "-o", "hashed.csv", "--json"]);
    expect(first.code).toBe(0);
    expect(statSync(path("hashed.csv")).mode & 0o777).toBe(0o600);
    const bytes = readFileSync(path("hashed.csv"));
    expect(JSON.parse(first.stdout)).toMatchObject({
      schema: "firsthash.hash/1",
      ok: true,
      rows: { read: 4, written: 3, refused: 0, unmatched: 1, excluded: 0, duplicate: 0 },
      files: [
        {
          file: "hashed.csv",
          rows: 3,
          bytes: bytes.length,
          sha256: createHash("sha256").update(bytes).digest("hex"),
        },
      ],
    });
    expect(await hash([...KEYED, "-o", "hashed.csv"])).toMatchObject({ code: 4 });
    expect(await hash([...KEYED, "-o", "hashed.csv", "--force"])).toMatchObject({ code: 0 });
    expect(readdirSync(folder).sort()).toEqual(["contacts.csv", "hashed.csv"]);
  });

  it("leaves out who did not consent, also in the other rows of the person", async () => {
    write("contacts.csv", `${CONTACTS}a1,ann2@example.com,,no\n`);
    const flags = [...KEYED, "--column", "consent=OK"];
    for (const input of [undefined, readFileSync(path("contacts.csv"), "utf8")]) {
      const args = input === undefined ? flags : flags.slice(1);
      const { code, stdout, stderr } = await hash(args, input);
      expect(code).toBe(0);
      expect(stdout).toBe(`Contact ID,hashed_email,hashed_phone\r\nb2,${BOB},\r\n`);
      expect(stderr).toMatch(/^excluded +3 no consent/m);
    }
  });

  it("hashes by the rule set that is asked for", async () => {
    write("contacts.csv", "Contact ID,Email\n1,jane.doe+x@contoso.com\n");
    const google = await hash([...KEYED, "--rules", "google-2026-11"]);
    expect(google.stdout).toContain(sha256("jane.doe+x@contoso.com"));
    expect((await hash(KEYED)).stdout).toContain(sha256("janedoe@contoso.com"));
  });

  it("refuses keys that look personal or are the row's own, and counts them", async () => {
    write(
      "contacts.csv",
      "Ref,Email,Phone\n" +
        "ann@example.com,ann@example.com,\n" +
        "x-1,bob@example.com,\n" +
        "(206) 555-0101,carl@example.com,\n" +
        "2065550102,dora@example.com,+1 206 555 0102\n" +
        ",eve@example.com,\n",
    );
    const { code, stdout, stderr } = await hash([
      "contacts.csv",
      "--key",
      "Ref",
      "--max-refused",
      "100",
    ]);
    expect(code).toBe(0);
    expect(stdout).toBe(`Ref,hashed_email,hashed_phone\r\nx-1,${BOB},\r\n`);
    expect(stderr).toMatch(/^refused +3 the key looks like .* \(lines 2, 4, 5\)$/m);
    expect(stderr).toMatch(/^unmatched +1 the join key is empty/m);
  });

  it("writes nothing when a column of bare digits turns out to hold phone numbers", async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `42555501${10 + i},p${i}@example.com`);
    write("contacts.csv", `Ref,Email\n${rows.join("\n")}\n(425) 555-0199,q@example.com\n`);
    const { code, stdout, stderr } = await hash(["contacts.csv", "--key", "Ref"]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("column Ref holds phone numbers in bare digits");
  });

  it("writes nothing when too many rows are refused", async () => {
    write("contacts.csv", "Id,Email\n1,ann@example.com\n2\n");
    const { code, stdout, stderr } = await hash(["contacts.csv", "-o", "out.csv"]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("1 of 2 rows (50 %) were refused");
    expect(readdirSync(folder)).toEqual(["contacts.csv"]);
  });

  it("writes nothing in a dry run", async () => {
    const { code, stdout, stderr } = await hash([...KEYED, "--dry-run"]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(stderr).toContain("3 of 4 rows would be written");
  });

  it.each([
    [
      "a key that is the e-mail column",
      ["contacts.csv", "--key", "Email"],
      2,
      "--key: column 2 of contacts.csv holds e-mail addresses",
    ],
    [
      "a key that is not there",
      ["contacts.csv", "--key", "Contct ID"],
      2,
      'did you mean "Contact ID"',
    ],
    ["a field of conversions", ["contacts.csv", "--column", "time=OK"], 2, "hashed-email"],
    ["an output of another kind", ["contacts.csv", "-o", "out.xlsx"], 2, ".csv"],
    [
      "an output that is the input",
      ["contacts.csv", "-o", "contacts.csv", "--force"],
      2,
      "also an input",
    ],
    [
      "a report that is the input",
      ["contacts.csv", "--report", "linked.json", "--force"],
      2,
      "also an input",
    ],
    ["a missing file", ["nowhere.csv"], 3, "nowhere.csv"],
    ["two files", ["contacts.csv", "contacts.csv"], 2, "without a flag"],
    [
      "a rule set that is not there",
      ["contacts.csv", "--rules", "microsoft"],
      2,
      "microsoft-2026-11",
    ],
  ] as const)("refuses %s", async (_, args, code, says) => {
    if (!existsSync(path("linked.json"))) linkSync(path("contacts.csv"), path("linked.json"));
    const result = await hash(args);
    expect({ code: result.code, stdout: result.stdout }).toEqual({ code, stdout: "" });
    expect(result.stderr).toContain(says);
    expectNoPlaintext(result.stderr, CELLS);
    expect(readFileSync(path("contacts.csv"), "utf8")).toBe(CONTACTS);
  });

  it.skipIf(process.getuid?.() === 0)("says so when the folder cannot be written to", async () => {
    mkdirSync(path("locked"));
    chmodSync(path("locked"), 0o500);
    expect(await hash(["contacts.csv", "-o", "locked/out.csv"])).toMatchObject({ code: 4 });
  });
});

describe("hashContacts", () => {
  it("takes records", async () => {
    const contacts = [{ id: 7, email: "ann@example.com" }];
    const report = await hashContacts({ contacts, key: "id", dryRun: true });
    expect(report).toMatchObject({ ok: true, dryRun: true, published: false });
    expect(report.rows).toMatchObject({ read: 1, written: 1 });
  });

  it("counts every row once, on the samples", async () => {
    const { rows } = await hashContacts({
      contacts: join(SAMPLES, "contacts.csv"),
      country: "US",
      dryRun: true,
    });
    const { read, ...ends } = rows;
    expect(Object.values(ends).reduce((sum, count) => sum + count, 0)).toBe(read);
  });

  it("stops when told to, and leaves nothing", async () => {
    const { signal } = { signal: AbortSignal.abort() };
    const run = hashContacts({
      contacts: path("contacts.csv"),
      output: path("out.csv"),
      country: "US",
      signal,
    });
    await expect(run).rejects.toMatchObject({ code: "interrupted" });
    expect(readdirSync(folder)).toEqual(["contacts.csv"]);
  });

  it("needs an output or a dry run, and a rule set that there is", async () => {
    const contacts = path("contacts.csv");
    await expect(hashContacts({ contacts })).rejects.toMatchObject({ code: "usage" });
    const rules = "none" as "google-2026-11";
    await expect(hashContacts({ contacts, dryRun: true, rules })).rejects.toMatchObject({
      code: "usage",
    });
  });
});
