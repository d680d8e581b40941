import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { strFromU8, unzipSync } from "fflate";
import readWorkbook from "read-excel-file/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adobe } from "../../src/destinations/adobe.ts";
import { microsoftImport } from "../../src/destinations/microsoft-import.ts";
import { CLICK, CONVERSIONS, JOHN, PHONE, row } from "../destinations/rows.ts";
import { bytesOf } from "./helpers.ts";

const workbook = (rows = CONVERSIONS) => bytesOf(microsoftImport, { format: "xlsx" }, rows);

/** All cells of the only sheet. */
async function cellsOf(bytes: Buffer): Promise<readonly (readonly unknown[])[]> {
  const [sheet] = await readWorkbook(bytes, { trim: false });
  return sheet?.data ?? [];
}

describe("a workbook", () => {
  it("is read back as it was written: texts as texts, money as numbers", async () => {
    const cells = await cellsOf(workbook());
    expect(cells).toHaveLength(6);
    expect(cells[0]?.[0]).toBe("Parameters:TimeZone=+0000");
    expect(cells[2]).toEqual([
      null,
      "Lead closed",
      "2026-08-01 18:50:54",
      10.5,
      "USD",
      JOHN,
      PHONE,
    ]);
    expect(cells[4]?.[1]).toBe('Lead, "qualified"');
    expect(cells[5]?.[0]).toBe(CLICK);
  });

  it("keeps names like formulas, markup, blanks and properties of objects as they are", async () => {
    const names = ["=1+1", "+1", "-1", "@a", "<b>&amp;", " a ", "a\nb", "é€𝄞", "constructor"];
    names.push("__proto__", "1e10", "007");
    const cells = await cellsOf(workbook(names.map((name) => row({ name, email: JOHN }))));
    expect(cells.slice(2).map((each) => each[1])).toEqual(names);
  });

  it("keeps digests of digits alone as text", async () => {
    const digits = "1234567890".repeat(7).slice(0, 64);
    const exponent = `1e${"0".repeat(62)}`;
    const cells = await cellsOf(workbook([row({ email: digits, phone: exponent })]));
    expect(cells[2]?.slice(5)).toEqual([digits, exponent]);
  });

  it("has money to the digit, up to 12 digits and 3 decimals", async () => {
    const values = ["0", "0.001", "999999999999.999", "999999999999", "123456789012.345", "0.1"];
    const bytes = bytesOf(
      adobe,
      { format: "xlsx" },
      values.map((value) => row({ value, email: JOHN })),
    );
    const cells = await cellsOf(bytes);
    expect(cells.slice(2).map((each) => String(each[4]))).toEqual(values);
  });

  it("of 15 digits and no more gives any of them back through a double", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 999_999_999_999_999n }), (thousandths) => {
        const text = String(thousandths).padStart(4, "0");
        const value = `${text.slice(0, -3)}.${text.slice(-3)}`;
        expect(Number(value).toFixed(3)).toBe(value);
      }),
    );
  });

  it("has the same bytes in any time zone and at any time, and holds no date", () => {
    const bytes = workbook();
    const zone = process.env.TZ;
    process.env.TZ = "Pacific/Auckland";
    try {
      expect(workbook().equals(bytes)).toBe(true);
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
    const parts = unzipSync(bytes);
    expect(Object.keys(parts).filter((name) => name.includes("docProps"))).toEqual([]);
    for (const xml of Object.values(parts)) expect(strFromU8(xml)).not.toContain("dcterms");
  });

  it("is a zip that another reader finds whole", () => {
    const script =
      "import io,sys,zipfile; z=zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read())); " +
      "assert z.testzip() is None; print({i.date_time for i in z.infolist()})";
    const output = execFileSync("python3", ["-c", script], { input: workbook() }).toString();
    expect(output.trim()).toBe("{(1980, 1, 1, 0, 0, 0)}");
  });
});

const office = spawnSync("libreoffice", ["--version"]).status === 0;
if (!office) console.warn("LibreOffice is not installed: its test of workbooks is skipped");

describe.skipIf(!office)("LibreOffice", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "workbook-test-"));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("shows the cells of a workbook as the .csv has them", { timeout: 120_000 }, () => {
    const rows = [
      ...CONVERSIONS,
      row({ name: "=1+1", value: "99999999999.999", email: "1234567890".repeat(7).slice(0, 64) }),
      row({ name: "@a", value: "123456789012", clickId: "1".repeat(32) }),
      // Of the values at the limit LibreOffice shows all but 999999999999.999 as they are stored.
      row({ value: "999999999998.999" }),
      row({ value: "123456789012.345" }),
      row({ name: "<é> & 𝄞", value: "0.5" }),
    ];
    writeFileSync(join(folder, "a.xlsx"), workbook(rows));
    execFileSync("libreoffice", [
      `-env:UserInstallation=file://${folder}/profile`,
      "--headless",
      // Comma, double quote, UTF-8, first line, no column formats, English, quote as needed, as shown.
      ...["--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,true"],
      ...["--outdir", folder, join(folder, "a.xlsx")],
    ]);
    const shown = readFileSync(join(folder, "a.csv"), "utf8").trimEnd().split("\n");
    const expected = bytesOf(microsoftImport, { format: "csv" }, rows).toString();
    expect(shown).toEqual(expected.trimEnd().split("\r\n"));
  });
});
