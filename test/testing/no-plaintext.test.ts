import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectNoPlaintext, PlaintextFoundError } from "../../src/testing/testing.ts";

const EMAIL = "Jane.Doe+news@contoso.com";
const NAME = "Zoë Müller";
const PHONE = "+1 (206) 555-0101";
const INPUTS = [EMAIL, NAME, PHONE];

function findings(output: string | Uint8Array, inputs: readonly string[] = INPUTS) {
  try {
    expectNoPlaintext(output, inputs);
    return [];
  } catch (error) {
    if (!(error instanceof PlaintextFoundError)) throw error;
    return error.findings;
  }
}

const utf8 = (text: string) => Buffer.from(text, "utf8");

// Encodings as other tools make them, written out or made by Node, not by the code under test.
const LEAKS: readonly (readonly [name: string, output: string | Uint8Array, input: number])[] = [
  ["as it is", `row 7: ${EMAIL};`, 0],
  ["in lower case", "jane.doe+news@contoso.com", 0],
  ["in capitals", "ZOË MÜLLER", 1],
  ["decomposed", "Zoe\u0308 Mu\u0308ller", 1],
  ["normalized by Microsoft's rules", "janedoe@contoso.com", 0],
  ["normalized by Microsoft's rules, in base64", utf8("janedoe@contoso.com").toString("base64"), 0],
  ["as E.164", "tel:+12065550101", 2],
  ["with other separators", "206.555.0101 or 1.206.555.0101", 2],
  ["with line-end separators removed", "12065550101", 2],
  ["without its separators", "zoëmüller", 1],
  ["percent-encoded", "to=Jane.Doe%2Bnews%40contoso.com", 0],
  ["percent-encoded in lower case", "jane.doe%2bnews%40contoso.com", 0],
  ["percent-encoded as a form", "Zo%C3%AB+M%C3%BCller", 1],
  ["percent-encoded whole", "%5a%6f%c3%ab%20%4d%c3%bc%6c%6c%65%72", 1],
  ["JSON-escaped to ASCII", '"Zo\\u00eb M\\u00fcller"', 1],
  ["HTML-escaped", "Jane.Doe&#43;news&#64;contoso.com", 0],
  ["hex", utf8(EMAIL).toString("hex").toUpperCase(), 0],
  ["base64", `Basic ${utf8(EMAIL).toString("base64")}`, 0],
  ["base64 behind one byte", utf8(`:${EMAIL}`).toString("base64"), 0],
  ["base64 behind two bytes", utf8(`::${EMAIL}::`).toString("base64"), 0],
  ["base64url", utf8(`{"name":"${NAME}"}`).toString("base64url"), 1],
  ["UTF-8 bytes", utf8(`\u0000\u0001${NAME}`), 1],
  ["UTF-16LE bytes", Buffer.from(NAME, "utf16le"), 1],
  ["UTF-16BE bytes", Buffer.from(NAME, "utf16le").swap16(), 1],
];

describe("expectNoPlaintext", () => {
  it.each(LEAKS)("finds an input %s", (_, output, input) => {
    expect(findings(output).map((finding) => finding.input)).toEqual([input]);
  });

  it.each(LEAKS)("finds an input %s in a longer output, at its offset", (_, output, input) => {
    const bytes = Buffer.concat([Buffer.alloc(3000, "."), Buffer.from(output), Buffer.alloc(9)]);
    const [first] = findings(bytes);
    expect(first?.input).toBe(input);
    expect(first?.offset).toBeGreaterThanOrEqual(3000);
  });

  it("gives offsets in a text as UTF-16 units", () => {
    expect(findings(`é😀 ${EMAIL}`)).toEqual([{ input: 0, offset: 4, form: "as is" }]);
  });

  it("says where and in which form, and not what", () => {
    let caught: unknown;
    try {
      expectNoPlaintext(`a ${EMAIL} b ${PHONE}`, INPUTS);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(PlaintextFoundError);
    const { message, stack, findings } = caught as PlaintextFoundError;
    expect(message).toBe(
      "the output holds plaintext: input 0 at offset 2 (as is), input 2 at offset 30 (as is)",
    );
    expectNoPlaintext(`${message} ${JSON.stringify(findings)}`, INPUTS);
    // The stack quotes this file's lines by number only.
    expectNoPlaintext(stack ?? "", INPUTS);
  });

  it("passes digests and what is not personal", () => {
    // sha256sum of janedoe@contoso.com and +12065550101.
    const output =
      "Hashed Email Address,Hashed Phone Number\n" +
      "1d8bc7ba8bd5cc4ae94a5f0db0e3a0e2b5d3ac7f8ad2c2be7a8c39b1c38b9b1d,row-12\n";
    expect(findings(output)).toEqual([]);
    expect(findings(randomBytes(100_000))).toEqual([]);
  });

  it("does not count digits inside a digest", () => {
    const digest = `${"a".repeat(20)}2065550101${"b".repeat(34)}`;
    expect(digest).toHaveLength(64);
    expect(findings(digest, ["2065550101"])).toEqual([]);
    expect(findings(`${digest}0`, ["2065550101"])).toHaveLength(1);
    expect(findings(digest.slice(1), ["2065550101"])).toHaveLength(1);
    expect(findings(`${digest} 2065550101`, ["2065550101"])).toMatchObject([{ offset: 65 }]);
  });

  it("skips short inputs, and looks for them when told to", () => {
    expect(findings("Ann met Bob", ["Ann", "", "  Bob "])).toEqual([]);
    expect(() => expectNoPlaintext("Ann met Bob", ["Ann"], { shortest: 3 })).toThrow(/input 0/);
  });

  it("takes any iterable of inputs, and odd ones", () => {
    expect(() => expectNoPlaintext("x", new Set(["\ud800\ud800\ud800\ud800\ud800"]))).not.toThrow();
    expect(() => expectNoPlaintext("", INPUTS)).not.toThrow();
  });

  it("finds whatever it is given, anywhere, in a text and in bytes", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", minLength: 5 }).filter((text) => text.trim().length >= 5),
        fc.string({ unit: "grapheme" }),
        (input, before) => {
          const output = `${before}|${input}|`;
          expect(findings(output, [input])).toHaveLength(1);
          expect(findings(utf8(output), [input])).toHaveLength(1);
          expect(findings(utf8(output).toString("base64"), [input])).toHaveLength(1);
        },
      ),
    );
  });
});
