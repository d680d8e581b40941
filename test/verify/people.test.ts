/** `verify --against`: whose the digests of a row are, and which reading of a number they are of. */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { VerifyOptions } from "../../src/verify/options.ts";
import { renderVerification } from "../../src/verify/report.ts";
import { firsthash, ROOT, SAMPLE_ARGS, scratch } from "../helpers/run.ts";
import { warmFirsthash } from "../helpers/warm.ts";
import { bulk, bulkLine, EMAIL, EMAIL_2, PHONE, places, verifyText } from "./helpers.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const csv = (...lines: string[]) => [Buffer.from(`${lines.join("\n")}\n`)];

/** Two people, of example numbers that are reserved for fiction. */
const PHONE_2 = sha256("+14255550100");
const TWO = ["Email,Phone", "john@contoso.com,+14255551234", "test@contoso.com,+14255550100"];

const next = (report: Parameters<typeof renderVerification>[0]) =>
  renderVerification(report).at(-1)?.trim() ?? "";

describe("a row with both digests", () => {
  const rows = [
    bulkLine(),
    bulkLine({ email: EMAIL_2, phone: PHONE, name: "Second" }),
    bulkLine({ email: EMAIL_2, phone: PHONE_2, name: "Third" }),
    bulkLine({ email: EMAIL_2, phone: "", name: "Fourth" }),
  ];

  it("must have those of one contact", async () => {
    const options = { against: csv(...TWO), country: "US" };
    expect(await places(bulk(...rows), options)).toEqual(["digests-of-two-people@4"]);
    const report = await verifyText(bulk(...rows), options);
    expect(report.against).toMatchObject({
      email: { right: 4 },
      phone: { right: 3 },
      together: { rows: 3, apart: 1 },
    });
    expect(report.ok).toBe(false);
    expect(next(report)).toMatch(/^next +do not upload this file: it names wrong people/);
  });

  it("may have them from two rows of one contact, which its id tells", async () => {
    const contacts = csv("Contact ID,Email,Phone", "7,john@contoso.com,", "7,,+14255551234");
    expect(await places(bulk(bulkLine()), { against: contacts })).toEqual([]);
    const unnamed = csv("No.,Email,Phone", "7,john@contoso.com,", "7,,+14255551234");
    expect(await places(bulk(bulkLine()), { against: unnamed })).toEqual([
      "digests-of-two-people@3",
    ]);
    const again = csv("No.,Email,Phone", "7,john@contoso.com,", "7,,+14255551234");
    expect(await places(bulk(bulkLine()), { against: again, key: "No." })).toEqual([]);
  });

  it("is not judged where a digest is nobody's", async () => {
    const report = await verifyText(bulk(bulkLine({ phone: sha256("salted") }), bulkLine()), {
      against: csv(...TWO),
    });
    expect(report.against?.together).toEqual({ rows: 1, apart: 0 });
    expect(next(report)).not.toContain("upload it");
  });

  it("is told apart also where the tool hashed in a known wrong way", async () => {
    const wrong = bulkLine({ email: sha256("test@contoso.com\n"), phone: PHONE });
    expect(await places(bulk(wrong), { against: csv(...TWO) })).toContain(
      "digests-of-two-people@3",
    );
  });

  it("that many contacts share is one person's where one of them has both", async () => {
    const shared = Array.from({ length: 300 }, (_, i) => `office@example.com,+1425555${1000 + i}`);
    const email = sha256("office@example.com");
    const lines = Array.from({ length: 300 }, (_, i) =>
      bulkLine({ email, phone: sha256(`+1425555${1000 + i}`), name: `Lead ${i}` }),
    );
    const stranger = bulkLine({ email, phone: PHONE_2, name: "Other" });
    const report = await verifyText(bulk(...lines, stranger), {
      against: csv("Email,Phone", ...shared, "test@contoso.com,+14255550100"),
    });
    expect(report.against?.together).toEqual({ rows: 301, apart: 1 });
  });
});

