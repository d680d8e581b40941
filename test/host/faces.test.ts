/** The two faces of the host: the same names, the same types, and the same bytes. */
import { crc32, deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import * as browser from "../../src/host/browser.ts";
import * as node from "../../src/host/node.ts";

/** Any bytes, and often texts with a few bytes broken. */
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 64 }),
  fc.string({ unit: "binary", maxLength: 24 }).map((text) => new TextEncoder().encode(text)),
  fc
    .tuple(fc.string({ unit: "binary", minLength: 1, maxLength: 8 }), fc.nat(), fc.nat(255))
    .map(([text, at, byte]) => {
      const broken = new TextEncoder().encode(text);
      broken[at % broken.length] = byte;
      return broken;
    }),
);
/** Lone surrogates too. */
const text = fc.oneof(
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((n) => String.fromCharCode(n)) }),
  fc.string({ unit: "binary", maxLength: 40 }),
);
const RUNS = { numRuns: 3000 };

type Node = typeof node;
type Browser = typeof browser;
/** Exactly the same type, optional parameters too. */
type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Name = keyof Node & keyof Browser;
type Different =
  | Exclude<keyof Node | keyof Browser, Name>
  | { [N in Name]: Same<Node[N], Browser[N]> extends true ? never : N }[Name];

const same = <T>(arbitrary: fc.Arbitrary<T>, of: (host: typeof node, value: T) => unknown) =>
  fc.assert(
    fc.property(arbitrary, (value) => {
      expect(of(browser as typeof node, value)).toEqual(of(node, value));
    }),
    RUNS,
  );

describe("the faces of the host", () => {
  it("export the same names with the same types", () => {
    expect(Object.keys(browser).sort()).toEqual(Object.keys(node).sort());
    expectTypeOf<Different>().toBeNever();
  });

  it("read UTF-8, hex and ASCII alike", () => {
    same(bytes, (host, given) => [
      host.utf8(given),
      host.utf8(given, 1, Math.max(1, given.length - 1)),
      host.hexOf(given),
      host.isUtf8(given),
      host.isAscii(given),
      host.asciiOf(given).length,
    ]);
    same(fc.string({ unit: "binary-ascii" }), (host, given) => host.asciiOf(host.utf8Bytes(given)));
  });

  it("keep a byte order mark as text", () => {
    for (const host of [node, browser])
      expect(host.utf8(host.utf8Bytes("\ufeffa"))).toBe("\ufeffa");
  });

  it("write UTF-8 alike, lone surrogates as U+FFFD", () => {
    same(text, (host, given) => {
      const target = host.allocate(3 * given.length + 2);
      const written = host.writeUtf8(given, target, 2);
      const whole = [...host.utf8Bytes(given)];
      expect(written).toBe(whole.length);
      expect(host.utf8Length(given)).toBe(whole.length);
      return [...target];
    });
  });

  it("hash alike", () => {
    same(text, (host, given) => host.hexDigest(given));
    same(bytes, (host, given) => {
      const digest = host.byteDigest();
      digest.update(given.subarray(0, 3));
      digest.update(given.subarray(3));
      return digest.hex();
    });
    for (const host of [node, browser])
      expect(host.referenceDigestsAgree(["", "ä\ud800"])).toBe(true);
  });

  it("copy a text as it is, of any length", () => {
    same(text, (host, given) => host.textCopy(given));
    const long = "ab\ud800c".repeat(10_000);
    expect(browser.textCopy(long)).toBe(long);
    expect(browser.hexOf(new Uint8Array(10_000))).toBe("0".repeat(20_000));
  });

  it("give copies and joined bytes that share no memory with what they were made of", () => {
    for (const host of [node, browser]) {
      const given = host.utf8Bytes("abc");
      const copy = host.copyOf(given.subarray(1));
      const joined = host.concat([given, given]);
      given.fill(0);
      expect(host.utf8(copy)).toBe("bc");
      expect(host.utf8(joined)).toBe("abcabc");
      const native = host.asNative(given);
      native[0] = 0x78;
      expect(given[0]).toBe(0x78);
    }
  });

  it("take paths apart alike", () => {
    const names = fc.array(fc.constantFrom("a", "b.csv", "..", ".", "c d"), { maxLength: 5 });
    const path = fc
      .tuple(fc.constantFrom("", "/", "./", "../"), names, fc.constantFrom("", "/"))
      .map(([start, middle, end]) => `${start}${middle.join("/")}${end}`);
    same(path, (host, given) => [
      host.basename(given),
      host.dirname(given),
      host.isAbsolute(given),
      host.join("x", given),
      host.join(given, "y.csv"),
    ]);
    same(fc.tuple(path, path), (host, [from, to]) => host.relative(`/r/${from}`, `/r/${to}`));
  });

  it("unpack alike, and refuse what is damaged", async () => {
    const original = new Uint8Array(700_000).map((_, at) => (at * at) >>> 7);
    const packed = deflateRawSync(original);
    for (const host of [node, browser]) {
      const pieces: Uint8Array[] = [];
      let sum = 0;
      for await (const piece of host.inflate(packed)) {
        pieces.push(host.copyOf(piece));
        sum = host.checksum(piece, sum);
      }
      expect(Buffer.compare(host.concat(pieces), original)).toBe(0);
      expect(sum).toBe(crc32(original));
      for (const damaged of [packed.subarray(0, packed.length / 2), original]) {
        const unpacked = async () => {
          for await (const _ of host.inflate(damaged));
        };
        await expect(unpacked()).rejects.toThrow();
      }
    }
  });

  it("can stop in the middle of unpacking", async () => {
    const packed = deflateRawSync(new Uint8Array(5_000_000));
    for (const host of [node, browser]) {
      for await (const piece of host.inflate(packed)) {
        expect(piece.length).toBeGreaterThan(0);
        break;
      }
    }
  });
});
