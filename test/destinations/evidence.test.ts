/**
 * Headers, preambles and forms of time against what the vendors print and what their programs write. Each
 * text on the right is copied from its source, which the name of the test tells.
 */
import { expect, it } from "vitest";
import { adobe } from "../../src/destinations/adobe.ts";
import { microsoftApi } from "../../src/destinations/microsoft-api.ts";
import { microsoftBulk } from "../../src/destinations/microsoft-bulk.ts";
import { microsoftImport } from "../../src/destinations/microsoft-import.ts";
import type { Destination, PlanOptions } from "../../src/destinations/types.ts";
import { bytesOf } from "../write/helpers.ts";
import { ADJUSTMENTS, at, CLICK, CONVERSIONS, JOHN, PHONE, row } from "./rows.ts";

/** Lines of the file without its BOM. */
function lines(
  destination: Destination,
  options: Partial<PlanOptions>,
  rows = CONVERSIONS,
): string[] {
  const bytes = bytesOf(destination, { format: "csv", ...options }, rows);
  return bytes.toString().replace("\ufeff", "").split("\r\n").slice(0, -1);
}

const cells = (line: string | undefined) => (line ?? "").split(",");

it("bulk: offline-conversion.md, the printed example, whole and to the letter", () => {
  const printed = [
    "Type,Status,Id,Parent Id,Client Id,Name,Conversion Currency Code,Conversion Name,Conversion Time,Conversion Value,Microsoft Click Id",
    "Format Version,,,,,6.0,,,,,",
    "Offline Conversion,,,,ClientIdGoesHere,,USD,My Goal Name,4/1/2020 6:50:54 PM,10,f894f652ea334e739002f7167ab8f8e3",
  ];
  const example = row({
    clientId: "ClientIdGoesHere",
    currency: "USD",
    name: "My Goal Name",
    time: at("2020-04-01T18:50:54Z"),
    value: "10",
    clickId: CLICK,
  });
  const written = lines(microsoftBulk, {}, [example]);
  // The example is older than the hashed columns, which stand behind it.
  expect(written.map((line) => line.split(",").slice(0, 11).join(","))).toEqual(printed);
  expect(written.map((line) => line.split(",").slice(11))).toEqual([
    ["Hashed Email Address", "Hashed Phone Number"],
    ["", ""],
    ["", ""],
  ]);
});

it("bulk: bulk-file-schema.md, the first header is Type, and the format version precedes all records", () => {
  for (const layout of microsoftBulk.layouts) {
    for (const adjustments of [false, true]) {
      const rows = adjustments ? ADJUSTMENTS : CONVERSIONS;
      const [header, version, ...records] = lines(microsoftBulk, { layout, adjustments }, rows);
      expect(cells(header)[0]).toBe("Type");
      expect(cells(version)[0]).toBe("Format Version");
      expect(cells(version)[cells(header).indexOf("Name")]).toBe("6.0");
      for (const record of records) expect(record).toMatch(/^Offline Conversion,/);
    }
  }
});

it("bulk: bulk-download-upload.md, UTF-8 files must include the byte order mark", () => {
  for (const format of ["csv", "tsv"] as const) {
    const bytes = bytesOf(microsoftBulk, { format }, CONVERSIONS);
    expect([...bytes.subarray(0, 4)]).toEqual([0xef, 0xbb, 0xbf, "T".charCodeAt(0)]);
  }
});

it("bulk, sdk: Microsoft's Python SDK 13.0.28.1, the columns and the row that it wrote", () => {
  // Columns 331 to 343 of its 428, in its order; those before are shared by all records.
  const columns =
    "Conversion Currency Code,Conversion Name,Conversion Time,Conversion Value,Microsoft Click Id,Adjustment Value,Adjustment Time,Adjustment Currency Code,Adjustment Type,External Attribution Credit,External Attribution Model,Hashed Email Address,Hashed Phone Number";
  const options = { layout: "sdk", adjustments: true, attribution: true };
  const [header] = lines(microsoftBulk, options, ADJUSTMENTS);
  const own = cells(header).slice(cells(header).indexOf("Name") + 1);
  expect(own.toSorted()).toEqual(columns.split(",").toSorted());
  const [, , record] = lines(microsoftBulk, { layout: "sdk" }, [
    row({ ...CONVERSIONS[0], name: 'My "Goal", Name' }),
  ]);
  expect(record).toContain('USD,"My ""Goal"", Name",08/01/2026 18:50:54,10.5,');
});

