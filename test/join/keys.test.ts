import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KeyDiagnosis } from "../../src/join/diagnose.ts";
import { KeyTable } from "../../src/join/keys.ts";

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
          const keys = new KeyTable(seed);
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
      reading: "salesforce-15-18",
      matches: 1,
    });
  });

  it("names upper and lower case", () => {
    expect(diagnose(["ab-1"], ["AB-1"])).toEqual({ reading: "upper-lower-case", matches: 1 });
  });

  it("names nothing when no reading helps", () => {
    expect(diagnose(["ab-1"], ["zz-9", ""])).toBeUndefined();
  });
});
