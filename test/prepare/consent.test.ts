/** Who did not agree is left out before anything of theirs is normalized or hashed. */
import { beforeEach, describe, expect, it, vi } from "vitest";

const hashed = { texts: [] as string[] };

/** Every text that is hashed in these runs, seen at the one door of hashing. */
vi.doMock("../../src/identity/digest.ts", async (importOriginal) => {
  const digest = await importOriginal<typeof import("../../src/identity/digest.ts")>();
  return {
    ...digest,
    sha256Hex(text: string) {
      hashed.texts.push(text);
      return digest.sha256Hex(text);
    },
  };
});
// These tests have modules of their own.
vi.resetModules();
const { prepare } = await import("../../src/prepare/prepare.ts");
const { adjusted, upload } = await import("../adjust/runs.ts");
const { DEFAULT_CONSENT_VALUES } = await import("../../src/base/fields.ts");
vi.doUnmock("../../src/identity/digest.ts");
vi.resetModules();

type PrepareOptions = import("../../src/prepare/options.ts").PrepareOptions;
type Row = Readonly<Record<string, string>>;

const conversion = (id: string, more: Row = {}): Row => ({
  "Contact ID": id,
  "Conversion Name": "Sale",
  "Conversion Time": "2026-11-19T10:00:00Z",
  ...more,
});
const contact = (id: string, consent: string, more: Row = {}): Row => ({
  "Contact ID": id,
  Email: `${id}@example.com`,
  Phone: `+1 206 555 01${id.padStart(2, "0").slice(-2)}`,
  Consent: consent,
  ...more,
});

async function run(options: Partial<PrepareOptions> & Pick<PrepareOptions, "conversions">) {
  const report = await prepare({
    asOf: "2026-11-20T12:00:00Z",
    dryRun: true,
    columns: { consent: "Consent" },
    ...options,
  });
  const destination = report.destinations[0];
  if (destination === undefined) throw new Error("no destination");
  const { read, written, refused, unmatched, excluded } = destination.rows;
  return {
    rows: { read, written, refused, unmatched, excluded },
    reasons: Object.fromEntries(destination.reasons.map(({ code, lines }) => [code, lines])),
    people: report.people,
    ok: report.ok,
  };
}

/** Ids of the people of whom a text was hashed. */
function hashedPeople(): string[] {
  const emails = hashed.texts.filter((text) => text.endsWith("@example.com"));
  return [...new Set(emails.map((text) => text.slice(0, text.indexOf("@"))))];
}

beforeEach(() => {
  hashed.texts = [];
});

