import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { microsoftBulk } from "../../src/destinations/microsoft-bulk.ts";
import { bytesOf } from "../write/helpers.ts";
import { ADJUSTMENTS, CLICK, CONVERSIONS, JANE, JOHN, NAME, PHONE, row, UK_PHONE } from "./rows.ts";

const BOM = "\ufeff";
const lines = (...text: string[]) => `${BOM}${text.join("\r\n")}\r\n`;

describe("microsoft-bulk", () => {
  it("writes the documented columns, the format version and the rows, to the byte", () => {
    // Header: offline-conversion.md's printed example and its two hashed columns. `Format Version`:
    // bulk-file-schema.md. Time: the example's 4/1/2020 6:50:54 PM.
    const expected = lines(
      "Type,Status,Id,Parent Id,Client Id,Name,Conversion Currency Code,Conversion Name,Conversion Time,Conversion Value,Microsoft Click Id,Hashed Email Address,Hashed Phone Number",
      "Format Version,,,,,6.0,,,,,,,",
      `Offline Conversion,,,,row-000001,,USD,Lead closed,8/1/2026 6:50:54 PM,10.5,,${JOHN},${PHONE}`,
      `Offline Conversion,,,,row-000002,,GBP,Lead closed,8/1/2026 7:05:04 AM,250,,${NAME},`,
      `Offline Conversion,,,,row-000003,,,"Lead, ""qualified""",8/2/2026 12:00:00 AM,,,,${UK_PHONE}`,
      `Offline Conversion,,,,row-000004,,USD,Lead closed,8/2/2026 9:15:00 AM,99.99,${CLICK},${JANE},`,
    );
    const bytes = bytesOf(microsoftBulk, { format: "csv" }, CONVERSIONS);
    expect(bytes.equals(Buffer.from(expected))).toBe(true);
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });

  it("writes adjustments with the first upload's value left out, and none in a Retract", () => {
    // offline-conversion.md: value and currency are not applicable in Restate and Retract.
    const expected = lines(
      "Type,Status,Id,Parent Id,Client Id,Name,Conversion Currency Code,Conversion Name,Conversion Time,Conversion Value,Microsoft Click Id,Hashed Email Address,Hashed Phone Number,Adjustment Value,Adjustment Time,Adjustment Currency Code,Adjustment Type",
      "Format Version,,,,,6.0,,,,,,,,,,,",
      `Offline Conversion,,,,adj-000001,,,Lead closed,8/1/2026 6:50:54 PM,,,${JOHN},${PHONE},7.25,8/3/2026 10:00:00 AM,USD,Restate`,
      `Offline Conversion,,,,adj-000002,,,Lead closed,8/1/2026 7:05:04 AM,,,${NAME},,,8/3/2026 10:05:00 AM,,Retract`,
    );
    const options = { format: "csv", adjustments: true } as const;
    expect(bytesOf(microsoftBulk, options, ADJUSTMENTS).toString()).toBe(expected);
  });

  it("writes the time form of the SDKs when asked to", () => {
    const text = bytesOf(microsoftBulk, { format: "csv", layout: "sdk" }, CONVERSIONS).toString();
    expect(text).toContain(",08/01/2026 18:50:54,");
    expect(text).toContain(",08/02/2026 00:00:00,");
  });

  it("parts by tabs in a .tsv, where a comma needs no quotes and a tab does", () => {
    const rows = [row({ name: "a, b" }), row({ name: "a\tb" })];
    const text = bytesOf(microsoftBulk, { format: "tsv" }, rows).toString();
    expect(text).toContain("\ta, b\t8/1/2026");
    expect(text).toContain('\t"a\tb"\t8/1/2026');
  });

  it("has the columns of external attribution only when they are asked for", () => {
    const rows = [row({ attribution: { credit: "0.25", model: "Linear" } }), row()];
    const without = bytesOf(microsoftBulk, { format: "csv" }, rows).toString();
    expect(without).not.toContain("Attribution");
    expect(without).not.toContain("Linear");
    const text = bytesOf(microsoftBulk, { format: "csv", attribution: true }, rows).toString();
    expect(text.split("\r\n")[0]).toMatch(
      /,Hashed Phone Number,External Attribution Credit,External Attribution Model$/,
    );
    expect(text.split("\r\n")[2]).toMatch(/,0\.25,Linear$/);
    expect(text.split("\r\n")[3]).toMatch(/,,$/);
  });

  it("puts exactly the bare file into a zip, with the same bytes every time", () => {
    const options = { format: "csv.zip" } as const;
    const zip = bytesOf(microsoftBulk, options, CONVERSIONS);
    const files = unzipSync(zip);
    expect(Object.keys(files)).toEqual(["inner.csv"]);
    const bare = bytesOf(microsoftBulk, { format: "csv" }, CONVERSIONS);
    expect(bare.equals(files["inner.csv"] ?? Buffer.alloc(0))).toBe(true);
    expect(bytesOf(microsoftBulk, options, CONVERSIONS).equals(zip)).toBe(true);
  });

  it("warns of a name that a spreadsheet takes for a formula, and writes it as it is", () => {
    const plan = microsoftBulk.plan({ format: "csv" });
    for (const name of ["=1+1", "+lead", "-lead", "@lead"]) {
      expect(plan.check(row({ name }))).toBeUndefined();
      expect(plan.warning(row({ name }))).toBe("starts-like-formula");
      const text = bytesOf(microsoftBulk, { format: "csv" }, [row({ name })]).toString();
      expect(text).toContain(`,${name},8/1/2026`);
    }
    expect(plan.warning(row())).toBeUndefined();
    expect(plan.warning(row({ clientId: "=A1" }))).toBe("starts-like-formula");
  });

  it("refuses a Restate without a value, and takes a Retract without one", () => {
    const plan = microsoftBulk.plan({ format: "csv", adjustments: true });
    const time = row().time;
    expect(plan.check(row({ adjustment: { type: "Restate", time } }))).toBe(
      "adjustment-value-missing",
    );
    expect(plan.check(row({ adjustment: { type: "Retract", time } }))).toBeUndefined();
  });

  it("refuses a layout, a format and a template that it does not have", () => {
    expect(() => microsoftBulk.plan({ format: "csv", layout: "x" })).toThrow(
      "is none of microsoft-bulk",
    );
    expect(() => microsoftBulk.plan({ format: "xlsx" })).toThrow("not written as xlsx");
    expect(() => microsoftBulk.plan({ format: "csv", template: [["a"]] })).toThrow("no template");
  });
});
