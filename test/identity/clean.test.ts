import { describe, expect, test } from "vitest";
import { ABSENT_MARKERS, isAbsent, isAbsentPhone } from "../../src/identity/absent.ts";
import {
  asciiDigit,
  foldDigits,
  lostInvisible,
  plainSpaces,
  removeInvisible,
  removeSpace,
  trimBlank,
} from "../../src/identity/clean.ts";

function* characters(): Generator<string> {
  for (let code = 0; code <= 0x10ffff; code++) {
    if (code < 0xd800 || code > 0xdfff) yield String.fromCodePoint(code);
  }
}

const label = (character: string) => character.codePointAt(0)?.toString(16);

describe("the closed lists, against Unicode as this runtime knows it", () => {
  test("invisible: Default_Ignorable_Code_Point and the interlinear annotation marks", () => {
    const wrong: unknown[] = [];
    for (const character of characters()) {
      const expected = /^[\p{DI}\uFFF9-\uFFFB]$/u.test(character);
      if ((removeInvisible(character) === "") !== expected) wrong.push(label(character));
    }
    expect(wrong).toEqual([]);
  });

  test("white space: White_Space, removed or turned plain", () => {
    const wrong: unknown[] = [];
    for (const character of characters()) {
      const expected = /^\p{White_Space}$/u.test(character);
      const removed = removeSpace(character) === "";
      const plain = plainSpaces(character) === " ";
      if (removed !== expected || plain !== expected) wrong.push(label(character));
    }
    expect(wrong).toEqual([]);
  });

  test("all bidi controls are invisible", () => {
    for (const character of characters()) {
      if (/^\p{Bidi_Control}$/u.test(character)) expect(removeInvisible(character)).toBe("");
    }
  });

  test("digits: every decimal digit, and nothing that this runtime knows as something else", () => {
    const wrong: unknown[] = [];
    for (const character of characters()) {
      const isDigit = /^\p{Nd}$/u.test(character);
      const unassigned = /^\p{Cn}$/u.test(character);
      if (!unassigned && (asciiDigit(character) !== undefined) !== isDigit) {
        wrong.push(label(character));
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe("folding", () => {
  test("reads digits of many scripts by their value", () => {
    expect(foldDigits("\u0660\u0661\u0669 \u06f5 \u096b \uff10\uff19 \u{1d7ce}\u{1d7ff}")).toBe(
      "019 5 5 09 09",
    );
  });

  test("reads the full-width signs beside them, and leaves superscripts alone", () => {
    expect(foldDigits("\uff0b\uff08\uff0d\uff09\u00b2\u2460")).toBe("+(-)\u00b2\u2460");
  });
});

describe("trimming", () => {
  test("takes white space and invisible characters off both ends, and nothing inside", () => {
    expect(trimBlank("\ufeff \u200b\u{e0020}a\u00a0\u200bb\u3000\u0085\u202c\u{e0020}")).toBe(
      "a\u00a0\u200bb",
    );
    expect(trimBlank("\u200b\u200b ")).toBe("");
    expect(trimBlank("\udc00a\ud800")).toBe("\udc00a\ud800");
    expect(trimBlank("a\u{1f600}")).toBe("a\u{1f600}");
  });

  test("tells whether something invisible went", () => {
    expect(lostInvisible(" a ", "a")).toBe(false);
    expect(lostInvisible("\ufeffa ", "a")).toBe(true);
  });
});

describe("absent cells", () => {
  test.each(Array.from(ABSENT_MARKERS))("%j in any case, with blanks around", (marker) => {
    expect(isAbsent(marker)).toBe(true);
    expect(isAbsent(`\u00a0${marker.toUpperCase()}\u200b\n`)).toBe(true);
  });

  test.each(["0", "x", "nulls", "not  provided", "---", "none@contoso.com", "null null"])(
    "%j is not absent",
    (text) => expect(isAbsent(text)).toBe(false),
  );

  test("of a phone: one digit repeated, whatever stands between", () => {
    for (const text of ["0", "000-000-0000", "(999) 999.9999", "+1 111 111 1111", "'00\u200b00"]) {
      expect(isAbsentPhone(text)).toBe(true);
    }
    for (const text of ["0000000001", "555-x555", "00#00", "+"]) {
      expect(isAbsentPhone(text)).toBe(false);
    }
  });
});
