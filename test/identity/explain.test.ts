import { describe, expect, it } from "vitest";
import type { EmailRuleSet } from "../../src/base/types.ts";
import { resolveCountry } from "../../src/identity/country.ts";
import { explainEmail, explainPhone } from "../../src/identity/explain.ts";
import { vectors } from "../../src/testing/vectors.ts";

const MICROSOFT = "microsoft-2026-11";

describe("explain", () => {
  it.each(["microsoft-2026-11", "google-2026-11"] as EmailRuleSet[])(
    "ends as the vectors say and numbers every step, under %s",
    (rules) => {
      for (const vector of vectors[rules]) {
        const found = explainEmail(vector.input, rules);
        const outcome = found.ok ? [found.text, found.digest, found.repaired] : found.reason;
        expect(outcome, vector.name).toEqual(
          vector.expect === "digest"
            ? [vector.normalized, vector.sha256, vector.repaired]
            : vector.expect === "refused"
              ? vector.reason
              : "absent",
        );
        if (found.ok) expect(found.steps.at(-1)?.text).toBe(found.text);
      }
    },
  );

  it("ends as the vectors say and numbers every step, for phone numbers", () => {
    for (const vector of vectors["e164-2026-11"]) {
      const region = vector.country === undefined ? undefined : resolveCountry(vector.country);
      if (vector.country !== undefined && region === undefined) continue;
      const found = explainPhone(vector.input, region);
      if (vector.expect === "digest") {
        expect(found, vector.name).toMatchObject({ ok: true, digest: vector.sha256 });
      } else {
        const reason = vector.expect === "refused" ? vector.reason : "absent";
        expect(found, vector.name).toMatchObject({ ok: false, reason });
      }
    }
  });

  it("says what each step changed", () => {
    const { steps } = explainEmail(" <Jané.Doe+x@contoso.com>", MICROSOFT);
    expect(steps.map(({ number, changed, text }) => [number, changed, text])).toEqual([
      [1, true, "<Jané.Doe+x@contoso.com>"],
      [3, true, "Jané.Doe+x@contoso.com"],
      [4, false, "Jané.Doe+x@contoso.com"],
      [5, true, "jané.doe+x@contoso.com"],
      [7, true, "jané.doe@contoso.com"],
      [7, true, "janédoe@contoso.com"],
      [7, true, "janedoe@contoso.com"],
      [10, false, "janedoe@contoso.com"],
    ]);
  });

  it.each([
    ["", 1, "absent"],
    ["0".repeat(64), 2, "already-hashed"],
    ["my jane@contoso.com", 3, "email-name-or-space"],
    ["jane.contoso.com", 6, "email-at-sign"],
    ["+x@contoso.com", 7, "email-local-empty"],
    ["jane@contoso", 8, "email-domain-invalid"],
    ["jøhn@contoso.com", 9, "email-not-ascii"],
    ["ja(ne@contoso.com", 10, "email-invalid"],
  ])("names the step that refuses %j", (value, number, reason) => {
    expect(explainEmail(value, MICROSOFT)).toMatchObject({ ok: false, number, reason });
  });

  it("says how a number was read, in the order in which it was done", () => {
    const found = explainPhone("Tel. 49 171 3920012 (privat)", "DE");
    expect(found.steps.map(({ number, name, text }) => [number, name, text])).toEqual([
      [1, "trim", "Tel. 49 171 3920012 (privat)"],
      [6, "drop the label", "49 171 3920012"],
      [9, "add the +", "+491713920012"],
      [12, "write as E.164, valid in its country", "+491713920012"],
    ]);
  });

  it.each([
    ["4.15555E+09", 4, "phone-spreadsheet-damaged"],
    ["425 555 0123; 425 555 0124", 5, "phone-more-than-one"],
    ["1-800-FLOWERS", 6, "phone-letters"],
    ["425 555 0123", 7, "phone-no-country"],
    ["+1 425 555", 12, "phone-invalid"],
    ["Fax +1 425 555 0123", 6, "phone-fax"],
  ])("names the step that refuses the number %j", (value, number, reason) => {
    expect(explainPhone(value, undefined)).toMatchObject({ ok: false, number, reason });
  });
});
