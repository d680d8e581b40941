import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hashContacts } from "../../src/hash/hash-contacts.ts";
import { prepare } from "../../src/prepare/prepare.ts";
import { renderHtml } from "../../src/report/html.ts";
import { type AnswerReport, type JoinedReport, joinReports } from "../../src/report/reports.ts";
import type { UploadReport } from "../../src/upload/report.ts";
import { SAMPLES, scratch } from "../helpers/run.ts";

const folder = scratch();

const run = await prepare({
  contacts: join(SAMPLES, "contacts.csv"),
  conversions: join(SAMPLES, "conversions.csv"),
  key: "Contact ID",
  country: "US",
  timeZone: "America/New_York",
  asOf: "2026-11-20T12:00:00Z",
  output: join(folder, "upload.csv"),
  manifest: join(folder, "manifest.json"),
});
const sha256 = run.destinations[0]?.files[0]?.sha256 ?? "";

const ANSWER: UploadReport = {
  schema: "firsthash.upload-report/1",
  version: "0.1.0",
  environment: "production",
  account: "222",
  customer: "111",
  rows: 19,
  accepted: 17,
  refused: 2,
  unanswered: 0,
  files: [
    {
      file: "/home/jane.doe/upload.csv",
      sha256,
      bytes: 3748,
      rows: 19,
      adjustments: false,
      outcome: "done",
      requestId: "11111111-2222-3333-4444-555555555555",
      status: "CompletedWithErrors",
      accepted: 17,
      refused: 2,
      unanswered: 0,
      errors: [
        {
          name: "OfflineConversionNameInvalid",
          number: 5606,
          rows: 2,
          text: "no goal has this name",
          advice: "see `firsthash goals`",
          lines: [5, 9],
        },
      ],
      unplaced: [],
      sends: 1,
      notes: [],
    },
  ],
  calls: 5,
  retries: 0,
  waitedSeconds: 60,
  ok: false,
  notes: ["accepted is not attributed"],
};

const saved = (content: unknown, file = "report.json") => ({
  file,
  // As it comes out of a file.
  content: JSON.parse(JSON.stringify(content)) as unknown,
});

describe("reports of one run", () => {
  it("are joined by the SHA-256 of the file, in either order", () => {
    const joined = joinReports([saved(run), saved(ANSWER)]);
    expect(joinReports([saved(ANSWER), saved(run)])).toEqual(joined);
    const page = renderHtml(joined);
    expect(page).toContain("What Microsoft Advertising answered");
    expect(page).toContain("no goal has this name");
    expect(page).toContain("OfflineConversionNameInvalid, 5606");
    expect(page).toContain("accepted is not attributed");
    expect(page).not.toContain("jane.doe");
    // It has been uploaded: nobody is told to.
    expect(page).not.toContain(run.destinations[0]?.next);
  });

  it("are refused where the answer is about other bytes", () => {
    const files = ANSWER.files.map((file) => ({ ...file, sha256: "0".repeat(64) }));
    expect(() =>
      joinReports([saved(run, "prepare.json"), saved({ ...ANSWER, files }, "upload.json")]),
    ).toThrow(/^upload\.json: is about another file than those of prepare\.json/);
  });

  it("are refused where the run has no SHA-256, or is missing, or there are two", async () => {
    const dry = await hashContacts({
      contacts: join(SAMPLES, "contacts.csv"),
      country: "US",
      dryRun: true,
      maxRefused: 100,
    });
    expect(() => joinReports([saved(dry, "hash.json"), saved(ANSWER)])).toThrow(
      /^hash\.json: has no SHA-256/,
    );
    expect(() => joinReports([saved(ANSWER, "upload.json")])).toThrow(
      /^upload\.json: is the report of an upload, and/,
    );
    expect(() => joinReports([saved(run), saved(dry, "b.json")])).toThrow(
      /^b\.json: is the report of a second run/,
    );
    expect(() => joinReports([])).toThrow(/the run is missing/);
  });

  it("say of an answer that is not there, or was a refusal, what it is", () => {
    const page = (change: Partial<AnswerReport["files"][number]>) => {
      const files = ANSWER.files.map((file) => ({
        ...file,
        accepted: null,
        refused: null,
        unanswered: null,
        errors: [],
        ...change,
      }));
      return renderHtml(
        joinReports([saved(run), saved({ ...ANSWER, files, environment: "sandbox" })]),
      );
    };
    expect(page({ outcome: "sent" })).toContain("the answer has not been read yet");
    expect(page({ outcome: "failed" })).toContain("refused the file as a whole");
    expect(page({ outcome: "dry-run" })).toContain("nothing was sent");
    expect(page({ outcome: "sent" })).toContain("answered (sandbox)");
  });
});

/** Every place of a report that is shown, broken in turn. */
function* mutants(value: unknown, path: readonly string[] = []): Generator<[string, unknown]> {
  if (typeof value !== "object" || value === null) {
    yield [path.join("."), typeof value === "object" ? 1 : { evil: true }];
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    for (const [at, changed] of mutants(inner, [...path, key])) {
      const copy = Array.isArray(value) ? [...value] : { ...value };
      (copy as Record<string, unknown>)[key] = changed;
      yield [at, copy];
    }
  }
}

describe("a file that is no report", () => {
  it.each([
    ["a manifest", { schema: "firsthash.manifest/1" }],
    ["another schema", { ...run, schema: "firsthash.prepare/2" }],
    ["nothing", {}],
    ["a list", []],
    ["null", null],
    ["a count that is none", { ...run, people: { ...run.people, rows: -1 } }],
  ])("is refused: %s", (_, content) => {
    expect(() => joinReports([saved(content, "x.json")])).toThrow(
      /^x\.json: is not a report of firsthash/,
    );
  });

  it("is refused, or shown without a trace of what does not belong, wherever it is broken", () => {
    let refused = 0;
    for (const [place, content] of [...mutants(run), ...mutants(ANSWER)]) {
      let joined: JoinedReport;
      try {
        joined = joinReports(isAnswer(content) ? [saved(run), saved(content)] : [saved(content)]);
      } catch (error) {
        expect(error, place).toMatchObject({ name: "FirsthashError", code: "input" });
        refused++;
        continue;
      }
      const page = renderHtml(joined);
      expect(/\[object Object\]|undefined|NaN|evil/.exec(page)?.[0], place).toBe(undefined);
    }
    expect(refused).toBeGreaterThan(120);
  });
});

const isAnswer = (content: unknown) =>
  String((content as { schema?: unknown }).schema).includes("upload");