describe("contacts", () => {
  it("are hashed when they agreed, and not at all when they did not", async () => {
    const { rows, reasons, people } = await run({
      contacts: [contact("1", "yes"), contact("2", "no"), contact("3", ""), contact("4", "TRUE ")],
      conversions: ["1", "2", "3", "4", "2"].map((id) => conversion(id)),
    });
    expect(rows).toEqual({ read: 5, written: 2, refused: 0, unmatched: 0, excluded: 3 });
    expect(reasons).toEqual({ "no-consent": [3, 4, 6] });
    expect(people).toMatchObject({ rows: 2, withoutConsent: 2 });
    expect(people.email.usable).toBe(2);
    expect(people.phone.usable).toBe(2);
    expect(hashed.texts.sort()).toEqual(
      ["1@example.com", "4@example.com", "+12065550101", "+12065550104"].sort(),
    );
  });

  it("are left out when one of their rows says no, whichever comes first", async () => {
    const yes = contact("1", "yes");
    const no = contact("1", "no");
    for (const contacts of [
      [yes, no],
      [no, yes],
    ]) {
      const { rows, people } = await run({ contacts, conversions: [conversion("1")] });
      expect(rows).toMatchObject({ written: 0, excluded: 1 });
      expect(people.withoutConsent).toBe(1);
    }
    // In the second order nothing was hashed: the no was known first.
    hashed.texts = [];
    await run({ contacts: [no, yes], conversions: [conversion("1")] });
    expect(hashed.texts).toEqual([]);
  });

  it("are left out with their click id too", async () => {
    const clicked = { "Microsoft Click ID": "0123456789abcdef0123456789abcdef" };
    const { rows } = await run({
      contacts: [contact("1", "no")],
      conversions: [conversion("1", clicked), conversion("9", clicked)],
    });
    // The second has no contact, and so nobody who said no.
    expect(rows).toEqual({ read: 2, written: 1, refused: 0, unmatched: 0, excluded: 1 });
    expect(hashed.texts).toEqual([]);
  });

  it("are left out where their identifiers came hashed", async () => {
    const digest = "ab".repeat(32);
    const { rows } = await run({
      contacts: [
        { "Contact ID": "1", "Hashed Email": digest, Consent: "no" },
        { "Contact ID": "2", "Hashed Email": digest, Consent: "yes" },
      ],
      conversions: [conversion("1"), conversion("2")],
    });
    expect(rows).toMatchObject({ written: 1, excluded: 1 });
  });

  it("need a yes in every consent column", async () => {
    const { rows } = await run({
      contacts: [
        contact("1", "yes", { Ads: "yes" }),
        contact("2", "yes", { Ads: "no" }),
        contact("3", "no", { Ads: "yes" }),
        contact("4", "", { Ads: "" }),
      ],
      conversions: ["1", "2", "3", "4"].map((id) => conversion(id)),
      columns: { consent: ["Consent", "Ads"] },
    });
    expect(rows).toMatchObject({ written: 1, excluded: 3 });
    expect(hashedPeople()).toEqual(["1"]);
  });

  it("are all taken when no consent column is named, whatever a column is called", async () => {
    const { rows } = await run({
      contacts: [contact("1", "no")],
      conversions: [conversion("1")],
      columns: {},
    });
    expect(rows.written).toBe(1);
  });
});

describe("conversions without contacts", () => {
  it("are left out by their own consent cell, before anything is hashed", async () => {
    const own = (id: string, consent: string) => ({ ...conversion(id), ...contact(id, consent) });
    const { rows, reasons, people } = await run({
      conversions: [own("1", "granted"), own("2", "denied"), own("3", " "), own("4", "1")],
    });
    expect(rows).toEqual({ read: 4, written: 2, refused: 0, unmatched: 0, excluded: 2 });
    expect(reasons).toEqual({ "no-consent": [3, 4] });
    expect(people).toMatchObject({ from: "conversions", rows: 2, withoutConsent: 2 });
    expect(hashedPeople()).toEqual(["1", "4"]);
  });

  it("are refused for what is wrong with the conversion first, so that each row has one reason", async () => {
    const { rows, reasons } = await run({
      conversions: [
        { ...conversion("1"), ...contact("1", "no"), "Conversion Time": "soon" },
        { ...conversion("2"), ...contact("2", "yes") },
      ],
      maxRefused: 100,
    });
    expect(rows).toMatchObject({ read: 2, written: 1, refused: 1, excluded: 0 });
    expect(reasons).toEqual({ "time-unreadable": [2] });
    expect(hashedPeople()).toEqual(["2"]);
  });
});

