import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { adjust } from "../../src/adjust/adjust.ts";
import { AS_OF, adjusted, CONVERSIONS, type Rows, sale, upload } from "./runs.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** A correction of order A-1 that is fine. */
const correction = (changes: Record<string, unknown> = {}) => ({
  "Order ID": "A-1",
  "Adjustment Type": "",
  "Adjustment Time": "2026-11-15T09:00:00Z",
  "Adjustment Value": "80",
  "Adjustment Currency": "",
  ...changes,
});

const ID = { id: "Order ID" };

describe("what is written", () => {
  it("repeats name, time and digests of the upload, and takes the new value", async () => {
    const original = await upload("bulk.csv");
    const { rows, report } = await adjusted(
      [
        correction(),
        correction({ "Order ID": "A-3", "Adjustment Type": "Cancelled", "Adjustment Value": "" }),
      ],
      { original, ...ID },
    );
    expect(rows).toEqual([
      expect.objectContaining({
        Type: "Offline Conversion",
        "Client Id": "row-2",
        "Conversion Name": "Sale",
        "Conversion Time": "11/10/2026 10:00:00 AM",
        "Conversion Value": "",
        "Conversion Currency Code": "",
        "Hashed Email Address": sha256("annlee@example.com"),
        "Hashed Phone Number": sha256("+12065550101"),
        "Adjustment Type": "Restate",
        "Adjustment Value": "80",
        // The conversion's currency: the goal's, which Microsoft would take, may be another.
        "Adjustment Currency Code": "EUR",
        "Adjustment Time": "11/15/2026 9:00:00 AM",
      }),
      expect.objectContaining({
        "Client Id": "row-3",
        "Conversion Time": "11/12/2026 12:00:00 PM",
        "Hashed Email Address": "",
        "Hashed Phone Number": sha256("+442079460105"),
        "Adjustment Type": "Retract",
        "Adjustment Value": "",
        "Adjustment Currency Code": "",
      }),
    ]);
    expect(report.ok).toBe(true);
    expect(report.inputs.map(({ role, rows }) => [role, rows])).toEqual([
      ["corrections", 2],
      ["original", 3],
    ]);
  });

  const forms = ["bulk.csv", "bulk.tsv", "bulk.zip", "bulk.tsv.zip"] as const;
  it.each(forms)(
    "is the same out of %s, and out of conversions that are read again",
    async (file) => {
      const corrections = [
        correction(),
        correction({ "Order ID": "A-2", "Adjustment Value": "1,5" }),
      ];
      const fromUpload = await adjusted(corrections, { original: await upload(file), ...ID });
      const again = await adjusted(corrections, { conversions: CONVERSIONS, ...ID });
      expect(fromUpload.rows).toHaveLength(2);
      expect(again.rows).toEqual(fromUpload.rows);
      expect(again.report.people?.from).toBe("conversions");
    },
  );

  it("is the same out of the layout of the SDKs", async () => {
    const sdk = await adjusted([correction()], {
      original: await upload("bulk.csv", { layout: "sdk" }),
      ...ID,
    });
    const documented = await adjusted([correction()], {
      original: await upload("bulk.csv"),
      ...ID,
    });
    expect(sdk.rows).toEqual(documented.rows);
  });

  const CONTENT = {
    "Conversion Name": "Sale",
    "Conversion Time": "2026-11-10T10:00:00Z",
    Email: "ann.lee+x@example.com",
  };
  it.each([
    ["microsoft-import", "import.csv"],
    ["microsoft-import", "import.xlsx"],
    ["microsoft-api", "bodies.jsonl"],
  ])(
    "takes an upload without ids (%s, %s), whose conversions are named by what they are",
    async (to, file) => {
      const original = await upload(file, { to });
      const { rows, left } = await adjusted(
        [
          { ...CONTENT, ...correction() },
          // Same time and name, another person: nobody's conversion is taken for another's.
          { ...CONTENT, ...correction(), Email: "bob@example.com" },
          { ...CONTENT, ...correction(), Email: "" },
          { ...CONTENT, ...correction(), "Conversion Time": "2026-11-10T10:00:01Z" },
        ],
        { original },
      );
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatchObject({
        "Hashed Email Address": sha256("annlee@example.com"),
        "Hashed Phone Number": sha256("+12065550101"),
        "Conversion Time": "11/10/2026 10:00:00 AM",
      });
      expect(left).toEqual({ "original-not-found": [3, 5], "original-unnamed": [4] });
    },
  );
});

