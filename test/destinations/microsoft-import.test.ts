import { describe, expect, it } from "vitest";
import { microsoftImport } from "../../src/destinations/microsoft-import.ts";
import { bytesOf } from "../write/helpers.ts";
import { ADJUSTMENTS, CLICK, CONVERSIONS, JANE, JOHN, NAME, PHONE, row, UK_PHONE } from "./rows.ts";

const lines = (...text: string[]) => `${text.join("\r\n")}\r\n`;

describe("microsoft-import", () => {
  it("writes the parameters row, the header and the rows, to the byte and without a BOM", () => {
    // Header: order of help article 56852 and of the result file of a scheduled import in use.
    const expected = lines(
      "Parameters:TimeZone=+0000,,,,,,",
      "Microsoft Click ID,Conversion Name,Conversion Time,Conversion Value,Conversion Currency,Hashed Email Address,Hashed Phone Number",
      `,Lead closed,2026-08-01 18:50:54,10.5,USD,${JOHN},${PHONE}`,
      `,Lead closed,2026-08-01 07:05:04,250,GBP,${NAME},`,
      `,"Lead, ""qualified""",2026-08-02 00:00:00,,,,${UK_PHONE}`,
      `${CLICK},Lead closed,2026-08-02 09:15:00,99.99,USD,${JANE},`,
    );
    const bytes = bytesOf(microsoftImport, { format: "csv" }, CONVERSIONS);
    expect(bytes.equals(Buffer.from(expected))).toBe(true);
  });

  it("writes the template's order when asked to, with the empty column at its end", () => {
    // Header: a script that follows CSV_Conversion_Enhanced_Import_Template.csv.
    const expected = lines(
      "Parameters:TimeZone=+0000,,,,,,,",
      "Conversion Name,Conversion Time,Conversion Value,Conversion Currency,Microsoft Click ID,Hashed Email Address,Hashed Phone Number,",
      `Lead closed,2026-08-01 18:50:54,10.5,USD,,${JOHN},${PHONE},`,
    );
    const options = { format: "csv", layout: "name-first" } as const;
    expect(bytesOf(microsoftImport, options, CONVERSIONS.slice(0, 1)).toString()).toBe(expected);
  });

  it("writes adjustments, and nothing under value and currency of a Retract", () => {
    const expected = lines(
      "Parameters:TimeZone=+0000,,,,,,,,",
      "Microsoft Click ID,Conversion Name,Conversion Time,Adjustment Value,Adjustment Currency,Adjustment Type,Adjustment Time,Hashed Email Address,Hashed Phone Number",
      `,Lead closed,2026-08-01 18:50:54,7.25,USD,Restate,2026-08-03 10:00:00,${JOHN},${PHONE}`,
      `,Lead closed,2026-08-01 07:05:04,,,Retract,2026-08-03 10:05:00,${NAME},`,
    );
    const options = { format: "csv", adjustments: true } as const;
    expect(bytesOf(microsoftImport, options, ADJUSTMENTS).toString()).toBe(expected);
  });

  it("refuses adjustments in an order that nobody has seen", () => {
    const options = { format: "csv", adjustments: true, layout: "name-first" } as const;
    expect(() => microsoftImport.plan(options)).toThrow("no adjustments are known");
  });

  it("refuses external attribution, for which there is no column", () => {
    expect(() => microsoftImport.plan({ format: "csv", attribution: true })).toThrow(
      "takes no attribution",
    );
  });

  it("refuses a name like a formula in a .csv, and takes it in a workbook", () => {
    const formula = row({ name: "=HYPERLINK(1)" });
    expect(microsoftImport.plan({ format: "csv" }).check(formula)).toBe("starts-like-formula");
    expect(microsoftImport.plan({ format: "xlsx" }).check(formula)).toBeUndefined();
    expect(microsoftImport.plan({ format: "xlsx" }).warning(formula)).toBeUndefined();
  });

  it("holds 100,000 rows a file", () => {
    expect(microsoftImport.plan({ format: "xlsx" }).limits.rows).toBe(100_000);
  });
});
