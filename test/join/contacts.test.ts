import { describe, expect, it } from "vitest";
import { sha256Hex } from "../../src/identity/digest.ts";
import { ContactIndex, type OnConflict } from "../../src/join/contacts.ts";

const a = sha256Hex("a");
const b = sha256Hex("b");
const c = sha256Hex("c");

const index = (onConflict: OnConflict = "drop") => new ContactIndex(3, onConflict);
const identifiers = (contacts: ContactIndex, slot: number) => {
  const person = contacts.get(slot);
  return person.known ? person.identifiers : person.reason;
};

describe("ContactIndex", () => {
  it("knows nobody at first, and nobody under the slot of no key", () => {
    expect(identifiers(index(), 0)).toBe("no-contact");
    expect(identifiers(index(), -1)).toBe("no-contact");
  });

  it("keeps the digests of each slot apart", () => {
    const contacts = index();
    contacts.add(0, { email: a, phone: b });
    contacts.add(2, { phone: c });
    expect(identifiers(contacts, 0)).toEqual({ email: a, phone: b });
    expect(identifiers(contacts, 1)).toBe("no-contact");
    expect(identifiers(contacts, 2)).toEqual({ phone: c });
    expect(contacts.found).toBe(2);
  });

  it("knows a contact that has no identifier", () => {
    const contacts = index();
    contacts.add(1, {});
    expect(identifiers(contacts, 1)).toEqual({});
    expect(contacts.found).toBe(1);
  });

  it("merges fields that agree or are absent", () => {
    const contacts = index();
    contacts.add(0, { email: a });
    contacts.add(0, { phone: b });
    expect(contacts.add(0, { email: a })).toEqual({ email: false, phone: false });
    expect(contacts.get(0)).toEqual({
      known: true,
      identifiers: { email: a, phone: b },
      conflict: false,
    });
    expect(contacts.found).toBe(1);
  });

  it.each([
    ["drop", { phone: b }],
    ["first", { email: a, phone: b }],
    ["last", { email: c, phone: b }],
  ] as const)("on a conflict, with %s, keeps %j", (onConflict, expected) => {
    const contacts = index(onConflict);
    contacts.add(0, { email: a, phone: b });
    expect(contacts.add(0, { email: c, phone: b })).toEqual({ email: true, phone: false });
    expect(contacts.get(0)).toEqual({ known: true, identifiers: expected, conflict: true });
  });

  it("drops a phone number that is in conflict and keeps the address", () => {
    const contacts = index();
    contacts.add(0, { email: a, phone: b });
    expect(contacts.add(0, { email: a, phone: c })).toEqual({ email: false, phone: true });
    expect(contacts.get(0)).toEqual({ known: true, identifiers: { email: a }, conflict: true });
  });

  it("stays in conflict when the first value comes again", () => {
    const contacts = index();
    for (const email of [a, c, a]) contacts.add(0, { email });
    expect(identifiers(contacts, 0)).toEqual({});
  });

  it("takes the last of three values with last", () => {
    const contacts = index("last");
    for (const phone of [a, b, c]) contacts.add(0, { phone });
    expect(identifiers(contacts, 0)).toEqual({ phone: c });
  });

  it("leaves a person out when any contact of the key did not consent, before or after", () => {
    const contacts = index();
    contacts.add(0, { email: a });
    contacts.exclude(0);
    contacts.exclude(1);
    contacts.add(1, { email: b });
    expect(identifiers(contacts, 0)).toBe("no-consent");
    expect(identifiers(contacts, 1)).toBe("no-consent");
    expect([0, 1, 2].map((slot) => contacts.excludes(slot))).toEqual([true, true, false]);
  });
});
