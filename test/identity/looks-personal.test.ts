import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isBareNumber, looksLikeEmail, looksLikePhone } from "../../src/identity/looks-personal.ts";

describe("looks like an e-mail address", () => {
  it.each([
    "jane@example.com",
    "Jane Doe <jane.doe@mail.example.co.uk>",
    "id:jane@example.com;x",
    "jané@exämple.de",
    "jane%40example.com",
    "jane＠example.com",
    "@@jane@example.com",
    "jane@my-shop.example.com",
    "jane@BUZZ.ZZ",
    "jane@x.aa",
  ])("%j does", (text) => {
    expect(looksLikeEmail(text)).toBe(true);
  });

  it.each([
    "",
    "@",
    "jane",
    "@example.com",
    "jane@example",
    "jane@.com",
    "jane @ example.com",
    "Lead @ 5.5",
    "a@1.5",
    "50% 40.com",
    "Demo @home",
    "see @example.com",
    "a,@example.com",
    "a;@example.com",
    "@@example.com",
    "jane@exam=ple.com",
    "jane@exam{ple.com",
  ])("%j does not", (text) => {
    expect(looksLikeEmail(text)).toBe(false);
  });

  it("takes linear time", () => {
    const started = performance.now();
    for (const text of [
      "@".repeat(200_000),
      "a@".repeat(100_000),
      `a@${"b.".repeat(100_000)}`,
      "a@b".repeat(100_000),
    ]) {
      looksLikeEmail(text);
    }
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});

describe("looks like a phone number", () => {
  it.each([
    "+14255550100",
    "+1 425 555 0100",
    "+44 (0)20 7946 0018",
    "tel:4255550100",
    "(425) 555-0100",
    "(425)5550100",
    "425-555-0100",
    "425.555.0100",
    "425 555 0100",
    "1-425-555-0100",
    "1 425 555 0100",
    "425-555-0100 x12",
    "4255550100 ext 12",
    "4255550100   ext.  12",
    "555-0100#12",
    "( 425 ) 555 0100",
    "(+44) 20 7946 0018",
    "+1234567",
    "+123456789012345",
    "012 345 678",
    "0123 456 789 01",
    "020 7946 0018",
    "01 99 00 12 34",
    "030/12345678",
    "07700900123",
    "0199001234",
    "0014255550100",
    "00447700900123",
    "425\u2011555\u20110100",
    "\u00a0425\u00a0555\u00a00100 ",
  ])("%j does", (text) => {
    expect(looksLikePhone(text)).toBe(true);
  });

  it.each([
    "",
    "1",
    "100234",
    "4255550100",
    "14255550100",
    "12345678901",
    "5551234567890",
    "0065g0000000012345",
    "0065g00000000123",
    "0000012345",
    "0000123456789",
    "000000000012345",
    "2026-000123",
    "2026-11-19",
    "19/11/2026",
    "01-12-2026",
    "2026-11-19 13:05",
    "INV-2026-000123",
    "SO-425-555-0100",
    "1234-5678-9012",
    "123-456",
    "+123456",
    "+1234567890123456",
    "012 345 67",
    "0123 456 789 012",
    "100123456789012",
    "0123456789012",
    "9-425-555-0100",
    "425-555-01001",
    "INV-425-555-0100",
    "425-555-0100-A",
    "12x3-456789",
    "+A1234567",
    "A012 345 678",
    "012 345 678A",
    "10-20-30",
    "1.5",
    "#100234",
    "row-12",
    "f894f652ea334e739002f7167ab8f8e3",
    "0a1b2c3d-0000-4000-8000-000000000000",
    "+",
    "+12",
    "1795093509",
    "1795093509000",
  ])("%j does not", (text) => {
    expect(looksLikePhone(text)).toBe(false);
  });

  it("takes linear time and never throws", () => {
    const started = performance.now();
    for (const piece of ["1", " ", "(", "0-", "x1", "ext "]) looksLikePhone(piece.repeat(100_000));
    expect(performance.now() - started).toBeLessThan(20_000);
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void looksLikePhone(text)));
  });
});

describe("a bare number", () => {
  it("has 7 to 15 ASCII digits and nothing else", () => {
    for (const text of ["1234567", "4255550100", "123456789012345"])
      expect(isBareNumber(text)).toBe(true);
    for (const text of ["", "123456", "1234567890123456", "425-555-0100", "٤٢٥٥٥٥٠١٠٠"]) {
      expect(isBareNumber(text)).toBe(false);
    }
  });
});
