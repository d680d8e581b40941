import { describe, expect, test } from "vitest";
import type { CountryCode } from "../../src/base/types.ts";
import { normalizePhone } from "../../src/identity/phone.ts";

const read = (cell: string, region?: CountryCode) => {
  const result = normalizePhone(cell, region);
  return result.ok ? result.text : result.reason;
};
const repaired = (cell: string, region?: CountryCode) => {
  const result = normalizePhone(cell, region);
  return result.ok ? result.repaired : result.reason;
};

describe("a whole cell", () => {
  const cells = [
    "4255550123",
    "(425) 555-0123",
    "-4255550123",
    "425 555 0123.",
    "425-555-0123-",
    ".4255550123",
    ")425(5550123",
    "4255550123.0",
    "3012345678.0",
    "0301234567.0",
    "030 1234567.0",
    "030.123.456.0",
    "(0)3012345678",
    "'4255550123",
    "020 7946 0958",
    "0",
    "00",
    "1111111111",
    "+1 111 111 1111",
    "+1 425 555 0123",
    "+4255550123",
    "00442079460958",
    "+49 30 12345678901",
    "+49 30 123456789012",
    "+49 30 1234567890123456",
    "٤٢٥٥٥٥٠١٢٣",
    "",
    "+",
    "(",
    "5",
  ];

  test.each([undefined, "US", "GB", "DE"] as const)(
    "gives by the shortcut what it gives without, in %s",
    (region) => {
      for (const cell of cells) {
        const short = normalizePhone(cell, region);
        const long = normalizePhone(cell, region, { reference: true });
        expect([cell, long]).toEqual([cell, short]);
      }
    },
  );

  test("of a number column read as floating point loses its .0, where the plan has room for the 0", () => {
    // German numbers have no fixed length: 030 12345678 and 030 123456780 are both possible.
    expect(read("3012345678.0", "DE")).toBe("+493012345678");
    expect(repaired("3012345678.0", "DE")).toEqual(["phone-float"]);
  });

  test("may have 15 digits and no more", () => {
    expect(read("+49 30 12345678901")).toBe("+493012345678901");
    expect(read("+49 30 123456789012")).toBe("phone-invalid");
  });
});

describe("a text before or inside a number", () => {
  test("is a text mark only in front", () => {
    expect(read("'4255550123", "US")).toBe("+14255550123");
    expect(read("425'5550123", "US")).toBe("phone-invalid");
  });

  test("is tel: only in front", () => {
    expect(read("TEL: 4255550123", "US")).toBe("+14255550123");
    expect(read("425tel:5550123", "US")).toBe("phone-letters");
  });
});

describe("an extension", () => {
  test.each([
    "425-555-0123; ext 1234567",
    "425-555-0123;x1234567",
    "425-555-0123;  xtn 1234567",
    "425-555-0123 #5",
    "425-555-0123 # 5",
    "425-555-0123 xt 5",
    "425-555-0123 xtn 5",
  ])("of any length goes, and is no second number: %j", (cell) => {
    expect(read(cell, "US")).toBe("+14255550123");
    expect(repaired(cell, "US")).toEqual(["phone-extension"]);
  });

  test("is at the end", () => {
    expect(read("425-555-0123 x5 home", "US")).toBe("phone-letters");
    expect(read("425-555-0123; call x 206-555-0101", "US")).toBe("phone-more-than-one");
  });
});

test("counts one repair once, however often it was needed", () => {
  expect(repaired("\u200e425\u200e5550123\u200e", "US")).toEqual(["phone-invisible"]);
});