describe("corrections that are left out", () => {
  const HUNDRED_DAYS_OLD = "2026-08-12T10:00:00Z";
  const cases: readonly (readonly [string, string, Record<string, unknown>])[] = [
    [
      "a Restate without a value",
      "adjustment-value-missing",
      { "Adjustment Type": "restate", "Adjustment Value": "" },
    ],
    ["neither a type nor a value", "adjustment-value-missing", { "Adjustment Value": "" }],
    // Error 5624 OfflineConversionAdjustmentValueNotExpected.
    ["a Retract with a value", "adjustment-value-unexpected", { "Adjustment Type": "refund" }],
    ["an unknown type", "adjustment-type-unknown", { "Adjustment Type": "lost" }],
    // Error 5619 OfflineConversionAdjustmentTimeNullOrEmpty.
    ["no time", "adjustment-time-missing", { "Adjustment Time": "n/a" }],
    // Error 5620.
    [
      "a time before the conversion",
      "adjustment-before-conversion",
      { "Adjustment Time": "2026-11-10T09:59:59Z" },
    ],
    [
      "a time before any that is taken",
      "adjustment-before-conversion",
      { "Adjustment Time": "2026-01-01T00:00:00Z" },
    ],
    // Error 5622 OfflineConversionFutureAdjustmentTimeCannotBeSet.
    ["a time in the future", "time-in-future", { "Adjustment Time": "2026-11-20T12:00:01Z" }],
    ["a date alone", "time-missing", { "Adjustment Time": "2026-11-15" }],
    ["a sign", "value-negative", { "Adjustment Value": "-20" }],
    ["four decimals", "value-too-precise", { "Adjustment Value": "1.2345" }],
    ["no currency code", "currency-malformed", { "Adjustment Currency": "crowns" }],
    ["a sign of another currency", "value-currency-differs", { "Adjustment Value": "£80" }],
    ["no id", "original-unnamed", { "Order ID": "" }],
    ["an id that nobody has", "original-not-found", { "Order ID": "A-9" }],
    ["an id in another case", "original-not-found", { "Order ID": "a-1" }],
  ];

  it.each(cases)("%s: %s", async (_what, reason, changes) => {
    const corrections = [correction(changes), correction({ "Order ID": "A-2" })];
    const { rows, left, report } = await adjusted(corrections, {
      original: await upload("bulk.csv"),
      ...ID,
    });
    expect(left).toEqual({ [reason]: [2] });
    expect(rows).toHaveLength(1);
    const { read, written, duplicate, refused, unmatched, excluded } = report.destinations[0]
      ?.rows ?? {
      read: -1,
      written: 0,
      duplicate: 0,
      refused: 0,
      unmatched: 0,
      excluded: 0,
    };
    expect(read).toBe(2);
    expect(written + duplicate + refused + unmatched + excluded).toBe(read);
  });

  it("takes an adjustment at the second of its conversion, and at the present second", async () => {
    const { rows } = await adjusted(
      [
        correction({ "Adjustment Time": "2026-11-10T10:00:00Z" }),
        correction({ "Adjustment Time": AS_OF }),
      ],
      { original: await upload("bulk.csv"), ...ID },
    );
    expect(rows).toHaveLength(2);
  });

  it("a conversion over 90 days old, from the upload as from the conversions", async () => {
    const rows: Rows = [
      {
        "Order ID": "A-1",
        Email: "ann@example.com",
        Phone: "",
        ...sale("10T10:00:00Z", 1),
        "Conversion Time": HUNDRED_DAYS_OLD,
      },
      { "Order ID": "A-2", Email: "bob@example.com", Phone: "", ...sale("11T11:00:00Z", 1) },
    ];
    const original = await upload("bulk.csv", { asOf: "2026-08-20T00:00:00Z" }, [
      rows[0] as Rows[number],
    ]);
    const corrections = [correction(), correction({ "Order ID": "A-2" })];
    const fromUpload = await adjusted(corrections, { original, ...ID });
    expect(fromUpload.left["original-too-old"]).toEqual([2]);
    const again = await adjusted(corrections, { conversions: rows, ...ID });
    expect(again.left).toEqual({ "original-too-old": [2] });
  });

  it("a conversion that cannot have been uploaded, because nothing identifies the person", async () => {
    const corrections = [correction({ "Order ID": "A-4" }), correction()];
    const { left } = await adjusted(corrections, { conversions: CONVERSIONS, ...ID });
    expect(left).toEqual({ "original-left-out": [2] });
  });

  it("an id that two conversions have, unless the two are one", async () => {
    const [first, second] = CONVERSIONS as [Rows[number], Rows[number]];
    const twice = await adjusted([correction()], { conversions: [first, first], ...ID });
    expect(twice.rows).toHaveLength(1);
    const two = await adjusted([correction()], {
      conversions: [first, { ...second, "Order ID": "A-1" }],
      ...ID,
    });
    expect(two.left).toEqual({ "original-ambiguous": [2] });
  });

  it("rows of the upload that were changed since", async () => {
    const path = await upload("bulk.csv");
    const text = readFileSync(path, "utf8")
      // As a spreadsheet saves it.
      .replace("11/10/2026 10:00:00 AM", "11/10/2026 10:00")
      .replace(sha256("bob@example.com"), "bob@example.com");
    writeFileSync(path, text);
    const corrections = ["A-1", "A-2", "A-3"].map((id) => correction({ "Order ID": id }));
    const { rows, left } = await adjusted(corrections, { original: path, ...ID });
    expect(left).toEqual({ "original-malformed": [2, 3] });
    expect(rows).toHaveLength(1);
  });
});

