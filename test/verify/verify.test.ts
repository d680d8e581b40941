import { join } from "node:path";
import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { prepare } from "../../src/prepare/prepare.ts";
import { verify } from "../../src/verify/verify.ts";
import { SAMPLES, scratch } from "../helpers/run.ts";
import {
  AS_OF,
  BULK_HEADER,
  type BulkRow,
  bulk,
  bulkLine,
  CLICK_ID,
  codes,
  EMAIL,
  EMAIL_2,
  EMPTY,
  IMPORT_HEADER,
  IMPORT_LINE,
  imported,
  PHONE,
  places,
  VERSION_ROW,
  verifyText,
} from "./helpers.ts";

const PREPARE = {
  contacts: join(SAMPLES, "contacts.csv"),
  conversions: join(SAMPLES, "conversions.csv"),
  key: "Contact ID",
  country: "US",
  timeZone: "America/New_York",
  asOf: AS_OF,
} as const;

describe("our own files", () => {
  it.each([
    ["microsoft-bulk", "documented", "upload.csv"],
    ["microsoft-bulk", "sdk", "upload.csv"],
    ["microsoft-bulk", "documented", "upload.tsv"],
    ["microsoft-bulk", "documented", "upload.csv.zip"],
    ["microsoft-bulk", "documented", "upload.tsv.zip"],
    ["microsoft-import", "click-id-first", "upload.csv"],
    ["microsoft-import", "name-first", "upload.csv"],
    ["microsoft-import", "click-id-first", "upload.xlsx"],
    ["adobe", "2026-05", "upload.csv"],
    ["adobe", "2026-05", "upload.xlsx"],
    ["adobe", "2024-11", "upload.xlsx"],
    ["microsoft-api", "rest", "upload.jsonl"],
  ])("finds nothing wrong in %s, layout %s, written to %s", async (to, layout, name) => {
    const output = join(scratch(), name);
    const made = await prepare({ ...PREPARE, to, layout, output, maxRefused: 50 });
    const report = await verify(output, { asOf: AS_OF });
    expect(report.findings.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(report.ok).toBe(true);
    expect(report.rows).toBe(made.destinations[0]?.rows.written);
    // The columns of these two are the same: the first of the catalog is named, the other told.
    const same = to === "adobe" && layout === "2024-11";
    expect(report.recognized.destination).toBe(same ? "microsoft-import" : to);
    if (same) expect(report.recognized.alsoFits).toEqual(["adobe"]);
  });

  it("counts identifiers as prepare does", async () => {
    const chunks: Buffer[] = [];
    const output = new Writable({
      write(chunk, _encoding, done) {
        chunks.push(chunk);
        done();
      },
    });
    const made = await prepare({ ...PREPARE, output });
    const report = await verify(chunks, { asOf: AS_OF });
    expect(report.identifiers).toEqual({ ...made.destinations[0]?.identifiers, none: 0 });
  });
});

describe("a good file by hand", () => {
  it("has no finding at all", async () => {
    expect(await places(bulk(bulkLine(), bulkLine({ client: "row-4", email: EMAIL_2 })))).toEqual(
      [],
    );
    expect(await places(imported(IMPORT_LINE))).toEqual([]);
  });

  it("may have its columns in another order", async () => {
    const cut = (line: string) => {
      const cells = line.split(",");
      return [...cells.slice(0, 1), ...cells.slice(1).reverse()].join(",");
    };
    const file = [BULK_HEADER, VERSION_ROW, bulkLine()].map(cut).join("\r\n");
    expect(await places(`\ufeff${file}\r\n`)).toEqual([]);
  });

  it("may lack columns that are not required", async () => {
    const file = `Parameters:TimeZone=+0000,,\r\nConversion Name,Conversion Time,Hashed Email Address\r\nLead,2026-11-18 18:50:54,${EMAIL}\r\n`;
    const report = await verifyText(file);
    expect(report.recognized.destination).toBe("microsoft-import");
    expect(report.findings).toEqual([]);
  });

  it("may have the template's instructions above the header, other capitals, and a trailing comma", async () => {
    const file = `### INSTRUCTIONS ###,,,,,,,\r\n### TEMPLATE ###,,,,,,,\r\nParameters:TimeZone=EasternTimeUSCanada;,,,,,,,\r\n${IMPORT_HEADER.replace("ID", "Id")},\r\n${IMPORT_LINE},\r\n`;
    expect(await places(file)).toEqual(["header-case@4:Microsoft Click Id"]);
  });

  it("is read from a stream that gives a byte at a time", async () => {
    const text = Buffer.from(bulk(bulkLine({ phone: "+1 425 555 0199" })));
    async function* bytes() {
      for (const byte of text) yield Uint8Array.of(byte);
    }
    const report = await verify(bytes(), { asOf: AS_OF });
    expect(report.findings.map(({ code }) => code)).toEqual(["plaintext-phone-in-hash-column"]);
  });
});

describe("the structure", () => {
  const line = bulkLine();
  it.each<[string, string | Uint8Array, string[]]>([
    ["no byte order mark", bulk(line).slice(1), ["byte-order-mark-missing@1"]],
    [
      "a byte order mark before Parameters",
      `\ufeff${imported(IMPORT_LINE)}`,
      ["byte-order-mark-unexpected@1"],
    ],
    ["UTF-16", Buffer.from(bulk(line), "utf16le"), ["encoding-not-utf8@1"]],
    ["line ends of LF", bulk(line).replaceAll("\r", ""), ["line-end-lf"]],
    ["line ends of CR alone", bulk(line).replaceAll("\n", ""), ["line-end-lone-cr@1"]],
    ["line ends of both kinds", bulk(line).replace("\r", ""), ["line-ends-mixed"]],
    ["semicolons", bulk(line).replaceAll(",", ";"), ["delimiter-wrong@1"]],
    [
      "tabs in a file for the import",
      imported(IMPORT_LINE).replaceAll(",", "\t"),
      ["delimiter-wrong@2"],
    ],
    ["no version row", bulk(line).replace(`${VERSION_ROW}\r\n`, ""), ["version-row-missing@2"]],
    ["version 6", bulk(line).replace("6.0", "6"), ["version-wrong@2:Name"]],
    [
      "a version row below the data",
      `\ufeff${BULK_HEADER}\r\n${line}\r\n${VERSION_ROW}\r\n`,
      ["version-row-misplaced@3"],
    ],
    [
      "no Parameters row",
      imported(IMPORT_LINE).replace(/^.*\r\n/, ""),
      ["time-zone-missing@2:Conversion Time"],
    ],
    [
      "a Parameters row without a zone",
      imported(IMPORT_LINE).replace("+0000", ""),
      ["time-zone-missing@3:Conversion Time"],
    ],
    [
      "a zone with a colon",
      imported(IMPORT_LINE).replace("+0000", "+00:00"),
      ["time-zone-wrong@1"],
    ],
    [
      "a title above the header",
      `\ufeffMy upload\r\n${bulk(line).slice(1)}`,
      ["rows-above-header@1"],
    ],
    ["no row", bulk(), ["no-rows"]],
    ["a cell too many", bulk(`${line},more`), ["row-too-long@3"]],
    ["a cell too few", bulk(line.split(",").slice(0, -1).join(",")), ["row-too-short@3"]],
    [
      "another kind of record",
      bulk(line, "Campaign,Active"),
      ["row-too-short@4", "record-type-other@4"].sort(),
    ],
    [
      "a record of a result",
      bulk(line, bulkLine({ type: "Offline Conversion Error" })),
      ["result-file@4"],
    ],
    [
      "a column twice",
      `\ufeff${BULK_HEADER},Hashed Email Address\r\n${VERSION_ROW},\r\n${line},${EMAIL}\r\n`,
      ["header-duplicate@1:Hashed Email Address", "column-not-known@3:Hashed Email Address"],
    ],
    [
      "a column of one's own",
      imported(`${IMPORT_LINE},x`).replace(IMPORT_HEADER, `${IMPORT_HEADER},First Name`),
      ["column-not-known@3:First Name"],
    ],
    [
      "a column name with underscores",
      bulk(line).replace("Conversion Value", "Conversion_Value"),
      ["header-spelling@1:Conversion_Value"],
    ],
    [
      "no column for the time",
      bulk(line).replace("Conversion Time", ""),
      ["column-missing@1:Conversion Time", "column-not-known@3:9"],
    ],
    [
      "Type in another place",
      `\ufeffMine,${BULK_HEADER}\r\n,${VERSION_ROW}\r\nx,${line}\r\n`,
      ["type-not-first@1", "column-not-known@3:1"],
    ],
  ])("of a file with %s", async (_what, file, expected) => {
    expect((await places(file)).sort()).toEqual([...expected].sort());
  });

  it("counts rows against the limit of the destination", async () => {
    const lines = Array.from({ length: 100_001 }, (_, i) =>
      IMPORT_LINE.replace("10.5", String(i))
        .replace("Lead closed", `Lead ${i % 5}`)
        .replace(EMAIL, EMAIL.slice(5) + String(i % 90_000).padStart(5, "0"))
        .replace(PHONE, ""),
    );
    const { findings } = await verifyText(imported(...lines));
    expect(findings.find(({ code }) => code === "too-many-rows")?.count).toBe(100_001);
  });

  it("stops at a broken quote, says where, and keeps what it found before", async () => {
    const report = await verifyText(
      bulk(bulkLine({ email: "jane@example.com" }), bulkLine({ name: 'a"b' }), bulkLine()),
    );
    expect(report.unreadable).toBe(
      "input:4: a quote inside a cell that does not begin with a quote",
    );
    expect(report.findings.map(({ code }) => code)).toEqual([
      "plaintext-email-in-hash-column",
      "unreadable",
    ]);
    expect(report.ok).toBe(false);
  });
});

describe("a cell", () => {
  const upper = EMAIL.toUpperCase();
  it.each<[string, BulkRow, string | undefined]>([
    [
      "an address in the e-mail column",
      { email: "jane@example.com" },
      "plaintext-email-in-hash-column@3:Hashed Email Address",
    ],
    [
      "an address without a domain",
      { email: "jane@localhost" },
      "plaintext-email-in-hash-column@3:Hashed Email Address",
    ],
    [
      "a number in the phone column",
      { phone: "+14255550100" },
      "plaintext-phone-in-hash-column@3:Hashed Phone Number",
    ],
    [
      "bare digits in the phone column",
      { phone: "4255550100" },
      "plaintext-phone-in-hash-column@3:Hashed Phone Number",
    ],
    ["an address for a name", { name: "jane@example.com" }, "plaintext-email@3:Conversion Name"],
    [
      "a number inside a name",
      { name: "Call +1 425 555 0100 back" },
      "plaintext-phone@3:Conversion Name",
    ],
    ["an address for a client id", { client: "jane@example.com" }, "plaintext-email@3:Client Id"],
    ["a number for a client id", { client: "(425) 555-0100" }, "plaintext-phone@3:Client Id"],
    [
      "an address in a column that stays empty",
      { status: "jane@example.com" },
      "plaintext-email@3:Status",
    ],
    ["an address for a time", { time: "jane@example.com" }, "plaintext-email@3:Conversion Time"],
    ["an address for a value", { value: "jane@example.com" }, "plaintext-email@3:Conversion Value"],
    [
      "an address for a currency",
      { currency: "jane@example.com" },
      "plaintext-email@3:Conversion Currency Code",
    ],
    [
      "an address for a click id",
      { click: "jane@example.com" },
      "plaintext-email@3:Microsoft Click Id",
    ],
    ["an upper-case digest", { email: upper }, "hash-upper-case@3:Hashed Email Address"],
    ["a digest behind a space", { email: ` ${EMAIL}` }, "hash-blank@3:Hashed Email Address"],
    ["a space for a digest", { email: " " }, "hash-blank@3:Hashed Email Address"],
    [
      "a digest in base64",
      { email: "7IH+KreyGWdbq52Uz0Fvnxjj+HyX2lzKgsDwiRvEBgI=".slice(0, 44) },
      "hash-base64@3:Hashed Email Address",
    ],
    ["an MD5 digest", { email: EMAIL.slice(32) }, "hash-md5@3:Hashed Email Address"],
    ["a SHA-1 digest", { email: EMAIL.slice(24) }, "hash-sha1@3:Hashed Email Address"],
    ["a digest that was cut", { email: EMAIL.slice(1) }, "hash-length@3:Hashed Email Address"],
    ["a digest of SHA-512", { email: EMAIL + EMAIL }, "hash-length@3:Hashed Email Address"],
    ["null for a digest", { email: "null" }, "hash-of-text-nothing@3:Hashed Email Address"],
    ["a name for a digest", { email: "Ada" }, "hash-malformed@3:Hashed Email Address"],
    ["the digest of nothing", { phone: EMPTY }, "hash-of-nothing@3:Hashed Phone Number"],
    ["the same digest twice", { phone: EMAIL }, "digest-in-both-columns@3:Hashed Phone Number"],
    [
      "a time of the day's first form",
      { time: "2026-11-18 18:50:54" },
      "time-form-untried@3:Conversion Time",
    ],
    ["a 24-hour time", { time: "11/18/2026 18:50:54" }, undefined],
    [
      "a narrow space before PM",
      { time: "11/18/2026 6:50:54\u202fPM" },
      "time-form@3:Conversion Time",
    ],
    ["a time with an offset", { time: "2026-11-18T18:50:54+01:00" }, "time-form@3:Conversion Time"],
    ["day before month", { time: "18/11/2026 18:50:54" }, "time-unreadable@3:Conversion Time"],
    ["a date alone", { time: "11/18/2026" }, "time-missing@3:Conversion Time"],
    ["no time", { time: "" }, "time-absent@3:Conversion Time"],
    ["a time of 91 days ago", { time: "8/21/2026 11:59:59 AM" }, "time-too-old@3:Conversion Time"],
    [
      "a time of almost 90 days ago",
      { time: "8/22/2026 12:00:01 PM" },
      "time-near-limit@3:Conversion Time",
    ],
    ["a second from now", { time: "11/20/2026 12:00:01 PM" }, "time-in-future@3:Conversion Time"],
    [
      "half an hour ago",
      { time: "11/20/2026 11:30:00 AM" },
      "time-within-last-hour@3:Conversion Time",
    ],
    ["a decimal comma", { value: '"10,5"' }, "value-unreadable@3:Conversion Value"],
    ["thousands", { value: '"1,234.50"' }, "value-form@3:Conversion Value"],
    ["a dollar sign", { value: "$10" }, "value-form@3:Conversion Value"],
    ["a sign", { value: "-1" }, "value-negative@3:Conversion Value"],
    ["four decimals", { value: "1.2345" }, "value-too-precise@3:Conversion Value"],
    ["the largest value", { value: "999999999999" }, undefined],
    ["more than that", { value: "999999999999.5" }, "value-too-large@3:Conversion Value"],
    ["words for a value", { value: "ten" }, "value-unreadable@3:Conversion Value"],
    [
      "a currency in words",
      { currency: "Dollar" },
      "currency-malformed@3:Conversion Currency Code",
    ],
    [
      "a currency in lower case",
      { currency: "usd" },
      "currency-lower-case@3:Conversion Currency Code",
    ],
    [
      "a currency that is not listed",
      { currency: "TRY" },
      "currency-not-listed@3:Conversion Currency Code",
    ],
    [
      "a currency without a value",
      { value: "" },
      "currency-without-value@3:Conversion Currency Code",
    ],
    ["no name", { name: "" }, "name-missing@3:Conversion Name"],
    ["a long name", { name: "n".repeat(101) }, "name-too-long@3:Conversion Name"],
    ["a name in two lines", { name: '"a\nb"' }, "name-malformed@3:Conversion Name"],
    ["a name with a space behind", { name: "Lead " }, "name-outer-space@3:Conversion Name"],
    ["a formula for a name", { name: "=1+1" }, "starts-like-formula@3:Conversion Name"],
    ["a short click id", { click: "abc" }, "click-id-malformed@3:Microsoft Click Id"],
    [
      "a click id as a GUID",
      { click: "f894f652-ea33-4e73-9002-f7167ab8f8e3" },
      "click-id-form@3:Microsoft Click Id",
    ],
    ["a good click id", { click: CLICK_ID }, undefined],
    ["a long client id", { client: "c".repeat(101) }, "client-id-too-long@3:Client Id"],
    ["nothing that identifies", { email: "", phone: "" }, "no-identifier@3"],
    ["a click id alone", { email: "", phone: "", click: CLICK_ID }, undefined],
  ])("with %s", async (_what, changes, expected) => {
    const found = await places(bulk(bulkLine(changes)));
    const allowed = expected === undefined ? [] : [expected, "no-identifier@3"];
    if (expected !== undefined) expect(found).toContain(expected);
    expect(found.filter((place) => !allowed.includes(place))).toEqual([]);
  });

  it("takes bare digits for a phone number where the column says so, by name or by other cells", async () => {
    const header = IMPORT_HEADER.replace("Conversion Value", "Mobile Phone");
    const named = imported(IMPORT_LINE.replace("10.5", "4255550100")).replace(
      IMPORT_HEADER,
      header,
    );
    expect(await places(named)).toContain("plaintext-phone@3:Mobile Phone");
    const other = (cell: string) => IMPORT_LINE.replace("10.5", cell);
    const unnamed = (...cells: string[]) =>
      imported(...cells.map(other)).replace("Conversion Value", "Whatever");
    expect(await codes(unnamed("4255550100"))).not.toContain("plaintext-phone");
    expect(await places(unnamed("4255550100", "+1 425 555 0101"))).toContain("plaintext-phone@4:4");
  });
});

describe("rows together", () => {
  it("finds duplicates by Microsoft's key: click id, name, time and both digests", async () => {
    const same = bulkLine();
    const lines = [
      same,
      bulkLine({ client: "other", value: "99" }),
      bulkLine({ phone: "" }),
      bulkLine({ name: "Lead" }),
    ];
    expect(await places(bulk(...lines))).toEqual(["duplicate@4"]);
  });

  it("tells duplicates among times that are too old, too", async () => {
    const old = bulkLine({ time: "1/2/2020 1:00:00 AM" });
    expect(await codes(bulk(old, old, bulkLine({ time: "1/2/2020 1:00:01 AM" })))).toEqual([
      "time-too-old",
      "duplicate",
    ]);
  });

  it("finds one digest on suspiciously many rows, and says on how many", async () => {
    const digest = (i: number) => EMAIL.slice(6) + String(i).padStart(6, "0");
    const lines = Array.from({ length: 4000 }, (_, i) =>
      bulkLine({ name: `L${i}`, email: i % 10 === 0 ? EMAIL_2 : digest(i), phone: "" }),
    );
    const { findings } = await verifyText(bulk(...lines));
    expect(findings.map(({ code }) => code)).toEqual(["digest-on-many-rows"]);
    expect(findings[0]?.count).toBeGreaterThan(350);
    expect(findings[0]?.count).toBeLessThanOrEqual(400);
  });
});

describe("adjustments", () => {
  const header = `${BULK_HEADER},Adjustment Value,Adjustment Time,Adjustment Currency Code,Adjustment Type`;
  const file = (...ends: string[]) =>
    `\ufeff${header}\r\n${VERSION_ROW},,,,\r\n${ends.map((end, i) => `${bulkLine({ value: "", currency: "", name: `L${i}` })},${end}`).join("\r\n")}\r\n`;

  it("takes a Restate with a value and a Retract without", async () => {
    const report = await verifyText(
      file("7.25,11/19/2026 10:00:00 AM,USD,Restate", ",11/19/2026 10:00:00 AM,,Retract", ",,,"),
    );
    expect(report.findings).toEqual([]);
    expect(report.recognized.adjustments).toBe(true);
  });

  it.each([
    [",11/19/2026 10:00:00 AM,,Restate", "adjustment-value@3:Adjustment Value"],
    ["1,11/19/2026 10:00:00 AM,,Retract", "adjustment-value@3:Adjustment Value"],
    [",,,Retract", "adjustment-time@3:Adjustment Time"],
    [",11/18/2026 6:50:53 PM,,Retract", "adjustment-time@3:Adjustment Time"],
    [",11/19/2026 10:00:00 AM,,RETRACT", "adjustment-type@3:Adjustment Type"],
  ])("finds what is wrong with %s", async (end, expected) => {
    expect(await places(file(end))).toEqual([expected]);
  });
});

describe("request bodies", () => {
  const item = {
    ConversionName: "Lead",
    ConversionTime: "2026-11-18T18:50:54Z",
    ConversionValue: 10.5,
    ConversionCurrencyCode: "USD",
    HashedEmailAddress: EMAIL,
    HashedPhoneNumber: null,
    MicrosoftClickId: null,
  };
  const body = (...items: unknown[]) => `${JSON.stringify({ OfflineConversions: items })}\n`;

  it("are checked item by item", async () => {
    expect(await places(body(item))).toEqual([]);
    expect(await places(body(item) + body({ ...item, HashedPhoneNumber: "+14255550100" }))).toEqual(
      ["plaintext-phone-in-hash-column@2:HashedPhoneNumber"],
    );
    expect(await places(body({ ...item, ConversionTime: "2026-11-18 18:50:54" }))).toEqual([
      "time-form-untried@1:ConversionTime",
    ]);
  });

  it("have at most 1,000 items", async () => {
    const items = Array.from({ length: 1001 }, (_, i) => ({
      ...item,
      ConversionName: `L${i}`,
      HashedEmailAddress: EMAIL.slice(4) + String(i).padStart(4, "0"),
    }));
    expect(await places(body(...items))).toEqual(["too-many-items@1"]);
  });

  it("with plain text in a field of one's own, in a key, or in broken JSON are found out", async () => {
    expect(await places(body({ ...item, Email: "jane@example.com" }))).toContain(
      "plaintext-email@1:10",
    );
    expect(await codes(body({ ...item, "jane@example.com": 1 }))).toContain("plaintext-email");
    expect(await codes(`${body(item)}{"OfflineConversions":[{"Email":"jane@example.com"`)).toEqual([
      "plaintext-email",
      "body-malformed",
    ]);
  });
});

describe("files of no destination", () => {
  it("are checked for digests and plain text where they have a column of digests", async () => {
    const file = `Sale,Hashed Email,Phone SHA256,Notes\r\n1,${EMAIL},${PHONE},fine\r\n2,jane@example.com,,call +1 425 555 0100\r\n`;
    const report = await verifyText(file);
    expect(report.recognized).toEqual({ alsoFits: [] });
    expect(await places(file)).toEqual([
      "plaintext-email-in-hash-column@3:Hashed Email",
      "plaintext-phone@3:4",
      "layout-unknown@1",
    ]);
  });

  it("without a header are read from their first row, and no header is printed", async () => {
    const file = `jane@example.com,${EMAIL}\r\nx,${EMPTY}\r\n`;
    expect(await places(file)).toEqual([
      "plaintext-email@1:1",
      "header-missing@1",
      "hash-of-nothing@2:2",
      "layout-unknown",
    ]);
  });

  it("without a digest are no upload files", async () => {
    await expect(verifyText("Name,City\r\nJane,Berlin\r\n")).rejects.toMatchObject({
      code: "input",
    });
    await expect(verifyText("")).rejects.toMatchObject({ code: "input" });
    await expect(verifyText('{"a":1}')).rejects.toMatchObject({ code: "input" });
  });

  it("are held to a destination that is named", async () => {
    const file = `Conversion Name,Conversion Time,Notes\r\nLead,11/18/2026 6:50:54 PM,x\r\n`;
    expect(await codes(file, { to: "microsoft-bulk" })).toEqual(
      expect.arrayContaining([
        "column-missing",
        "byte-order-mark-missing",
        "version-row-missing",
        "no-identifier",
      ]),
    );
    await expect(verifyText(file, { to: "nowhere" })).rejects.toMatchObject({ code: "usage" });
  });
});

describe("files of other tools", () => {
  it("with the SDK's hundreds of columns are read by name, and their empty columns are fine", async () => {
    const blanks = Array.from({ length: 200 }, (_, i) => `Column ${i}`);
    const wide = (line: string, fill: readonly string[]) => {
      const [first = "", ...rest] = line.split(",");
      return [first, ...fill, ...rest].join(",");
    };
    const empty = blanks.map(() => "");
    const file = [wide(BULK_HEADER, blanks), wide(VERSION_ROW, empty), wide(bulkLine(), empty)];
    expect(await places(`\ufeff${file.join("\r\n")}\r\n`)).toEqual([]);
  });

  it("that are results are called so", async () => {
    const file = `# Read these instructions,,,,,,,\r\nParameters:TimeZone=+0000,,,,,,,\r\n${IMPORT_HEADER.replace("ID", "Id")},Status\r\n${IMPORT_LINE},Success\r\n`;
    const found = await codes(file);
    expect(found).toContain("result-file");
    expect(found).toContain("column-not-known");
  });
});
