import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  EMAIL_MISTAKES,
  PHONE_MISTAKES,
  visitEmailReadings,
  visitHashedReadings,
  visitPhoneReadings,
} from "../../src/identity/mistakes.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** Mistakes that give the digest of `text`, of all that `visit` shows. */
function mistakes(
  text: string,
  names: readonly string[],
  visit: (take: (digest: string, bits: number) => void) => void,
): string[] {
  let all = 0;
  visit((digest, bits) => {
    if (digest === sha256(text)) all |= bits;
  });
  return names.filter((_, index) => (all & (2 << index)) !== 0);
}

const ofEmail = (
  cell: string,
  text: string,
  rules: "microsoft-2026-11" | "google-2026-11" = "microsoft-2026-11",
) => mistakes(text, EMAIL_MISTAKES, (take) => visitEmailReadings(cell, rules, take));
const ofPhone = (cell: string, text: string) =>
  mistakes(text, PHONE_MISTAKES, (take) => visitPhoneReadings(cell, undefined, {}, take));

describe("mistakes with an address", () => {
  test("are line ends of both kinds and digests hashed again, in either case", () => {
    const address = "jane@contoso.com";
    expect(ofEmail(address, `${address}\n`)).toEqual(["line-end"]);
    expect(ofEmail(address, `${address}\r\n`)).toEqual(["line-end"]);
    expect(ofEmail(address, sha256(address))).toEqual(["double-hashed"]);
    expect(ofEmail(address, sha256(address).toUpperCase())).toEqual(["double-hashed"]);
  });

  test("are the other destination's rules, from either side", () => {
    const cell = "Jane.Doe+x@contoso.com";
    expect(ofEmail(cell, "jane.doe+x@contoso.com")).toContain("other-rules");
    expect(ofEmail(cell, "janedoe@contoso.com", "google-2026-11")).toContain("other-rules");
  });
});

describe("mistakes with a number", () => {
  test.each([
    ["+14255550123", "4255550123"],
    ["+442079460958", "2079460958"],
    ["+493012345678", "3012345678"],
    ["+33199001234", "199001234"],
    ["+35312345678", "12345678"],
    ["+27215550123", "215550123"],
    ["+5511955550123", "11955550123"],
    ["+61255501234", "255501234"],
    ["+81312345678", "312345678"],
    ["+919876543210", "9876543210"],
    ["+74951234567", "4951234567"],
  ])("are leaving the country's code out: %s", (number, national) => {
    expect(ofPhone(number, national)).toEqual(["national"]);
    expect(ofPhone(number, `0${national}`)).toEqual(["national-zero"]);
  });
});

describe("a cell that holds nothing to compare", () => {
  test.each(["", "n/a", "a".repeat(64), `${"a".repeat(2000)}@contoso.com`])(
    "shows no digest: %j",
    (cell) => {
      const never = () => expect.fail("a digest");
      expect(visitEmailReadings(cell, "microsoft-2026-11", never)).toBe(false);
      expect(visitPhoneReadings(cell, undefined, { region: "US" }, never)).toBe(false);
    },
  );

  test("is told from a hashed one", () => {
    const seen: [string, number][] = [];
    const take = (digest: string, bits: number) => seen.push([digest, bits]);
    expect(visitHashedReadings("x", 4, take)).toBe(false);
    expect(visitHashedReadings(` ${sha256("a").toUpperCase()}`, 4, take)).toBe(true);
    expect(seen).toEqual([
      [sha256("a"), 1],
      [sha256(sha256("a")), 4],
    ]);
  });
});