describe("several corrections of one conversion", () => {
  const run = async (changes: readonly Record<string, unknown>[]) =>
    adjusted(changes.map(correction), { original: await upload("bulk.csv"), ...ID });
  const at = (day: number) => ({ "Adjustment Time": `2026-11-${day}T09:00:00Z` });
  const retract = { "Adjustment Type": "retract", "Adjustment Value": "" };

  it("are written where they follow each other", async () => {
    const { rows } = await run([
      at(15),
      { ...at(16), "Adjustment Value": "60" },
      { ...at(17), ...retract },
    ]);
    expect(rows.map((row) => row["Adjustment Value"])).toEqual(["80", "60", ""]);
  });

  it("are duplicates where they are equal", async () => {
    const { rows, left } = await run([
      at(15),
      at(15),
      { ...at(16), ...retract },
      { ...at(16), ...retract },
    ]);
    expect(rows).toHaveLength(2);
    expect(left).toEqual({ duplicate: [3, 5] });
  });

  it("are all refused where they contradict each other", async () => {
    const { left, report } = await run([at(15), { ...at(15), "Adjustment Value": "70" }]);
    expect(left).toEqual({ "adjustment-contradicted": [2, 3] });
    expect(report.ok).toBe(false);
  });

  it("are refused after a Retract, in whatever order the file has them", async () => {
    const { rows, left } = await run([
      at(17),
      { ...at(16), ...retract },
      { ...at(18), ...retract },
    ]);
    expect(left).toEqual({ "adjustment-after-retract": [2, 4] });
    expect(rows).toHaveLength(1);
  });
});

describe("a new value's currency", () => {
  const run = async (
    conversionCurrency: string,
    changes: Record<string, unknown>,
    options = {},
  ) => {
    const rows = [{ ...CONVERSIONS[0], "Conversion Currency": conversionCurrency }];
    const original = await upload("bulk.csv", {}, rows);
    return adjusted([correction(changes)], { original, ...ID, ...options });
  };
  const currency = ({ rows }: Awaited<ReturnType<typeof run>>) =>
    rows[0]?.["Adjustment Currency Code"];

  it("is the correction's own, else the conversion's, else that of --currency", async () => {
    const own = { "Adjustment Currency": "usd" };
    expect(currency(await run("EUR", own, { currency: "CHF" }))).toBe("USD");
    expect(currency(await run("EUR", {}, { currency: "CHF" }))).toBe("EUR");
    expect(currency(await run("", {}, { currency: "CHF" }))).toBe("CHF");
  });

  it("is warned of where there is none", async () => {
    const result = await run("", {});
    expect(currency(result)).toBe("");
    expect(result.report.destinations[0]?.warnings.map(({ code }) => code)).toEqual([
      "adjustment-without-currency",
    ]);
  });
});

