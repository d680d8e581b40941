/** Whatever stands in a file, no cell of it comes out of verify: not in a report, not in an error. */
import { describe, expect, it } from "vitest";
import type { VerifyOptions } from "../../src/verify/options.ts";
import { renderVerification } from "../../src/verify/report.ts";
import {
  BULK_HEADER,
  bulk,
  bulkLine,
  EMAIL,
  IMPORT_HEADER,
  VERSION_ROW,
  verifyText,
} from "./helpers.ts";

let next = 0;
/** Words that nothing else says, in the forms of what files hold. */
const canary = () => `zq${(next++).toString(36)}canary`;
const FORMS: readonly ((word: string) => string)[] = [
  (word) => word,
  (word) => `${word}@example.com`,
  (word) => `"${word}, ${word}"`,
  (word) => `${word} +1 425 555 0100`,
  (word) => `=${word}`,
  (word) => ` ${word}`,
];
const cells = (count: number, form: number) =>
  Array.from({ length: count }, () => FORMS[form % FORMS.length]?.(canary()) ?? "").join(",");

async function everythingSaid(
  file: string | Uint8Array,
  options: VerifyOptions = {},
): Promise<string> {
  try {
    const report = await verifyText(file, options);
    return `${JSON.stringify(report)}\n${renderVerification(report, { verbose: true }).join("\n")}`;
  } catch (error) {
    const { message, stack, hint, cause } = error as Error & { hint?: string };
    return JSON.stringify([message, stack, hint, String(cause), error]);
  }
}

const rows = (form: number) => Array.from({ length: 5 }, () => cells(13, form)).join("\r\n");
const word = canary();

describe("nothing of a file is said", () => {
  const files: [string, string | Uint8Array][] = FORMS.flatMap((_, form): [string, string][] => [
    [
      `Bulk rows of form ${form}`,
      bulk(
        ...rows(form)
          .split("\r\n")
          .map((row) => `Offline Conversion,${row}`),
      ),
    ],
    [
      `Bulk rows of other types, form ${form}`,
      `\ufeff${BULK_HEADER}\r\n${VERSION_ROW}\r\n${rows(form)}\r\n`,
    ],
    [
      `import rows of form ${form}`,
      `Parameters:TimeZone=${canary()}\r\n${IMPORT_HEADER}\r\n${rows(form)}\r\n`,
    ],
    [
      `rows above the header, form ${form}`,
      `${cells(3, form)}\r\n${IMPORT_HEADER}\r\n${cells(7, form)}\r\n`,
    ],
    [`headers, form ${form}`, `${IMPORT_HEADER},${cells(5, form)}\r\n${cells(12, form)}\r\n`],
    [
      `headers of a file without layout, form ${form}`,
      `${cells(2, form)},Hashed Email\r\n${cells(2, form)},${EMAIL}\r\n${cells(3, form)}\r\n`,
    ],
    [
      `a file without header, form ${form}`,
      `${cells(3, form)},${EMAIL}\r\n${cells(3, form)},${EMAIL}\r\n`,
    ],
    [`a file that is none, form ${form}`, `${cells(4, form)}\r\n${cells(4, form)}\r\n`],
    [`cells too many, form ${form}`, bulk(`${bulkLine()},${cells(3, form)}`)],
    [
      `JSON, form ${form}`,
      `${JSON.stringify({ OfflineConversions: [{ HashedEmailAddress: canary(), ConversionName: canary(), [canary()]: canary(), ConversionTime: canary(), More: { a: canary() } }], [canary()]: canary() })}\n{"${canary()}": ${canary()}\n`,
    ],
  ]);
  files.push(
    ["a quote that is never closed", bulk(bulkLine({ name: `"${word}` }), rows(0))],
    ["a quote inside a cell", bulk(bulkLine({ email: `${word}"x` }))],
    ["text behind a quote", bulk(bulkLine({ email: `"x"${word}` }))],
    ["a quote broken in the header", `"${word}"x,${IMPORT_HEADER}\r\n`],
    ["another version", bulk(bulkLine()).replace("6.0", word)],
    [
      "a zone of its own",
      `Parameters:TimeZone=${word}\r\n${IMPORT_HEADER}\r\n,x,2026-11-18 10:00:00 ${word},,,${EMAIL},\r\n`,
    ],
    [
      "bytes that are no UTF-8",
      Buffer.concat([Buffer.from(bulk(bulkLine({ name: word }))), Buffer.from([0xff, 0xfe, 0x41])]),
    ],
    ["a zip that is broken", Buffer.from(`PK\x03\x04${word.repeat(50)}`)],
  );
  it.each(files)("%s", async (_what, file) => {
    expect(await everythingSaid(file)).not.toMatch(/canary/i);
    expect(await everythingSaid(file, { to: "microsoft-bulk" })).not.toMatch(/canary/i);
  });

  it("contacts to compare with", async () => {
    for (const form of FORMS.keys()) {
      const against = [Buffer.from(`Email,Phone,Country\n${cells(3, form)}\n${cells(3, form)}\n`)];
      expect(await everythingSaid(bulk(bulkLine()), { against })).not.toMatch(/canary/i);
      const headless = [Buffer.from(`${cells(3, form)}\n${cells(3, form)}\n`)];
      const said = await everythingSaid(bulk(bulkLine()), { against: headless });
      // Headers are names where nothing in them looks like data (form 0, a word, does not).
      if (form !== 0 && form !== 2 && form !== 4 && form !== 5) expect(said).not.toMatch(/canary/i);
    }
  });
});
