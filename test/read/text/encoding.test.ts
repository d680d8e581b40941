import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { resolveColumns } from "../../../src/read/columns/columns.ts";
import { openTable } from "../../../src/read/open.ts";
import { cellsOf, chunked, readAll, readBytes } from "../helpers.ts";

interface Vector {
  readonly encoding: string;
  readonly text: string;
  readonly hex: string;
}

/** Bytes by Python's codecs: another implementation than the one that reads them. */
const { vectors } = JSON.parse(
  readFileSync(new URL("encodings.json", import.meta.url), "utf8"),
) as { readonly vectors: readonly Vector[] };

function bytesIn(encoding: string, text: string): Buffer {
  switch (encoding) {
    case "utf-8-bom":
      return Buffer.from(`\ufeff${text}`);
    case "utf-16le":
      return Buffer.from(text, "utf16le");
    case "utf-16le-bom":
      return Buffer.from(`\ufeff${text}`, "utf16le");
    case "utf-16be":
      return Buffer.from(text, "utf16le").swap16();
    case "utf-16be-bom":
      return Buffer.from(`\ufeff${text}`, "utf16le").swap16();
    case "windows-1252":
      return Buffer.from(text, "latin1");
    default:
      return Buffer.from(text);
  }
}

const LANGUAGES: Readonly<Record<string, readonly string[]>> = {
  English: ["Email", "Phone", "Close Date", "Amount", "Currency", "Country"],
  German: [
    "E-Mail-Adresse",
    "Telefonnummer",
    "Abschlussdatum",
    "Betrag",
    "Währung",
    "Länderkürzel",
  ],
  French: [
    "Adresse électronique",
    "Numéro de téléphone",
    "Date de clôture",
    "Montant",
    "Devise",
    "Pays",
  ],
  Spanish: ["Correo electrónico", "Teléfono móvil", "Fecha de cierre", "Importe", "Divisa", "País"],
  Italian: [
    "Indirizzo e-mail",
    "Numero di telefono",
    "Data di chiusura",
    "Importo",
    "Valuta",
    "Paese",
  ],
  Portuguese: [
    "Endereço de e-mail",
    "Número de telemóvel",
    "Data de fechamento",
    "Montante",
    "Moeda",
    "País",
  ],
  Dutch: ["E-mailadres", "Telefoonnummer", "Sluitingsdatum", "Bedrag", "Valuta", "Landcode"],
  Japanese: ["メールアドレス", "電話番号", "成約日", "金額", "通貨", "国名"],
};
const FIELDS = ["email", "phone", "time", "value", "currency", "country"] as const;
const ENCODINGS = [
  "utf-8",
  "utf-8-bom",
  "utf-16le",
  "utf-16le-bom",
  "utf-16be",
  "utf-16be-bom",
  "windows-1252",
];
const ROWS = [
  ["ann@example.com", "+1 425 555 0100", "2026-11-19 13:05", "1.234,50", "EUR", "DE"],
  ["bob@example.com", '6" pipe, ok; | \t', "", "7", "USD", "US"],
];

