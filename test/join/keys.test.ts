import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KeyDiagnosis } from "../../src/join/diagnose.ts";
import { KeyTable } from "../../src/join/keys.ts";
import type { ByteBatch } from "../../src/read/types.ts";

describe("KeyTable", () => {
  it("numbers keys in the order of first appearance and finds them again", () => {
    const keys = new KeyTable();
    expect(["b", "a", "b", "c"].map((key) => keys.intern(key))).toEqual([0, 1, 0, 2]);
    expect(keys.size).toBe(3);
    expect(keys.find("a")).toBe(1);
    expect(keys.find("d")).toBe(-1);
  });

  it("compares after trimming, as text, case kept", () => {
    const keys = new KeyTable();
    keys.intern("  003A ");
    expect(keys.find("003A")).toBe(0);
    expect(keys.find("003a")).toBe(-1);
    expect(keys.find("3A")).toBe(-1);
  });

  it("takes a blank key for no key", () => {
    const keys = new KeyTable();
    expect(keys.intern(" \t ")).toBe(-1);
    expect(keys.find("")).toBe(-1);
    expect(keys.size).toBe(0);
  });

  it("finds a key straight from the bytes of a file", () => {
    const keys = new KeyTable();
    keys.intern("schlüssel-1");
    const bytes = Buffer.from('x,"schlüssel-1",y');
    expect(keys.findBytes(bytes, 3, 3 + Buffer.byteLength("schlüssel-1"))).toBe(0);
    expect(keys.findBytes(bytes, 3, 6)).toBe(-1);
  });

  it("agrees with a Map for any keys, whatever the seed, across all growth steps", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.nat(5000).map(String)), {
          maxLength: 3000,
        }),
        fc.nat(),
        (texts, seed) => {
          const keys = new KeyTable({ seed });
          const expected = new Map<string, number>();
          for (const text of texts) {
            const key = Buffer.from(text.trim()).toString();
            if (key !== "" && !expected.has(key)) expected.set(key, expected.size);
            expect(keys.intern(text)).toBe(key === "" ? -1 : expected.get(key));
          }
          for (const [key, slot] of expected) expect(keys.find(key)).toBe(slot);
          expect([...keys.keys()]).toEqual([...expected.keys()]);
        },
      ),
      { numRuns: 30 },
    );
  });

  it("keeps all of 20000 keys apart", () => {
    const keys = new KeyTable({ seed: 0 });
    const ids = Array.from({ length: 20_000 }, (_, n) => `contact-${n}`);
    for (const [n, id] of ids.entries()) expect(keys.intern(id)).toBe(n);
    for (const [n, id] of ids.entries()) expect(keys.find(id)).toBe(n);
    expect(keys.find("contact-20000")).toBe(-1);
    expect([...keys.keys()]).toEqual(ids);
  });

  it.each([
    ["of one length", "76mmiq", "2391dx"],
    ["of two lengths", "1vakn1q", "mu7er9"],
  ])("keeps keys apart whose hashes are the same: %s", (_, one, other) => {
    // With seed 0 the pairs have one FNV-1a hash. Found by trying.
    const keys = new KeyTable({ seed: 0 });
    expect(keys.intern(one)).toBe(0);
    expect(keys.find(other)).toBe(-1);
    expect(keys.intern(other)).toBe(1);
    expect([one, other].map((key) => keys.find(key))).toEqual([0, 1]);
  });

  it.each([
    ["as it stands", "a-1", 0],
    ["with spaces around it", " a-1", 0],
    ["with a space behind it", "a-1 ", 0],
    ["with a no-break space behind it", "a-1\u00a0", 0],
    ["with a tab before it", "\ta-1", 0],
    ["ending in a letter that is not ASCII", "é-é", 1],
    ["with a doubled quote", 'b""2', 2],
    ["empty", "", -1],
    ["blank", "  ", -1],
    ["of nobody", "c-3", -1],
  ])("finds the key of a cell in the bytes of a file: %s", (_, written, slot) => {
    const keys = new KeyTable();
    for (const key of ["a-1", "é-é", 'b"2']) keys.intern(key);
    const bytes = Buffer.from(`x,"${written}",y`);
    const batch: ByteBatch = {
      bytes,
      length: 1,
      line: () => 2,
      width: () => 3,
      cell: () => written.replaceAll('""', '"'),
      cellStart: () => 3,
      cellEnd: () => bytes.length - 3,
      isEscaped: () => written.includes('""'),
      progress: undefined,
    };
    expect(keys.findCell(batch, 0, 1)).toBe(slot);
  });

  it("holds a long key", () => {
    const keys = new KeyTable();
    const long = "é".repeat(100_000);
    expect(keys.intern(long)).toBe(0);
    expect(keys.find(long)).toBe(0);
    expect(keys.find(`${long}x`)).toBe(-1);
  });
});

describe("KeyDiagnosis", () => {
  const diagnose = (conversions: string[], contacts: string[]) => {
    const keys = new KeyTable();
    for (const key of conversions) keys.intern(key);
    const diagnosis = new KeyDiagnosis(keys);
    for (const key of contacts) diagnosis.observe(key);
    return diagnosis.likely();
  };

  it("names leading zeros", () => {
    expect(diagnose(["00123", "00124"], ["123", "124", "9"])).toEqual({
      reading: "leading-zeros",
      matches: 2,
    });
  });

  it("names 15- against 18-character Salesforce ids", () => {
    expect(diagnose(["0035g00000ABCdeAAH"], ["0035g00000ABCde"])).toEqual({
      reading: "salesforce",
      matches: 1,
    });
  });

  it("names upper and lower case", () => {
    expect(diagnose(["ab-1"], ["AB-1"])).toEqual({ reading: "ignore-case", matches: 1 });
  });

  it("names nothing when no reading helps", () => {
    expect(diagnose(["ab-1"], ["zz-9", ""])).toBeUndefined();
  });

  it("names the reading under which most match, of several, whichever is tried first", () => {
    expect(diagnose(["007", "AB", "CD"], ["7", "ab", "cd"])).toEqual({
      reading: "ignore-case",
      matches: 2,
    });
    expect(diagnose(["007", "008", "AB"], ["7", "8", "ab"])).toEqual({
      reading: "leading-zeros",
      matches: 2,
    });
  });

  it("trims what it compares and takes blank keys for none", () => {
    expect(diagnose(["007"], [" 7\t"])).toEqual({ reading: "leading-zeros", matches: 1 });
    expect(diagnose(["0", "x"], ["", " "])).toBeUndefined();
  });

  it("tries no more keys of the conversions than its limit", () => {
    const keys = new KeyTable();
    for (const key of ["001", "002", "003"]) keys.intern(key);
    const diagnosis = new KeyDiagnosis(keys, 2);
    for (const key of ["1", "2", "3"]) diagnosis.observe(key);
    expect(diagnosis.likely()).toEqual({ reading: "leading-zeros", matches: 2 });
  });
});