describe("what stops the run, before anything is written", () => {
  const usage = (message: RegExp) =>
    expect.objectContaining({ code: "usage", message: expect.stringMatching(message) });
  const run = (options: Partial<Parameters<typeof adjust>[0]>) =>
    adjust({ corrections: [correction()], asOf: AS_OF, dryRun: true, ...options });

  it("originals from nowhere, and from both sides", async () => {
    await expect(run({})).rejects.toThrow(usage(/conversions that are corrected are missing/));
    await expect(run({ original: "a.csv", conversions: CONVERSIONS })).rejects.toThrow(
      usage(/excludes/),
    );
  });

  it("a destination that takes no adjustments", async () => {
    const options = { original: "a.csv", to: "adobe" };
    await expect(run(options)).rejects.toThrow(usage(/adobe takes no adjustments/));
  });

  it("conversions that nothing tells apart: a row's number in another export is another row", async () => {
    await expect(run({ conversions: CONVERSIONS })).rejects.toThrow(
      usage(/nothing tells the conversions apart/),
    );
  });

  it("corrections without a time, or with neither value nor type", async () => {
    const original = await upload("bulk.csv");
    const without = (...names: string[]) => [
      Object.fromEntries(Object.entries(correction()).filter(([name]) => !names.includes(name))),
    ];
    await expect(run({ original, ...ID, corrections: without("Adjustment Time") })).rejects.toThrow(
      usage(/adjustment-time/),
    );
    const neither = without("Adjustment Value", "Adjustment Type");
    await expect(run({ original, ...ID, corrections: neither })).rejects.toThrow(
      usage(/new-value/),
    );
    await expect(run({ original })).rejects.toThrow(usage(/nothing tells which conversion/));
  });

  it("a time without a zone", async () => {
    const corrections = [correction({ "Adjustment Time": "2026-11-15 09:00:00" })];
    await expect(run({ original: await upload("bulk.csv"), ...ID, corrections })).rejects.toThrow(
      usage(/time zone/),
    );
  });

  it("--id with an upload that has no ids", async () => {
    const original = await upload("import.csv", { to: "microsoft-import" });
    await expect(run({ original, ...ID })).rejects.toThrow(usage(/has no ids/));
  });

  it("a file that is no upload, or one of adjustments, or in another zone", async () => {
    const input = expect.objectContaining({
      code: "input",
      message: expect.stringMatching(/not an upload/),
    });
    const write = async (text: string) => {
      const path = await upload("bulk.csv");
      writeFileSync(path, text);
      return path;
    };
    await expect(
      run({ original: await write("Email,Phone\na@example.com,1\n"), ...ID }),
    ).rejects.toThrow(input);
    const corrections = [
      {
        ...correction(),
        Email: "a@example.com",
        "Conversion Name": "Sale",
        "Conversion Time": "2026-11-10T10:00:00Z",
      },
    ];
    await expect(run({ corrections, original: await write('{"people":[]}\n') })).rejects.toThrow(
      input,
    );
    const imported = readFileSync(await upload("i.csv", { to: "microsoft-import" }), "utf8");
    const moved = await write(imported.replace("TimeZone=+0000", "TimeZone=-0500"));
    await expect(run({ original: moved })).rejects.toThrow(input);
    await expect(
      run({ corrections, original: await write('{"OfflineConversionAdjustments":[]}\n') }),
    ).rejects.toThrow(usage(/holds adjustments/));
  });
});

it("never says a cell, whatever is wrong with it", async () => {
  const secret = "zelda.secret@example.com";
  const original = await upload("bulk.csv");
  const corrections = [
    "Order ID",
    "Adjustment Type",
    "Adjustment Time",
    "Adjustment Value",
    "Adjustment Currency",
  ].map((field) => correction({ [field]: secret }));
  const { report } = await adjusted([...corrections, correction()], { original, ...ID });
  expect(report.destinations[0]?.rows).toMatchObject({ read: 6, written: 1 });
  expect(JSON.stringify(report)).not.toContain("secret");
});