describe("corrections", () => {
  const corrections = (ids: Readonly<Record<string, string>>) =>
    Object.entries(ids).map(([id, consent]) => ({
      "Client Id": `row-${Number(id) + 1}`,
      Email: `${id}@example.com`,
      "Conversion Name": "Sale",
      "Conversion Time": "2026-11-19T10:00:00Z",
      "Adjustment Type": "Retract",
      "Adjustment Time": "2026-11-20T10:00:00Z",
      Consent: consent,
    }));
  const people = ["1", "2", "3"].map((id) => conversion(id, { Email: `${id}@example.com` }));
  const agreed = corrections({ 1: "yes", 2: "no", 3: "" });
  const columns = { consent: "Consent" };

  it.each(["bulk.csv", "import.csv"])(
    "of people who did not agree are left out, with the upload %s",
    async (file) => {
      const to = file === "bulk.csv" ? "microsoft-bulk" : "microsoft-import";
      const original = await upload(file, { to, columns: {} }, people);
      hashed.texts = [];
      const { rows, left, report } = await adjusted(agreed, { original, columns });
      expect(rows.map((row) => row["Client Id"])).toEqual(["row-2"]);
      expect(left).toEqual({ "no-consent": [3, 4] });
      expect(report.destinations[0]?.rows).toMatchObject({ read: 3, written: 1, excluded: 2 });
      expect(hashedPeople()).toEqual(file === "bulk.csv" ? [] : ["1"]);
    },
  );

  it("of conversions that are read again are left out by the consent cell that stands there", async () => {
    const conversions = people.map((row, index) => ({
      ...row,
      Order: `row-${index + 2}`,
      Consent: index === 0 ? "no" : "yes",
    }));
    const { rows, left } = await adjusted(agreed, {
      conversions,
      columns: { ...columns, "conversions.id": "Order", "corrections.id": "Client Id" },
    });
    expect(rows.map((row) => row["Client Id"])).toEqual(["row-3", "row-4"]);
    expect(left).toEqual({ "no-consent": [2] });
    expect(hashedPeople()).toEqual(["2", "3"]);
  });

  it("fail when the consent column is not there", async () => {
    const original = await upload("bulk.csv", { columns: {} }, people);
    await expect(adjusted(agreed, { original, columns: { consent: "Opt-in" } })).rejects.toThrow(
      /names no column of/,
    );
  });
});

describe("the values that mean yes", () => {
  const excludedBy = async (cells: readonly string[], consentValues?: readonly string[]) => {
    const { rows } = await run({
      contacts: cells.map((cell, index) => contact(String(index + 1), cell)),
      conversions: cells.map((_, index) => conversion(String(index + 1))),
      consentValues,
    });
    return rows.excluded;
  };

  it("are the list, in any case and with spaces around", async () => {
    const cells = DEFAULT_CONSENT_VALUES.flatMap((value) => [value, ` ${value.toUpperCase()} `]);
    expect(await excludedBy(cells)).toBe(0);
  });

  it.each([
    "no",
    "n",
    "false",
    "0",
    "denied",
    "opted out",
    "unsubscribed",
    "yes?",
    "not yes",
    "n/a",
    "-",
  ])("are not %j", async (cell) => {
    expect(await excludedBy([cell, "yes"])).toBe(1);
  });

  it("are the user's own instead, where given", async () => {
    expect(await excludedBy(["Ja", "ja ", "yes", "Nein"], ["JA"])).toBe(2);
  });

  it("never take an empty cell, even when the list has one", async () => {
    expect(await excludedBy(["", "ja"], ["", "ja"])).toBe(1);
  });

  it("must be some", async () => {
    for (const consentValues of [[], [""], [" "]]) {
      await expect(excludedBy(["yes"], consentValues)).rejects.toMatchObject({ code: "usage" });
    }
  });

  it("need a column, because without one they change nothing", async () => {
    const failed = run({ conversions: [], columns: {}, consentValues: ["yes"] });
    await expect(failed).rejects.toThrow("`consentValues` needs a consent column");
  });

  it("leave everybody out when the column says none of them, and the run says so", async () => {
    const { rows, ok } = await run({
      contacts: [contact("1", "ja"), contact("2", "ja")],
      conversions: [conversion("1"), conversion("2")],
    });
    expect(rows).toMatchObject({ written: 0, excluded: 2 });
    expect(ok).toBe(false);
    expect(hashed.texts).toEqual([]);
  });
});

it("fails when the consent column is not there", async () => {
  const failed = run({
    contacts: [{ "Contact ID": "1", Email: "a@example.com" }],
    conversions: [conversion("1")],
  });
  await expect(failed).rejects.toMatchObject({ code: "usage" });
  expect(hashed.texts).toEqual([]);
});