function textOf(headers: readonly string[], delimiter: string, lineEnd: string): string {
  const quote = (cell: string): string =>
    /[",;|\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  return [headers, ...ROWS].map((cells) => cells.map(quote).join(delimiter) + lineEnd).join("");
}

describe("every encoding, delimiter, line end and language of the headers", () => {
  for (const encoding of ENCODINGS) {
    it(`gives the same rows and columns in ${encoding}`, async () => {
      for (const [language, headers] of Object.entries(LANGUAGES)) {
        if (encoding === "windows-1252" && language === "Japanese") continue;
        for (const delimiter of [",", ";", "\t", "|"]) {
          for (const lineEnd of ["\n", "\r\n", "\r"]) {
            const bytes = bytesIn(encoding, textOf(headers, delimiter, lineEnd));
            const what = [language, delimiter, lineEnd];
            const table = await openTable(
              chunked(bytes, () => 7),
              "list.csv",
            );
            expect([what, table.headers]).toEqual([what, headers]);
            expect([what, await readAll(table)]).toEqual([
              what,
              ROWS.map((cells, i) => ({ line: i + 2, width: 6, cells })),
            ]);
            expect(table.findings.delimiter).toBe(delimiter);
            const columns = resolveColumns(table, FIELDS, {});
            expect([what, columns]).toEqual([
              what,
              Object.fromEntries(FIELDS.map((field, i) => [field, [i]])),
            ]);
          }
        }
      }
    });
  }
});

describe("encodings by another implementation's bytes", () => {
  for (const { encoding, text, hex } of vectors) {
    const expected = text
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((line) => line.split(/[,;\t]/));
    it(`reads ${encoding} when it is named, one byte at a time too`, async () => {
      const bytes = Buffer.from(hex, "hex");
      for (const chunk of [1, 3, 1 << 16]) {
        expect(cellsOf(await readBytes(bytes, { encoding }, chunk))).toEqual(expected);
      }
    });
  }

  it("detects the ones that can be told apart, and says when it guesses", async () => {
    const detected = async (encoding: string) => {
      const vector = vectors.find((candidate) => candidate.encoding === encoding);
      const { findings } = await readBytes(Buffer.from(vector?.hex ?? "", "hex"));
      return [findings.encoding, findings.encodingCertain, findings.notes.length];
    };
    expect(await detected("utf-8")).toEqual(["utf-8", true, 0]);
    expect(await detected("utf-16le")).toEqual(["utf-16le", true, 0]);
    expect(await detected("utf-16be")).toEqual(["utf-16be", true, 0]);
    expect(await detected("windows-1252")).toEqual(["windows-1252", false, 1]);
    expect(await detected("shift_jis")).toEqual(["shift_jis", false, 1]);
    expect(await detected("gb18030")).toEqual(["gb18030", false, 1]);
  });

  it("does not take the accents of Mac OS Roman for Japanese", async () => {
    // Python: "Correo electrónico,Teléfono".encode("mac_roman")
    const header = Buffer.from("436f7272656f20656c65637472976e69636f2c54656c8e666f6e6f0a", "hex");
    const bytes = Buffer.concat([header, Buffer.from("ann@example.com,x\n")]);
    expect((await readBytes(bytes)).findings).toMatchObject({
      encoding: "windows-1252",
      encodingCertain: false,
    });
    expect((await readBytes(bytes, { encoding: "macintosh" })).headers).toEqual([
      "Correo electrónico",
      "Teléfono",
    ]);
  });
});

describe("detection over long inputs", () => {
  it("finds the first byte that says something, megabytes into a file that can be read again", async () => {
    const ascii = "a@example.com,x\n".repeat(150_000);
    const bytes = Buffer.concat([
      Buffer.from(`Email,City\n${ascii}`),
      Buffer.from("b@example.com,K\xf6ln\n", "latin1"),
    ]);
    const { findings, rows } = await readBytes(bytes, { repeatable: true });
    expect(findings.encoding).toBe("windows-1252");
    expect(rows.at(-1)?.cells).toEqual(["b@example.com", "Köln"]);
    // Once only: nothing was known when the first row was given out.
    await expect(readBytes(bytes)).rejects.toThrow(
      `byte offset ${bytes.indexOf(0xf6)} is not valid utf-8`,
    );
  });

  it("keeps a damaged UTF-8 file UTF-8, and names the byte", async () => {
    const bytes = Buffer.concat([
      Buffer.from("Email,Name\na@example.com,Zoë\nb@example.com,Renée Müller\nc@example.com,Jos"),
      Buffer.from([0xc3]),
      Buffer.from(",\n"),
    ]);
    const at = bytes.indexOf(0xc3, bytes.length - 4);
    await expect(readBytes(bytes)).rejects.toThrow(`byte offset ${at} is not valid utf-8`);
  });
});

describe("--encoding", () => {
  it("knows the labels of the standard, and suggests the nearest", async () => {
    expect((await readBytes("Email\n", { encoding: "latin1" })).findings.encoding).toBe(
      "windows-1252",
    );
    await expect(readBytes("Email\n", { encoding: "uft-8" })).rejects.toMatchObject({
      code: "usage",
      hint: "did you mean utf-8?",
    });
  });

  it("refuses an encoding that the byte order mark contradicts", async () => {
    const marked = bytesIn("utf-8-bom", "Email\n");
    await expect(readBytes(marked, { encoding: "windows-1252" })).rejects.toMatchObject({
      code: "usage",
    });
    const big = bytesIn("utf-16be-bom", "Email\nx\n");
    expect((await readBytes(big, { encoding: "utf-16" })).findings.encoding).toBe("utf-16be");
  });
});
