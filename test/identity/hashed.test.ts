import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { readHashed } from "../../src/identity/hashed.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

test.each(
  ["", "null Null NULL", "undefined Undefined UNDEFINED", "nan NaN Nan NAN", "none None NONE"]
    .concat("n/a N/a N/A")
    .flatMap((line) => line.split(" ")),
)("refuses the digest of %j, in any case of its digits", (nothing) => {
  const refusal = { ok: false, reason: "hash-of-nothing" };
  expect(readHashed(sha256(nothing))).toMatchObject(refusal);
  expect(readHashed(` ${sha256(nothing).toUpperCase()} `)).toMatchObject(refusal);
});

test("takes the digest of something", () => {
  const digest = sha256("jane@contoso.com");
  expect(readHashed(digest.toUpperCase())).toMatchObject({ ok: true, digest });
});
