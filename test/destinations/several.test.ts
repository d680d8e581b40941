/** Several destinations in one run: each file as in a run of its own, each with its own counts. */
import { Buffer } from "node:buffer";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { PrepareOptions } from "../../src/prepare/options.ts";
import { prepare } from "../../src/prepare/prepare.ts";
import { SAMPLE_ARGS, SAMPLES, scratch } from "../helpers/run.ts";
import { warmFirsthash } from "../helpers/warm.ts";

const ALL = ["microsoft-bulk", "microsoft-import", "adobe", "microsoft-api"] as const;

const FROM_SAMPLES = {
  contacts: join(SAMPLES, "contacts.csv"),
  conversions: join(SAMPLES, "conversions.csv"),
  key: "Contact ID",
  country: "US",
  timeZone: "America/New_York",
  asOf: "2026-11-20T12:00:00Z",
  maxRefused: 20,
} as const satisfies Partial<PrepareOptions>;

/** Bytes that come once, and how often they were asked for. */
function countedStream(path: string) {
  const counted = {
    times: 0,
    bytes: 0,
    async *[Symbol.asyncIterator]() {
      counted.times++;
      const all = readFileSync(path);
      for (let at = 0; at < all.length; at += 100) {
        const chunk = all.subarray(at, at + 100);
        counted.bytes += chunk.length;
        yield chunk;
      }
    },
  };
  return counted;
}

