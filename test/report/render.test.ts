import { expect, it } from "vitest";
import { prepare } from "../../src/prepare/prepare.ts";
import { renderSummary } from "../../src/report/render.ts";

const CONVERSIONS = [1, 2, 3, 4, 5].map((id) => ({
  "Contact ID": String(id),
  "Conversion Name": "Sale",
  "Conversion Time": `2026-11-1${id}T10:00:00Z`,
}));
/** Five contacts with an e-mail address and these phone numbers. */
const contacts = (...phones: readonly string[]) =>
  phones.map((phone, index) => ({
    "Contact ID": String(index + 1),
    Email: `person${index}@example.com`,
    Phone: phone,
  }));

async function summary(...phones: readonly string[]): Promise<string> {
  const report = await prepare({
    contacts: contacts(...phones),
    conversions: CONVERSIONS,
    key: "Contact ID",
    asOf: "2026-11-20T12:00:00Z",
    dryRun: true,
  });
  return renderSummary(report).join("\n");
}

it("says in the short form that phone numbers are lost for want of a country", async () => {
  const text = await summary("206 555 0101", "206 555 0102", "+1 206 555 0103", "", "206 555 0105");
  expect(text).toMatch(
    /^phone +3 of 4 refused: a phone number without a country \(lines 2, 3, 6\)\n +→ give `country`/m,
  );
  expect(text).not.toMatch(/^e-mail /m);
});

it("says nothing of it in the short form where few are refused", async () => {
  const good = "+1 206 555 0101";
  expect(await summary(good, good, good, good, good)).not.toMatch(/^phone /m);
  // One of five is a fifth: said. None of five is not.
  expect(await summary(good, good, good, good, "x")).toMatch(/^phone +1 of 5 refused: /m);
});

it("says in both forms that contacts could not be read: their conversions only have no contact", async () => {
  const csv = "Contact ID,Email,Notes\n1,a@example.com,x\n2,b@example.com\n3,c@example.com,x,y\n";
  const report = await prepare({
    contacts: new TextEncoder().encode(csv),
    conversions: CONVERSIONS,
    key: "Contact ID",
    asOf: "2026-11-20T12:00:00Z",
    dryRun: true,
  });
  expect(renderSummary(report).join("\n")).toMatch(
    /^malformed +2\n +1 more cells than the header \(line 4\)\n +1 fewer cells than the header \(line 3\)$/m,
  );
  expect(renderSummary(report, { verbose: true }).join("\n")).toMatch(
    /^malformed +2\n +1 more cells .*\(line 4\) → .*\n +1 fewer cells .*\(line 3\) → /m,
  );
  expect(await summary("+1 206 555 0101")).not.toMatch(/^malformed/m);
});
