import { createHash } from "node:crypto";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { adjust } from "../../src/adjust/adjust.ts";
import { hashContacts } from "../../src/hash/hash-contacts.ts";
import { prepare } from "../../src/prepare/prepare.ts";
import { widthsOf } from "../../src/report/html/charts.ts";
import { html } from "../../src/report/html/markup.ts";
import { grouped, percentOf } from "../../src/report/html/numbers.ts";
import { renderHtml } from "../../src/report/html.ts";
import { baseName, mailable } from "../../src/report/names.ts";
import type { PrepareReport } from "../../src/report/summary.ts";
import { ROOT, SAMPLES, scratch } from "../helpers/run.ts";

const AS_OF = "2026-11-20T12:00:00Z";

const samples = (more: object = {}): Promise<PrepareReport> =>
  prepare({
    contacts: join(SAMPLES, "contacts.csv"),
    conversions: join(SAMPLES, "conversions.csv"),
    key: "Contact ID",
    country: "US",
    timeZone: "America/New_York",
    asOf: AS_OF,
    dryRun: true,
    ...more,
  });

/** What is shown: tags and styles away, spaces folded. */
const shown = (page: string) =>
  page
    .replace(/<(style|title)>[\s\S]*?<\/\1>/g, "")
    .replace(/<[^>]*>/g, " ")
    .replaceAll("&quot;", '"')
    .replace(/\s+/g, " ");

describe("the HTML report", () => {
  it("has no script and nothing to fetch, and a policy that allows its own style alone", async () => {
    const page = renderHtml(await samples());
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? "";
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? "";
    const hash = createHash("sha256").update(style).digest("base64");
    expect(policy.replaceAll("&#39;", "'")).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    );
    expect(page).not.toMatch(/<(?:script|link|img|iframe|object|embed|base|form|a)\b|\son\w+=/i);
    expect(page).not.toMatch(/\s(?:style|src|href|xlink:href)=|url\(|@import|https?:/i);
    // What comes before the policy is not under it.
    expect(page.indexOf("<style>")).toBeGreaterThan(page.indexOf("Content-Security-Policy"));
  });

  it("is made of the report alone: the same bytes each time, and after a way through JSON", async () => {
    const report = await samples();
    expect(renderHtml(await samples())).toBe(renderHtml(report));
    expect(renderHtml(JSON.parse(JSON.stringify(report)))).toBe(renderHtml(report));
  });

  it("says what was written, why rows were left out, and what to do", async () => {
    const report = await samples({ dryRun: false, output: join(scratch(), "upload.csv") });
    const text = shown(renderHtml(report));
    expect(text).toContain("19 of 24 rows written for microsoft-bulk");
    for (const destination of report.destinations) {
      for (const { text: reason, advice } of [...destination.reasons, ...destination.warnings]) {
        expect(text).toContain(reason);
        if (advice !== undefined) expect(text).toContain(advice.text);
      }
      expect(text).toContain(destination.next);
    }
    for (const { text: what } of [
      ...report.people.email.refused,
      ...report.people.phone.repaired,
    ]) {
      expect(text).toContain(what.replace("<…>", "&lt;…&gt;"));
    }
    expect(text).toContain("e-mail and phone 14 73.7 %");
    expect(text).toContain("microsoft-2026-11");
    expect(text).toContain("key Contact ID");
  });

  it("never says to upload what was not written", async () => {
    const refusing = await samples({
      dryRun: false,
      output: join(scratch(), "u.csv"),
      maxRefused: 0,
    });
    expect(refusing.ok).toBe(false);
    for (const report of [refusing, await samples()]) {
      const text = shown(renderHtml(report));
      expect(text).not.toContain(report.destinations[0]?.next);
      expect(text).toContain("could be written");
    }
    expect(shown(renderHtml(refusing))).toContain("2 of 24 rows (8.3 %) were refused");
    expect(shown(renderHtml(await samples()))).toContain("A dry run: nothing was written.");
  });

  it("names files and never their folders", async () => {
    const page = renderHtml(
      await samples({ dryRun: false, output: join(scratch(), "upload.csv") }),
    );
    expect(page).toContain("contacts.csv");
    expect(page).toContain("upload.csv");
    expect(page).not.toContain(ROOT);
    expect(page).not.toMatch(/firsthash-test-/);
  });

  it("shows a name with markup, control characters or turned text as what it is", async () => {
    const report = await samples({
      contacts: undefined,
      key: undefined,
      country: undefined,
      conversions: new TextEncoder().encode(
        'Email,Conversion Time,Conversion Name,<img src=x onerror=alert(1)>\na@example.com,2026-11-12T10:00:00Z,Sale,"12"\n',
      ),
      columns: { value: "<img src=x onerror=alert(1)>" },
      names: { conversions: "a\u202egpj<b>\u0007.csv" },
    });
    const page = renderHtml(report);
    expect(page).toContain("&lt;img src=x onerror=alert(1)&gt;");
    expect(page).toContain("a\ufffdgpj&lt;b&gt;\ufffd.csv");
    expect(page).not.toMatch(/<img|<b>|[\u0007\u202e]/);
  });

  it("is made for hash and adjust too", async () => {
    const hashed = await hashContacts({
      contacts: join(SAMPLES, "contacts.csv"),
      country: "US",
      dryRun: true,
      maxRefused: 100,
    });
    expect(shown(renderHtml(hashed))).toMatch(
      /Hashed contacts, firsthash .* rows could be written/,
    );
    const adjusted = await adjust({
      corrections: join(SAMPLES, "corrections.csv"),
      original: join(SAMPLES, "outputs/microsoft-bulk.csv"),
      timeZone: "America/New_York",
      asOf: AS_OF,
      dryRun: true,
    });
    expect(shown(renderHtml(adjusted))).toContain(
      "4 of 6 rows could be written for microsoft-bulk",
    );
  });
});