describe("a row and its conversion", () => {
  const contacts = () =>
    csv("Contact ID,Email,Phone", "A,john@contoso.com,+14255551234", "B,test@contoso.com,");
  const conversions = (...rows: string[]) =>
    csv("Contact ID,Conversion Name,Conversion Time", ...rows);
  const TIME = "2026-11-18T18:50:54Z";
  const row = (email: string, changes: Parameters<typeof bulkLine>[0] = {}) =>
    bulkLine({ email, phone: "", ...changes });
  const check = (lines: string[], rows: string[], options: VerifyOptions = {}) =>
    verifyText(bulk(...lines), {
      against: contacts(),
      conversions: conversions(...rows),
      key: "Contact ID",
      ...options,
    });

  it("must be of one person", async () => {
    const report = await check(
      [row(EMAIL, { client: "row-2" }), row(EMAIL, { client: "row-3", name: "Won" })],
      [`A,Lead closed,${TIME}`, `B,Won,${TIME}`],
    );
    expect(report.against?.persons).toEqual({
      file: "conversions",
      ...{ rows: 2, right: 1, shared: 0, other: 1, unknown: 0, untraced: 0 },
    });
    expect(report.findings).toMatchObject([
      { code: "person-other", count: 1, places: [{ line: 4 }] },
    ]);
    expect(next(report)).toContain("do not upload this file: it names wrong people");
    const text = renderVerification(report).join("\n");
    expect(text).toContain(
      "persons      2 rows by conversions: 1 with their own person's digests, 1 with somebody else's",
    );
  });

  it("are told by the client id where name and time are those of several", async () => {
    const rows = [`A,Lead closed,${TIME}`, `B,Lead closed,${TIME}`];
    const swapped = [row(EMAIL_2, { client: "row-2" }), row(EMAIL, { client: "row-3" })];
    expect((await check(swapped, rows)).against?.persons).toMatchObject({ right: 0, other: 2 });
    const right = [row(EMAIL, { client: "row-2" }), row(EMAIL_2, { client: "row-3" })];
    expect((await check(right, rows)).against?.persons).toMatchObject({ right: 2, other: 0 });
    // Without it either person will do, and a third will not.
    const without = swapped.map((line) => line.replace(/row-\d/, ""));
    const report = await check(without, rows);
    expect(report.against?.persons).toMatchObject({ right: 2, shared: 2, other: 0 });
    expect(report.findings).toMatchObject([
      { code: "person-shared", severity: "warning", count: 2 },
    ]);
    expect(next(report)).toMatch(/do not upload before you know/);
  });

  it("are told by name and time where the conversions were sorted anew", async () => {
    const rows = [`B,Won,${TIME}`, `A,Lead closed,${TIME}`];
    const lines = [row(EMAIL, { client: "row-2" }), row(EMAIL_2, { client: "row-3", name: "Won" })];
    expect((await check(lines, rows)).against?.persons).toMatchObject({ right: 2, other: 0 });
  });

  it("are somebody else's where the conversion's key is no contact's", async () => {
    const report = await check([row(EMAIL)], [`C,Lead closed,${TIME}`]);
    expect(report.against?.persons).toMatchObject({ rows: 1, other: 1 });
  });

  it("are not checked where there is no such conversion, and that is said", async () => {
    const report = await check([row(EMAIL)], [`A,Another,${TIME}`]);
    expect(report.against?.persons).toMatchObject({ rows: 1, right: 0, other: 0, unknown: 1 });
    expect(report.findings).toMatchObject([{ code: "conversion-unknown", severity: "warning" }]);
    expect(next(report)).toMatch(/do not upload before you know/);
  });

  it("are read in the zone and by the goal of the run", async () => {
    const rows = { conversions: csv("Contact ID,Closed", "A,2026-11-18 13:50:54") };
    const options = {
      ...rows,
      ...{ timeZone: "America/New_York", goal: "Lead closed", columns: { time: "Closed" } },
    };
    expect((await check([row(EMAIL)], [], options)).against?.persons).toMatchObject({ right: 1 });
  });

  it("need the contacts, and options that need the conversions say so", async () => {
    const open = verifyText(bulk(row(EMAIL)), { conversions: conversions() });
    await expect(open).rejects.toThrow("`conversions` is about the contacts");
    const zone = verifyText(bulk(row(EMAIL)), { against: contacts(), timeZone: "UTC" });
    await expect(zone).rejects.toThrow("`timeZone` is about the conversions");
  });
});

