import { describe, expect, test } from "vitest";
import { normalizeEmail } from "../../src/identity/email.ts";

const read = (cell: string) => {
  const result = normalizeEmail(cell, "microsoft-2026-11");
  return result.ok ? result.text : result.reason;
};

describe("a wrapper", () => {
  test.each([
    // The first letter is also the last one: no pair of quotes.
    ["mary@contoso.com,", "mary@contoso.com"],
    ["mary@contoso.com ;", "mary@contoso.com"],
    ["Jane <<jane@contoso.com>>", "jane@contoso.com"],
  ])("of %j goes", (cell, address) => {
    expect(read(cell)).toBe(address);
  });

  test.each(['jane@contoso.com"', '"jane@contoso.com', "jane@contoso.com'", "jane@contoso.com>"])(
    "that is half there is no reason to cut: %j",
    (cell) => {
      expect(read(cell)).toBe("email-invalid");
    },
  );

  test("is mailto: only in front", () => {
    expect(read("mailto://jane@contoso.com")).toBe("jane@contoso.com");
    expect(read("Jane mailto:jane@contoso.com")).toBe("email-invalid");
  });

  test.each([
    ["a@contoso.com <b@contoso.com>", "email-more-than-one"],
    ["a@contoso.com b@contoso.com", "email-more-than-one"],
    ["jane@@contoso.com x", "email-at-sign"],
    ["jane@contoso@example.com john@contoso.com", "email-at-sign"],
    ["@jane@contoso.com, @", "email-at-sign"],
  ])("does not hide how many addresses there are: %j", (cell, reason) => {
    expect(read(cell)).toBe(reason);
  });
});

test("names every repair of a cell", () => {
  expect(normalizeEmail('"jane\u200b @contoso.com",', "microsoft-2026-11")).toEqual({
    ok: true,
    text: "jane@contoso.com",
    repaired: ["email-separator", "email-wrapper", "email-invisible", "email-space"],
  });
});

test("shows no step for a wrapper that is not there", () => {
  const steps: string[] = [];
  normalizeEmail("jane@contoso.com", "microsoft-2026-11", {
    trace: (step) => steps.push(step),
  });
  expect(steps).not.toContain("unwrap");
});
