import { describe, expect, test } from "vitest";
import { type IdentifySettings, identify, type PersonCells } from "../../src/identity/identify.ts";

// sha256sum of jane@contoso.com, john@contoso.com, +14255550123, +442079460958.
const JANE = "dcca6147b6c07e035a0c23cf436e8aae3bf97c086368d78a9c1b5c2321743c13";
const JOHN = "ec81f3ac7b2b19675bab9d54cf416f9f18cff87c97da5cca82c0f0891bc40602";
const US_NUMBER = "6dee31cf75946e409817e979fe66f9260b44eb804f3c6acc1cff462048efa4b6";
const GB_NUMBER = "f0bf0228144d9fe2bdf1da2d8ca698f17bf1410ee688b075c27062e47b6f0b6d";

function person(cells: Partial<PersonCells>, settings: Partial<IdentifySettings> = {}) {
  return identify(
    { emails: [], phones: [], hashedEmails: [], hashedPhones: [], ...cells },
    { rules: "microsoft-2026-11", ...settings },
  );
}

describe("fallbacks", () => {
  test("the first usable cell wins, and the cells after it leave no note", () => {
    expect(
      person({ emails: ["", "n/a", "jane@contoso.com", "john@contoso.com", "broken"] }),
    ).toEqual({
      email: JANE,
      notes: [],
    });
  });

  test("refused cells before it are noted with their field", () => {
    expect(
      person({ emails: ["broken", "jane@contoso.com"], phones: ["12", "+1 425 555 0123 x1"] }),
    ).toEqual({
      email: JANE,
      phone: US_NUMBER,
      notes: [
        { field: "email", refused: "email-at-sign", at: 0 },
        { field: "phone", refused: "phone-no-country", at: 0 },
        { field: "phone", repaired: "phone-extension", at: 1 },
      ],
    });
  });

  test("hashed columns come after the plain ones", () => {
    expect(person({ emails: ["jane@contoso.com"], hashedEmails: [JOHN] }).email).toBe(JANE);
    expect(person({ emails: ["broken"], hashedEmails: ["zz", JOHN.toUpperCase()] })).toEqual({
      email: JOHN,
      notes: [
        { field: "email", refused: "email-at-sign", at: 0 },
        { field: "hashed-email", refused: "hash-malformed", at: 0 },
      ],
    });
    expect(person({ hashedPhones: [GB_NUMBER] })).toEqual({ phone: GB_NUMBER, notes: [] });
  });

  test("a refused hash is noted with its own field", () => {
    expect(person({ hashedEmails: ["zz"], hashedPhones: ["zz"] }).notes).toEqual([
      { field: "hashed-email", refused: "hash-malformed", at: 0 },
      { field: "hashed-phone", refused: "hash-malformed", at: 0 },
    ]);
  });

  test("what was not found is no key of the result", () => {
    expect(Object.keys(person({ emails: ["jane@contoso.com"] }))).toEqual(["email", "notes"]);
    expect(Object.keys(person({ phones: ["+14255550123"] }))).toEqual(["phone", "notes"]);
    expect(Object.keys(person({ emails: ["broken"] }))).toEqual(["notes"]);
  });

  test("a number that is refused in any country is refused for that, in an unknown one too", () => {
    expect(person({ phones: ["425-FLOWERS"], country: "Narnia" }).notes).toEqual([
      { field: "phone", refused: "phone-letters", at: 0 },
    ]);
    expect(person({ phones: ["425 555 0123"], country: "Narnia" }).notes).toEqual([
      { field: "phone", refused: "phone-country-unknown", at: 0 },
    ]);
  });

  test("nothing usable gives no field at all", () => {
    expect(person({ emails: [""], phones: ["0000000000"], hashedEmails: ["null"] })).toEqual({
      notes: [],
    });
    expect(Object.keys(person({}))).toEqual(["notes"]);
  });
});

describe("the country of a phone number", () => {
  const home = "020 7946 0958";

  test("is the row's before the run's", () => {
    expect(person({ phones: [home], country: "UK" }, { region: "US" }).phone).toBe(GB_NUMBER);
  });

  test("is the run's where the row's cell is empty or there is no column", () => {
    expect(person({ phones: [home], country: " " }, { region: "GB" }).phone).toBe(GB_NUMBER);
    expect(person({ phones: [home] }, { region: "GB" }).phone).toBe(GB_NUMBER);
  });

  test("does not fall back to the run's where the row names one that we do not know", () => {
    expect(person({ phones: [home], country: "Narnia" }, { region: "GB" })).toEqual({
      notes: [{ field: "phone", refused: "phone-country-unknown", at: 0 }],
    });
    expect(person({ phones: ["+44 20 7946 0958"], country: "Narnia" }).phone).toBe(GB_NUMBER);
  });
});

describe("rule sets", () => {
  test("decide the e-mail digest", () => {
    const cells = { emails: ["jane+x@contoso.com"] };
    expect(person(cells).email).toBe(JANE);
    expect(person(cells, { rules: "google-2026-11" }).email).not.toBe(JANE);
  });
});
