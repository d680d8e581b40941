/** `hash --per-key`: hashed anywhere, then one `prepare`, gives the bytes of one `prepare` of the plain files. */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { KeyCount } from "../../src/join/key-count.ts";
import { openTable } from "../../src/read/open.ts";
import { scratch } from "../helpers/run.ts";
import { people } from "../helpers/shards.ts";
import { warmFirsthash } from "../helpers/warm.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

let folder: string;
const run = (...args: string[]) => warmFirsthash(args, { cwd: folder });
const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const read = (name: string) => readFileSync(join(folder, name), "utf8");

const { header, rows, conversions } = people(2000, 7);
const HASH = ["--key", "Id", "--country", "US", "--column", "consent=OK", "--per-key"];
const PREPARE = [
  ...["--conversions", "conversions.csv", "--key", "Id", "--goal", "Sale", "--time-zone", "UTC"],
  ...["--as-of", "2026-11-20T12:00:00Z", "--force"],
];

beforeAll(() => {
  folder = scratch();
  write("conversions.csv", conversions);
});

describe("hash --per-key", () => {
  beforeAll(async () => {
    write("contacts.csv", header + rows.map(({ text }) => text).join(""));
    const flags = ["--country", "US", "--column", "consent=OK", "-o", "plain.csv"];
    const plain = await run("prepare", "--contacts", "contacts.csv", ...PREPARE, ...flags);
    expect(plain).toMatchObject({ code: 0 });
  });

  it.each([1, 2, 7])("of %i parts, parted by key, gives what one machine gives", async (parts) => {
    let digests = "";
    for (let part = 0; part < parts; part++) {
      // With seven parts one is empty: a header and no row.
      const mine = rows.filter(({ key }) => Number(key) % (parts === 7 ? 6 : parts) === part);
      if (mine.length === 0) continue;
      write("part.csv", header + mine.map(({ text }) => text).join(""));
      const hashed = await run("hash", "part.csv", ...HASH);
      expect(hashed).toMatchObject({ code: 0 });
      const [head, ...lines] = hashed.stdout.split(/(?<=\n)/);
      digests += digests === "" ? head + lines.join("") : lines.join("");
    }
    const keys = digests.split("\r\n").map((line) => line.split(",")[0]);
    expect(new Set(keys).size).toBe(keys.length);
    write("digests.csv", digests);
    const joined = await run(
      "prepare",
      "--contacts",
      "digests.csv",
      ...PREPARE,
      "-o",
      "joined.csv",
    );
    expect(joined).toMatchObject({ code: 0 });
    expect(read("joined.csv")).toBe(read("plain.csv"));
  });

  it("merges the rows of a key, drops what they contradict, and counts every row once", async () => {
    write(
      "small.csv",
      "Id,Email,Phone,OK\n1,ann@example.com,,yes\n1,,206-555-0101,yes\n2,bob@example.com,,yes\n" +
        "2,bobby@example.com,206-555-0102,yes\n3,carl@example.com,,yes\n3,carl@example.com,,no\n" +
        "4,dora@example.com,,yes\n4,dora2@example.com,,yes\n5,,,yes\n",
    );
    const { code, stdout, stderr } = await run("hash", "small.csv", ...HASH, "--json");
    expect(code).toBe(0);
    expect(stdout.split("\r\n").slice(1)).toEqual([
      `1,${sha256("ann@example.com")},${sha256("+12065550101")}`,
      `2,,${sha256("+12065550102")}`,
      "",
    ]);
    expect(JSON.parse(stderr)).toMatchObject({
      keys: { different: 4, repeated: 3, perKey: true },
      rows: { read: 9, written: 2, duplicate: 3, unmatched: 2, excluded: 2, refused: 0 },
    });
    const last = await run("hash", "small.csv", ...HASH, "--on-conflict", "last");
    expect(last.stdout).toContain(`2,${sha256("bobby@example.com")},`);
  });

  it("is asked for by the report of a run without it", async () => {
    write("twice.csv", "Id,Email\n1,ann@example.com\n1,ann@example.com\n2,bob@example.com\n");
    const { stdout, stderr } = await run("hash", "twice.csv", "--key", "Id");
    expect(stdout.split("\r\n")).toHaveLength(5);
    expect(stderr).toMatch(/^keys +2 different, 1 of them in more than one row: .*--per-key/m);
    const merged = await run("hash", "twice.csv", "--key", "Id", "--per-key");
    expect(merged.stdout.split("\r\n")).toHaveLength(4);
    expect(merged.stderr).toMatch(/^duplicate +1 another row of the same key, merged/m);
  });

  it.each([
    [["--per-key"], "--per-key needs a key"],
    [["--key", "Id", "--on-conflict", "first"], "--on-conflict is about rows of one key"],
  ])("refuses %j", async (flags, says) => {
    write("one.csv", "Id,Email\n1,ann@example.com\n");
    const { code, stdout, stderr } = await run("hash", "one.csv", ...flags);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(says);
  });
});

describe("KeyCount", () => {
  it("counts keys as a set of them does", async () => {
    const keys = Array.from({ length: 60_000 }, (_, i) => `k-${(i * 7919) % 40_000}`);
    const bytes = new TextEncoder().encode(`Id,Email\n${keys.map((key) => `${key},\n`).join("")}`);
    const table = await openTable(new Blob([bytes]).stream(), "keys.csv", { repeatable: false });
    const count = new KeyCount();
    for await (const batch of table.rows([0])) {
      for (let row = 0; row < batch.length; row++) count.addCell(batch, row, 0);
    }
    await table.close();
    const seen = new Map<string, number>();
    for (const key of keys) seen.set(key, (seen.get(key) ?? 0) + 1);
    const again = [...seen.values()].filter((rows) => rows > 1).length;
    expect([count.different, count.repeated]).toEqual([seen.size, again]);
  });
});
