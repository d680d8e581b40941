/** docs/upload.md has what the messages of this room send people to. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FAILURES } from "../../src/upload/failures.ts";
import { GOAL_FINDINGS } from "../../src/upload/goals.ts";
import { GOOGLE_REASONS } from "../../src/upload/google/reasons.ts";
import { ROW_CODES, STATUS_TEXTS, UNATTRIBUTED } from "../../src/upload/service-codes.ts";
import { ROOT } from "../helpers/run.ts";

const PAGE = readFileSync(join(ROOT, "docs/upload.md"), "utf8");
const HEADINGS = [...PAGE.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => heading);
/** First cells of all tables. */
const ROWS = [...PAGE.matchAll(/^\| `?([^`|]+?)`? \|/gm)].map(([, cell = ""]) => cell);

/** As GitHub makes them. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_ -]/gu, "")
    .replaceAll(" ", "-");

describe("docs/upload.md", () => {
  it.each(Object.entries(ROW_CODES))("has a section for the row code %s", (name, { number }) => {
    expect(HEADINGS).toContain(number === undefined ? name : `${number} ${name}`);
  });

  it.each(Object.keys(STATUS_TEXTS))("has a section for the status %s", (name) => {
    expect(HEADINGS).toContain(name);
  });

  it("explains each word that stops an upload, each finding about goals and each reason of no attribution", () => {
    const known = [
      ...Object.keys(FAILURES),
      ...Object.keys(GOAL_FINDINGS),
      ...Object.keys(UNATTRIBUTED),
    ];
    expect(known.filter((word) => !ROWS.includes(word))).toEqual([]);
  });

  it("tells the exit code of each failure", () => {
    const exits: Readonly<Record<string, string>> = {
      input: "3",
      signIn: "5",
      unavailable: "6",
      rejected: "7",
    };
    for (const [word, { code }] of Object.entries(FAILURES)) {
      expect(PAGE).toContain(`| \`${word}\` | ${exits[code]} |`);
    }
  });

  it("explains each code of the service that the table of what is done knows", () => {
    const source = readFileSync(join(ROOT, "src/upload/faults.ts"), "utf8");
    const codes = [
      ...source.matchAll(
        /\b(\d{1,4}), (?:EXPIRED|NO_ACCESS|TOO_FAST|THROTTLED|BACK_OFF|NEW_URL|\{ )/g,
      ),
    ].map(([, code = ""]) => code);
    expect(codes.length).toBeGreaterThan(12);
    expect(codes.filter((code) => !ROWS.includes(code))).toEqual([]);
  });

  it("links to headings that it has", () => {
    const anchors = HEADINGS.map(anchorOf);
    const links = [...PAGE.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor = ""]) => anchor);
    expect(links.length).toBeGreaterThan(20);
    expect(links.filter((anchor) => !anchors.includes(anchor))).toEqual([]);
  });
});

describe("docs/google.md", () => {
  const page = readFileSync(join(ROOT, "docs/google.md"), "utf8");

  it("says of each word of Google what it means, as the report does", () => {
    const { unknown: _, ...words } = GOOGLE_REASONS;
    const rows = Object.entries(words).map(
      ([word, { text, advice = "" }]) => `| \`${word}\` | ${text} | ${advice} |`,
    );
    expect(rows.filter((row) => !page.includes(row))).toEqual([]);
  });
});
