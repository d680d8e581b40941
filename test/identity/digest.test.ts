import type * as nodeCrypto from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fingerprint } from "../../src/conversion/duplicates.ts";
import { agreeingNativeHex } from "../../src/host/sha256.ts";
import {
  asSha256Hex,
  digestFromBytes,
  digestToBytes,
  looksLikeDigest,
  sha256Hex,
} from "../../src/identity/digest.ts";
import { caseCount } from "../helpers/differential.ts";

// Printed by sha256sum.
const KNOWN: readonly [string, string][] = [
  ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
  ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
  ["john@contoso.com", "ec81f3ac7b2b19675bab9d54cf416f9f18cff87c97da5cca82c0f0891bc40602"],
  ["test@contoso.com", "f25ad364d33972379a7a4f4df33db142205f5c40eb19cfdb2fc5aaf117e10101"],
  ["+14255551234", "c59475d96e9f01d7d18d06cfad84dd02333207f02c0c2c5663ef2782cda0390e"],
];

describe("SHA-256", () => {
  test.each(KNOWN)("of %j is the published one, on both ways", (text, hex) => {
    expect(sha256Hex(text)).toBe(hex);
    expect(sha256Hex(text, true)).toBe(hex);
  });

  test("is the same on both ways for every text, lone surrogates too", () => {
    const text = fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 200 })
      .map((units) => String.fromCharCode(...units));
    fc.assert(
      fc.property(text, (given) => {
        expect(sha256Hex(given)).toBe(sha256Hex(given, true));
      }),
      { numRuns: caseCount(200) },
    );
  });

  test("takes node:crypto when it agrees, and not where it is missing, wrong or forbidden", () => {
    expect(agreeingNativeHex({})).toBeUndefined();
    const wrong = () => "0".repeat(64);
    expect(agreeingNativeHex({ hash: wrong as unknown as typeof nodeCrypto.hash })).toBeUndefined();
    const forbidden = () => {
      throw new Error("not in this mode");
    };
    expect(
      agreeingNativeHex({ hash: forbidden as unknown as typeof nodeCrypto.hash }),
    ).toBeUndefined();
    expect(agreeingNativeHex()).toBeTypeOf("function");
  });
});

describe("digests as bytes", () => {
  test("come back as they went in", () => {
    fc.assert(
      fc.property(fc.string(), fc.nat({ max: 64 }), (text, offset) => {
        const digest = sha256Hex(text);
        const bytes = Buffer.alloc(96);
        digestToBytes(digest, bytes, offset);
        expect(digestFromBytes(bytes, offset)).toBe(digest);
        expect(Buffer.from(bytes).toString("hex", offset, offset + 32)).toBe(digest);
      }),
    );
  });

  test("do not run past the end", () => {
    const bytes = Buffer.alloc(40);
    expect(() => digestToBytes(sha256Hex("a"), bytes, 9)).toThrow(RangeError);
    expect(() => digestToBytes(sha256Hex("a"), bytes, -1)).toThrow(RangeError);
    expect(() => digestFromBytes(bytes, 9)).toThrow(RangeError);
    expect(() => fingerprint("a", bytes, 25)).toThrow(RangeError);
    expect(bytes.every((byte) => byte === 0)).toBe(true);
  });

  test("have their first 16 bytes for a fingerprint", () => {
    const bytes = Buffer.alloc(20);
    fingerprint("abc", bytes, 2);
    expect(Buffer.from(bytes).toString("hex")).toBe("0000ba7816bf8f01cfea414140de5dae22230000");
  });
});

describe("a text with the form of a digest", () => {
  const hex = sha256Hex("abc");

  test("is 64 hex digits of any case", () => {
    expect(asSha256Hex(hex.toUpperCase())).toBe(hex);
    for (const text of ["", hex.slice(1), `${hex}0`, `g${hex.slice(1)}`, `${hex.slice(1)}\n`]) {
      expect(asSha256Hex(text)).toBeUndefined();
    }
  });

  test("or base64 of 32 bytes", () => {
    const base64 = Buffer.from(hex, "hex").toString("base64");
    expect(looksLikeDigest(base64)).toBe(true);
    expect(looksLikeDigest(hex.toUpperCase())).toBe(true);
    expect(looksLikeDigest(base64.slice(1))).toBe(false);
    expect(looksLikeDigest(`${base64.slice(0, -1)}A`)).toBe(false);
  });
});