describe("a number that can be read in two ways", () => {
  const file = (text: string) => bulk(bulkLine({ email: "", phone: sha256(text) }));
  const against = (cell: string, options: VerifyOptions = {}) => ({
    against: csv("Phone", cell),
    country: "DE",
    ...options,
  });

  it("is wrong in the reading that the rules do not take: a plus that a spreadsheet dropped", async () => {
    const right = await verifyText(file("+491711234567"), against("491711234567"));
    expect(right.against?.phone).toMatchObject({ right: 1, wrong: 0 });
    const wrong = await verifyText(file("+49491711234567"), against("49 171 1234567"));
    expect(wrong.against?.phone).toMatchObject({ right: 0, wrong: 1, likely: "national-reading" });
    expect(wrong.ok).toBe(false);
  });

  it.each([
    ["+4933612345678", { national: 1, international: 0 }],
    ["+33612345678", { national: 0, international: 1 }],
  ])(
    "is open where the rules refuse it, and the file's reading is named: %s",
    async (text, open) => {
      const report = await verifyText(file(text), against("33612345678"));
      expect(report.against?.phone).toEqual({
        ...{ rows: 1, right: 0, open, wrong: 0, unknown: 0, mistakes: [] },
      });
      expect(report.findings.map(({ code }) => code)).toEqual(["digests-open"]);
      expect(next(report)).not.toMatch(/: upload it|then upload/);
      const lines = renderVerification(report).join("\n");
      expect(lines).toContain(
        open.national === 1
          ? "the file holds 1 as numbers of the country, 0 with a + in front"
          : "the file holds 0 as numbers of the country, 1 with a + in front",
      );
    },
  );

  it("is right or wrong where the user knows the column", async () => {
    const national = against("33612345678", { phoneWithoutPlus: "national" });
    expect((await verifyText(file("+4933612345678"), national)).against?.phone).toMatchObject({
      right: 1,
    });
    const other = against("33612345678", { phoneWithoutPlus: "national" });
    const report = await verifyText(file("+33612345678"), other);
    expect(report.against?.phone).toMatchObject({ right: 0, wrong: 1 });
    expect(report.against?.phone.mistakes[0]?.code).toBe("international-reading");
  });
});

describe("firsthash verify --against --conversions", () => {
  let folder: string;
  const at = (name: string) => join(folder, name);
  const contacts = join(ROOT, "samples/contacts.csv");
  const conversions = join(ROOT, "samples/conversions.csv");
  const rest = SAMPLE_ARGS.slice(1).filter((arg, i, all) => {
    const files = ["--contacts", "--conversions"];
    return !files.includes(arg) && !files.includes(all[i - 1] ?? "");
  });
  // A process of its own: what another run has loaded is not there.
  const verify = (...args: string[]) =>
    firsthash(["verify", ...args, "--against", contacts, "--conversions", conversions, ...rest]);

  beforeAll(async () => {
    folder = scratch();
    const made = await warmFirsthash([...SAMPLE_ARGS, "-o", at("upload.csv")]);
    expect(made.code).toBe(0);
  });

  it("finds every row of prepare with its own person", async () => {
    const { code, stdout } = await verify(at("upload.csv"));
    expect(stdout).toMatch(/^persons +19 rows by .*: 19 with their own person's digests, 0 with/m);
    expect(code).toBe(0);
  });

  it("finds rows that were shifted against their people", async () => {
    const [head = "", version = "", ...rows] = readFileSync(at("upload.csv"), "utf8")
      .trimEnd()
      .split("\r\n");
    const cells = rows.map((row) => row.split(","));
    const columns = head.split(",");
    const moved = ["Hashed Email Address", "Hashed Phone Number"].map((name) =>
      columns.indexOf(name),
    );
    const shifted = cells.map((row, i) =>
      row.map((cell, column) =>
        moved.includes(column) ? (cells[(i + 1) % cells.length]?.[column] ?? "") : cell,
      ),
    );
    const lines = [head, version, ...shifted.map((row) => row.join(","))];
    writeFileSync(at("shifted.csv"), `${lines.join("\r\n")}\r\n`);
    const { code, stdout } = await verify(at("shifted.csv"));
    expect(code).toBe(1);
    const [, other = ""] = /, (\d+) with somebody else's/.exec(stdout) ?? [];
    expect(Number(other)).toBeGreaterThan(12);
    expect(stdout).toContain("[person-other]");
    expect(stdout).toMatch(/next +do not upload this file: it names wrong people/);
  });
});
