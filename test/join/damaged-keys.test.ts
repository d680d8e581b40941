/** Keys that are none (rules.md 6), and the look at bytes that spares most cells a string. */
import { describe, expect, it } from "vitest";
import { areCut, CutKeys, keyFault, mayBeFault } from "../../src/join/damaged-keys.ts";
import { caseCount, seed, seededRandom } from "../helpers/differential.ts";
import { HARMLESS } from "../helpers/harmless.ts";

describe("a key cell", () => {
  it.each([
    ...["", "n/a", "N/A", "NULL", "unknown", "None", "-", "not provided", "(null)", "NaN"],
    ...["0", "000", "0.0", "0,00", "00000000-0000-0000-0000-000000000000"],
    "{00000000-0000-0000-0000-000000000000}",
    ...["#N/A", "#NV", "#N/D", "#N/B", "#BRAK", "#", "#REF!", "#WERT!", "#BEZUG!", "#NAME?"],
    ...["#DIV/0!", "#¡REF!", "#NOMBRE?", "#n/a", "#ЗНАЧ!"],
  ])("is no key as %j", (key) => {
    expect(keyFault(key)).toBe("no-key");
  });

  it.each([
    ...["4.2E+17", "1,23457E+15", "1E+20", "4e+17", "9.00719925474099E15", "1.23E5"],
    ...["k\ud800", "\udc00", "a\ufffdb"],
  ])("is damaged as %j", (key) => {
    expect(keyFault(key)).toBe("key-spreadsheet-damaged");
  });

  it.each([
    ...["#1001", "1E10", "12E4", "0xE+1", "003A", "10", "100", "1.5", "NA-1", "nil0", "😀"],
    ...["5e10f3a2b1c4d5e6f7a8b9c0", "00000000-0000-0000-0000-000000000001", "E+17", "2E5"],
  ])("is a key as %j", (key) => {
    expect(keyFault(key)).toBeUndefined();
  });
});

it("no key at fault passes the look at its bytes", () => {
  const random = seededRandom(seed());
  const pieces = ["0", "1", "9", ".", ",", "E", "e", "+", "-", "#", "!", "?", "{", "}", "n", "N"];
  pieces.push("null", "Unknown", "na", "/", "A", "(", ")", "\ufffd", "é", "15", "not provided");
  let faults = 0;
  for (let n = caseCount(20_000); n > 0; n--) {
    let key = "";
    for (let length = 1 + random.int(5); length > 0; length--) key += random.pick(pieces);
    const bytes = Buffer.from(key);
    const fault = keyFault(key);
    if (fault !== undefined) faults++;
    if (fault !== undefined && !mayBeFault(bytes, 0, bytes.length)) expect(key).toBe("looked at");
  }
  expect(faults).toBeGreaterThan(100);
});

it("no id of 30 kinds is at fault", () => {
  const random = seededRandom(seed());
  const wrong = Object.entries(HARMLESS).flatMap(([kind, make]) =>
    Array.from({ length: 100 }, () => make(random))
      .filter((id) => keyFault(id) !== undefined)
      .map((id) => `${kind}: ${id}`),
  );
  expect(wrong).toEqual([]);
});

describe("keys cut to 15 digits", () => {
  const cut = (n: number) => `${100000000000000 + n * 7919}000`;
  const whole = (n: number) => `${100000000000000 + n * 7919}${123 + (n % 9) * 97}`;
  const told = (keys: readonly string[]) => {
    const text = new CutKeys();
    const bytes = new CutKeys();
    for (const key of keys) {
      text.observe(key);
      bytes.observeBytes(Buffer.from(key), 0, key.length);
    }
    expect(bytes.count).toEqual(text.count);
    return text.areCut;
  };
  const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);

  it("are told from ten different ones on, nine in ten of them", () => {
    expect(told(numbers(10).map(cut))).toBe(true);
    expect(told(numbers(9).map(cut))).toBe(false);
    expect(told([...numbers(9).map(cut), whole(9)])).toBe(true);
    expect(told([...numbers(8).map(cut), whole(8), whole(9)])).toBe(false);
    expect(told(Array(50).fill(cut(1)))).toBe(false);
  });

  it("are told of more than are remembered", () => {
    expect(told(numbers(3000).map(cut))).toBe(true);
    expect(told(numbers(3000).map(whole))).toBe(false);
  });

  it("are not those with leading zeros, letters or 15 digits", () => {
    expect(told(numbers(20).map((n) => `0${cut(n)}`))).toBe(false);
    expect(told(numbers(20).map((n) => `A${cut(n)}`))).toBe(false);
    expect(told(numbers(20).map((n) => cut(n).slice(0, 15)))).toBe(false);
    expect(areCut({ long: 0, cut: 0 })).toBe(false);
  });
});