describe("several destinations", () => {
  it("get the bytes that each gets alone, from inputs that are read once", async () => {
    const folder = scratch();
    const contacts = countedStream(FROM_SAMPLES.contacts);
    const conversions = countedStream(FROM_SAMPLES.conversions);
    const together = await prepare({
      ...FROM_SAMPLES,
      contacts,
      conversions,
      to: ALL,
      output: join(folder, "{to}.{extension}"),
    });
    expect(together.destinations.map(({ destination }) => destination)).toEqual([...ALL]);
    expect(contacts).toMatchObject({ times: 1, bytes: readFileSync(FROM_SAMPLES.contacts).length });
    expect(conversions).toMatchObject({
      times: 1,
      bytes: readFileSync(FROM_SAMPLES.conversions).length,
    });
    expect(readdirSync(folder)).toHaveLength(ALL.length);
    for (const [index, to] of ALL.entries()) {
      const file = together.destinations[index]?.files[0]?.file ?? "";
      const alone = join(scratch(), file.slice(folder.length + 1));
      const report = await prepare({ ...FROM_SAMPLES, to, output: alone });
      expect(readFileSync(file).equals(readFileSync(alone)), to).toBe(true);
      const { files: _, ...counts } = together.destinations[index] ?? { files: [] };
      const { files: __, ...countsAlone } = report.destinations[0] ?? { files: [] };
      expect(counts).toEqual(countsAlone);
    }
  });

  const SALE = { "Conversion Name": "Sale", "Conversion Time": "2026-11-19T10:00:00Z" };
  const CLICK = "f894f652ea334e739002f7167ab8f8e3";
  const ROWS = [
    { ...SALE, Email: "ann@example.com", "Conversion Value": "1", MSCLKID: "" },
    // Adobe requires a value.
    { ...SALE, Email: "bob@example.com", "Conversion Value": "", MSCLKID: "" },
    // Adobe's columns of 2026-05 have no click id.
    { ...SALE, Email: "", "Conversion Value": "3", MSCLKID: CLICK },
    // A spreadsheet would take it for a formula, so it goes into no CSV that people open in one.
    {
      ...SALE,
      "Conversion Name": "=sale",
      Email: "cat@example.com",
      "Conversion Value": "4",
      MSCLKID: "",
    },
    { ...SALE, Email: "nobody", "Conversion Value": "5", MSCLKID: "" },
  ];

  it("say each for itself which rows they take, and the rows of each add up", async () => {
    const report = await prepare({
      conversions: ROWS,
      asOf: FROM_SAMPLES.asOf,
      to: ALL,
      maxRefused: 100,
      dryRun: true,
    });
    const ends = Object.fromEntries(
      report.destinations.map(({ destination, rows, reasons, warnings }) => [
        destination,
        {
          written: rows.written,
          left: Object.fromEntries(reasons.map(({ code, lines }) => [code, lines])),
          warned: Object.fromEntries(warnings.map(({ code, lines }) => [code, lines])),
        },
      ]),
    );
    expect(ends).toEqual({
      "microsoft-bulk": {
        written: 4,
        left: { "no-identifier": [6] },
        warned: { "click-id-only": [4], "starts-like-formula": [5] },
      },
      "microsoft-import": {
        written: 3,
        left: { "no-identifier": [6], "starts-like-formula": [5] },
        warned: { "click-id-only": [4] },
      },
      // A dry run makes the first form of a destination: Adobe's is a workbook, which carries any name.
      adobe: {
        written: 2,
        left: { "click-id-not-in-layout": [4], "no-identifier": [6], "value-missing": [3] },
        warned: {},
      },
      "microsoft-api": {
        written: 4,
        left: { "no-identifier": [6] },
        warned: { "click-id-only": [4] },
      },
    });
    for (const { rows } of report.destinations) {
      const { read, written, duplicate, refused, unmatched, excluded } = rows;
      expect(read).toBe(ROWS.length);
      expect(written + duplicate + refused + unmatched + excluded).toBe(read);
    }
  });

  it("stand each for itself: one that refuses too much leaves the others' files whole", async () => {
    const folder = scratch();
    const report = await prepare({
      conversions: ROWS,
      asOf: FROM_SAMPLES.asOf,
      to: ["adobe", "microsoft-bulk"],
      maxRefused: 10,
      output: join(folder, "{to}.csv"),
    });
    expect(report.ok).toBe(false);
    expect(report.destinations.map(({ published }) => published)).toEqual([false, true]);
    expect(report.problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^adobe: 3 of 5 rows \(60 %\) were refused, more than 10 %; nothing was written$/,
      ),
    ]);
    expect(readdirSync(folder)).toEqual(["microsoft-bulk.csv"]);
    expect(readFileSync(join(folder, "microsoft-bulk.csv"), "utf8")).toContain("=sale");
  });

  it("leave nothing of any of them when the run fails on the way", async () => {
    const folder = scratch();
    async function* broken() {
      yield Buffer.from("Contact ID,Email\n1,a@example.com\n");
      throw Object.assign(new Error("gone"), { code: "EIO" });
    }
    const conversions = [{ "Contact ID": "1", ...SALE }];
    const run = prepare({
      conversions,
      contacts: broken(),
      asOf: FROM_SAMPLES.asOf,
      to: ALL,
      output: join(folder, "{to}.{extension}"),
    });
    await expect(run).rejects.toThrow(expect.objectContaining({ code: "input" }));
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("on the command line", () => {
  const args = [...SAMPLE_ARGS, "--to", "microsoft-bulk", "--to", "microsoft-import"];

  it("each destination is named with its file and its counts, and the exit code is that of the worst", async () => {
    const folder = scratch();
    const { code, stderr } = await warmFirsthash([
      ...args,
      "--to",
      "adobe",
      "-o",
      join(folder, "{to}.csv"),
    ]);
    expect(stderr).toMatch(/19 of 24 rows to .*microsoft-bulk\.csv \(microsoft-bulk, rules/);
    expect(stderr).toMatch(/19 of 24 rows to .*microsoft-import\.csv \(microsoft-import, rules/);
    expect(stderr).toMatch(/nothing \(18 of 24 rows could be; adobe, rules/);
    expect(stderr).toContain("error: adobe: 3 of 24 rows");
    expect(code).toBe(1);
    expect(readdirSync(folder).sort()).toEqual(["microsoft-bulk.csv", "microsoft-import.csv"]);
  });

  it.each([
    [
      ["-o", "upload.csv"],
      /upload\.csv: one output name for 2 destinations[\s\S]*hint: write \{to\}/,
    ],
    [["-o", "-"], /standard output takes one destination[\s\S]*hint: write to files/],
    [
      ["-o", "{to}.tsv"],
      /microsoft-import\.tsv: microsoft-import is not written under this extension/,
    ],
    [["-o", "{to}.csv", "--to", "microsoft-bulk"], /--to names a destination twice/],
    [["-o", "{to}.csv", "--to", "google"], /--to names no destination/],
    [["-o", "{to}.csv", "--layout", "sdk"], /--layout is none of microsoft-import/],
  ])("%j is a usage error, before anything is read", async (more, message) => {
    const folder = scratch();
    const { code, stderr } = await warmFirsthash(
      ["prepare", "--conversions", "nowhere.csv", ...args.slice(SAMPLE_ARGS.length), ...more],
      { cwd: folder },
    );
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
    expect(readdirSync(folder)).toEqual([]);
  });
});
