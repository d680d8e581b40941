/** What a file has and is not read is said in the summary, with the option that mends it. */
import { describe, expect, it } from "vitest";
import type { PrepareOptions } from "../../src/prepare/options.ts";
import { prepare } from "../../src/prepare/prepare.ts";
import { renderSummary } from "../../src/report/render.ts";

const CONTACTS = "Contact ID,Email,Fax\n1,ann@example.com,+1 206 555 0101\n";
const TIME = "2026-11-10T10:00:00Z";

async function summary(
  header: string,
  row: string,
  options: Partial<PrepareOptions> = {},
  contacts: Uint8Array = Buffer.from(CONTACTS),
) {
  const report = await prepare({
    contacts: [contacts],
    conversions: [Buffer.from(`Contact ID,Conversion Time,${header}\n1,${TIME},${row}\n`)],
    goal: "Sale",
    asOf: "2026-11-20T12:00:00Z",
    dryRun: true,
    ...options,
  });
  return { report, text: renderSummary(report).join("\n") };
}

describe("currencies", () => {
  it("of a column that is not recognized are said with their column", async () => {
    const { text } = await summary("Amount,In what money", "5,EUR");
    expect(text).toContain(
      '"In what money" seems to hold currencies and is not read; name it with `columns.currency`',
    );
  });

  it("that are missing are said", async () => {
    expect((await summary("Amount,State", "5,WAX")).text).toContain("the values have no currency");
  });

  it.each<[string, string, Partial<PrepareOptions>]>([
    ["Amount,Currency", "5,EUR", {}],
    ["Amount,In what money", "5,EUR", { currency: "EUR" }],
    ["In what money", "EUR", {}],
  ])("are not spoken of with %s", async (header, row, options) => {
    expect((await summary(header, row, options)).text).not.toMatch(/currenc(?:y,|ies)/);
  });
});

describe("an external attribution", () => {
  const header = "External Attribution Credit,External Attribution Model";

  it("is read under Microsoft's names", async () => {
    const { report } = await summary(header, "0.5,Linear");
    expect(report.inputs[0]?.columns).toMatchObject({
      "attribution-credit": ["External Attribution Credit"],
      "attribution-model": ["External Attribution Model"],
    });
  });

  it("is left out where the destination has no column for it, unless it was asked for", async () => {
    const { report } = await summary(`Value,${header}`, "5,0.5,Linear", { to: "adobe" });
    expect(report.destinations[0]?.rows.written).toBe(1);
    const columns = { "attribution-credit": "External Attribution Credit" };
    await expect(
      summary(`Value,${header}`, "5,0.5,Linear", { to: "adobe", columns }),
    ).rejects.toMatchObject({
      message: "adobe takes no attribution",
    });
  });
});

it("columns of corrections are said to be another command's", async () => {
  const { text } = await summary("Adjustment Type,Adjustment Value", "Restate,5");
  expect(text).toContain("`firsthash adjust` writes corrections");
});

it("a fax column that was named for the phone is said", async () => {
  const named = { columns: { phone: "Fax" }, country: "US" };
  expect((await summary("X", "1", named)).text).toContain(
    '"Fax" is read as a phone number, and a fax reaches no person; name another column with `columns.phone`',
  );
  expect((await summary("X", "1")).text).not.toContain("Fax");
});

it("an encoding that was guessed is said with the option", async () => {
  const latin = Buffer.from("Contact ID,Email,Name\n1,ann@example.com,Jos\xe9\n", "latin1");
  const { text } = await summary("X", "1", {}, latin);
  expect(text).toContain("is a guess: if letters are wrong, give `encoding`");
});
