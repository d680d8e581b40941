import { describe, expect, it } from "vitest";
import { KeyCells } from "../../src/hash/hash-contacts.ts";

const PERSONAL = { ok: false, reason: "key-looks-personal" };
const read = (key: string, ...personal: string[]) => new KeyCells().read(key, personal);

describe("a key that is written as it stands", () => {
  it("passes when it is an id, trimmed", () => {
    expect(read(" 0035g00000ABCde\t", "ann@example.com", "(206) 555-0101")).toEqual({
      ok: true,
      key: "0035g00000ABCde",
    });
  });

  it("is missing when it is blank", () => {
    expect(read(" \u00a0 ", "", "")).toEqual({ ok: false, reason: "no-key" });
  });

  it.each([
    ["an address", "ann@example.com", []],
    ["a phone number as people write it", "(206) 555-0101", []],
    ["what the row has in a personal column, in any case", "Ann.Lee", [" ann.lee "]],
    ["a later one of its personal cells", "ann", ["", "bob", "ANN"]],
    ["the digits of the row's number", "2065550101", ["(206) 555-0101"]],
    ["the same without the country code", "206-5550101", ["+1 206 555 0101"]],
    ["seven last digits of it", "5550101", ["+1 206 555 0101"]],
  ])("is refused when it is %s", (_, key, personal) => {
    expect(read(key, ...personal)).toEqual(PERSONAL);
  });

  it.each([
    ["six last digits of the number", "550101", ["+1 206 555 0101"]],
    ["its first digits", "1206555", ["+1 206 555 0101"]],
    ["the number's digits with letters between", "C2065550101", ["+1 206 555 0101"]],
    ["an id beside empty cells", "a1", ["", "  "]],
    ["bare digits beside cells without any", "2065550101", ["", "n/a", "unknown"]],
  ])("passes when it is %s", (_, key, personal) => {
    expect(read(key, ...personal)).toEqual({ ok: true, key });
  });
});

describe("a key column", () => {
  const holdPhones = (key: (row: number) => string) => {
    const cells = new KeyCells("US");
    for (let row = 0; row < 200; row++) cells.read(key(row), []);
    return cells.holdPhones;
  };

  it("is said to hold phone numbers when its bare digits are lines of the country", () => {
    const areas = [
      206, 212, 213, 214, 303, 312, 404, 415, 425, 503, 512, 602, 617, 702, 713, 818, 917,
    ];
    const line = (row: number) => `${areas[row % areas.length]}555${1000 + row}`;
    expect(holdPhones(line)).toBe(true);
    expect(holdPhones((row) => `1${line(row)}`)).toBe(true);
    expect(holdPhones((row) => (row % 8 === 0 ? `A${row}` : line(row)))).toBe(false);
  });

  it("is not when they are counted up", () => {
    expect(holdPhones((row) => String(2_065_550_000 + row))).toBe(false);
  });
});