describe("rows by day", () => {
  it("are those of the UTC day of the conversion, written and left out", async () => {
    const conversions = [
      ["2026-11-12T23:59:59Z", "a@example.com"],
      ["2026-11-13T00:00:00Z", "b@example.com"],
      ["2026-11-12T20:00:00-05:00", "c@example.com"],
      ["2026-11-13T12:00:00Z", ""],
      ["2026-11-13T00:00:00Z", "b@example.com"],
      ["2019-01-01T00:00:00Z", "d@example.com"],
      ["soon", "e@example.com"],
    ].map(([time, email]) => ({
      Email: email,
      "Conversion Time": time,
      "Conversion Name": "Sale",
    }));
    const report = await prepare({ conversions, asOf: AS_OF, dryRun: true, maxRefused: 100 });
    expect(report.destinations[0]?.days).toEqual([
      { day: "2026-11-12", written: 1, leftOut: 0 },
      { day: "2026-11-13", written: 2, leftOut: 2 },
    ]);
    expect(shown(renderHtml(report))).toContain("2 more were left out before their day was known");
  });

  it("are as many as were written", async () => {
    for (const { days, rows } of (await samples({ to: ["adobe", "microsoft-import"] }))
      .destinations) {
      expect(days.reduce((sum, { written }) => sum + written, 0)).toBe(rows.written);
    }
  });
});

describe("a mailable report", () => {
  it.each([
    ["/Users/jane.doe/exports/contacts.csv", "contacts.csv"],
    ["C:\\Users\\jane.doe\\contacts.xlsx", "contacts.xlsx"],
    ["stdin", "stdin"],
    ["upload.csv.zip", "upload.csv.zip"],
    ["jane.doe@example.com.csv", "(a name that looks like personal data)"],
    ["out/+1 206 555 0101.csv", "(a name that looks like personal data)"],
  ])("names %s as %s", (path, name) => {
    expect(baseName(path)).toBe(name);
  });

  it("has no folder anywhere, and all else as it was", async () => {
    const report = await samples({ dryRun: false, output: join(scratch(), "upload.csv") });
    const saved = mailable(report);
    expect(JSON.stringify(saved)).not.toMatch(/[/\\]samples|firsthash-test-/);
    expect(saved.inputs.map(({ file }) => file)).toEqual(["conversions.csv", "contacts.csv"]);
    expect(saved.destinations[0]?.rows).toEqual(report.destinations[0]?.rows);
    expect(saved.destinations[0]?.files[0]?.file).toBe("upload.csv");
  });
});

describe("markup", () => {
  it("takes text as text, markup as markup, and lists", () => {
    const items = ["<", "&", '"', "'"].map((text) => html`<li title="${text}">${text}</li>`);
    expect(String(html`<ul>${items}${undefined}${false}${0}</ul>`)).toBe(
      '<ul><li title="&lt;">&lt;</li><li title="&amp;">&amp;</li><li title="&quot;">&quot;</li><li title="&#39;">&#39;</li>0</ul>',
    );
  });
});

describe("bars", () => {
  it("show one of a million, and fill the line", () => {
    const [most = 0, one = 0] = widthsOf([999_999, 1]);
    expect(one).toBe(10);
    expect(most + one).toBeCloseTo(1000);
    expect(widthsOf([0, 0])).toEqual([0, 0]);
    expect(widthsOf([5, 0, 5])).toEqual([500, 0, 500]);
  });

  it("write numbers by rules of their own, and never 0 or 100 % of what is neither", () => {
    expect(grouped(1234567)).toBe("1,234,567");
    expect(percentOf(1, 1_000_000)).toBe("< 0.1 %");
    expect(percentOf(999_999, 1_000_000)).toBe("> 99.9 %");
    expect(percentOf(0, 7)).toBe("0 %");
    expect(percentOf(7, 7)).toBe("100 %");
    expect(percentOf(1, 8)).toBe("12.5 %");
  });
});