it("import: help article 56852 and a scheduled import in use, names in their order", () => {
  const inUse =
    "Microsoft Click Id,Conversion Name,Conversion Time,Conversion Value,Conversion Currency,Hashed Email Address,Hashed Phone Number";
  const [preamble, header] = lines(microsoftImport, {});
  // The article writes "Microsoft Click ID", and both are read.
  expect(header?.replace("ID", "Id")).toBe(inUse);
  // The parameters row of that import's result file, padded as its header.
  expect(preamble).toBe(`Parameters:TimeZone=+0000${",".repeat(6)}`);
});

it("import, name-first: a script that follows CSV_Conversion_Enhanced_Import_Template.csv", () => {
  const template =
    "Conversion Name,Conversion Time,Conversion Value,Conversion Currency,Microsoft Click ID,Hashed Email Address,Hashed Phone Number,";
  const [preamble, header] = lines(microsoftImport, { layout: "name-first" });
  expect(header).toBe(template);
  expect(preamble).toBe(`Parameters:TimeZone=+0000${",".repeat(7)}`);
});

it("import: help article 56852, the fields of an adjustment; article 60178, the digests in the last two columns", () => {
  const fields = [
    "Microsoft Click ID",
    "Conversion Name",
    "Conversion Time",
    "Adjustment Value",
    "Adjustment Currency",
    "Adjustment Type",
    "Adjustment Time",
  ];
  const digests = ["Hashed Email Address", "Hashed Phone Number"];
  const [preamble, header] = lines(microsoftImport, { adjustments: true }, ADJUSTMENTS);
  expect(cells(header)).toEqual([...fields, ...digests]);
  expect(cells(preamble)).toEqual(["Parameters:TimeZone=+0000", ...Array(8).fill("")]);
});

it("import: help article 56852, a form of time that its table accepts", () => {
  // "yyyy-MM-dd HH:mm:ss", printed as 2017-06-01 13:00:00.
  const [, , record] = lines(microsoftImport, {}, [
    row({ time: at("2017-06-01T13:00:00Z"), email: JOHN }),
  ]);
  expect(cells(record)[2]).toBe("2017-06-01 13:00:00");
});

it.each([
  [
    "2026-05",
    "commit ab69d6b2 of 2026-05-14",
    "Email,Phone Number,Conversion Name,Conversion Time,Conversion Value,Conversion Currency",
  ],
  [
    "2024-11",
    "commit 7240d3b4 of 2024-11-18",
    "Conversion Name,Conversion Time,Conversion Value,Conversion Currency,Microsoft Click ID,Hashed Email Address,Hashed Phone Number",
  ],
])("adobe, %s: upload-data-offline-conversions.md, %s", (layout, _source, columns) => {
  const [preamble, header] = lines(adobe, { layout }, CONVERSIONS.slice(0, 1));
  expect(header).toBe(columns);
  // "Parameters:TimeZone=insert_timezone"; for Microsoft a GMT offset of a sign and four digits.
  expect(preamble).toMatch(/^Parameters:TimeZone=\+0000,*$/);
  expect(cells(preamble)).toHaveLength(cells(header).length);
});

it("api: applyofflineconversions.md, the documented body, key by key", () => {
  const documented = {
    OfflineConversions: [
      {
        ConversionName: "Lead closed",
        ConversionTime: "2026-08-01T18:50:54Z",
        ConversionValue: 10.5,
        ConversionCurrencyCode: "USD",
        HashedEmailAddress: JOHN,
        HashedPhoneNumber: PHONE,
        MicrosoftClickId: null,
      },
    ],
  };
  const body = bytesOf(microsoftApi, { format: "jsonl" }, CONVERSIONS.slice(0, 1)).toString();
  expect(JSON.parse(body)).toEqual(documented);
});

it("api: applyofflineconversionadjustments.md, the documented body, key by key", () => {
  const documented = {
    OfflineConversionAdjustments: [
      {
        AdjustmentType: "Restate",
        AdjustmentTime: "2026-08-03T10:00:00Z",
        AdjustmentValue: 7.25,
        AdjustmentCurrencyCode: "USD",
        ConversionName: "Lead closed",
        ConversionTime: "2026-08-01T18:50:54Z",
        HashedEmailAddress: JOHN,
        HashedPhoneNumber: PHONE,
        MicrosoftClickId: null,
      },
    ],
  };
  const options = { format: "jsonl", adjustments: true } as const;
  const body = bytesOf(microsoftApi, options, ADJUSTMENTS.slice(0, 1)).toString();
  expect(JSON.parse(body)).toEqual(documented);
});
