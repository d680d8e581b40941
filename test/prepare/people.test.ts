/** The join, through the library: what matches, what does not, and what is said of it. */
import { describe, expect, it } from "vitest";
import type { PrepareOptions } from "../../src/prepare/options.ts";
import { prepare } from "../../src/prepare/prepare.ts";
import type { InputSource } from "../../src/read/types.ts";

const AS_OF = "2026-11-20T12:00:00Z";
const conversion = (id: unknown, more: Readonly<Record<string, unknown>> = {}) => ({
  "Contact ID": id,
  "Conversion Name": "Sale",
  "Conversion Time": "2026-11-19T10:00:00Z",
  ...more,
});
const contact = (id: unknown, more: Readonly<Record<string, unknown>> = {}) => ({
  "Contact ID": id,
  Email: `person${String(id).trim()}@example.com`,
  ...more,
});

async function run(
  contacts: InputSource,
  conversions: readonly Readonly<Record<string, unknown>>[],
  options: Partial<PrepareOptions> = {},
) {
  const report = await prepare({
    contacts,
    conversions,
    key: "Contact ID",
    asOf: AS_OF,
    dryRun: true,
    maxRefused: 100,
    ...options,
  });
  const [destination] = report.destinations;
  if (destination === undefined) throw new Error("no destination");
  const reasons = destination.reasons.map(({ code, count, lines }) => [code, count, lines]);
  return { report, rows: destination.rows, reasons, notes: report.notes };
}

describe("the join", () => {
  it("compares keys after trimming, as text, case kept", async () => {
    const { rows, reasons } = await run(
      [contact(" A1 "), contact("b2"), contact("007")],
      [conversion("A1"), conversion("B2"), conversion("7")],
    );
    expect(rows).toMatchObject({ read: 3, written: 1, unmatched: 2 });
    expect(reasons).toEqual([["no-contact", 2, [3, 4]]]);
  });

  it("tells an empty key from an unknown one", async () => {
    const { reasons } = await run(
      [contact("1")],
      [conversion("1"), conversion("  "), conversion("9")],
    );
    expect(reasons).toEqual([
      ["no-contact", 1, [4]],
      ["no-key", 1, [3]],
    ]);
  });

  it("writes a conversion without a contact when it has a click id", async () => {
    const clickId = { "Microsoft Click ID": "f894f652-ea33-4e73-9002-f7167ab8f8e3" };
    const { rows, report } = await run([contact("1")], [conversion("9", clickId)]);
    expect(rows).toMatchObject({ written: 1, unmatched: 0 });
    expect(report.destinations[0]?.identifiers).toEqual({
      both: 0,
      emailOnly: 0,
      phoneOnly: 0,
      clickIdOnly: 1,
    });
  });

  it("says which contacts contradict each other, and drops the field", async () => {
    const contacts = [contact("1"), contact("1", { Email: "other@example.com" })];
    const { reasons, report } = await run(contacts, [conversion("1")]);
    expect(reasons).toEqual([["contact-conflict", 1, [2]]]);
    expect(report.people.email.refused).toMatchObject([{ code: "contact-conflict", lines: [3] }]);
    const first = await run(contacts, [conversion("1")], { onConflict: "first" });
    expect(first.rows.written).toBe(1);
  });

  it("takes addresses of one person that normalize to the same for no conflict", async () => {
    const contacts = [contact("1"), contact("1", { Email: "Per.son1+x@Example.com" })];
    expect((await run(contacts, [conversion("1")])).rows.written).toBe(1);
  });

  it.each([
    ["leading zeros", "000123", "123", /leading zeros/],
    ["the length of Salesforce ids", "0035g00000ABCdeAAH", "0035g00000ABCde", /Salesforce/],
    ["upper and lower case", "AB-1", "ab-1", /upper and lower case/],
    ["nothing that helps", "x-1", "y-2", /same kind of id/],
  ])(
    "names the likely cause when nothing matches: %s",
    async (_, ofConversion, ofContact, says) => {
      const { notes, rows } = await run([contact(ofContact)], [conversion(ofConversion)]);
      expect(rows.written).toBe(0);
      expect(notes).toHaveLength(1);
      expect(notes[0]).toMatch(says);
      expect(notes[0]).not.toContain(ofContact);
    },
  );

  it("names no cause when enough matches", async () => {
    expect((await run([contact("1")], [conversion("1"), conversion("2")])).notes).toEqual([]);
  });

  it("looks at nobody to whom no conversion refers", async () => {
    const contacts = [contact("1"), contact("2", { Email: "not an address" })];
    const { report } = await run(contacts, [conversion("1")]);
    expect(report.people).toMatchObject({ rows: 1, email: { usable: 1, refused: [] } });
  });

  it("leaves out who said no, in the contacts or in the conversion's own row", async () => {
    const columns = { consent: "OK" };
    const joined = await run(
      [contact("1", { OK: "yes" }), contact("2", { OK: "no" }), contact("2", { OK: "yes" })],
      [conversion("1"), conversion("2"), conversion("3")],
      { columns },
    );
    expect(joined.rows).toMatchObject({ written: 1, unmatched: 1, excluded: 1 });
    const report = await prepare({
      conversions: [
        conversion("1", { Email: "ann@example.com", OK: "yes" }),
        conversion("2", { Email: "bob@example.com", OK: "" }),
      ],
      asOf: AS_OF,
      dryRun: true,
      maxRefused: 100,
      columns,
    });
    expect(report.destinations[0]?.rows).toMatchObject({ written: 1, excluded: 1 });
  });

  it("counts contacts with a wrong number of cells and does not use them", async () => {
    const bytes = (text: string) => [Buffer.from(text)];
    const { reasons, report } = await run(
      bytes("Contact ID,Email\n1,ann@example.com,extra\n2\n3,carl@example.com\n"),
      [conversion("1"), conversion("2"), conversion("3")],
    );
    expect(reasons).toEqual([["no-contact", 2, [2, 3]]]);
    expect(report.people.malformed).toMatchObject([
      { code: "row-too-long", lines: [2] },
      { code: "row-too-short", lines: [3] },
    ]);
  });
});
